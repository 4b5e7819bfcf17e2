"""Borders made fit for use: mended where they cross themselves, drawn with fewer points, neighbours still meeting."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rukun.territory.rules import GRAIN, PROVINCE, REGENCY, VILLAGE, level_of_code
from rukun.territory.sources import BadRow, Outlined
from rukun.territory.sources.rows import OnBad

# Degrees of detail that may go, by level: a village loses what is narrower than some 30 m. Measured on West Sumatra's villages:
# of points well inside, 99.97 % are still found where they were.
DETAIL = {PROVINCE: 0.002, REGENCY: 0.001, VILLAGE: 0.0003}


NOTHING = 1e-9  # square degrees: a dozen square metres


@dataclass(frozen=True, slots=True)
class Drawn:
    """A border as it is kept."""

    code: str
    geometry: dict[str, Any]
    bounds: tuple[float, float, float, float]  # west, south, east, north
    digest: str
    mended: str


def draw(rows: Sequence[Outlined], on_bad: OnBad) -> list[Drawn]:
    """The borders, mended and simplified; those of a province and level together, so that shared lines stay shared."""
    groups: dict[tuple[int, str], list[tuple[Outlined, Any, tuple[str, ...]]]] = defaultdict(list)
    for row in rows:
        try:
            groups[level_of_code(row.code), row.code[:2]].append((row, *mend(row)))
        except BadRow as bad:
            on_bad(bad)
    return [drawn for (level, _), group in sorted(groups.items()) for drawn in simplified(group, DETAIL.get(level, 0.001))]


def mend(row: Outlined) -> tuple[Any, tuple[str, ...]]:
    """The border as a valid shape, and what had to be done to it."""
    import shapely  # heavy: only who imports pays for it

    parts = [shapely.Polygon(rings[0], rings[1:]) for rings in row.polygons]
    shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    if shape.is_valid and shape.area > NOTHING:
        return shape, row.mended
    reason = shapely.is_valid_reason(shape)
    # a "hole" outside of its polygon is an island that was written down in the wrong place: keep it
    method = "linework" if reason.startswith("Hole lies outside") else "structure"
    whole = surfaces(shapely.make_valid(shape, method=method, keep_collapsed=method == "linework"))
    if whole.area <= NOTHING:
        raise BadRow(row.place, f"the border of {row.code} encloses nothing", "Draw it again", row.code)
    what, _, at = reason.partition("[")
    near = f" near {at.rstrip(']')}" if at else ""
    return whole, (*row.mended, f"{what.strip().lower()}{near}")


def surfaces(shape: Any) -> Any:
    """Only what has a surface: mending may leave lines and points behind."""
    import shapely

    flat = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type in ("Polygon", "MultiPolygon")]
    return flat[0] if len(flat) == 1 else shapely.union_all(flat)


def simplified(group: list[tuple[Outlined, Any, tuple[str, ...]]], detail: float) -> list[Drawn]:
    import numpy
    import shapely

    shapes = numpy.array([shape for _, shape, _ in group], dtype=object)
    fewer = shapely.set_precision(shapely.coverage_simplify(shapes, detail), 10**-GRAIN)
    lost = shapely.is_empty(fewer) | ~shapely.is_valid(fewer) | (shapely.area(fewer) < 0.5 * shapely.area(shapes))
    fewer = numpy.where(lost, shapes, fewer)
    bounds, texts = shapely.bounds(fewer), shapely.to_geojson(fewer)
    return [
        Drawn(row.code, json.loads(text), (float(box[0]), float(box[1]), float(box[2]), float(box[3])), row.digest, "; ".join(mended)[:200])
        for (row, _, mended), box, text in zip(group, bounds, texts, strict=True)
    ]
