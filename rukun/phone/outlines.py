"""An area's border as a phone needs it: to some twenty metres, so that a hundred of them are a few kilobytes."""

from typing import Any

NEAR = 0.0002  # degrees, about twenty metres
DIGITS = 4


def light(geometry: dict[str, Any]) -> dict[str, Any]:
    """The same border with fewer corners; rings that are no larger than a yard go."""
    kind, parts = geometry.get("type"), geometry.get("coordinates", [])
    if kind == "Polygon":
        return {"type": kind, "coordinates": polygon(parts)}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [found for part in parts if (found := polygon(part))]}
    return geometry


def polygon(rings: list[list[list[float]]]) -> list[list[list[float]]]:
    return [found for ring in rings if len(found := thinned(ring)) >= 4]


def thinned(ring: list[list[float]]) -> list[list[float]]:
    """Corners that lie apart, the ring closed again."""
    kept: list[list[float]] = []
    for longitude, latitude, *_height in ring:
        if not kept or abs(longitude - kept[-1][0]) > NEAR or abs(latitude - kept[-1][1]) > NEAR:
            kept.append([round(longitude, DIGITS), round(latitude, DIGITS)])
    if kept and kept[0] != kept[-1]:
        kept.append(kept[0])
    return kept
