"""Brings together what the sources say of each area, before anything is written: what is doubled or contradicts itself is a bad row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rukun.territory.rules import VILLAGE, level_of_code
from rukun.territory.sources import BadRow, Counted, Measured, Named, Outlined, Place, Placed, Row, agree, find, read, strict
from rukun.territory.sources.rows import OnBad


@dataclass(slots=True)
class Harvest:
    """All that was read, by the code of the area."""

    named: dict[str, Named] = field(default_factory=dict)
    measured: dict[str, Measured] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    placed: dict[str, Placed] = field(default_factory=dict)
    outlined: dict[str, Outlined] = field(default_factory=dict)
    files: list[dict[str, Any]] = field(default_factory=list)  # name, form, rows, sha256
    aside: list[str] = field(default_factory=list)  # files that hold something else
    bad: list[BadRow] = field(default_factory=list)

    def set_aside(self, bad: BadRow) -> None:
        """An answer to bad rows: keep them apart and go on."""
        self.bad.append(bad)

    def shelves(self) -> tuple[dict[str, Any], ...]:
        return self.named, self.measured, self.counted, self.placed, self.outlined

    def add(self, row: Row, on_bad: OnBad) -> None:
        shelf = self.shelf(row)
        first = shelf.setdefault(row.code, row)
        if first is row:
            return
        if first.place.file == row.place.file:
            on_bad(BadRow(row.place, f"{row.code} stands twice, first in line {first.place.line}", "Keep one of the two", row.code))
        elif not agree(first, row):
            on_bad(BadRow(row.place, f"of {row.code} it says something else than {first.place}", "Import the file that is right", row.code))

    def shelf(self, row: Row) -> dict[str, Any]:
        kinds = (Named, Measured, Counted, Placed, Outlined)
        return self.shelves()[kinds.index(type(row))]

    def codes(self) -> set[str]:
        return {code for shelf in self.shelves() for code in shelf}

    def drop(self, code: str) -> None:
        for shelf in self.shelves():
            shelf.pop(code, None)

    def stand_in(self) -> None:
        """What is named and has no point of its own stands in the middle of the villages below it: a map can draw it there."""
        below: dict[str, list[Placed]] = defaultdict(list)
        for code, point in self.placed.items():
            if level_of_code(code) == VILLAGE:
                for above in (code[:2], code[:5], code[:8]):
                    below[above].append(point)
        for code, points in below.items():
            if code in self.named and code not in self.placed:
                east, north = (sum(getattr(point, name) for point in points) / len(points) for name in ("longitude", "latitude"))
                self.placed[code] = Placed(points[0].place, code, east, north)

    def in_order(self) -> list[Named]:
        """From the provinces down, so that what lies above comes first."""
        return sorted(self.named.values(), key=lambda row: (level_of_code(row.code), row.code))


def gather(path: Path, *, provinces: Iterable[str] = (), skip_bad: bool = False) -> Harvest:
    """Reads all sources at a path. Strict unless bad rows are to be set aside."""
    harvest = Harvest()
    on_bad = harvest.set_aside if skip_bad else strict
    chosen = frozenset(provinces)
    sources, harvest.aside = find(path, on_bad)
    for source in sources:
        count = 0
        for row in read(source, on_bad, (lambda code: code[:2] in chosen) if chosen else (lambda code: True)):
            harvest.add(row, on_bad)
            count += 1
        harvest.files.append({"name": source.name, "form": str(source.form), "rows": count, "sha256": source.sha256()})
    harvest.stand_in()
    return harvest


AreaRow = tuple[str, str, str, float | None, float | None, int | None, float | None]


def from_rows(rows: Iterable[AreaRow], origin: str) -> Harvest:
    """The same from rows in the code: (code, name, kind, latitude, longitude, population, km²)."""
    harvest = Harvest()
    for line, (code, name, kind, latitude, longitude, people, km2) in enumerate(rows, start=1):
        place = Place(origin, line)
        harvest.add(Named(place, code, name, kind), strict)
        if latitude is not None and longitude is not None:
            harvest.add(Placed(place, code, longitude, latitude), strict)
        if people is not None:
            harvest.add(Counted(place, code, people), strict)
        if km2 is not None:
            harvest.add(Measured(place, code, km2), strict)
    harvest.files.append({"name": origin, "form": "rows", "rows": len(harvest.named), "sha256": ""})
    return harvest
