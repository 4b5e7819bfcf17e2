"""A person's own pages: Today, my areas, one area, the search, and for the administrator the machine."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.access.policy import policy, signed_in
from rukun.access.request import Request
from rukun.access.scope import COUNTRY
from rukun.care.health import health
from rukun.desk import find as finding
from rukun.desk import rules, services
from rukun.desk.area import portrait
from rukun.desk.first import steps
from rukun.desk.hats import FIELD
from rukun.desk.places import places_of
from rukun.desk.today import everything
from rukun.lib import clock, jobs
from rukun.territory.models import Area


@signed_in
@require_GET
def today(request: Request) -> HttpResponse:
    return render(request, "desk/today.html", everything(request.actor))


@policy("visit.correct")
@require_GET
def first_day(request: Request) -> HttpResponse:
    found = steps(request.actor)
    return render(request, "desk/first.html", {"steps": found, "left": sum(not step.done for step in found)})


@policy("area.view")
@require_GET
def areas(request: Request) -> HttpResponse:
    places = places_of(request.actor)
    never = sum(place.days is None for place in places)
    long = sum(place.is_long for place in places) - never
    shown = {
        "places": places, "lead": rules.areas_lead(never, long, len(places)), "alone": request.actor.role in FIELD,
        "mapped": request.actor.holds("report.view"),
    }  # fmt: skip
    return render(request, "desk/areas.html", shown)


@policy("area.view")
@require_GET
def area(request: Request, path: str) -> HttpResponse:
    found = get_object_or_404(Area.objects.within(request.actor).select_related("parent"), path=path)
    return render(request, "desk/area.html", portrait(request.actor, found))


@policy("report.view", "problem.view")
@require_GET
def find(request: Request) -> HttpResponse:
    asked, marks = request.GET.get("q", ""), [number(request.GET.get(name, "")) for name in ("masalah", "laporan")]
    answer = finding.find(request.actor, asked, problems_before=marks[0], reports_before=marks[1])
    shown = {
        "answer": answer,
        "older_problems": urlencode({"q": answer.text, "masalah": answer.older_problems}) if answer.older_problems else "",
        "older_reports": urlencode({"q": answer.text, "laporan": answer.older_reports}) if answer.older_reports else "",
    }
    return render(request, "desk/find.html", shown)


def number(text: str) -> int | None:
    """A mark of a page; one that somebody has bent begins at the top."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@policy("job.view")
@require_GET
def machine(request: Request) -> HttpResponse:
    of_the_country(request)
    works, dead, waiting = jobs.somebody_works(clock.now()), jobs.dead(), DBTaskResult.objects.ready().count()
    lead = rules.machine_lead(works=works, dead=len(dead), waiting=waiting)
    shown = {"works": works, "dead": dead, "waiting": waiting, "lead": lead, "sees_batches": request.actor.holds("batch.view")}
    return render(request, "desk/machine.html", shown | health(clock.now()))


@policy("job.view")
@require_POST
def revive(request: Request, pk: str) -> HttpResponse:
    of_the_country(request)
    services.revive(request.actor, get_object_or_404(DBTaskResult, pk=pk, status=TaskResultStatus.FAILED))
    return redirect("desk:machine")


def of_the_country(request: Request) -> None:
    """The machine serves the whole country; who administers a part of it does not see the rest's jobs."""
    if not request.actor.may("job.view", COUNTRY):
        raise PermissionDenied("the machine belongs to the country")
