"""Atensi: what I have to heed, what my unit has issued, who has acknowledged."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.access.scope import Actor
from rukun.directives import services
from rukun.directives.forms import BecauseForm, IssueForm, MayBeForm
from rukun.directives.models import Addressee, Directive
from rukun.directives.reach import heeded_by
from rukun.directives.reading import answered, in_force, lead, over, units_of
from rukun.directives.services import NotPossible

WEEK = timedelta(days=7)
both = require_http_methods(["GET", "POST"])


@policy("directive.view", "directive.acknowledge")
@require_GET
def directives(request: Request) -> HttpResponse:
    mine = heeded_by(request.actor)
    shown = {
        "mine": mine, "lead": lead(mine), "audits": request.actor.role == "auditor",
        "standing": in_force(request.actor, request.GET.get("berlaku", "")), "over": over(request.actor, request.GET.get("sebelum", "")),
        "may_issue": request.actor.holds("directive.issue"), "sees": request.actor.holds("directive.view"),
    }  # fmt: skip
    return render(request, "directives/directives.html", shown)


@policy("directive.view", "directive.acknowledge")
@require_GET
def directive(request: Request, pk: int) -> HttpResponse:
    found, mine = find(request.actor, pk)
    commands = request.actor.may("directive.end", found.where())
    shown = {"directive": found, "mine": mine, "commands": commands, "audits": request.actor.role == "auditor"}
    if commands or shown["audits"]:
        shown |= answered(request.actor, found)
    return render(request, "directives/directive.html", shown)


@policy("directive.issue")
@both
def issue(request: Request) -> HttpResponse:
    units = units_of(request.actor)
    unit = next(
        (one for one in units if one.path == (request.POST.get("satuan") or request.GET.get("satuan"))), units[0] if units else None
    )
    if unit is None:
        raise Http404
    form = IssueForm(request.POST or None, unit=unit, initial={"last_day": unit.today() + WEEK})
    if form.is_valid():
        try:
            issued = services.issue(request.actor, unit, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(reason.field, str(reason))
        else:
            messages.success(request, _("Issued. It stands on the first page of everybody in its reach."))
            if issued.text != " ".join(form.cleaned_data["text"].split()):
                messages.warning(
                    request, _("Names and numbers of people are not kept: something else stands in their place. Please read it once more.")
                )
            return redirect(issued)
    return render(request, "directives/issue.html", {"form": form, "unit": unit, "units": units}, status=422 if form.errors else 200)


@policy("directive.acknowledge")
@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    mine = get_object_or_404(
        Addressee.objects.within(request.actor, "directive.acknowledge").select_related("directive__unit"),
        directive=pk, officer=request.actor.officer_id,
    )  # fmt: skip
    try:
        services.acknowledge(request.actor, mine)
    except NotPossible as reason:
        messages.info(request, str(reason))
    return redirect("/" if request.POST.get("dari") == "hari-ini" else mine.directive.get_absolute_url())


@policy("directive.end")
@both
def end(request: Request, pk: int) -> HttpResponse:
    words = {"title": _("Has it done its work?"), "send": _("End this Atensi"), "hint": _("It leaves every first page today. It can be taken back until its last day.")}  # fmt: skip
    return ask(request, commanded(request, pk, "directive.end"), MayBeForm(request.POST or None), services.end, **words)


@policy("directive.withdraw")
@both
def withdraw(request: Request, pk: int) -> HttpResponse:
    words = {"title": _("Should it not have been issued?"), "send": _("Withdraw this Atensi"), "hint": _("Everybody in its reach is told that it was withdrawn. It stays in the list that the auditor reads.")}  # fmt: skip
    return ask(request, commanded(request, pk, "directive.withdraw"), BecauseForm(request.POST or None), services.withdraw, **words)


@policy("directive.resume")
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    found = commanded(request, pk, "directive.resume")
    try:
        services.resume(request.actor, found)
    except NotPossible as reason:
        messages.warning(request, str(reason))
    return redirect(found)


def ask(request: Request, found: Directive, form: forms.Form, deed: Any, **words: str) -> HttpResponse:
    if form.is_valid():
        try:
            deed(request.actor, found, **form.cleaned_data)
            return redirect(found)
        except NotPossible as reason:
            form.add_error(None, str(reason))
    return render(request, "directives/ask.html", words | {"form": form, "directive": found}, status=422 if form.errors else 200)


def find(actor: Actor, pk: int) -> tuple[Directive, Addressee | None]:
    """Seen by whoever commands or audits there, and by whoever it reaches."""
    rows = Addressee.objects.within(actor).filter(officer=actor.officer_id, directive=pk)
    mine = rows.select_related("directive__unit", "directive__issued_by", "directive__code").first()
    if mine:
        return mine.directive, mine
    return get_object_or_404(Directive.objects.within(actor).select_related("unit", "issued_by", "code"), pk=pk), None


def commanded(request: Request, pk: int, permission: str) -> Directive:
    return get_object_or_404(Directive.objects.within(request.actor, permission).select_related("unit"), pk=pk)
