"""Where nobody serves: asked of the terms and absences of a day, so that a gap is a line in a list and not a silence."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from rukun.access.scope import Actor
from rukun.officers.models import Absence, Assignment, Officer
from rukun.officers.rules import FIELD_ROLES, Role
from rukun.territory.models import Area, Unit
from rukun.territory.rules import VILLAGE, UnitKind, ancestors


@dataclass(frozen=True, slots=True)
class Gap:
    """A village that nobody covers today; `away` are the terms of those who would, were they here."""

    area: Area
    away: tuple[Assignment, ...] = ()


def villages(actor: Actor, on: date) -> list[Gap]:
    """Villages within the actor's reach without an officer of their own today, or whose only officers are away without cover."""
    terms = list(
        Assignment.objects.within(actor)
        .valid(on)
        .filter(role__in=FIELD_ROLES, officer__left_on=None)
        .select_related("officer")
        .prefetch_related("areas")
    )
    away = set(Absence.objects.within(actor).valid(on).values_list("officer", flat=True))
    by_area: dict[str, list[Assignment]] = defaultdict(list)
    for term in terms:
        for area in term.areas.all():
            for path in {area.path, area.path[:10]}:  # who serves one jorong of it serves the village, as far as this list goes
                by_area[path].append(term)
    gaps = []
    for village in Area.objects.within(actor).at_level(VILLAGE).valid(on).select_related("parent").order_by("path"):
        here = [term for path in ancestors(village.path) for term in by_area.get(path, ())]
        if all(term.officer_id in away for term in here):
            gaps.append(Gap(village, tuple(here)))
    return gaps


def without_area(actor: Actor, on: date) -> list[Officer]:
    """Officers whose roles have all ended, or who never had one."""
    serving = Assignment.objects.valid(on).values("officer")
    return list(
        Officer.objects.within(actor).in_service().exclude(pk__in=serving).select_related("unit", "account").order_by("unit__path", "name")
    )


def absent(actor: Actor, on: date) -> list[Absence]:
    return list(
        Absence.objects.within(actor).valid(on).filter(officer__left_on=None).select_related("officer__unit").order_by("valid_until", "pk")
    )


def without_head(actor: Actor, on: date) -> list[Unit]:
    """Polsek that no Kanit Binmas answers for: a report there reaches nobody's desk first."""
    headed = Assignment.objects.valid(on).filter(role=Role.SECTOR_UNIT_HEAD, officer__left_on=None).values("unit")
    return list(Unit.objects.within(actor).serving().filter(kind=UnitKind.POLSEK).exclude(pk__in=headed).order_by("path"))


def to_choose_from(unit: Unit, on: date) -> QuerySet[Area]:
    """What a role at this unit can be given for: the areas it covers and those one step below, down to the village's own parts."""
    roots = list(Area.objects.covered_by(unit, on))
    chosen = Q(pk__in=[root.pk for root in roots])
    for root in roots:
        chosen |= Area.objects.all().inside(root.path) & Q(level__lte=max(root.level + 1, VILLAGE if unit.kind == UnitKind.POLSEK else 0))
    return Area.objects.filter(chosen).valid(on).order_by("path")
