"""Handing over: chosen by the head of unit, read on paper by whoever comes after."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.access.scope import Actor
from rukun.handover import services
from rukun.handover.forms import GiveForm
from rukun.handover.held import Held, head_of, held_by
from rukun.handover.models import Handover, Item
from rukun.officers.models import Officer
from rukun.problems.refusals import Refused
from rukun.problems.services import assignable


@policy("work.hand_over")
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request, pk: int) -> HttpResponse:
    """Everything open that an officer holds, to be given to the next one."""
    giver = get_object_or_404(Officer.objects.within(request.actor, "work.hand_over").select_related("unit"), pk=pk)
    held, today = held_by(request.actor, giver), giver.unit.today()
    head = head_of(giver.unit, today, besides=giver)
    takers = assignable(giver.unit, today).exclude(pk=giver.pk)
    form = GiveForm(request.POST or None, held=held, takers=takers, initial={"taker": head and head.pk})
    if request.method == "POST" and form.is_valid():
        try:
            done = services.hand_over(
                request.actor, giver, taker=form.cleaned_data["taker"], things=form.things(), note=form.cleaned_data["note"]
            )
        except Refused as refusal:
            form.add_error("taker", " ".join(map(str, refusal.sentences)))
        else:
            if done:
                form.tell(request)
                messages.success(request, _("Handed over. Print it, and speak with each other."))
                return redirect("handover:handover", pk=done.pk)
            form.add_error(None, _("Nothing is ticked, so nothing was handed over."))
    shown = {"officer": giver, "held": held, "form": form}
    return render(request, "handover/give.html", shown, status=422 if form.errors else 200)


@policy("work.view", "promise.keep", "action.finish")
@require_safe
def handover(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Handover.objects.within(request.actor).select_related("giver", "taker", "decided_by", "unit"), pk=pk)
    may_return = found.giver.left_on is None and request.actor.may("work.hand_over", found.taker.where())
    return render(request, "handover/handover.html", {"handover": found, "rows": rows_of(request.actor, found), "may_return": may_return})


@policy("work.hand_over")
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """A mistake, or a colleague who stays after all: what is still open of it goes back."""
    found = get_object_or_404(Handover.objects.within(request.actor, "work.hand_over").select_related("giver", "taker__unit"), pk=pk)
    passed = {name: set(found.items.values_list(name, flat=True)) for name in ("promise", "action", "problem")}
    held = held_by(request.actor, found.taker)
    things = Held(
        [one for one in held.promises if one.pk in passed["promise"]],
        [one for one in held.actions if one.pk in passed["action"]],
        [one for one in held.problems if one.pk in passed["problem"]],
    )
    try:
        done = services.hand_over(request.actor, found.taker, taker=found.giver, things=things, note=_("Given back."))
    except Refused as refusal:
        messages.error(request, " ".join(map(str, refusal.sentences)))
    else:
        if done:
            messages.success(request, _("What is still open lies with %s again.") % found.giver)
            return redirect("handover:handover", pk=done.pk)
        messages.info(request, _("Nothing of it is still open."))
    return redirect("handover:handover", pk=pk)


@policy("promise.keep", "action.finish")
@require_safe
def inherited(request: Request) -> HttpResponse:
    """Yang saya warisi: for whoever came after; the newest first."""
    mine = Handover.objects.within(request.actor).filter(taker=request.actor.officer_id or 0)
    handovers = mine.select_related("giver", "taker", "decided_by", "unit").order_by("-at")[:20]
    rows = [(one, rows_of(request.actor, one)) for one in handovers]
    return render(request, "handover/inherited.html", {"handovers": rows, "open": sum(row["open"] for _one, rows in rows for row in rows)})


def rows_of(actor: Actor, handover: Handover) -> list[dict[str, Any]]:
    """Each thing as it stands now: to whoever may read the handover, in one line."""
    items = (
        Item.objects.within(actor)
        .filter(handover=handover)
        .select_related("promise__visit__area", "action__problem__unit", "problem__unit")
    )
    rows = [row_of(item, handover) for item in items.order_by("pk")]
    return sorted(rows, key=lambda row: (not row["open"], row["due"]))


def row_of(item: Item, handover: Handover) -> dict[str, Any]:
    thing, kind, title, meta, zone, is_open, holder = told_of(item)
    stays = is_open and holder == handover.taker_id
    return {"thing": thing, "name": thing._meta.model_name, "title": title, "kind": kind, "meta": meta, "due": thing.due, "zone": zone,
            "open": stays, "gone": is_open and not stays}  # fmt: skip


def told_of(item: Item) -> tuple[Any, str, str, str, str, bool, int | None]:
    """The thing, what it is, its words, where it belongs, its time zone, whether it is open, and in whose hands."""
    if promise := item.promise:
        area = promise.visit.area
        return (
            promise,
            _("Promise"),
            promise.text,
            promise.visit.place or str(area),
            area.time_zone,
            promise.kept_on is None,
            promise.holder_id,
        )
    if action := item.action:
        return action, _("Action"), action.text, action.problem.title, action.problem.unit.time_zone, action.is_open, action.officer_id
    problem = item.problem
    assert problem is not None  # a constraint: an item is one of the three
    return problem, _("Problem"), problem.title, problem.get_step_display(), problem.unit.time_zone, not problem.is_solved, problem.owner_id
