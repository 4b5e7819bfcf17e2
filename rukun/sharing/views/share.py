"""To WhatsApp: the text of one's own visit or report; and back, from a number to the report."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.door import note
from rukun.fieldwork.models import Report, Visit
from rukun.sharing import services
from rukun.sharing.rules.sealed import key_of
from rukun.sharing.telling import Record, last_shared, message, sealed, unit_of

LONG = 1800  # characters after which some phones cut what a link carries


@policy("visit.share")
@require_http_methods(["GET", "POST"])
def visit(request: Request, pk: Any) -> HttpResponse:
    rows = Visit.objects.within(request.actor, "visit.share").select_related("area__parent__parent", "officer__unit")
    return shared(request, get_object_or_404(rows, pk=pk, corrected_by=None), services.VISIT_SHARE)


@policy("report.share")
@require_http_methods(["GET", "POST"])
def report(request: Request, pk: Any) -> HttpResponse:
    rows = Report.objects.within(request.actor, "report.share").select_related("area__parent__parent", "officer__unit", "code")
    return shared(request, get_object_or_404(rows, pk=pk, corrected_by=None), services.REPORT_SHARE)


def shared(request: Request, record: Record, noted: str) -> HttpResponse:
    """GET shows what would be sent. POST notes that it is sent, never to whom, and leads on to WhatsApp."""
    text = message(record)
    if request.method == "POST":
        note(request.actor, noted, record, once_per_hour=True)
        if request.POST.get("sudah"):  # the phone's own menu, or the clipboard, has it already
            return HttpResponse(status=204)
        return render(request, "sharing/onward.html", {"url": f"https://wa.me/?text={quote(text)}", "back": request.path})
    unit = unit_of(record)
    shown = {
        "record": record, "text": text, "sealed": sealed(record), "long": len(text) > LONG, "last": last_shared(record, noted),
        "is_visit": isinstance(record, Visit), "unit": unit, "may_word": request.actor.may("wording.write", unit.where()),
    }  # fmt: skip
    return render(request, "sharing/_share.html" if request.htmx else "sharing/share.html", shown)


@policy("report.view")
@require_safe
def numbered(request: Request) -> HttpResponse:
    """Where a number leads that stood in a message: to the report, for those who may see it."""
    asked = request.GET.get("n", "").strip()
    key = key_of(asked)
    letter, end = key or ("", "")
    model: type[Visit] | type[Report] = Visit if letter == "K" else Report
    found = list(model.objects.within(request.actor).filter(pk__iendswith=end)[:2]) if key else []
    if len(found) == 1:
        return redirect("fieldwork:visit" if letter == "K" else "fieldwork:report", pk=found[0].pk)
    return render(request, "sharing/number.html", {"asked": asked, "is_number": bool(key)})
