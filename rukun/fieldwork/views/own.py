"""Where recording begins, and one's own records found again."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.models import Answer, Promise, Reading, Report, Visit
from rukun.fieldwork.pages import page
from rukun.fieldwork.story import state_of

PAGE = 30


@policy("visit.receive")
@require_GET
def record(request: Request) -> HttpResponse:
    return render(request, "fieldwork/record.html")


@policy("visit.receive")
@require_GET
def records(request: Request) -> HttpResponse:
    """One's own, the newest first."""
    mine = request.actor.officer_id
    answers = Prefetch("answers", Answer.objects.within(request.actor).select_related("officer").order_by("-at"))
    readings = Prefetch("readings", Reading.objects.within(request.actor).select_related("officer").order_by("at"))
    reports = (
        Report.objects.within(request.actor)
        .filter(officer=mine, corrected_by=None)
        .select_related("area", "code")
        .prefetch_related(answers, readings)
    )
    visits = Visit.objects.within(request.actor).filter(officer=mine, corrected_by=None).select_related("area").prefetch_related("concerns")
    promises = Promise.objects.within(request.actor).filter(holder=mine).open().select_related("visit__area").order_by("due")
    sent, older_reports = page(reports, "received_at", request.GET.get("laporan", ""), name="laporan", size=PAGE)
    made, older_visits = page(visits, "made_at", request.GET.get("kunjungan", ""), name="kunjungan", size=PAGE)
    shown = {
        "reports": [(report, state_of(report)) for report in sent], "older_reports": older_reports,
        "visits": made, "older_visits": older_visits, "promises": promises,
    }  # fmt: skip
    return render(request, "fieldwork/records.html", shown)
