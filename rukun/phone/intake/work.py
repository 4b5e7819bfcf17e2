"""Actions that were given and problems that are held: done or described offline, merged with what others did meanwhile."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rukun.fieldwork.guarded import AboutPersons, NotPossible, kept
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import Severity, Stage
from rukun.phone.intake.envelope import Envelope, Sender
from rukun.phone.intake.field import text
from rukun.phone.intake.outcome import Intake, Outcome, unreadable
from rukun.phone.intake.then import actor_then
from rukun.phone.rules import Malformed
from rukun.phone.services.merging import describe_apart, version_of
from rukun.problems import services
from rukun.problems.models import Action, Problem

FIELDS = ("title", "analysis", "stage", "severity", "code")


def action(envelope: Envelope, sender: Sender) -> Intake | Outcome:
    """Finished with a word on what came of it, or a line on how far it has come."""
    found = Action.objects.filter(pk=number(envelope.body.get("action"))).select_related("problem__unit", "officer").first()
    done, note = envelope.body.get("done") is True, text(envelope.body.get("note")).strip()
    permission = "action.finish" if done else "action.note"
    actor = actor_then(sender, envelope, permission, found.where(), found.problem.unit.time_zone) if found else None
    if found is None or actor is None or not actor.may(permission, found.where()):
        return unreadable("not_found")
    if not note:
        return asked("note")
    if refusal := watched(note=note):
        return refusal
    if envelope.practice:
        return Intake(lambda: Outcome("ok", "ok"))

    def keep() -> Outcome:
        if done:
            services.finish_action(actor, found, result=note)
        else:
            services.note_action(actor, found, text=note)
        return Outcome("ok", "ok", record={"kind": "action", "id": found.pk, "url": reverse("problems:action", args=[found.pk])})

    return Intake(keep)


def problem(envelope: Envelope, sender: Sender) -> Intake | Outcome:
    """A line in its story, and what it is said to be: each field merged with what stands there now."""
    found = Problem.objects.filter(pk=number(envelope.body.get("problem"))).select_related("unit").first()
    note, base, change = text(envelope.body.get("note")).strip(), values(envelope.body, "base"), values(envelope.body, "change")
    wanted = [name for name, asked_for in (("problem.note", note), ("problem.describe", change)) if asked_for]
    if found is None:
        return unreadable("not_found")
    if not wanted:
        return asked("note")
    actor = actor_then(sender, envelope, wanted[-1], found.where(), found.unit.time_zone)
    if not all(actor.may(permission, found.where()) for permission in wanted):
        return unreadable("not_found" if not actor.may("problem.view", found.where()) else "not_yours")
    if refusal := watched(note=note, title=text(change.get("title")), analysis=text(change.get("analysis"))):
        return refusal
    if envelope.practice:
        return Intake(lambda: Outcome("ok", "ok"))

    def keep() -> Outcome:
        if note:
            services.note_progress(actor, found, text=note)
        disputed = describe_apart(actor, found, base=base, change=change, item=envelope.id) if change else False
        record = {"kind": "problem", "id": found.pk, "number": found.number, "url": found.get_absolute_url()}
        status, code = ("conflict", "needs_decision") if disputed else ("ok", "ok")
        return Outcome(status, code, record=record, version=version_of(found))

    return Intake(keep)


def watched(**texts: str) -> Outcome | None:
    """Which of the texts the guard doesn't let pass, each at its field, with what may be kept instead."""
    said, offers = {}, {}
    for name, written in texts.items():
        try:
            kept(written)
        except AboutPersons as refusal:
            said[name], offers[name] = str(refusal), refusal.reading.offered
    return Outcome("invalid", "guard", fields=said, offer=offers) if said else None


def values(body: dict[str, Any], name: str) -> dict[str, Any]:
    """The fields of a problem that were named, each of its kind."""
    given = body.get(name) or {}
    if not isinstance(given, dict):
        raise Malformed(name)
    found = {
        key: int(value) if key == "severity" and isinstance(value, int | float) else value for key, value in given.items() if key in FIELDS
    }
    if name == "change":
        checked(found)
    return found


def checked(change: dict[str, Any]) -> None:
    said = all(isinstance(change.get(key, ""), str) for key in ("title", "analysis", "stage", "code"))
    known = (
        ("stage" not in change or change["stage"] in Stage.values)
        and ("severity" not in change or change["severity"] in Severity.values)
        and ("code" not in change or Code.objects.filter(pk=change["code"]).exists())
        and ("title" not in change or bool(change["title"].strip()))
    )
    if not said or not known:
        raise NotPossible(str(asked("change").fields["change"]))


def asked(name: str) -> Outcome:
    return unreadable("fields", **{name: _("This must be filled in.")})


def number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Malformed("number")
    return value
