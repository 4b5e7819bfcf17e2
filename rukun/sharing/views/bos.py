"""To BOS: a record's fields in its order, each with its copy button; what is not there yet; ticked, and the tick taken back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.models import Report, Visit
from rukun.fieldwork.pages import page
from rukun.lib import clock
from rukun.sharing import bos, services
from rukun.sharing.models import Copied
from rukun.sharing.telling import Record, sealed

DAYS, PAGE = 60, 30


@policy("bos.copy")
@require_safe
def uncopied(request: Request) -> HttpResponse:
    """One's own records that are not in BOS yet."""
    since = clock.now() - timedelta(days=DAYS)
    visits, reports = bos.uncopied_visits(request.actor, since), bos.uncopied_reports(request.actor, since)
    met, older_visits = page(visits, "made_at", request.GET.get("kunjungan", ""), name="kunjungan", size=PAGE)
    sent, older_reports = page(reports, "received_at", request.GET.get("laporan", ""), name="laporan", size=PAGE)
    shown = {
        "visits": met, "older_visits": older_visits, "reports": sent, "older_reports": older_reports, "waiting": visits.count() + reports.count(),
        "days": DAYS, "lately": bos.lately_copied(request.actor), "faults": bos.in_use()[1],
    }  # fmt: skip
    return render(request, "sharing/uncopied.html", shown)


@policy("bos.copy")
@require_http_methods(["GET", "POST"])
def visit(request: Request, pk: Any) -> HttpResponse:
    rows = Visit.objects.within(request.actor, "bos.copy").select_related("area__parent__parent", "officer__unit")
    return copied(request, get_object_or_404(rows, pk=pk, corrected_by=None, practice=False))


@policy("bos.copy")
@require_http_methods(["GET", "POST"])
def report(request: Request, pk: Any) -> HttpResponse:
    rows = Report.objects.within(request.actor, "bos.copy").select_related("area__parent__parent", "officer__unit", "code")
    return copied(request, get_object_or_404(rows, pk=pk, corrected_by=None, practice=False))


def copied(request: Request, record: Record) -> HttpResponse:
    """GET shows the fields; POST ticks the record."""
    if request.method == "POST":
        services.copy(request.actor, record)
        messages.success(request, _("Ticked: it stands in BOS. If it doesn't after all, take the tick back below."))
        return redirect("sharing:uncopied")
    form = bos.form_for(record)
    shown = {
        "record": record, "is_visit": isinstance(record, Visit), "bos_form": form, "answers": bos.answers(record, form) if form else [],
        "sealed": sealed(record), "tick": Copied.objects.within(request.actor).filter(record=record.pk).first(),
        "earlier": Copied.objects.within(request.actor).filter(record__in=[record.corrects_id] if record.corrects_id else []).exists(), "faults": bos.in_use()[1],
    }  # fmt: skip
    return render(request, "sharing/bos.html", shown)


@policy("bos.undo")
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    services.undo(request.actor, get_object_or_404(Copied.objects.within(request.actor, "bos.undo"), pk=pk))
    messages.success(request, _("The tick is taken back."))
    return redirect("sharing:uncopied")
