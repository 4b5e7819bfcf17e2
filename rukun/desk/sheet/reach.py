"""Which places were not reached, when somebody last came, and why not since, as far as the records know."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import formats

from rukun.access.scope import Actor
from rukun.desk.rules import LONG, since
from rukun.desk.sheet.document import Unreached
from rukun.desk.sheet.rules import why
from rukun.fieldwork.models import Visit
from rukun.officers.models import Absence, Assignment
from rukun.officers.rules import FIELD_ROLES
from rukun.territory.models import Area, Unit
from rukun.territory.rules import SUBUNIT, VILLAGE, UnitKind, ancestors

MOST = 5000


def places(unit: Unit, on: date) -> list[Area]:
    """A Polsek's sub-units, and its villages that list none; of larger units the villages."""
    roots = list(Area.objects.covered_by(unit, on))
    inside = Area.objects.none()
    for root in roots:
        inside = inside | Area.objects.all().filter(Area.objects.all().inside(root.path))
    found = list(inside.valid(on).filter(level__in=(VILLAGE, SUBUNIT)).select_related("parent").order_by("path")[:MOST])
    if unit.kind != UnitKind.POLSEK:
        return [area for area in found if area.level == VILLAGE]
    parents = {area.parent_id for area in found if area.level == SUBUNIT}
    return [area for area in found if area.level == SUBUNIT or area.pk not in parents]


def unreached(actor: Actor, unit: Unit, at: datetime) -> tuple[list[Unreached], list[str], int]:
    """Places without a visit for long, the longest first; the villages nobody serves; and how many places there are."""
    on = at.astimezone(unit.zone).date()
    areas = places(unit, on)
    last = last_visits(actor, areas, at)
    terms, away = serving(actor, unit, on)
    found, empty = [], []
    for area in areas:
        here = [term for path in ancestors(area.path) for term in terms.get(path, ())]
        here += terms_below(terms, area)
        moment = max((when for path, when in last.items() if path.startswith(area.path)), default=None)
        day = moment.astimezone(area.zone).date() if moment else None
        if not here and area.level <= VILLAGE:
            empty.append(area.name)
        elif not here and area.parent and area.parent.name not in empty:
            empty.append(area.parent.name)
        days = since(day, on)
        if days is None or days > LONG:
            backs = [away[term.officer_id] for term in here if term.officer_id in away]
            back = max((each for each in backs if each), default=None)
            cause = why(serving=len(here), away=len(backs), until=formats.date_format(back, "j M") if back else "", last=day)
            above = area.parent.name if area.parent and area.level == SUBUNIT else ""
            name = f"{area.get_kind_display().capitalize()} {area.name}"
            found.append(Unreached(name, above, reverse("desk:area", args=[area.path]), days, cause))
    return sorted(found, key=lambda place: (place.days is not None, -(place.days or 0), place.name)), empty, len(areas)


def last_visits(actor: Actor, areas: list[Area], at: datetime) -> dict[str, datetime]:
    if not areas:
        return {}
    paths = [area.path for area in areas]
    rows = Visit.objects.within(actor).filter(
        practice=False, corrected_by=None, made_at__lt=at, area__path__gte=min(paths), area__path__lt=max(paths) + "z"
    )
    return dict(rows.values("area__path").annotate(last=Max("made_at")).values_list("area__path", "last"))


def serving(actor: Actor, unit: Unit, on: date) -> tuple[dict[str, list[Assignment]], dict[int, date | None]]:
    """Terms in the field by the areas they name, and who is away, with the day they are back."""
    by_path: dict[str, list[Assignment]] = defaultdict(list)
    terms = Assignment.objects.within(actor).valid(on).filter(role__in=FIELD_ROLES, officer__left_on=None).prefetch_related("areas")
    for term in terms:
        for area in term.areas.all():
            by_path[area.path].append(term)
    away = dict(Absence.objects.within(actor).valid(on).values_list("officer", "valid_until"))
    return by_path, away


def terms_below(terms: dict[str, list[Assignment]], area: Area) -> Iterable[Assignment]:
    """Who serves one jorong of a village serves the village, as far as this list goes."""
    if area.level != VILLAGE:
        return []
    return [term for path, some in terms.items() if len(path) > len(area.path) and path.startswith(area.path) for term in some]
