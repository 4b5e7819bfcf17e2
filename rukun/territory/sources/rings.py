"""The rings of a border, checked and closed; what had to be mended is said in words."""

from typing import Any

from rukun.territory.rules import in_country
from rukun.territory.sources.rows import BadRow, Place
from rukun.territory.sources.values import check_point

Point = tuple[float, float]
Ring = list[Point]


def polygons(place: Place, nested: Any, *, latitude_first: bool, row: str) -> tuple[list[list[Ring]], tuple[str, ...]]:
    """Polygons of rings of (longitude, latitude), from the nested lists of a Polygon or a MultiPolygon."""
    depth = depth_of(nested)
    if depth not in (3, 4):
        raise BadRow(place, "the border is neither a polygon nor several", "A border reads [[[…,…],…]] or [[[[…,…],…]]]", row)
    read, mended, number = [], [], 0
    for polygon in nested if depth == 4 else [nested]:
        if not isinstance(polygon, list):
            raise BadRow(place, "a polygon of the border is no list of rings", "Draw the border again", row)
        kept: list[Ring] = []
        for ring in polygon:
            number += 1
            points = ring_of(place, ring, latitude_first, row)
            if points[0] != points[-1]:
                points.append(points[0])
                mended.append(f"ring {number} was not closed")
            if len(points) < 4:
                mended.append(f"ring {number} of {len(points) - 1} points encloses nothing and was left out")
            else:
                kept.append(points)
        if kept:
            read.append(kept)
    if not read:
        raise BadRow(place, "the border encloses nothing", "A ring has at least three points", row)
    return read, tuple(mended)


def depth_of(nested: Any) -> int:
    depth = 0
    while isinstance(nested, list) and nested and depth < 6:
        nested, depth = nested[0], depth + 1
    return depth if isinstance(nested, int | float) and not isinstance(nested, bool) else 0


def ring_of(place: Place, ring: Any, latitude_first: bool, row: str) -> Ring:
    try:
        pairs = [(float(point[0]), float(point[1])) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError):
        raise BadRow(place, "a ring of the border is no list of points", "Each point is two numbers", row) from None
    if not pairs:
        raise BadRow(place, "a ring of the border is empty", "Take it out", row)
    points = [(east, north) for north, east in pairs] if latitude_first else pairs
    for east, north in points:
        if not in_country(east, north):
            check_point(place, east, north, row)
    return points
