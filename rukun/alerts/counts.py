"""What the engine may read: counts by village, day and group, capped before they leave the database, and visits. Nobody's name, no text."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from rukun.territory.models import Area, Unit
from rukun.territory.rules import DISTRICT, VILLAGE

ALL = "*"  # every group together, an account counted once a week and district
MOST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """The villages that a unit is watched over, in the order of their paths; where one has no centroid, its district's middle stands in."""

    unit: Unit
    paths: tuple[str, ...]
    coordinates: tuple[tuple[float, float], ...]  # latitude, longitude

    @property
    def rows(self) -> dict[str, int]:
        return {path: row for row, path in enumerate(self.paths)}

    @property
    def districts(self) -> list[list[int]]:
        """Rows of the villages of each district."""
        found: dict[str, list[int]] = {}
        for row, path in enumerate(self.paths):
            found.setdefault(path[:6], []).append(row)
        return list(found.values())


def ground_of(unit: Unit, on: date) -> Ground:
    roots = [area.path for area in Area.objects.covered_by(unit, on)]
    villages = {area.path: area for root in roots for area in Area.objects.filter(Area.objects.all().inside(root)).at_level(VILLAGE).valid(on)}
    middles = middle_of_districts(roots)
    placed = {
        path: (area.latitude, area.longitude) if area.latitude is not None and area.longitude is not None else middles.get(path[:6])
        for path, area in sorted(villages.items())
    }
    known = {path: point for path, point in placed.items() if point is not None}
    return Ground(unit, tuple(known), tuple(known.values()))  # type: ignore[arg-type]  # a point that is not None has both numbers


def middle_of_districts(roots: list[str]) -> dict[str, tuple[float, float]]:
    found: dict[str, list[tuple[float, float]]] = {}
    for root in roots:
        rows = Area.objects.filter(Area.objects.all().inside(root), latitude__isnull=False, longitude__isnull=False, level__gte=DISTRICT)
        for path, latitude, longitude in rows.values_list("path", "latitude", "longitude"):
            found.setdefault(path[:6], []).append((latitude, longitude))
    return {path: (sum(a for a, _b in points) / len(points), sum(b for _a, b in points) / len(points)) for path, points in found.items()}


@dataclass(frozen=True, slots=True)
class Book:
    """Counts of a unit from its first day of reports to a day: for each group (places, days), and visits beside them."""

    ground: Ground
    start: date
    days: int
    groups: dict[str, Any]  # group -> int64 (places, days)
    visits: Any  # float64 (places, days)


def first_day(ground: Ground, on: date) -> date | None:
    """The first day of which the unit has a report, not before three years ago."""
    if not ground.paths:
        return None
    found = None
    for low, high in ranges(ground):
        row = ask("SELECT min(day) FROM alerts_counted WHERE path >= %s AND path < %s AND day <= %s", [low, high, on])
        found = min(filter(None, [found, as_date(row[0][0])]), default=None)
    return max(found, on - timedelta(days=365 * MOST_YEARS)) if found else None


def book_of(ground: Ground, start: date, on: date) -> Book:
    import numpy as np

    rows, days = ground.rows, (on - start).days + 1
    groups: dict[str, Any] = {}
    visits = np.zeros((len(rows), days))
    for low, high in ranges(ground):
        between = [low, high, start, on]
        for path, day, group, n in ask("SELECT path, day, grp, capped_n FROM alerts_counted WHERE path >= %s AND path < %s AND day >= %s AND day <= %s", between):
            if path in rows:
                table = groups.setdefault(group, np.zeros((len(rows), days), np.int64))
                table[rows[path], (as_date(day) - start).days] += n  # type: ignore[operator]  # a row has a day
        for path, day, n in ask("SELECT path, day, visits FROM alerts_effort WHERE path >= %s AND path < %s AND day >= %s AND day <= %s", between):
            if path in rows:
                visits[rows[path], (as_date(day) - start).days] += n  # type: ignore[operator]
    return Book(ground, start, days, groups, visits)


def ranges(ground: Ground) -> list[tuple[str, str]]:
    regencies = sorted({path[:4] for path in ground.paths})
    return [(path, f"{path}z") for path in regencies]


def ask(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def as_date(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
