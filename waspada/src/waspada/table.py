"""Tables of cases and places as plain files: comma separated, with a header."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np

from waspada.calendar import units_between
from waspada.cases import BadData, Cases, Population, Unit

PLACE = ("location", "place", "id", "code", "zip", "county")
LATITUDE, LONGITUDE = ("latitude", "lat"), ("longitude", "long", "lon", "lng")
WHEN, COUNT, CONTROL = ("date", "day", "month", "year", "time"), ("count", "cases"), ("controls", "control")


def rows_of(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            return [{(key or "").strip().lower(): (value or "").strip() for key, value in row.items() if key is not None} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadData(f"{path.name}: not a table of comma separated text in UTF-8 ({error})") from None


def column(rows: list[dict[str, str]], names: tuple[str, ...], path: Path) -> str:
    """The name under which a column stands in a file."""
    found = optional(rows, names)
    if found is None:
        raise BadData(f"{path.name}: no column {' or '.join(names)}; there are {', '.join(rows[0]) if rows else 'no rows'}")
    return found


def optional(rows: list[dict[str, str]], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if rows and name in rows[0]), None)


def number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadData(f"{what}: expected a number, got {text!r}") from None


def day_of(text: str, what: str = "date") -> date:
    """A day from year, year-month or year-month-day, with - or /."""
    parts = text.replace("/", "-").split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        if len(parts) > 3:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise BadData(f"{what}: expected a date such as 2021-04-23, got {text!r}") from None


def read_cases(
    cases_path: Path, places_path: Path, unit: Unit = "day", start: date | None = None, end: date | None = None, latlong: bool | None = None
) -> Cases:
    """Cases (place, date, count) and places (id, latitude and longitude or x and y, perhaps population)."""
    places, rows = rows_of(places_path), rows_of(cases_path)
    if not places:
        raise BadData(f"{places_path.name}: no places")
    name = column(places, PLACE, places_path)
    ids = [row[name] for row in places]
    spherical = optional(places, LATITUDE) is not None and optional(places, LONGITUDE) is not None if latlong is None else latlong
    first = column(places, (*LATITUDE, "y") if spherical else ("x", *LONGITUDE), places_path)
    second = column(places, (*LONGITUDE, "x") if spherical else ("y", *LATITUDE), places_path)
    coordinates = np.array([[number(row[axis], f"place {row[name]!r}") for axis in (first, second)] for row in places])
    if not rows and (start is None or end is None):
        raise BadData(f"{cases_path.name}: no cases, and no start and end")
    where = column(rows, PLACE, cases_path) if rows else ""
    when = column(rows, WHEN, cases_path) if rows else ""
    many, others = optional(rows, COUNT), optional(rows, CONTROL)
    days = [day_of(row[when], f"place {row[where]!r}") for row in rows]
    start, end = start or min(days), end or max(days)
    if end < start:
        raise BadData(f"the study cannot end on {end} and begin on {start}")
    steps = units_between(start, end, unit) + 1
    counts = np.zeros((len(ids), steps), np.int64)
    controls = np.zeros((len(ids), steps), np.int64) if others else None
    index = {place: row for row, place in enumerate(ids)}
    for row, day in zip(rows, days, strict=True):
        if row[where] not in index:
            raise BadData(f"{cases_path.name}: place {row[where]!r} has no coordinates")
        step = step_of(day, start, end, unit, row[where])
        counts[index[row[where]], step] += whole(row[many], row[where]) if many else 1
        if controls is not None and others:
            controls[index[row[where]], step] += whole(row[others], row[where])
    people = optional(places, ("population", "pop"))
    population = Population(np.array([number(row[people], f"place {row[name]!r}") for row in places])) if people else None
    return Cases(counts, coordinates, tuple(ids), start, unit, latlong=spherical, population=population, controls=controls)


def step_of(day: date, start: date, end: date, unit: Unit, place: str, length: int = 1) -> int:
    if not start <= day <= end:
        raise BadData(f"place {place!r}: {day} lies outside the study, {start} to {end}")
    return units_between(start, day, unit) // length


def whole(text: str, place: str) -> int:
    value = number(text, f"place {place!r}")
    if not 0 <= value < 2**31 or value != int(value):
        raise BadData(f"place {place!r}: a count is a whole number from 0, got {text!r}")
    return int(value)
