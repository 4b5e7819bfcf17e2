"""Visits and promises: recorded, read again, corrected, kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun import guard
from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.door import note
from rukun.fieldwork import services
from rukun.fieldwork.forms import CorrectVisitForm, VisitForm, visit_from_report
from rukun.fieldwork.models import Promise, Visit
from rukun.fieldwork.replies import KeepForm, ReasonForm
from rukun.fieldwork.story import readers
from rukun.fieldwork.views.kept import kept
from rukun.fieldwork.views.photos import choose_again, take

both = require_http_methods(["GET", "POST"])


@policy("visit.receive")
@both
def new_visit(request: Request) -> HttpResponse:
    if "dari_laporan" in request.POST:
        form = VisitForm(actor=request.actor, initial=visit_from_report(request.POST))
        return render(request, "fieldwork/visit_form.html", {"form": form, "title": _("Whom did you meet?"), "from_report": True})
    form = VisitForm(
        request.POST or None, actor=request.actor,
        initial={
            "area": request.GET.get("di") or request.GET.get("area", ""), "author": request.GET.get("author", ""),
            "kind": request.GET.get("jenis", "visit"), "practice": "latihan" in request.GET,
        },
    )  # fmt: skip
    if form.is_valid():
        try:
            made = services.receive_visit(request.actor, form.cleaned_data["area"], **form.arguments())
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            take(request, made)
            return kept(request, "fieldwork:visit", made.pk if made else form.cleaned_data["id"], _("Kept. Thank you."), form)
    choose_again(request)
    return render(request, "fieldwork/visit_form.html", {"form": form, "title": _("Whom did you meet?")})


@policy("visit.view")
@require_GET
def visit(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Visit.objects.within(request.actor).select_related("area__parent", "officer", "recorded_by"), pk=pk)
    own = found.officer_id == request.actor.officer_id or found.recorded_by_id == request.actor.officer_id
    return render(
        request,
        "fieldwork/visit.html",
        {
            "visit": found,
            "said": guard.read("\n".join([found.narrative, *(concern.text for concern in found.concerns.all())]), kind="visit")
            if own
            else None,
            "own": own,
            "open": own,
            "form": ReasonForm(),
            "photos": found.photos.all(),
            "photo_url": reverse("fieldwork:add_visit_photos", args=[found.pk]),
            "may_photo": not hasattr(found, "corrected_by") and request.actor.may("photo.add", found.where()),
            "readers": readers(found) if own else [],
            "may_read": request.actor.may("visit.read", found.where()),
            "may_share": not hasattr(found, "corrected_by") and request.actor.may("visit.share", found.where()),
        },
    )


@policy("visit.read")
@require_POST
def read_visit(request: Request, pk: Any) -> HttpResponse:
    """Somebody else's notes, with a reason that the book keeps."""
    found = get_object_or_404(Visit.objects.within(request.actor, "visit.read").select_related("area__parent", "officer"), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        note(request.actor, services.VISIT_READ, found, reason=form.cleaned_data["reason"])
    shown = {"visit": found, "own": False, "open": form.is_valid(), "form": form, "may_read": True, "photos": found.photos.all()}
    return render(request, "fieldwork/visit.html", shown)


@policy("visit.correct")
@both
def correct_visit(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Visit.objects.within(request.actor, "visit.correct").select_related("area"), pk=pk, corrected_by=None)
    form = CorrectVisitForm(request.POST or None, actor=request.actor, visit=found)
    if form.is_valid():
        newer = services.correct_visit(request.actor, found, **form.arguments())
        form.tell(request)
        messages.success(request, _("Corrected. The earlier version is kept."))
        return redirect("fieldwork:visit", pk=newer.pk)
    return render(request, "fieldwork/visit_form.html", {"form": form, "title": _("What was it really?"), "correcting": found})


@policy("promise.keep")
@both
def promise(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Promise.objects.within(request.actor, "promise.keep").select_related("visit__area"), pk=pk)
    if request.POST.get("reopen"):
        services.reopen_promise(request.actor, found)
        return redirect("fieldwork:promise", pk=pk)
    form = KeepForm(request.POST or None, initial={"outcome": found.outcome})
    if form.is_valid():
        services.keep_promise(request.actor, found, outcome=form.cleaned_data["outcome"])
        form.tell(request)
        messages.success(request, _("Kept. Tell the residents, too."))
        return redirect("fieldwork:records")
    return render(request, "fieldwork/promise.html", {"promise": found, "form": form})
