"""Where nobody serves: asked of the terms and absences of a day, so that a gap is a line in a list and not a silence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from rukun.access.scope import Actor
from rukun.officers.models import Absence, AbsenceQuerySet, Assignment, AssignmentQuerySet, Officer, OfficerQuerySet
from rukun.officers.rules import FIELD_ROLES, Role
from rukun.territory.models import Area, Unit, UnitQuerySet
from rukun.territory.rules import SUBUNIT, VILLAGE, UnitKind, ancestors, lengths

VILLAGE_LENGTH = lengths()[VILLAGE - 1]


@dataclass(frozen=True, slots=True)
class Gap:
    """A village that nobody covers today; `away` are the terms of those who would, were they here."""

    area: Area
    away: tuple[Assignment, ...] = ()


def uncovered(actor: Actor, on: date) -> list[str]:
    """The paths of the villages within the actor's reach that no officer of their own, or none who is here, covers today; in order."""
    named = set(serving(actor, on).exclude(officer__in=away(actor, on)).values_list("areas__path", flat=True)) - {None}
    covered = {path[:VILLAGE_LENGTH] for path in named}  # who serves one jorong of it serves the village, as far as this list goes
    above = tuple(path for path in named if len(path) < VILLAGE_LENGTH)
    paths = Area.objects.within(actor).at_level(VILLAGE).valid(on).order_by("path").values_list("path", flat=True)
    return [path for path in paths if path not in covered and not path.startswith(above)]


def gaps(actor: Actor, paths: Sequence[str], on: date) -> list[Gap]:
    """Uncovered villages with the terms of those who would cover them, were they here."""
    by_area: dict[str, list[Assignment]] = defaultdict(list)
    named = {above for path in paths for above in ancestors(path)}
    there = Area.objects.filter(Q(path__in=named) | Q(parent__path__in=paths, level=SUBUNIT))
    terms = serving(actor, on).filter(officer__in=away(actor, on), pk__in=Assignment.objects.filter(areas__in=there).values("pk"))
    for term in terms.select_related("officer").prefetch_related("areas"):
        for area in term.areas.all():
            for path in {area.path, area.path[:VILLAGE_LENGTH]}:
                by_area[path].append(term)
    villages = Area.objects.within(actor).filter(path__in=paths).select_related("parent").order_by("path")
    return [Gap(village, tuple(term for path in ancestors(village.path) for term in by_area.get(path, ()))) for village in villages]


def villages(actor: Actor, on: date) -> list[Gap]:
    return gaps(actor, uncovered(actor, on), on)


def serving(actor: Actor, on: date) -> AssignmentQuerySet:
    return Assignment.objects.within(actor).valid(on).filter(role__in=FIELD_ROLES, officer__left_on=None)


def away(actor: Actor, on: date) -> list[int]:
    return list(Absence.objects.within(actor).valid(on).values_list("officer", flat=True))


def without_area(actor: Actor, on: date) -> OfficerQuerySet:
    """Officers whose roles have all ended, or who never had one."""
    terms = Exists(Assignment.objects.valid(on).filter(officer=OuterRef("pk")))
    return Officer.objects.within(actor).in_service().filter(~terms).select_related("unit", "account").order_by("unit__path", "name", "pk")


def absent(actor: Actor, on: date) -> AbsenceQuerySet:
    return (
        Absence.objects.within(actor).valid(on).filter(officer__left_on=None).select_related("officer__unit").order_by("valid_until", "pk")
    )


def without_head(actor: Actor, on: date) -> UnitQuerySet:
    """Polsek that no Kanit Binmas answers for: a report there reaches nobody's desk first."""
    heads = Assignment.objects.valid(on).filter(role=Role.SECTOR_UNIT_HEAD, officer__left_on=None)
    polsek = Unit.objects.within(actor).serving().filter(kind=UnitKind.POLSEK)
    return polsek.filter(~Exists(heads.filter(unit=OuterRef("pk")))).order_by("path")


def to_choose_from(unit: Unit, on: date) -> QuerySet[Area]:
    """What a role at this unit can be given for: the areas it covers and those one step below, down to the village's own parts."""
    roots = list(Area.objects.covered_by(unit, on))
    chosen = Q(pk__in=[root.pk for root in roots])
    for root in roots:
        chosen |= Area.objects.all().inside(root.path) & Q(level__lte=max(root.level + 1, VILLAGE if unit.kind == UnitKind.POLSEK else 0))
    return Area.objects.filter(chosen).valid(on).order_by("path")
