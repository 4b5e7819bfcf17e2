"""What the engine may read: counts by village, day and group, capped before they leave the database, and visits. Nobody's name, no text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection

from rukun.alerts.scale import ALL as ALL
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.rules import DISTRICT, VILLAGE, UnitKind, ancestors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Visits = NDArray[np.float64]

MOST_DAYS = 3 * 365
WITHIN = "path >= %s AND path < %s AND day >= %s AND day <= %s"
Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True)
class Ground:
    """The villages that a unit is watched over, in the order of their paths; where one has no centroid, its district's middle stands in, else the
    middle of all."""

    unit: Unit
    paths: tuple[str, ...]
    coordinates: tuple[Point, ...]
    regions: tuple[str, ...] = ()  # of a unit over others that are watched themselves: the path of the one that each place belongs to

    @cached_property
    def rows(self) -> dict[str, int]:
        return {path: row for row, path in enumerate(self.paths)}

    @cached_property
    def districts(self) -> dict[str, list[int]]:
        """By their paths the rows of the villages of each."""
        found: dict[str, list[int]] = {}
        for row, path in enumerate(self.paths):
            found.setdefault(path[:6], []).append(row)
        return found

    def is_ours(self, rows: Iterable[int]) -> bool:
        """What lies within one of the watched units below is that unit's."""
        among = {self.regions[row] for row in rows} if self.regions else set()
        return len(among) != 1 or among == {""}

    def ranges(self) -> list[tuple[str, str]]:
        """From which path to which the villages lie: a regency, or whole provinces; few and wide, for SQLite walks the view anew each time."""
        regencies = {path[:4] for path in self.paths}
        roots = regencies if len(regencies) == 1 else {path[:2] for path in regencies}
        return [(path, path + "z") for path in sorted(roots)]


def ground_of(unit: Unit, on: date) -> Ground:
    roots = [area.path for area in Area.objects.covered_by(unit, on)]
    villages = {
        path: point(latitude, longitude)
        for root in roots
        for path, latitude, longitude in Area.objects.filter(Area.objects.all().inside(root))
        .at_level(VILLAGE)
        .valid(on)
        .values_list("path", "latitude", "longitude")
    }
    middles = middle_of_districts(roots) if None in villages.values() else {}
    placed = {path: here or middles.get(path[:6]) for path, here in sorted(villages.items())}
    there = [here for here in placed.values() if here is not None]
    middle = (sum(a for a, _b in there) / len(there), sum(b for _a, b in there) / len(there)) if there else (0.0, 0.0)
    known = {path: here or middle for path, here in placed.items()}  # none is left unwatched because nobody knows where it lies
    return Ground(unit, tuple(known), tuple(known.values()), regions_of(unit, known, on))


def regions_of(unit: Unit, villages: Iterable[str], on: date) -> tuple[str, ...]:
    """Which of the Polres below a Polda each village lies with; what lies with none is the Polda's own."""
    if unit.kind != UnitKind.POLDA:
        return ()
    held = Jurisdiction.objects.valid(on).filter(unit__parent=unit, unit__kind=UnitKind.POLRES, unit__closed_on=None)
    of_root = dict(held.order_by("unit__path").values_list("area__path", "unit__path"))
    found = (next((of_root[above] for above in reversed(ancestors(path)) if above in of_root), "") for path in villages)
    return tuple(found) if of_root else ()


def point(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def middle_of_districts(roots: Sequence[str]) -> dict[str, Point]:
    found: dict[str, list[Point]] = {}
    for root in roots:
        rows = Area.objects.filter(Area.objects.all().inside(root), level__gte=DISTRICT).values_list("path", "latitude", "longitude")
        for path, latitude, longitude in rows:
            if (here := point(latitude, longitude)) is not None:
                found.setdefault(path[:6], []).append(here)
    return {path: (sum(a for a, _b in points) / len(points), sum(b for _a, b in points) / len(points)) for path, points in found.items()}


@dataclass(frozen=True)
class Book:
    """Counts of a unit from a first day on: for each group (places, days), and visits beside them."""

    ground: Ground
    start: date
    groups: "dict[str, Counts]"
    visits: "Visits"

    @property
    def days(self) -> int:
        return int(self.visits.shape[1])

    @property
    def last(self) -> date:
        return self.day(self.days - 1)

    def day(self, step: int) -> date:
        return self.start + timedelta(days=step)

    def until(self, on: date) -> "Book":
        """What was known at the end of a day."""
        days = (on - self.start).days + 1
        return Book(self.ground, self.start, {group: counts[:, :days] for group, counts in self.groups.items()}, self.visits[:, :days])


def book_of(unit: Unit, on: date) -> Book | None:
    """What is known of a unit's places until a day, not before three years ago; None where there is nothing."""
    import numpy as np

    ground = ground_of(unit, on)
    earliest = on - timedelta(days=MOST_DAYS)
    counted = list(told(ground, "path, day, grp, capped_n", "alerts_counted", earliest, on))
    effort = list(told(ground, "path, day, visits", "alerts_effort", earliest, on))
    start = min((as_date(row[1]) for row in (*counted, *effort)), default=None)
    if start is None:
        return None
    shape = (len(ground.paths), (on - start).days + 1)
    groups: dict[str, Any] = {}
    for path, day, group, n in counted:
        if (row := ground.rows.get(path)) is not None:
            table = groups.get(group)
            if table is None:
                table = groups[group] = np.zeros(shape, np.int64)
            table[row, (as_date(day) - start).days] += n
    visits = np.zeros(shape)
    for path, day, n in effort:
        if (row := ground.rows.get(path)) is not None:
            visits[row, (as_date(day) - start).days] += int(n)
    return Book(ground, start, groups, visits)


def told(ground: Ground, columns: str, view: str, start: date, on: date) -> Iterator[tuple[Any, ...]]:
    for low, high in ground.ranges():
        yield from ask(f"SELECT {columns} FROM {view} WHERE {WITHIN}", [low, high, start, on])


def counted_on(day: date, root: str) -> list[tuple[str, str, int]]:
    """Of one day and a part of the country alone: village, group, how many."""
    return ask("SELECT path, grp, capped_n FROM alerts_counted WHERE path >= %s AND path < %s AND day = %s", [root, root + "z", day])


def ask(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
