"""Passing work on: each thing by its own act, all of it or nothing, and a page to read what was passed."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.fieldwork.guarded import kept
from rukun.fieldwork.services import hand_over_promise
from rukun.handover.held import Held
from rukun.handover.models import Handover, Item
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems.services import assign, change_action


@act("work.hand_over", records=("taker",))
def hand_over(actor: Actor, giver: Officer, *, taker: Officer, things: Held, note: str = "") -> Handover | None:
    """From one officer to the next. What the taker holds already, or what ended meanwhile, is left out."""
    passed = [
        *(Item(promise=one) for one in things.promises if hand_over_promise(actor, one, to=taker)),
        *(
            Item(action=one)
            for one in things.actions
            if one.officer_id != taker.pk and change_action(actor, one, text=one.text, officer=taker, due=one.due)
        ),
        *(Item(problem=one) for one in things.problems if assign(actor, one, owner=taker)),
    ]
    if not passed:
        return None
    handover = Handover.objects.create(
        giver=giver, taker=taker, unit=giver.unit, decided_by_id=actor.officer_id, at=clock.now(), note=kept(note, kind="visit", most=300)
    )
    for item in passed:
        item.handover = handover
    Item.objects.bulk_create(passed)
    return handover


@act("work.erase", records=("basis",))
def erase_note(actor: Actor, handover: Handover, *, basis: str) -> Handover | None:
    """On somebody's right: the note to the successor goes; who passed what to whom stays."""
    if not handover.note:
        return None
    handover.note = ""
    handover.save(update_fields=["note"])
    erasures.remember(erasures.Erased("handover.handover", str(handover.pk)))
    return handover


@erasures.replays("handover.handover", tables=("handover_handover",))
def erase_notes_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for handover in Handover.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_note(actor, handover, basis=erasures.AGAIN)


@act("work.blank", records=("before",))
def blank_handovers(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Old notes to a successor go; who passed what to whom stays."""
    rows = list(Handover.objects.filter(at__lt=before).exclude(note="").select_related("unit").order_by("pk")[:2000])
    Handover.objects.filter(pk__in=[handover.pk for handover in rows]).update(note="")
    return Many(rows) if rows else None
