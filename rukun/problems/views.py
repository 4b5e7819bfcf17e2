"""Pages and fragments of problems: the board, one problem, and a form for each thing that can be done with it."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.models import Report
from rukun.fieldwork.watched import Guarded
from rukun.problems import services
from rukun.problems.board import LATE, MINE, UNOWNED, board_of, lead, solved_lately
from rukun.problems.forms import (
    ActionForm,
    AssignForm,
    DescribeForm,
    FinishForm,
    MoveForm,
    NoteForm,
    OpenForm,
    ReopenForm,
    SolveForm,
    WithdrawForm,
    places_near,
)
from rukun.problems.models import Action, Problem
from rukun.problems.portrait import portrait, similar, unsolved_like
from rukun.problems.refusals import Refused
from rukun.problems.rules import Step
from rukun.territory.models import Area

Deed = Callable[..., Any]


@policy("problem.view")
@require_GET
def board(request: Request) -> HttpResponse:
    view = request.GET.get("lihat", "")
    laid = board_of(request.actor, view)
    solved = solved_lately(request.actor) if not view else []
    listed = [row.pk for row in [*laid.push, *(row for column in laid.columns for row in column.shown), *solved]]
    shown = {
        "view": view, "late": LATE, "unowned": UNOWNED, "mine": MINE, "push": laid.push, "push_beyond": laid.push_beyond,
        "lead": lead(laid.total, laid.late, laid.unowned), "columns": laid.columns, "solved": solved, "several_units": laid.several_units,
        "assignable": set(Problem.objects.within(request.actor, "problem.assign").filter(pk__in=listed).values_list("pk", flat=True)),
    }  # fmt: skip
    return render(request, "problems/board.html", shown)


@policy("problem.view")
@require_GET
def problem(request: Request, pk: int) -> HttpResponse:
    return render(request, "problems/problem.html", portrait(request.actor, find(request, pk)))


@policy("problem.open")
@require_http_methods(["GET", "POST"])
def open_from_report(request: Request) -> HttpResponse:
    report = find_report(request, request.GET.get("report") or request.POST.get("report", ""))
    unit = services.own_unit(request.actor, report.area)
    others = similar(request.actor, report.code.group if report.code else "", [report.area.path]).exclude(pk=report.pk)
    form = OpenForm(request.POST or None, report=report, similar=others, unit=unit)
    if form.is_valid():
        try:
            opened = services.open_from_reports(request.actor, report, **form.cleaned_data)
            form.tell(request)
            return redirect(opened)
        except Refused as refusal:
            show(refusal, form)
    known = unsolved_like(request.actor, report)[:5]
    return render(request, "problems/open.html", {"form": form, "report": report, "known": known, "unit": unit})


@policy("problem.join")
@require_POST
def join(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "problem.join")
    report = find_report(request, request.POST.get("report", ""), permission="report.view")
    try:
        services.join(request.actor, found, report=report)
    except Refused as refusal:
        return refused(request, found, refusal)
    return done(request, found)


@policy("problem.describe")
@require_http_methods(["GET", "POST"])
def describe(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "problem.describe")
    form = DescribeForm(request.POST or None, problem=found, areas=places_near(found, Area.objects.within(request.actor)))
    return ask(request, found, form, services.describe, title=_("What is it, and why here?"), send=_("Save"))


@policy("problem.move")
@require_http_methods(["GET", "POST"])
def move(request: Request, pk: int, to: str) -> HttpResponse:
    found = find(request, pk, "problem.move")
    if to not in found.next_steps:
        raise Http404
    form = (SolveForm if to == Step.SOLVED else MoveForm)(request.POST or None)
    title = _("Is it solved?") if to == Step.SOLVED else _("On to the step: %s") % Step(to).label
    send = _("Call it solved") if to == Step.SOLVED else _("Take this step")
    return ask(request, found, form, partial(services.move, to=to), title=title, send=send, missing=found.lacks(Step(to)))


@policy("problem.reopen")
@require_http_methods(["GET", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "problem.reopen")
    return ask(request, found, ReopenForm(request.POST or None), services.reopen, title=_("Open it again?"), send=_("Open again"))


@policy("problem.assign")
@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "problem.assign")
    form = AssignForm(request.POST or None, problem=found)
    return ask(request, found, form, services.assign, title=_("Who holds this problem?"), send=_("Put into their hands"))


@policy("problem.note")
@require_http_methods(["GET", "POST"])
def note_progress(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "problem.note")
    return ask(
        request,
        found,
        NoteForm(request.POST or None),
        services.note_progress,
        title=_("What has happened since?"),
        send=_("Add to the story"),
    )


@policy("action.give")
@require_http_methods(["GET", "POST"])
def give_action(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "action.give")
    form = ActionForm(request.POST or None, problem=found)
    return ask(request, found, form, services.give_action, title=_("Who does what, by when?"), send=_("Give this action"))


@policy("problem.view")
@require_GET
def action(request: Request, pk: int) -> HttpResponse:
    given = find_action(request, pk)
    where = given.where()
    shown = {
        "action": given, "zone": given.problem.unit.time_zone, "seen": Problem.objects.within(request.actor).filter(pk=given.problem_id).exists(),
        "finish": given.is_open and request.actor.may("action.finish", where), "form": FinishForm(),
        "change": given.is_open and not given.problem.is_solved and request.actor.may("action.change", where),
    }  # fmt: skip
    return render(request, "problems/action.html", shown)


@policy("action.finish")
@require_http_methods(["GET", "POST"])
def finish_action(request: Request, pk: int) -> HttpResponse:
    given = find_action(request, pk, "action.finish")
    return ask(request, given, FinishForm(request.POST or None), services.finish_action, title=_("What came of it?"), send=_("It is done"))


@policy("action.change")
@require_http_methods(["GET", "POST"])
def change_action(request: Request, pk: int) -> HttpResponse:
    given = find_action(request, pk, "action.change")
    form = ActionForm(request.POST or None, problem=given.problem, action=given)
    return ask(request, given, form, services.change_action, title=_("Who does what, by when?"), send=_("Save"))


@policy("action.withdraw")
@require_http_methods(["GET", "POST"])
def withdraw_action(request: Request, pk: int) -> HttpResponse:
    given = find_action(request, pk, "action.withdraw")
    return ask(
        request, given, WithdrawForm(request.POST or None), services.withdraw_action, title=_("Withdraw this action?"), send=_("Withdraw")
    )


def find(request: Request, pk: int, permission: str | None = None) -> Problem:
    return get_object_or_404(Problem.objects.within(request.actor, permission).select_related("unit", "owner", "opened_by", "code"), pk=pk)


def find_action(request: Request, pk: int, permission: str | None = None) -> Action:
    rows = Action.objects.within(request.actor, permission).select_related("problem__unit", "officer", "given_by")
    return get_object_or_404(rows, pk=pk)


def find_report(request: Request, key: str, permission: str = "problem.open") -> Report:
    try:
        pk = uuid.UUID(key)
    except ValueError as nonsense:
        raise Http404 from nonsense
    rows = Report.objects.within(request.actor).filter(pk__in=Report.objects.within(request.actor, permission).values("pk"))
    return get_object_or_404(rows.select_related("area", "officer", "code"), pk=pk)


def ask(request: Request, thing: Problem | Action, form: forms.Form, deed: Deed, **words: Any) -> HttpResponse:
    """Shows the form of one deed; does it, when the form came back whole."""
    if form.is_valid():
        try:
            deed(request.actor, thing, **form.cleaned_data)
            return done(request, thing, form)
        except Refused as refusal:
            show(refusal, form)
    shown = words | {"form": form, "thing": thing, "problem": getattr(thing, "problem", thing), "back": back(request, thing)}
    if not request.htmx:
        return render(request, "problems/form.html", shown)
    answer = render(request, "problems/_form.html", shown)
    return retarget(reswap(answer, "outerHTML"), "this") if request.method == "POST" else answer


def show(refusal: Refused, form: forms.Form) -> None:
    for sentence in refusal.sentences:
        form.add_error(refusal.field, str(sentence))


def refused(request: Request, problem: Problem, refusal: Refused) -> HttpResponse:
    shown = portrait(request.actor, find(request, problem.pk)) | {"refused": refusal.sentences}
    return render(request, "problems/_problem.html" if request.htmx else "problems/problem.html", shown)


def done(request: Request, thing: Problem | Action, form: forms.Form | None = None) -> HttpResponse:
    """The whole problem anew: what was done shows in its story, and what of the words was replaced on top."""
    problem = getattr(thing, "problem", thing)
    watched = form if isinstance(form, Guarded) else None
    if not request.htmx:
        if watched:
            watched.tell(request)
        return redirect(back(request, thing))
    shown = portrait(request.actor, find(request, problem.pk)) | {"replaced": watched.replaced() if watched else []}
    return retarget(render(request, "problems/_problem.html", shown), "#problem")


def back(request: Request, thing: Problem | Action) -> str:
    """The problem, where it is seen; whoever has only the action goes back to that."""
    problem = getattr(thing, "problem", thing)
    if Problem.objects.within(request.actor).filter(pk=problem.pk).exists():
        return problem.get_absolute_url()
    return thing.get_absolute_url()
