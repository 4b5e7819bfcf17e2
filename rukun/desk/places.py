"""Where we have been, and where not for long: visits, rolled up to the places one level below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, OuterRef, Subquery

from rukun.access.roles import permits
from rukun.access.scope import Actor
from rukun.desk.rules import LONG, SCALE, since
from rukun.fieldwork.models import Tally, Visit
from rukun.fieldwork.rules import Counted
from rukun.lib import clock
from rukun.territory.models import Area
from rukun.territory.rules import PROVINCE

LIMIT = 400


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and how long ago somebody went there, as far as the actor may know."""

    area: Area
    last: datetime | date | None  # a day, where it was read from the counts
    days: int | None

    @property
    def bar(self) -> int:
        return SCALE if self.days is None else min(self.days, SCALE)

    @property
    def is_long(self) -> bool:
        return self.days is None or self.days > LONG


def places_of(actor: Actor) -> list[Place]:
    """What lies one level below the actor's areas; an area without anything below it stands for itself."""
    return measured(actor, one_below(actor, actor.roots))


def places_in(actor: Actor, area: Area) -> list[Place]:
    return measured(actor, list(valid_below(actor, area.path, area.level + 1)))


def one_below(actor: Actor, roots: Iterable[str]) -> list[Area]:
    seen, today = Area.objects.within(actor), clock.today("Asia/Jakarta")
    if "" in roots:
        return list(seen.at_level(PROVINCE).valid(today).order_by("path")[:LIMIT])
    held = list(seen.filter(path__in=roots))
    below = list(seen.filter(parent__in=held).valid(today).order_by("path")[:LIMIT])
    parents = {area.parent_id for area in below}
    return sorted([*below, *(area for area in held if area.pk not in parents)], key=lambda area: area.path)


def valid_below(actor: Actor, root: str, level: int) -> list[Area]:
    today = clock.today("Asia/Jakarta")
    return list(Area.objects.within(actor).below(root).at_level(level).valid(today).order_by("path")[:LIMIT])


def measured(actor: Actor, areas: list[Area]) -> list[Place]:
    """Longest without a visit first, those never visited before all."""
    visited = counted_visits(actor, areas) if reads_all(actor) else own_visits(actor, areas)
    places = [place(area, visited.get(area.path)) for area in areas]
    return sorted(places, key=lambda place: (place.days is not None, -(place.days or 0), place.area.path))


def reads_all(actor: Actor) -> bool:
    return any(permits(grant.role, "visit.view") for grant in actor.grants)


def counted_visits(actor: Actor, areas: list[Area]) -> dict[str, date]:
    """The last day of a visit in each area, from the counts, which hold every area: as quick for a province as for a village."""
    visits = Tally.objects.within(actor, "visit.view").filter(kind=str(Counted.VISIT), path=OuterRef("path")).order_by("-day")
    rows = Area.objects.within(actor).filter(pk__in=[area.pk for area in areas]).annotate(last=Subquery(visits.values("day")[:1]))
    return {path: last for path, last in rows.values_list("path", "last") if last}


def own_visits(actor: Actor, areas: list[Area]) -> dict[str, datetime]:
    visited = last_visits(actor, areas)
    moments = {area.path: [moment for path, moment in visited.items() if path.startswith(area.path)] for area in areas}
    return {path: max(some) for path, some in moments.items() if some}


def last_visits(actor: Actor, areas: list[Area]) -> dict[str, datetime]:
    if not areas:
        return {}
    rows = Visit.objects.within(actor).filter(
        practice=False, area__path__gte=min(area.path for area in areas), area__path__lt=max(area.path for area in areas) + "z"
    )
    return dict(rows.values("area__path").annotate(last=Max("made_at")).values_list("area__path", "last"))


def place(area: Area, last: datetime | date | None) -> Place:
    day = last.astimezone(area.zone).date() if isinstance(last, datetime) else last
    return Place(area, last, since(day, area.today()))
