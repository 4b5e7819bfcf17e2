"""CSV, packed or not: a list of areas, or of centroids and figures about areas already known; the header says which."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from rukun.territory.rules import AreaKind
from rukun.territory.sources import values
from rukun.territory.sources.rows import BadRow, Counted, Measured, Named, OnBad, Place, Placed, Row
from rukun.territory.sources.text import lines

# What a column may be called, and what it then tells.
COLUMNS = {
    "code": "code", "kode": "code", "name": "name", "nama": "name", "kind": "kind", "jenis": "kind", "parent": "parent", "induk": "parent",
    "lat": "latitude", "latitude": "latitude", "lintang": "latitude", "lon": "longitude", "lng": "longitude", "longitude": "longitude",
    "bujur": "longitude", "population": "population", "penduduk": "population", "total": "population",
    "area_km2": "area_km2", "luas": "area_km2", "luas_km2": "area_km2",
}  # fmt: skip
KINDS = {kind.value for kind in AreaKind}


def headed(header: list[str]) -> dict[str, int]:
    """Which column tells what; empty when the header is not one of ours."""
    told = {COLUMNS[name]: at for at, cell in enumerate(header) if (name := cell.strip().lower()) in COLUMNS}
    alone = told.keys() == {"code"} or ("latitude" in told) != ("longitude" in told)
    return told if "code" in told and not alone else {}


def names_areas(told: dict[str, int]) -> bool:
    """A list with coordinates and without kinds only places what is known already: it brings no area into being."""
    return "name" in told and ("kind" in told or not told.keys() & {"latitude", "population", "area_km2"})


def read(path: Path, on_bad: OnBad, wanted: Callable[[str], bool]) -> Iterator[Row]:
    told: dict[str, int] = {}
    width = 0
    for number, line in lines(path, on_bad):
        if not line.strip():
            continue
        place = Place(path.name, number)
        try:
            cells = cells_of(place, line)
            if not told:
                told, width = headed(cells), len(cells)
                if not told:
                    raise BadRow(place, "the header names no code, or nothing to say of it", "Begin with code,name", line.strip())
                continue
            if len(cells) != width:
                why = f"the row has {len(cells)} fields, the header {width}"
                raise BadRow(place, why, "Check the commas and the quotes", line.strip()[:2000])
            yield from row_of(place, {name: cells[at] for name, at in told.items()}, names_areas(told), line.strip(), wanted)
        except BadRow as bad:
            on_bad(bad)
            if not told:
                return


def cells_of(place: Place, line: str) -> list[str]:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as wrong:
        raise BadRow(place, f"the row is no CSV ({wrong})", "Check the quotes; a row stands on one line", line.strip()[:2000]) from None


def row_of(place: Place, cells: dict[str, str], names: bool, text: str, wanted: Callable[[str], bool]) -> Iterator[Row]:
    code = values.code(place, cells["code"], text)
    if not wanted(code):
        return
    if names:
        above = parent(place, cells, text)
        yield Named(place, code, values.name(place, cells["name"], text), kind(place, cells.get("kind", ""), text), above)
    if cells.get("latitude", "").strip() or cells.get("longitude", "").strip():
        yield Placed(place, code, *values.point(place, cells["longitude"], cells["latitude"], text))
    if cells.get("population", "").strip():
        yield Counted(place, code, values.people(place, cells["population"], text))
    if cells.get("area_km2", "").strip():
        yield Measured(place, code, values.size(place, cells["area_km2"], text))


def kind(place: Place, text: str, row: str) -> str:
    text = text.strip().lower()
    if text and text not in KINDS:
        raise BadRow(place, f"{text[:40]!r} is no kind of area", f"Known are {', '.join(sorted(KINDS))}", row)
    return text


def parent(place: Place, cells: dict[str, str], row: str) -> str:
    """What the area lies in, when the table says so; else its code does."""
    above = cells.get("parent", "").strip()
    return values.code(place, above, row) if above else ""
