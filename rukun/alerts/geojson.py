"""The villages of an alert and those around, as GeoJSON for the map: the table beside it says the same."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.alerts.kerawanan import Load
from rukun.alerts.models import Alert
from rukun.alerts.portrait import counts_around
from rukun.territory.models import Area, Outline

STEPS = ((1, 1), (2, 3), (4, 6), (7, 10**9))  # few is pale
VILLAGE = 4


def as_geojson(actor: Actor, alert: Alert) -> dict[str, Any]:
    areas, counted, visited = counts_around(actor, alert)
    inside = {area.path for area in alert.areas.all()}
    boxes = {row[0]: row[1:] for row in Outline.objects.within(actor).filter(area__in=[a.pk for a in areas]).values_list("area_id", "west", "south", "east", "north")}  # fmt: skip
    features = [feature(area, counted[area.path], area.path not in visited, area.path in inside, area.pk in boxes) for area in areas]
    near = [box for area in areas if area.path in inside and (box := boxes.get(area.pk) or middle_box(area))]
    return {"type": "FeatureCollection", "features": features, "map": {"level": VILLAGE, "bounds": around(near)}}


def load_geojson(actor: Actor, drawn: Load) -> dict[str, Any]:
    """The places of a unit's load, with the same numbers as in its list."""
    areas = [row.area for row in drawn.places if row.area]
    boxes = {row[0]: row[1:] for row in Outline.objects.within(actor).filter(area__in=[a.pk for a in areas]).values_list("area_id", "west", "south", "east", "north")}  # fmt: skip
    features = []
    for row in drawn.places:
        if row.area:
            made = feature(row.area, row.now, False, False, row.area.pk in boxes)
            made["properties"] |= {"says": told(row.now, row.usual), "silent": False}
            features.append(made)
    near = [box for area in areas if (box := boxes.get(area.pk) or middle_box(area))]
    return {"type": "FeatureCollection", "features": features, "map": {"level": drawn.level, "bounds": around(near)}}


def told(n: int, usual: str) -> str:
    reports = ngettext("%(n)s report", "%(n)s reports", n) % {"n": n} if n else _("no report")
    return _("%(reports)s, usually %(usual)s") % {"reports": reports, "usual": usual} if usual else reports


def feature(area: Area, n: int, unvisited: bool, inside: bool, outlined: bool) -> dict[str, Any]:
    at = None if area.longitude is None or area.latitude is None else [round(area.longitude, 5), round(area.latitude, 5)]
    return {
        "type": "Feature", "id": int(area.path), "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "is": "place", "name": area.name, "n": n, "step": step(n), "silent": not n and unvisited, "outlined": outlined, "stage": "",
            "says": says(n, unvisited, inside), "url": reverse("desk:area", args=[area.path]),
        },
    }  # fmt: skip


def says(n: int, unvisited: bool, inside: bool) -> str:
    words = [ngettext("%(n)s report", "%(n)s reports", n) % {"n": n} if n else _("no report")]
    if unvisited:
        words.append(_("nobody visited"))
    if inside:
        words.append(_("part of this alert"))
    return ", ".join(words)


def step(n: int) -> int:
    return next((at for at, (low, high) in enumerate(STEPS, start=1) if low <= n <= high), 0)


def middle_box(area: Area) -> tuple[float, ...] | None:
    return None if area.longitude is None or area.latitude is None else (area.longitude, area.latitude, area.longitude, area.latitude)


def around(boxes: list[tuple[float, ...]], margin: float = 0.03) -> list[float] | None:
    """West, south, east, north of all that belongs to the alert, with what lies next to it."""
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west) - margin, min(south) - margin, max(east) + margin, max(north) + margin]
