"""Where two people changed the same of a problem apart: both versions side by side, and one decides."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import Severity, Stage
from rukun.phone.models import Dispute
from rukun.phone.services import merging as services
from rukun.problems.refusals import Refused

SHOWN = 100


@policy("dispute.decide")
@require_GET
def disputes(request: Request) -> HttpResponse:
    rows = Dispute.objects.within(request.actor, "dispute.decide").select_related("problem", "officer").order_by("decided_at", "at")
    return render(request, "phone/disputes.html", {"open": rows.open()[:SHOWN]})


@policy("dispute.decide")
@require_http_methods(["GET", "POST"])
def dispute(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Dispute.objects.within(request.actor, "dispute.decide").select_related("problem__unit", "officer", "decided_by"), pk=pk
    )
    refused = ""
    if request.method == "POST" and request.POST.get("take") in ("came", "stands"):
        try:
            services.decide(request.actor, found, take=request.POST["take"] == "came")
        except Refused as reason:
            refused = " ".join(map(str, reason.sentences))
        else:
            messages.success(request, _("Decided. The other version stays readable here."))
            return redirect(found.problem)
    shown = {"dispute": found, "stands": worded(found.field, found.stands), "came": worded(found.field, found.came), "refused": refused}
    return render(request, "phone/dispute.html", shown)


def worded(field: str, value: str) -> str:
    """A value as the pages of problems say it."""
    if field == "stage":
        return str(dict(Stage.choices).get(value, value))
    if field == "severity":
        return str({str(number): label for number, label in Severity.choices}.get(value, value))
    if field == "code":
        return f"{Code.objects.filter(pk=value).first() or value} ({value})"
    return value
