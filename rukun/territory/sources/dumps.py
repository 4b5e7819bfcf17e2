"""The dumps of Kemendagri's code list, of area and population, and of borders (github.com/cahyadsn), as they are published."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rukun.territory.sources import rings, values
from rukun.territory.sources.rows import BadRow, Counted, Measured, Named, OnBad, Outlined, Place, Placed, Row
from rukun.territory.sources.sql import SqlRow, rows

# The columns by which a table is known, and those it has when an INSERT does not name them.
KNOWN: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"kode", "path"}), "borders"),
    (frozenset({"kode", "luas"}), "area"),
    (frozenset({"kode", "total"}), "population"),
    (frozenset({"kode", "nama"}), "codes"),
)
UNNAMED = {
    "wilayah": ("kode", "nama"),
    "wilayah_luas": ("kode", "nama", "luas"),
    "wilayah_penduduk": ("kode", "nama", "pria", "wanita", "total"),
    "wilayah_boundaries": ("kode", "nama", "lat", "lng", "path", "status"),
}
Fields = dict[str, str | None]


def columns_of(table: str, columns: Sequence[str] | None) -> tuple[str, tuple[str, ...]] | None:
    """What a table tells and the names of its columns; None when it tells nothing of areas."""
    named = tuple(column.strip(' `"\n\t').lower() for column in columns) if columns else UNNAMED.get(table.lower(), ())
    for known, tells in KNOWN:
        if known <= set(named):
            return tells, named
    return None


def read(path: Path, on_bad: OnBad, wanted: Callable[[str], bool]) -> Iterator[Row]:
    for row in rows(path, on_bad):
        known = columns_of(row.table, row.columns)
        if known is None:
            continue
        try:
            yield from told(row, *known, wanted)
        except BadRow as bad:
            on_bad(bad)


def told(row: SqlRow, tells: str, columns: tuple[str, ...], wanted: Callable[[str], bool]) -> Iterator[Row]:
    text = as_text(row)
    optional = 1 if row.columns is None and columns[-1] == "status" else 0
    if not len(columns) - optional <= len(row.values) <= len(columns):
        raise BadRow(row.place, f"the row has {len(row.values)} values, {len(columns)} are expected", f"Give {', '.join(columns)}", text)
    fields = dict(zip(columns, row.values, strict=False))
    if fields["kode"] == values.COUNTRY:
        return
    code = values.code(row.place, fields["kode"], text)
    if wanted(code):
        yield from TELL[tells](row.place, code, fields, text)


def codes(place: Place, code: str, fields: Fields, text: str) -> Iterator[Row]:
    yield Named(place, code, values.name(place, fields["nama"], text))


def area(place: Place, code: str, fields: Fields, text: str) -> Iterator[Row]:
    yield Measured(place, code, values.size(place, fields["luas"], text))


def population(place: Place, code: str, fields: Fields, text: str) -> Iterator[Row]:
    yield Counted(place, code, values.people(place, fields["total"], text))


def borders(place: Place, code: str, fields: Fields, text: str) -> Iterator[Row]:
    if fields.get("lat") is not None and fields.get("lng") is not None:
        yield Placed(place, code, *values.point(place, fields["lng"], fields["lat"], text))
    path = fields["path"]
    if path is None or path in ("", "[]"):
        return
    try:
        nested = json.loads(path)
    except (ValueError, RecursionError):
        raise BadRow(place, "the border is no list of points", "A border reads [[[latitude,longitude],…]]", text) from None
    polygons, mended = rings.polygons(place, nested, latitude_first=True, row=text)
    yield Outlined(place, code, polygons, hashlib.sha256(path.encode()).hexdigest(), mended)


Teller = Callable[[Place, str, Fields, str], Iterator[Row]]
TELL: dict[str, Teller] = {"codes": codes, "area": area, "population": population, "borders": borders}


def as_text(row: SqlRow) -> str:
    """The row as it can be mended and read again, shortened where it is a border."""
    return "(" + ",".join("NULL" if value is None else f"'{value[:500]}'" for value in row.values) + ")"
