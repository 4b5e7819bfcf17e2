"""What the server could not keep and an officer handed over: read, mended and taken in, sent back, or let go."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.door import note
from rukun.fieldwork.guarded import NotPossible
from rukun.phone import handed as reading
from rukun.phone.forms import CarriedForm, SentenceForm
from rukun.phone.intake import Outcome, refusal_of
from rukun.phone.models import Device, Handed
from rukun.phone.services import carrying
from rukun.phone.services import handing as services

SHOWN = 100


@policy("handed.view")
@require_GET
def handed_over(request: Request) -> HttpResponse:
    """What waits, the longest first; then what was answered of late."""
    return listed(request, CarriedForm(auto_id="berkas-%s"))


def listed(request: Request, form: CarriedForm) -> HttpResponse:
    rows = Handed.objects.within(request.actor).select_related("officer", "unit", "ended_by")
    ended = rows.exclude(state=Handed.State.OPEN).order_by("-ended_at")[:SHOWN]
    shown = {
        "open": rows.open().order_by("handed_at")[:SHOWN],
        "ended": ended,
        "form": form if request.actor.holds("handed.bring") else None,
    }
    return render(request, "phone/handed_over.html", shown, status=422 if form.errors else 200)


@policy("handed.bring")
@require_POST
def bring(request: Request) -> HttpResponse:
    """A file that an officer of the unit brought."""
    form = CarriedForm(request.POST, request.FILES, auto_id="berkas-%s")
    if not form.is_valid():
        return listed(request, form)
    carried = form.cleaned_data["file"]
    if not Device.objects.within(request.actor, "handed.bring").filter(pk=carried.device.pk).exists():
        form.add_error("file", _("This file is from a phone of another unit."))
        return listed(request, form)
    done = carrying.take_in(request.actor, carried)
    told = {"kept": done.kept, "waiting": done.waiting, "known": done.known}
    messages.success(request, _("Taken in: %(kept)s. Waiting for you below: %(waiting)s. Here already: %(known)s.") % told)
    for sentence in dict.fromkeys(done.stays):
        messages.warning(request, sentence)
    return redirect("phone:handed_over")


@policy("handed.view")
@require_http_methods(["GET", "POST"])
def handed(request: Request, pk: uuid.UUID) -> HttpResponse:
    if request.method == "POST":
        return taken(request, find(request, pk, "handed.take"))
    return drawn(request, find(request, pk))


def find(request: Request, pk: uuid.UUID, permission: str | None = None) -> Handed:
    """With a permission: of somebody else, for nobody decides on their own."""
    rows = Handed.objects.within(request.actor, permission).select_related("officer__unit", "unit", "device", "ended_by")
    rows = rows.exclude(officer=request.actor.officer_id) if permission else rows
    return get_object_or_404(rows, pk=pk)


def drawn(request: Request, found: Handed, form: Any = None, **more: Any) -> HttpResponse:
    """Its words only to whoever decides, and that is noted in the book; its officer has them on the phone."""
    may = found.is_open and found.officer_id != request.actor.officer_id and request.actor.may("handed.take", found.where())
    shown: dict[str, Any] = {"handed": found, "said": reading.sentence(found), "may": may, "reopens": reopens(request, found)} | more
    if may:
        note(request.actor, services.HANDED_READ, found, once_per_hour=True)
        one = reading.opened(found)
        refused = more.get("refused") or reading.why(one)
        form = form or reading.form_of(one, request.actor)
        shown |= {"form": form, "refused": told(refused), "hidden": bool(one.hidden), "subject": reading.subject(one) if one.body else None}
        shown["sentence"] = more.get("sentence") or SentenceForm(auto_id="jawab-%s")
    return render(
        request,
        "phone/handed.html",
        shown,
        status=422 if any(each is not None and each.is_bound and each.errors for each in (form, shown.get("sentence"))) else 200,
    )


def reopens(request: Request, found: Handed) -> bool:
    answered = found.state in (Handed.State.RETURNED, Handed.State.RELEASED)
    return answered and found.officer_id != request.actor.officer_id and request.actor.may("handed.reopen", found.where())


def told(refused: Outcome | None) -> list[str]:
    """Why it was refused, sentence by sentence."""
    if refused is None:
        return []
    fields = list(dict.fromkeys(filter(None, refused.fields.values())))
    return [str(refused.told()["reason"]), *fields]


def taken(request: Request, found: Handed) -> HttpResponse:
    one = reading.opened(found)
    form = reading.form_of(one, request.actor, request.POST)
    if not found.is_open or form is None:
        messages.info(request, reading.sentence(found))
        return redirect(found)
    if not form.is_valid():
        return drawn(request, found, form)
    intake = reading.intake(one, request.actor, form)
    if isinstance(intake, Outcome):
        return drawn(request, found, form, refused=intake)
    became: list[Outcome] = []
    try:
        services.take(request.actor, found, kind=found.kind, sha256=one.sha256, keep=intake.keep, say=became.append)
    except Exception as error:
        return drawn(request, found, form, refused=refusal_of(error))
    if became:
        messages.success(request, _("Taken in, in the name of %s, with a note that you did it.") % found.officer)
    return redirect(became[0].record["url"] if became and became[0].record else "phone:handed_over")


@policy("handed.send_back")
@require_POST
def answer(request: Request, pk: uuid.UUID) -> HttpResponse:
    """Sent back with a sentence, or let go with a reason: which of the two says the button."""
    release = "lepas" in request.POST
    found = find(request, pk, "handed.release" if release else "handed.send_back")
    form = SentenceForm(request.POST, auto_id="jawab-%s")
    if not form.is_valid():
        return drawn(request, found, sentence=form)
    act = services.release if release else services.send_back
    try:
        done = act(request.actor, found, sentence=form.cleaned_data["sentence"])
    except NotPossible as reason:
        form.add_error("sentence", str(reason))
        return drawn(request, found, sentence=form)
    if done is None:
        messages.info(request, _("This has been answered already."))
    elif release:
        messages.success(request, _("Let go. The officer is told why; you can fetch it back here."))
    else:
        messages.success(request, _("Sent back. It stands on the officer’s phone again, with your sentence."))
    return redirect(found)


@policy("handed.reopen")
@require_POST
def reopen(request: Request, pk: uuid.UUID) -> HttpResponse:
    found = find(request, pk, "handed.reopen")
    if services.reopen(request.actor, found):
        messages.success(request, _("It waits for you again."))
    else:
        messages.info(request, _("This can’t be fetched back: it was taken in, or mended by its officer."))
    return redirect(found)
