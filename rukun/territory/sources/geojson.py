"""GeoJSON: a FeatureCollection, or one feature per line; the properties hold a code and perhaps a name."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rukun.territory.sources import rings, values
from rukun.territory.sources.rows import BadRow, Named, OnBad, Outlined, Place, Placed, Row
from rukun.territory.sources.tables import kind
from rukun.territory.sources.text import lines

# What the property with the code may be called, the finest level first: files of the mapping agency carry all four.
CODES = ("code", "kode", "kode_kemendagri", "kode_wilayah", "kdepum", "kdcpum", "kdpkab", "kdppum")
NAMES = ("name", "nama", "nama_wilayah", "wadmkd", "wadmkc", "wadmkk", "wadmpr", "namobj")
START = re.compile(r"\s*+[\[,\x1e]*+\s*+")
FEATURES = re.compile(r'"features"\s*:\s*\[')


def read(path: Path, on_bad: OnBad, wanted: Callable[[str], bool]) -> Iterator[Row]:
    for place, feature, text in features(path, on_bad):
        try:
            yield from row_of(place, feature, text, wanted)
        except BadRow as bad:
            on_bad(bad)


def features(path: Path, on_bad: OnBad) -> Iterator[tuple[Place, Any, str]]:
    """The features one after the other: one in memory at a time, however many there are."""
    text = "".join(line for _, line in lines(path, on_bad))
    inside = FEATURES.search(text)
    position, line, counted, decoder = inside.end() if inside else 0, 1, 0, json.JSONDecoder()
    while True:
        position = START.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
        line, counted = line + text.count("\n", counted, position), position
        if position >= len(text) or (inside and text[position] == "]"):
            break
        place = Place(path.name, line)
        try:
            feature, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            rest = text[position : position + 200]
            on_bad(BadRow(place, "from here on the file is no JSON", "It may have been cut off: fetch it again", rest))
            return
        yield place, feature, text[counted : min(position, counted + 500)]
    if inside and position >= len(text):
        on_bad(BadRow(Place(path.name, line), "the list of features does not end", "It may have been cut off: fetch it again"))


def row_of(place: Place, feature: Any, text: str, wanted: Callable[[str], bool]) -> Iterator[Row]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadRow(place, "this is no Feature", "Write a FeatureCollection of features", text)
    told = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
    code = values.code(place, first(told, CODES), text)
    if not wanted(code):
        return
    if "kind" in told:  # only who says what it is brings an area into being; others draw what is known
        above = values.code(place, str(told["parent"]), text) if told.get("parent") else ""
        yield Named(place, code, values.name(place, first(told, NAMES), text), kind(place, str(told["kind"]), text), above)
    yield from drawn(place, code, feature.get("geometry"), text)


def drawn(place: Place, code: str, geometry: Any, text: str) -> Iterator[Row]:
    if geometry is None:
        return
    shape, points = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    if shape == "Point" and isinstance(points, list) and len(points) >= 2:
        yield Placed(place, code, *values.point(place, str(points[0]), str(points[1]), text))
    elif shape in ("Polygon", "MultiPolygon"):
        polygons, mended = rings.polygons(place, points, latitude_first=False, row=text)
        yield Outlined(place, code, polygons, hashlib.sha256(json.dumps(points).encode()).hexdigest(), mended)
    else:
        raise BadRow(place, f"a geometry of type {shape!r} is no border", "Point, Polygon and MultiPolygon are read", text)


def first(told: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(told[name]) for name in names if told.get(name) not in (None, "")), None)
