"""Pages of alerts: the list, one card and what can be done with it, load against expectation, the record, and how a unit is watched."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.access.scope import Where
from rukun.alerts import services
from rukun.alerts.facts import likely, reports_of
from rukun.alerts.forms import AssignForm, BudgetForm, LoadForm, LookForm, SecondForm, VerdictForm
from rukun.alerts.geojson import as_geojson, load_geojson
from rukun.alerts.kerawanan import as_context, units_of
from rukun.alerts.kerawanan import load as load_of
from rukun.alerts.listing import JUDGED, OPEN, SECOND, latest, listing, nearest, short_of_history, wanting_second, watched_by
from rukun.alerts.models import Alert
from rukun.alerts.portrait import may_second, portrait
from rukun.alerts.proposal import furthest, proposal
from rukun.alerts.record import record
from rukun.alerts.sentences import simple_only
from rukun.alerts.watching import watching
from rukun.fieldwork.models import Report
from rukun.problems.refusals import Refused
from rukun.territory import tiles
from rukun.territory.models import Unit

both = require_http_methods(["GET", "POST"])


@policy("alert.view")
@require_GET
def alerts(request: Request) -> HttpResponse:
    view = request.GET.get("lihat", OPEN)
    view = view if view in (OPEN, JUDGED, SECOND) else OPEN
    found = listing(request.actor, view, number(request.GET.get("sebelum", "")))
    shown = {
        "listing": found, "view": view, "judged_view": JUDGED, "second_view": SECOND, "short": short_of_history(found.standings),
        "second_count": len(wanting_second(request.actor)), "sees_load": request.actor.holds("report.view"),
        "older": urlencode({"lihat": view, "sebelum": found.judged[-1].alert.pk}) if found.beyond and found.judged else "", "simple_only": simple_only(),
    }  # fmt: skip
    return render(request, "alerts/alerts.html", shown)


@policy("alert.view")
@require_GET
def waiting(request: Request) -> HttpResponse:
    """The first of what waits, for the board; without a script the board leads to the list."""
    return render(request, "alerts/_waiting.html", {"rows": latest(request.actor, 3)})


@policy("alert.view")
@require_GET
def alert(request: Request, pk: int) -> HttpResponse:
    return card(request, find(request, pk))


@policy("alert.view")
@require_GET
def places(request: Request, pk: int) -> HttpResponse:
    answer = JsonResponse(as_geojson(request.actor, find(request, pk)), content_type="application/geo+json")
    answer["Cache-Control"] = "private, no-store"
    return answer


@policy("alert.judge")
@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "alert.judge")
    form = verdict_form(request, found, request.POST)
    if form.is_valid():
        reports = list(Report.objects.within(request.actor).filter(pk__in=reports_of(found).values("pk")))
        if done(form, lambda: services.judge(request.actor, found, **form.deed(), reports=reports, stage=furthest(reports))):
            form.tell(request)
            messages.success(request, _("Thank you: kept. It can be taken back below."))
            return redirect(found)
    return card(request, found, verdict_form=form)


@policy("alert.second")
@require_POST
def second(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "alert.second")
    if not may_second(request.actor, found, True):
        raise Http404
    form = SecondForm(request.POST, kind=found.kind, auto_id="kedua-%s")
    if form.is_valid() and done(form, lambda: services.second(request.actor, found, **form.cleaned_data)):
        messages.success(request, _("Thank you: kept. Both verdicts stand side by side now."))
        return redirect(found)
    return card(request, found, second_form=form)


@policy("alert.look")
@require_POST
def look(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "alert.look")
    form = LookForm(request.POST, auto_id="lihat-%s")
    if form.is_valid() and done(form, lambda: services.add_look(request.actor, found, **form.cleaned_data)):
        form.tell(request)
        messages.success(request, _("Noted. Whoever judges it reads this first."))
        return redirect(found)
    return card(request, found, look_form=form)


@policy("alert.assign")
@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    found = find(request, pk, "alert.assign")
    form = AssignForm(request.POST, unit=found.unit, owner=found.owner)
    if form.is_valid() and done(form, lambda: services.assign(request.actor, found, **form.cleaned_data)):
        messages.success(request, _("%s has been asked to look.") % form.cleaned_data["owner"])
        return redirect(found)
    return card(request, found, assign_form=form)


@policy("alert.confirm")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    return simply(request, find(request, pk, "alert.confirm"), services.confirm, _("Confirmed: it is something to act on now."))


@policy("alert.reopen")
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    return simply(request, find(request, pk, "alert.reopen"), services.reopen, _("The verdict was taken back. It waits for a look again."))


@policy("alert.view")
@require_GET
def load(request: Request) -> HttpResponse:
    form, unit, days = load_asked(request)
    shown = as_context(request.actor, load_of(request.actor, unit, days)) | {"form": form, "tiles": tiles.current()}
    return render(request, "alerts/load.html", shown)


@policy("alert.view")
@require_GET
def load_places(request: Request) -> HttpResponse:
    _form, unit, days = load_asked(request)
    answer = JsonResponse(load_geojson(request.actor, load_of(request.actor, unit, days)), content_type="application/geo+json")
    answer["Cache-Control"] = "private, no-store"
    return answer


def load_asked(request: Request) -> tuple[LoadForm, Unit, int]:
    """Whose load, over how many days; what is asked wrongly is one's own unit and thirty days."""
    units = units_of(request.actor)
    if not units:
        raise Http404
    form = LoadForm({"satuan": units[0].path, "hari": "30"} | request.GET.dict(), units=units)
    said = form.cleaned_data if form.is_valid() else {}
    wanted = request.GET.get("satuan", "")
    if wanted and "satuan" not in said:
        raise Http404
    unit = next((one for one in units if one.path == said.get("satuan")), units[0])
    return form, unit, said.get("hari", 30)


@policy("alert.view")
@require_GET
def ledger(request: Request) -> HttpResponse:
    units = watched_by(request.actor)
    wanted = request.GET.get("satuan", "")
    unit = next((one for one in units if one.path == wanted), None) if wanted else nearest(request.actor, units)
    if unit is None:
        raise Http404
    return render(request, "alerts/ledger.html", record(request.actor, unit) | {"units": units})


@policy("alert.view")
@require_http_methods(["GET", "POST"])
def watch(request: Request, path: str) -> HttpResponse:
    """How a unit is watched; who plans for it sets how many alerts a year it can look into."""
    unit = next((one for one in watched_by(request.actor) if one.path == path), None)
    if unit is None:
        raise Http404
    may = request.actor.may("alert.budget", Where((), unit=unit.path))
    if request.method == "POST" and not may:
        raise PermissionDenied(f"{request.actor.name} sets no budget of {unit}")
    shown = watching(unit)
    sent = request.POST if request.method == "POST" else None
    form = BudgetForm(sent, initial={"budget": round(shown["watch"].budget)}) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        if done(form, lambda: services.set_budget(request.actor, unit, budget=float(form.cleaned_data["budget"]))):
            messages.success(request, _("Kept. It takes hold with the next replay, at the latest in a week."))
            return redirect("alerts:watch", unit.path)
    return render(request, "alerts/watch.html", shown | {"form": form}, status=422 if form is not None and form.errors else 200)


def simply(request: Request, found: Alert, deed: Any, word: str) -> HttpResponse:
    """What needs no form: done, said, and back to the card."""
    try:
        deed(request.actor, found)
        messages.success(request, word)
    except Refused as refusal:
        for sentence in refusal.sentences:
            messages.warning(request, str(sentence))
    return redirect(found)


def done(form: forms.Form, deed: Any) -> bool:
    try:
        deed()
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(sentence))
        return False
    return True


def card(request: Request, found: Alert, **filled: forms.Form) -> HttpResponse:
    shown = portrait(request.actor, found)
    may = shown["may"]
    if found.is_open and may["alert_judge"]:
        shown["verdict_form"] = verdict_form(request, found)
    if found.is_open and may["alert_look"]:
        shown["look_form"] = LookForm(auto_id="lihat-%s")
    if found.is_open and may["alert_assign"]:
        shown["assign_form"] = AssignForm(unit=found.unit, owner=found.owner)
    if shown["wants_second"]:
        shown["second_form"] = SecondForm(kind=found.kind, auto_id="kedua-%s")
    return render(request, "alerts/alert.html", shown | {"tiles": tiles.current()} | filled, status=422 if filled else 200)


def verdict_form(request: Request, found: Alert, data: Any = None) -> VerdictForm:
    readable = Report.objects.within(request.actor, "problem.open").filter(pk__in=reports_of(found).values("pk"))
    opens, guess = proposal(request.actor, found, readable.select_related("area", "code"))
    return VerdictForm(data, kind=found.kind, known=likely(request.actor, found), opens=opens, initial=guess)


def find(request: Request, pk: int, permission: str | None = None) -> Alert:
    rows = Alert.objects.within(request.actor, permission).select_related(
        "unit", "watched", "owner", "judged_by", "problem__unit", "report__code", "report__area"
    )
    return get_object_or_404(rows.prefetch_related("areas"), pk=pk)


def number(text: str) -> int | None:
    """A mark of a page; one that somebody has bent begins at the top."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
