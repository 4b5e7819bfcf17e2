"""The picture of a map as GeoJSON, for the browser to draw: places with their numbers, and reports that have a point of their own."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.desk import past
from rukun.desk.atlas import Picture, Spot, grouped, middle, under
from rukun.desk.rules import class_of
from rukun.fieldwork.models import Report
from rukun.fieldwork.rules import Stage, is_sensitive
from rukun.lib import clock
from rukun.territory.models import Outline
from rukun.territory.rules import SUBUNIT, VILLAGE

POINTS = 500  # single reports as points, the newest


def as_geojson(actor: Actor, drawn: Picture | past.PastPicture) -> dict[str, Any]:
    steps, borders = drawn.steps, boxes(actor, drawn)
    if isinstance(drawn, Picture):
        features = [*(feature_of(spot, steps, spot.area.pk in borders) for spot in drawn.spots), *points(actor, drawn)]
    else:
        features = past.features(actor, drawn, borders)
    return {
        "type": "FeatureCollection",
        "features": features,
        "map": {"level": drawn.level, "bounds": bounds(drawn, borders), "classes": len(steps)},
    }


def feature_of(spot: Spot, steps: list[tuple[int, int]], outlined: bool) -> dict[str, Any]:
    area, at = spot.area, middle(spot.area)
    return {
        "type": "Feature",
        "id": int(area.path),
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "is": "place", "name": area.name, "n": spot.reports, "step": class_of(spot.reports, steps), "silent": spot.silent, "outlined": outlined,
            "problems": spot.problems, "stage": spot.problem_stage, "says": says(spot), "url": reverse("desk:area", args=[area.path]),
        },
    }  # fmt: skip


def says(spot: Spot) -> str:
    words = [ngettext("%s report", "%s reports", spot.reports) % grouped(spot.reports) if spot.reports else _("no report")]
    if spot.reports:
        labels = {**{str(stage): str(stage.label) for stage in Stage}, "": _("not assessed yet")}
        words[0] += " (" + ", ".join(f"{n} {labels[stage].lower()}" for stage, n in spot.parts) + ")"
    if spot.problems:
        words.append(ngettext("%d open problem", "%d open problems", spot.problems) % spot.problems)
    if spot.silent:
        words.append(_("nobody visited"))
    return ", ".join(words)


def boxes(actor: Actor, drawn: Picture | past.PastPicture) -> dict[int, tuple[float, ...]]:
    """West, south, east, north of each border that is known, by area; for sub-units that of what holds them."""
    keys = [spot.area.pk for spot in drawn.spots]
    if drawn.level == SUBUNIT:
        keys = list({spot.area.parent_id for spot in drawn.spots if spot.area.parent_id})
    found: dict[int, tuple[float, ...]] = {}
    for start in range(0, len(keys), 500):
        rows = Outline.objects.within(actor).filter(area__in=keys[start : start + 500])
        found |= {row[0]: row[1:] for row in rows.values_list("area_id", "west", "south", "east", "north")}
    return found


def bounds(drawn: Picture | past.PastPicture, borders: dict[int, tuple[float, ...]]) -> list[float] | None:
    """West, south, east, north of all that is shown."""
    middles = [(*at, *at) for spot in drawn.spots if (at := middle(spot.area))]
    if not borders and not middles:
        return None
    west, south, east, north = (list(edge) for edge in zip(*borders.values(), *middles, strict=True))
    return [min(west), min(south), max(east), max(north)]


def points(actor: Actor, drawn: Picture) -> list[dict[str, Any]]:
    """Reports with a place of their own; never what is sensitive, nor what nobody has given a kind yet."""
    if drawn.level < VILLAGE or not drawn.spots:
        return []
    start = clock.now() - timedelta(days=drawn.choice.days)
    rows = Report.objects.within(actor).current().filter(happened_at__gte=start).exclude(latitude=None).exclude(code=None)
    rows = rows.filter(code__code__startswith=drawn.choice.kind) if drawn.choice.kind else rows
    rows = rows.filter(stage=drawn.choice.stage) if drawn.choice.stage else rows
    roots = [drawn.choice.area.path] if drawn.choice.area else list(actor.roots)
    newest = under(rows, "area__path", roots).prefetch_related("other_codes").order_by("-happened_at")[:POINTS]
    return [
        point_of(report)
        for report in newest
        if not any(map(is_sensitive, [report.code_id or "", *(code.pk for code in report.other_codes.all())]))
    ]


def point_of(report: Report) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [report.longitude, report.latitude]},
        "properties": {"is": "report", "name": report.title, "stage": report.stage, "url": reverse("fieldwork:report", args=[report.pk])},
    }
