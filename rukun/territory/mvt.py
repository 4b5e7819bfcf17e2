"""Shapes as a vector tile (Mapbox Vector Tile 2.1): only what a border needs, a number for each area and its rings."""

from collections.abc import Iterable, Sequence
from typing import Any

EXTENT = 4096
MOVE, LINE, CLOSE = 1, 2, 7
POLYGON = 3

Ring = Sequence[tuple[int, int]]
Feature = tuple[int, list[list[Ring]]]  # number, polygons; of each the outer ring first, y downwards, none closed


def tile(layers: Iterable[tuple[str, list[Feature]]]) -> bytes:
    return b"".join(message(3, layer(name, features)) for name, features in layers if features)


def layer(name: str, features: list[Feature]) -> bytes:
    drawn = b"".join(message(2, feature(number, polygons)) for number, polygons in features)
    return field(15, 2) + message(1, name.encode()) + drawn + field(5, EXTENT)


def feature(number: int, polygons: list[list[Ring]]) -> bytes:
    return field(1, number) + field(3, POLYGON) + message(4, commands(polygons))


def commands(polygons: list[list[Ring]]) -> bytes:
    out = bytearray()
    x = y = 0
    for polygon in polygons:
        for place, ring in enumerate(polygon):
            points = list(ring)
            if (twice_the_area(points) > 0) != (place == 0):  # the outer ring one way round, holes the other
                points.reverse()
            append(out, MOVE | 1 << 3)
            for at, (east, south) in enumerate(points):
                if at == 1:
                    append(out, LINE | (len(points) - 1) << 3)
                append(out, zigzag(east - x))
                append(out, zigzag(south - y))
                x, y = east, south
            append(out, CLOSE | 1 << 3)
    return bytes(out)


def twice_the_area(points: Sequence[tuple[int, int]]) -> int:
    total = 0
    before = points[-1]
    for point in points:
        total += before[0] * point[1] - point[0] * before[1]
        before = point
    return total


def rings_of(shape: Any, west: float, north: float, scale: float) -> list[list[Ring]]:
    """The polygons of a shape on the grid of a tile; what is smaller than the grid is gone."""
    polygons = []
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        outer = on_grid(part.exterior, west, north, scale)
        if outer:
            holes = (on_grid(hole, west, north, scale) for hole in part.interiors)
            polygons.append([outer, *(hole for hole in holes if hole)])
    return polygons


def on_grid(line: Any, west: float, north: float, scale: float) -> Ring:
    import shapely

    points: list[tuple[int, int]] = []
    grid = ((shapely.get_coordinates(line) - (west, north)) * scale).round().astype(int).tolist()
    for east, south in grid:
        if not points or points[-1] != (east, south):
            points.append((east, south))
    if points and points[0] == points[-1]:
        points.pop()
    return points if len(points) >= 3 and twice_the_area(points) else []


# --- protocol buffers, as far as needed --------------------------------------------------------------------------------------------


def zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def append(out: bytearray, number: int) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def varint(number: int) -> bytes:
    out = bytearray()
    append(out, number)
    return bytes(out)


def field(key: int, number: int) -> bytes:
    return varint(key << 3) + varint(number)


def message(key: int, content: bytes) -> bytes:
    return varint(key << 3 | 2) + varint(len(content)) + content
