"""In which village a point lies: by its border where one is known, else by the nearest middle. One index per process."""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from rukun.territory.models import Area, Import, Outline
from rukun.territory.rules import LATITUDES, LONGITUDES, VILLAGE, in_country, kilometres

SEAM = 0.0005  # degrees: between neighbours whose borders were simplified a gap of some metres may stay
FAR = 100.0  # kilometres: beyond, the nearest village says nothing about a point


class OutOfCountry(ValueError):
    """The point can't be in Indonesia, or its two numbers are the wrong way round."""


class NobodyNear(ValueError):
    """No village that we know lies near the point."""


@dataclass(frozen=True, slots=True)
class Found:
    """A village, how it was found, and how far the point lies from it: from its border, or from its middle."""

    area: int
    code: str
    name: str
    path: str
    method: str  # outline or centroid
    km: float

    def as_dict(self) -> dict[str, object]:
        return {"code": self.code, "name": self.name, "method": self.method, "km": self.km}


class Index:
    """All villages with their borders and middles, made for asking."""

    def __init__(self) -> None:
        import numpy  # heavy: only a process that locates points carries them
        import shapely

        columns = ("pk", "code", "name", "path", "longitude", "latitude")
        rows = list(Area.objects.at_level(VILLAGE).filter(valid_until=None).values_list(*columns))
        self.villages = {row[0]: row[:4] for row in rows}
        drawn = list(
            Outline.objects.filter(area__level=VILLAGE, area__valid_until=None)
            .annotate(text=Cast("geometry", TextField()))
            .values_list("area_id", "text")
        )
        self.outlined = [pk for pk, _ in drawn]
        self.shapes = shapely.from_geojson(numpy.array([text for _, text in drawn], dtype=object))
        shapely.prepare(self.shapes)
        self.sizes = shapely.area(self.shapes)
        self.tree = shapely.STRtree(self.shapes)
        middles = sorted(
            (latitude, longitude, pk) for pk, *_, longitude, latitude in rows if latitude is not None and longitude is not None
        )
        self.latitudes = numpy.array([row[0] for row in middles])
        self.longitudes = numpy.array([row[1] for row in middles])
        self.middles = [row[2] for row in middles]

    def locate(self, longitude: float, latitude: float) -> Found:
        if not in_country(longitude, latitude):
            hint = " Longitude comes first." if in_country(latitude, longitude) else ""
            raise OutOfCountry(
                f"Longitude {longitude:g}, latitude {latitude:g} is not in Indonesia (longitude {LONGITUDES[0]:g} to {LONGITUDES[1]:g}, "
                f"latitude {LATITUDES[0]:g} to {LATITUDES[1]:g}).{hint}"
            )
        return self.by_outline(longitude, latitude) or self.by_centroid(longitude, latitude)

    def by_outline(self, longitude: float, latitude: float) -> Found | None:
        import shapely

        point = shapely.Point(longitude, latitude)
        near = self.tree.query(point)
        holding = near[shapely.intersects_xy(self.shapes[near], longitude, latitude)] if len(near) else near
        if len(holding):  # where borders overlap, the smaller village: the larger one was drawn over it
            return self.found(self.outlined[min(holding, key=lambda at: self.sizes[at])], "outline", 0.0)
        at, apart = self.tree.query_nearest(point, max_distance=SEAM, return_distance=True, all_matches=False)
        if len(at):
            return self.found(self.outlined[at[0]], "outline", float(apart[0]) * 111.2)
        return None

    def by_centroid(self, longitude: float, latitude: float) -> Found:
        import numpy

        reach = 0.1
        while reach < 2 * FAR / 111:
            first, last = numpy.searchsorted(self.latitudes, (latitude - reach, latitude + reach))
            if last > first:
                north = self.latitudes[first:last] - latitude
                east = (self.longitudes[first:last] - longitude) * numpy.cos(numpy.radians(latitude))
                apart = north * north + east * east
                best = int(apart.argmin())
                if apart[best] <= reach * reach:  # nothing beyond the band can be nearer
                    at = int(first) + best
                    km = kilometres(longitude, latitude, float(self.longitudes[at]), float(self.latitudes[at]))
                    if km <= FAR:
                        return self.found(self.middles[at], "centroid", km)
                    break
            reach *= 2
        what = f"within {FAR:g} km of longitude {longitude:g}, latitude {latitude:g}" if self.villages else "at all: import territory first"
        raise NobodyNear(f"No village is known {what}.")

    def found(self, pk: int, method: str, km: float) -> Found:
        _, code, name, path = self.villages[pk]
        return Found(pk, code, name, path, method, round(km, 3))


Version = tuple[int, datetime] | None
_kept: tuple[Version, Index] | None = None
_building = threading.Lock()


def locate(longitude: float, latitude: float) -> Found:
    """The village in which a point lies; raises OutOfCountry or NobodyNear."""
    return index().locate(longitude, latitude)


def index() -> Index:
    """The index of this process, made anew when territory was imported since. For many points, ask it once."""
    global _kept
    now = version()
    kept = _kept
    if kept is None or kept[0] != now:
        with _building:
            if _kept is None or _kept[0] != now:
                _kept = (now, Index())
            kept = _kept
    return kept[1]


def version() -> Any:
    return Import.objects.order_by("-pk").values_list("pk", "at").first()
