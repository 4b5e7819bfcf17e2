"""The map's pages: the list and the table are the page, the picture is drawn beside them where a browser can."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.desk import atlas
from rukun.desk.forms import PAST, MapForm
from rukun.desk.geojson import as_geojson
from rukun.desk.past import PastChoice, PastPicture, past, years
from rukun.desk.past import lead as past_lead
from rukun.territory import tiles
from rukun.territory.models import Area

FIRST, LISTED = 10, 100  # places at once, and after one tap


@policy("report.view", "problem.view")
@require_GET
def map_page(request: Request) -> HttpResponse:
    form, drawn = chosen(request)
    told = drawn.told
    shown = {
        "form": form, "picture": drawn, "told": told, "told_first": told[:FIRST], "told_more": told[FIRST:LISTED], "told_beyond": max(0, len(told) - LISTED),
        "steps": drawn.steps, "tiles": tiles.current(), "query": request.GET.urlencode(),
    } | (of_past(drawn) if isinstance(drawn, PastPicture) else of_reports(drawn))  # fmt: skip
    return render(request, "desk/map.html", shown)


def of_past(drawn: PastPicture) -> dict[str, Any]:
    coarse = drawn.coarse
    return {"past": True, "lead": past_lead(drawn), "coarse": coarse[:LISTED], "coarse_beyond": max(0, len(coarse) - LISTED)}


def of_reports(drawn: atlas.Picture) -> dict[str, Any]:
    quiet = drawn.quiet
    return {
        "lead": atlas.lead(drawn), "quiet": quiet[:LISTED], "quiet_count": len(quiet), "quiet_beyond": max(0, len(quiet) - LISTED),
        "sees_visits": any(spot.visited is not None for spot in drawn.spots),
    }  # fmt: skip


@policy("report.view", "problem.view")
@require_GET
def map_data(request: Request) -> HttpResponse:
    _form, drawn = chosen(request)
    answer = JsonResponse(as_geojson(request.actor, drawn), content_type="application/geo+json")
    answer["Cache-Control"] = "private, no-store"
    return answer


def chosen(request: Request) -> tuple[MapForm, atlas.Picture | PastPicture]:
    """What the address asks for; what it asks wrongly is left out, and the form says so."""
    asked = {"hari": "30"} | request.GET.dict()
    known = years(request.actor) if request.actor.holds("history.view") else None
    looks_back = asked.get("isi") == PAST and known is not None
    form = MapForm(asked, years=known, past=looks_back)
    form.is_valid()
    said = form.cleaned_data
    area = None
    if path := request.GET.get("wilayah", ""):
        area = get_object_or_404(Area.objects.within(request.actor), path=path)
    if looks_back:
        return form, past(request.actor, PastChoice(area, said.get("tahun", ""), said.get("jenis", ""), said.get("tahap", "")))
    return form, atlas.picture(request.actor, atlas.Choice(area, said.get("hari", 30), said.get("jenis", ""), said.get("tahap", "")))
