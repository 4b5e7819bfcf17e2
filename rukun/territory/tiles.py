"""The borders as a map: one PMTiles file under RUKUN_DATA, drawn after an import, read tile by tile."""

import gzip
import mmap
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast

from rukun.territory import mvt
from rukun.territory.models import Import, Outline
from rukun.territory.rules import DISTRICT, PROVINCE, REGENCY, VILLAGE

FIRST = {PROVINCE: 3, REGENCY: 3, DISTRICT: 5, VILLAGE: 6}  # from which zoom on a level is drawn
LAST = 10  # beyond, the browser enlarges: a step of the grid is 10 m here, a border was kept to some 30 m
MARGIN = 48 / mvt.EXTENT  # of a tile, beyond its edges: lines that run along one are drawn whole
COARSE = 4 / mvt.EXTENT  # half a pixel of a screen
ENDING = ".pmtiles"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of drawing."""

    file: Path
    tiles: int
    size: int


def folder() -> Path:
    return Path(settings.DATA) / "tiles"


def version() -> str:
    """Names the import after which a map is true; "" where nothing was ever imported."""
    last = Import.objects.order_by("-pk").values_list("pk", "at").first()
    return f"{last[0]}-{int(last[1].timestamp())}" if last else ""


def is_drawn() -> bool:
    return (folder() / f"{version()}{ENDING}").exists()


def draw(progress: Progress = lambda done, total: None) -> Drawn | None:
    """Draws all borders anew; None where there is no border."""
    name = version()
    levels = {level: shapes for level in FIRST if (shapes := shapes_of(level)) is not None}
    if not levels:
        return None
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder() / f"{name}{ENDING}"
    unfinished = file.with_suffix(".part")
    bounds = total_bounds(levels)
    try:
        count = write(unfinished, levels, bounds, progress)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    for other in folder().glob(f"*{ENDING}"):
        if other != file:
            other.unlink(missing_ok=True)
    return Drawn(file, count, file.stat().st_size)


def shapes_of(level: int) -> tuple[list[int], Any] | None:
    """The numbers of a level's areas, and their borders on the unit square of Web Mercator."""
    import numpy
    import shapely

    rows = Outline.objects.filter(area__level=level, area__valid_until=None).order_by("area__path")
    found = list(rows.annotate(text=Cast("geometry", TextField())).values_list("area__path", "text"))
    if not found:
        return None
    shapes = shapely.from_geojson(numpy.array([text for _, text in found], dtype=object))
    return [int(path) for path, _ in found], shapely.transform(shapes, to_square)


def to_square(points: Any) -> Any:
    import numpy

    south = numpy.radians(numpy.clip(points[:, 1], -85, 85))
    return numpy.column_stack((points[:, 0] / 360 + 0.5, 0.5 - numpy.arcsinh(numpy.tan(south)) / (2 * numpy.pi)))


def total_bounds(levels: dict[int, tuple[list[int], Any]]) -> tuple[float, float, float, float]:
    import numpy
    import shapely

    boxes: Any = numpy.array([shapely.total_bounds(shapes) for _, shapes in levels.values()])
    west, north = boxes[:, :2].min(axis=0).tolist()
    east, south = boxes[:, 2:].max(axis=0).tolist()

    def latitude(down: float) -> float:
        return float(numpy.degrees(numpy.arctan(numpy.sinh((0.5 - down) * 2 * numpy.pi))))

    return ((west - 0.5) * 360, latitude(south), (east - 0.5) * 360, latitude(north))


def write(file: Path, levels: dict[int, tuple[list[int], Any]], bounds: tuple[float, ...], progress: Progress) -> int:
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    first = min(FIRST[level] for level in levels)
    west, south, east, north = (int(degrees * 10_000_000) for degrees in bounds)
    count = 0
    with file.open("wb") as out:
        writer = Writer(out)
        for zoom in range(first, LAST + 1):
            drawn = sorted((zxy_to_tileid(zoom, x, y), content) for x, y, content in tiles_at(zoom, levels))
            for number, content in drawn:
                writer.write_tile(number, gzip.compress(content, mtime=0))
            count += len(drawn)
            progress(zoom - first + 1, LAST - first + 1)
        header = {
            "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": first, "max_zoom": LAST, "min_lon_e7": west,
            "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north, "center_zoom": first, "center_lon_e7": (west + east) // 2,
            "center_lat_e7": (south + north) // 2,
        }  # fmt: skip
        layers = [{"id": name_of(level), "minzoom": FIRST[level], "maxzoom": LAST, "fields": {}} for level in levels]
        writer.finalize(header, {"name": "areas", "vector_layers": layers})
    return count


def name_of(level: int) -> str:
    return f"level{level}"


def tiles_at(zoom: int, levels: dict[int, tuple[list[int], Any]]) -> Iterator[tuple[int, int, bytes]]:
    layers: dict[tuple[int, int], list[tuple[str, list[mvt.Feature]]]] = defaultdict(list)
    for level, (numbers, shapes) in levels.items():
        if zoom >= FIRST[level]:
            for at, features in features_at(zoom, numbers, shapes):
                layers[at].append((name_of(level), features))
    for (x, y), parts in layers.items():
        if content := mvt.tile(parts):
            yield x, y, content


def features_at(zoom: int, numbers: list[int], shapes: Any) -> Iterator[tuple[tuple[int, int], list[mvt.Feature]]]:
    """The areas of one level, cut to the tiles of one zoom."""
    import numpy
    import shapely

    side = 2**zoom
    fewer = shapely.simplify(shapes, (COARSE if zoom < LAST else COARSE / 4) / side, preserve_topology=False)
    boxes = shapely.bounds(fewer) * side
    within: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, box in enumerate(boxes):
        if numpy.isnan(box[0]):
            continue  # too small to be seen from so far
        west, north = (max(0, int(edge - MARGIN)) for edge in box[:2])
        east, south = (min(side - 1, int(edge + MARGIN)) for edge in box[2:])
        for x in range(west, east + 1):
            for y in range(north, south + 1):
                within[x, y].append(at)
    for (x, y), some in within.items():
        edges = (x - MARGIN) / side, (y - MARGIN) / side, (x + 1 + MARGIN) / side, (y + 1 + MARGIN) / side
        cut = shapely.clip_by_rect(fewer[some], *edges)
        drawn = ((numbers[at], mvt.rings_of(shape, x / side, y / side, side * mvt.EXTENT)) for at, shape in zip(some, cut, strict=True))
        if features := [feature for feature in drawn if feature[1]]:
            yield (x, y), features


# --- reading -----------------------------------------------------------------------------------------------------------------------

_open: dict[Path, Any] = {}
_lock = threading.Lock()


def current() -> str:
    """The version of the map that is drawn, the newest where two stand side by side; "" where there is none."""
    found = list(folder().glob(f"*{ENDING}"))
    return max(found, key=lambda file: file.stat().st_mtime).stem if found else ""


def tile(name: str, zoom: int, x: int, y: int) -> bytes | None:
    """A tile as it is kept, compressed by gzip; b"" for open sea, None where that map is no more."""
    if name != current():
        return None
    return reader(folder() / f"{name}{ENDING}").get(zoom, x, y) or b""


def reader(file: Path) -> Any:
    from pmtiles.reader import Reader

    with _lock:
        if file not in _open:
            for other in list(_open):
                with suppress(KeyError):
                    del _open[other]
            with file.open("rb") as opened:
                held = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            _open[file] = Reader(lambda start, length: held[start : start + length])
        return _open[file]
