"""Borders for a province that does not exist: each village the land nearest to its middle, with lines as crooked as real ones."""

import hashlib
from collections import defaultdict
from itertools import pairwise
from typing import Any

from rukun.access.scope import Actor
from rukun.demo.nusa import AREAS
from rukun.lib import clock
from rukun.territory import services
from rukun.territory.gather import Harvest
from rukun.territory.rules import WIB
from rukun.territory.sources import Outlined, Place, strict

VILLAGE_CODE = 13  # letters of 99.01.01.2001
SHORE = 0.035  # degrees of land beyond the outermost villages
FINEST = 0.003  # degrees: shorter lines stay straight

Point = tuple[float, float]


def draw(founder: Actor) -> None:
    harvest = Harvest()
    for line, (code, shape) in enumerate(sorted(shapes().items()), start=1):
        parts = getattr(shape, "geoms", [shape])
        rings = [[list(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts]
        harvest.add(Outlined(Place("nusa", line), code, rings, hashlib.sha256(shape.wkb).hexdigest()), strict)
    harvest.files.append({"name": "nusa", "form": "rows", "rows": len(harvest.outlined), "sha256": ""})
    services.bring_in(founder, harvest, on=clock.today(WIB))


def shapes() -> dict[str, Any]:
    import shapely

    middles = {code: (longitude, latitude) for code, _, _, latitude, longitude, _, _ in AREAS if len(code) == VILLAGE_CODE}
    land = shapely.MultiPoint(list(middles.values())).convex_hull.buffer(SHORE, quad_segs=3)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(list(middles.values())), extend_to=land))
    found: dict[str, Any] = {}
    for code, at in middles.items():
        cell = next(each for each in cells if each.contains(shapely.Point(at)))
        found[code] = shapely.Polygon(crooked(list(shapely.set_precision(cell.intersection(land), 1e-6).exterior.coords)))
    held: dict[str, list[Any]] = defaultdict(list)
    for code, shape in found.items():
        for length in (2, 5, 8):
            held[code[:length]].append(shape)
    return found | {code: shapely.set_precision(shapely.union_all(some), 1e-6) for code, some in held.items()}


def crooked(ring: list[Point]) -> list[Point]:
    """Each line bent and bent again; a line that two villages share is bent alike for both."""
    bent: list[Point] = []
    for start, end in pairwise(ring):
        line = bend(start, end) if start <= end else bend(end, start)[::-1]
        bent += line[:-1]
    return [*bent, bent[0]]


def bend(start: Point, end: Point) -> list[Point]:
    east, north = end[0] - start[0], end[1] - start[1]
    if east * east + north * north < FINEST * FINEST:
        return [start, end]
    chance = hashlib.sha256(f"{start[0]:.5f},{start[1]:.5f},{end[0]:.5f},{end[1]:.5f}".encode()).digest()[0] / 255 - 0.5
    middle = ((start[0] + end[0]) / 2 - north * chance * 0.35, (start[1] + end[1]) / 2 + east * chance * 0.35)
    return [*bend(start, middle)[:-1], *bend(middle, end)]
