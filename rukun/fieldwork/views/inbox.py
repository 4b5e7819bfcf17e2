"""The inbox: every report is read, assessed and answered."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork import inbox as desk
from rukun.fieldwork import services
from rukun.fieldwork.replies import AnswerForm, AssessForm
from rukun.fieldwork.views.reading import find, reading


@policy("report.answer")
@require_GET
def inbox(request: Request) -> HttpResponse:
    rows, further = desk.lines(request.actor, request.GET.get("sesudah", ""))
    shown = {"rows": rows, "lead": desk.lead(request.actor, rows), "next": urlencode({"sesudah": further}) if further else ""}
    return render(request, "fieldwork/inbox.html", shown)


@policy("report.assess")
@require_POST
def assess(request: Request, pk: Any) -> HttpResponse:
    found = find(request, pk, "report.assess")
    form = AssessForm(request.POST)
    if form.is_valid():
        try:
            services.assess(request.actor, found, **form.cleaned_data)
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Assessed."))
            return redirect("fieldwork:report", pk=pk)
    return render(request, "fieldwork/report.html", reading(request, found, assess=form))


@policy("report.answer")
@require_POST
def answer(request: Request, pk: Any) -> HttpResponse:
    found = find(request, pk, "report.answer")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer(request.actor, found, **form.cleaned_data)
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            form.tell(request)
            messages.success(request, _("Answered. %s sees it.") % found.officer)
            return redirect("fieldwork:inbox")
    return render(request, "fieldwork/report.html", reading(request, found, answer=form))
