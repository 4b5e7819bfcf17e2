"""Who serves: the people of a unit, one of them, their roles and absences, and where nobody serves."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rukun.access.policy import policy
from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.officers import coverage, services, tables
from rukun.officers.forms import AbsenceForm, AssignForm, EndForm, EnrolForm, FindForm, PersonForm, first_day_after
from rukun.officers.models import Absence, Assignment, Invite, Officer, OfficerQuerySet
from rukun.officers.request import Request
from rukun.officers.rules import gives
from rukun.officers.services import NotPossible
from rukun.territory import bring
from rukun.territory.models import Area, Unit
from rukun.territory.rules import WIB

PAGE = 50


def reached(actor: Actor, permission: str) -> OfficerQuerySet:
    return Officer.objects.within(actor, permission).select_related("unit", "account")


def answer(request: Request, template: str, form: Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form} | context, status=422 if form.errors else 200)


@policy("officer.view")
@require_safe
def people(request: Request) -> HttpResponse:
    """`area`: whom do we give this area? `term`: who stands in for the one who holds it?"""
    actor, today, find = request.actor, clock.today(WIB), FindForm(request.GET)
    find.is_valid()
    wanted = find.cleaned_data
    officers = Officer.objects.within(actor).in_service().named(wanted.get("q") or "").select_related("unit", "account")
    current = Assignment.objects.within(actor).valid(today).select_related("unit").prefetch_related("areas")
    absences, sheets = Absence.objects.within(actor).valid(today), Invite.objects.within(actor).open(clock.now())
    officers = officers.prefetch_related(
        Prefetch("assignments", current, "terms"), Prefetch("absences", absences, "away"), Prefetch("account__invites", sheets, "sheets"),
        "assignments",
    )  # fmt: skip
    shown = list(officers.by_unit().following(request.GET.get("sesudah", ""))[: PAGE + 1])
    waiting = Invite.objects.within(actor, "account.confirm").waiting(clock.now()).select_related("account__officer__unit")
    waiting = waiting.prefetch_related("account__officer__assignments")
    area = Area.objects.within(actor).filter(pk=wanted.get("area") or 0).first()
    term = Assignment.objects.within(actor).filter(pk=wanted.get("term") or 0).select_related("officer", "unit").first()
    page = shown[:PAGE]
    for who in page:
        who.mine = services.answers_for(actor, who)
    context = {
        "page": page,
        "last": page[-1].pk if len(shown) > PAGE else None,
        "further": bool(request.GET.get("sesudah")),
        "q": wanted.get("q") or "",
        "waiting": [asked for asked in waiting if services.answers_for(actor, asked.account.officer)],
        "area": area,
        "term": term,
        "may": {name.replace(".", "_") for name in ("account.invite", "officer.enrol", "officer.assign") if actor.holds(name)},
    }
    return render(request, "officers/people.html", context)


@policy("officer.view")
@require_safe
def officer(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    who = get_object_or_404(reached(actor, "officer.view"), pk=pk)
    today = who.unit.today()
    terms = Assignment.objects.within(actor).filter(officer=who).select_related("unit", "stands_in_for__officer").prefetch_related("areas")
    absences = Absence.objects.within(actor).filter(officer=who).order_by("-valid_from")
    may = {
        act.replace(".", "_"): actor.may(act, who.where())
        for act in (
            "officer.change",
            "officer.assign",
            "officer.leave",
            "work.hand_over",
            "absence.record",
            "account.invite",
            "account.reissue",
            "account.confirm",
            "account.revoke",
        )
    }
    if not services.answers_for(actor, who):
        may = {name: allowed and not name.startswith("account_") for name, allowed in may.items()}
    relieves = [term for term in Assignment.objects.within(actor, "officer.relieve").filter(officer=who) if gives(actor.role, term.role)]
    context = {
        "officer": who, "today": today, "may": may, "oneself": who.pk == actor.officer_id,
        "terms": terms.not_over(today), "past": terms.filter(valid_until__lte=today).order_by("-valid_until")[:20],
        "absences": [absence for absence in absences if absence.valid_until is None or absence.valid_until > today],
        "sheet": Invite.objects.within(actor).filter(account=who.account).open(clock.now()).order_by("-pk").first(),
        "relieves": {term.pk for term in relieves},
    }  # fmt: skip
    return render(request, "officers/officer.html", context)


@policy("officer.enrol")
def enrol(request: Request) -> HttpResponse:
    units = Unit.objects.within(request.actor, "officer.enrol").serving().order_by("path")
    form = EnrolForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            who = services.enrol(request.actor, form.cleaned_data.pop("unit"), **form.cleaned_data)
        except NotPossible as reason:
            form.add_error("nrp", str(reason))
        else:
            messages.success(request, _("Enrolled. Now give a role, then print the sign-in sheet."))
            return redirect("officers:officer", pk=who.pk)
    return answer(request, "officers/person.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@policy("officer.enrol")
def officer_file(request: Request) -> HttpResponse:
    """Many officers from a CSV, with their roles; sign-in sheets are printed afterwards."""
    what = bring.Bringing(
        heading=_("Bring in officers from a file"),
        hint=_("First line: nrp,name,rank,unit and, where wanted, function,role,areas,order,from,until. No passwords: sheets are printed."),
        here=reverse("officers:officer_file"), back=reverse("officers:people"), back_to=_("Officers"), named=tables.named,
        enter=lambda table, rehearsal: tables.enter_officers(request.actor, table, clock.today(WIB), rehearsal=rehearsal),
    )  # fmt: skip
    return bring.page(request, what)


@policy("officer.change")
def change(request: Request, pk: int) -> HttpResponse:
    who = get_object_or_404(reached(request.actor, "officer.change"), pk=pk)
    units = Unit.objects.within(request.actor, "officer.change").serving().order_by("path")
    present = {"name": who.name, "rank": who.rank, "function": who.function, "unit": who.unit}
    form = PersonForm(request.POST or None, units=units, initial=present)
    if request.method == "POST" and form.is_valid():
        services.change(request.actor, who, **form.cleaned_data)
        return redirect("officers:officer", pk=pk)
    return answer(request, "officers/person.html", form, officer=who)


@policy("officer.leave")
def leave(request: Request, pk: int) -> HttpResponse:
    who = get_object_or_404(reached(request.actor, "officer.leave").in_service(), pk=pk)
    form = EndForm(request.POST or None, initial={"last": who.unit.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(request.actor, who, on=first_day_after(form.cleaned_data["last"]))
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("%(officer)s has left the service. What was recorded keeps the name.") % {"officer": who})
            return redirect("officers:people")
    return answer(request, "officers/leave.html", form, officer=who)


@policy("officer.assign")
def assign(request: Request, pk: int) -> HttpResponse:
    """`term`: standing in for someone, with their role, unit and areas; `area`: an area that nobody serves."""
    actor, find = request.actor, FindForm(request.GET)
    find.is_valid()
    who = get_object_or_404(reached(actor, "officer.assign").in_service(), pk=pk)
    replaced = (
        Assignment.objects.within(actor, "officer.assign")
        .filter(pk=find.cleaned_data.get("term") or 0)
        .select_related("officer", "unit")
        .first()
    )
    unit = replaced.unit if replaced else unit_asked(request, who)
    today = unit.today()
    areas = coverage.to_choose_from(unit, today)
    start = {"valid_from": today, "areas": [find.cleaned_data.get("area")]}
    if replaced:
        start |= {"role": replaced.role, "areas": list(replaced.areas.values_list("pk", flat=True))}
    form = AssignForm(request.POST or None, giver=actor.role, unit=unit, areas=areas, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.assign(
                actor, who, role=given["role"], unit=unit, areas=given["areas"], valid_from=given["valid_from"],
                valid_until=given["valid_until"] and first_day_after(given["valid_until"]), basis=given["basis"], stands_in_for=replaced,
            )  # fmt: skip
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("officers:officer", pk=pk)
    units = Unit.objects.within(actor, "officer.assign").serving().order_by("path")
    return answer(request, "officers/assign.html", form, officer=who, unit=unit, units=units, replaced=replaced)


def unit_asked(request: Request, who: Officer) -> Unit:
    code = request.GET.get("unit", "")
    return Unit.objects.within(request.actor, "officer.assign").filter(code=code).first() or who.unit


@policy("officer.relieve")
def relieve(request: Request, pk: int) -> HttpResponse:
    term = get_object_or_404(Assignment.objects.within(request.actor, "officer.relieve").select_related("officer__unit", "unit"), pk=pk)
    form = EndForm(request.POST or None, initial={"last": term.unit.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.relieve(request.actor, term, on=first_day_after(form.cleaned_data["last"]), reason=form.cleaned_data["reason"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("officers:officer", pk=term.officer_id)
    return answer(request, "officers/relieve.html", form, term=term, officer=term.officer)


@policy("absence.record")
def absence(request: Request, pk: int) -> HttpResponse:
    who = get_object_or_404(reached(request.actor, "absence.record").in_service(), pk=pk)
    form = AbsenceForm(request.POST or None, initial={"valid_from": who.unit.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_absence(request.actor, who, **form.cleaned_data)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Recorded. If nobody else serves there, the area is now listed as uncovered."))
            return redirect("officers:officer", pk=pk)
    return answer(request, "officers/absence.html", form, officer=who)


@policy("absence.end")
@require_POST
def end_absence(request: Request, pk: int) -> HttpResponse:
    away = get_object_or_404(Absence.objects.within(request.actor, "absence.end").select_related("officer__unit"), pk=pk)
    services.end_absence(request.actor, away, on=away.officer.unit.today())
    return redirect("officers:officer", pk=away.officer_id)


@policy("officer.assign")
@require_safe
def uncovered(request: Request) -> HttpResponse:
    actor, today = request.actor, clock.today(WIB)
    paths, after = coverage.uncovered(actor, today), request.GET.get("sesudah", "")
    page = list(islice((path for path in paths if path > after), PAGE + 1))
    context = {
        "page": coverage.gaps(actor, page[:PAGE], today), "gaps": len(paths), "last": page[PAGE - 1] if len(page) > PAGE else None,
        "further": bool(after), "idle": coverage.without_area(actor, today)[:PAGE], "absent": coverage.absent(actor, today)[:PAGE],
        "headless": coverage.without_head(actor, today)[:PAGE],
    }  # fmt: skip
    return render(request, "officers/uncovered.html", context)
