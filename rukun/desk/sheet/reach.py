"""Which places were not reached, when somebody last came, and why not since, as far as the records know."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Max, Q
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
from rukun.territory.rules import SUBUNIT, VILLAGE, UnitKind, ancestors, lengths

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
    (terms, below), away = serving(actor, areas, on), absent(actor, on)
    found, empty = [], []
    for area in areas:
        here = [term for path in ancestors(area.path) for term in terms.get(path, ())] + below.get(area.path, [])
        moment = last.get(area.path)
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
    """When somebody last came to each area that was visited, or to a part of it."""
    if not areas:
        return {}
    paths = [area.path for area in areas]
    rows = Visit.objects.within(actor).filter(
        practice=False, corrected_by=None, made_at__lt=at, area__path__gte=min(paths), area__path__lt=max(paths) + "z"
    )
    last: dict[str, datetime] = {}
    for path, moment in rows.order_by().values_list("area__path").annotate(Max("made_at")):
        for above in ancestors(path):
            last[above] = max(moment, last.get(above, moment))
    return last


Terms = dict[str, list[Assignment]]


def serving(actor: Actor, areas: list[Area], on: date) -> tuple[Terms, Terms]:
    """Terms in the field by the areas they name; and by village, those of its parts: they serve the village, as far as this list goes."""
    by_path, below = defaultdict[str, list[Assignment]](list), defaultdict[str, list[Assignment]](list)
    paths = [area.path for area in areas] or [""]
    above = {path for each in paths for path in ancestors(each)}.difference(paths)
    named = Area.objects.filter(Q(path__gte=min(paths), path__lt=max(paths) + "z") | Q(path__in=above))
    terms = Assignment.objects.within(actor).valid(on).filter(role__in=FIELD_ROLES, officer__left_on=None)
    for term in terms.filter(pk__in=Assignment.objects.filter(areas__in=named).values("pk")).prefetch_related("areas"):
        for area in term.areas.all():
            by_path[area.path].append(term)
            if area.level == SUBUNIT:
                below[area.path[: lengths()[VILLAGE - 1]]].append(term)
    return by_path, below


def absent(actor: Actor, on: date) -> dict[int, date | None]:
    """Who is away, with the day they are back."""
    return dict(Absence.objects.within(actor).valid(on).values_list("officer", "valid_until"))
