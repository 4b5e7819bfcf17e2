"""Where we have been, and where not for long: visits, rolled up to the places one level below."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from rukun.access.scope import Actor
from rukun.desk.rules import LONG, SCALE, since
from rukun.fieldwork.models import Visit
from rukun.lib import clock
from rukun.territory.models import Area

LIMIT = 400


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and how long ago somebody went there, as far as the actor may know."""

    area: Area
    last: datetime | None
    days: int | None

    @property
    def bar(self) -> int:
        return SCALE if self.days is None else min(self.days, SCALE)

    @property
    def is_long(self) -> bool:
        return self.days is None or self.days > LONG


def places_of(actor: Actor) -> list[Place]:
    """What lies one level below the actor's areas; an area without anything below it stands for itself."""
    return measured(actor, [area for root in actor.roots for area in one_below(actor, root)])


def places_in(actor: Actor, area: Area) -> list[Place]:
    return measured(actor, list(valid_below(actor, area.path, area.level + 1)))


def one_below(actor: Actor, root: str) -> list[Area]:
    level = level_of(actor, root)
    below = list(valid_below(actor, root, level + 1))
    return below or list(Area.objects.within(actor).filter(path=root))


def level_of(actor: Actor, root: str) -> int:
    found = Area.objects.within(actor).filter(path=root).values_list("level", flat=True).first()
    return found or 0


def valid_below(actor: Actor, root: str, level: int) -> list[Area]:
    today = clock.today("Asia/Jakarta")
    return list(Area.objects.within(actor).below(root).at_level(level).valid(today).order_by("path")[:LIMIT])


def measured(actor: Actor, areas: list[Area]) -> list[Place]:
    """Longest without a visit first, those never visited before all."""
    visited = last_visits(actor, areas)
    places = [place(area, [moment for path, moment in visited.items() if path.startswith(area.path)]) for area in areas]
    return sorted(places, key=lambda place: (place.days is not None, -(place.days or 0), place.area.path))


def last_visits(actor: Actor, areas: list[Area]) -> dict[str, datetime]:
    if not areas:
        return {}
    rows = Visit.objects.within(actor).filter(
        practice=False, area__path__gte=min(area.path for area in areas), area__path__lt=max(area.path for area in areas) + "z"
    )
    return dict(rows.values("area__path").annotate(last=Max("made_at")).values_list("area__path", "last"))


def place(area: Area, moments: list[datetime]) -> Place:
    last = max(moments, default=None)
    day: date | None = last.astimezone(area.zone).date() if last else None
    return Place(area, last, since(day, area.today()))
