"""What was handed over, opened for whoever decides: its words as the guard lets them be read, why it was refused, how it is kept."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from rukun import guard
from rukun.access.scope import Actor
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.fieldwork.services.shared import moved
from rukun.lib import clock
from rukun.phone import keys
from rukun.phone.forms import TakenReport, TakenVisit, TakenWords
from rukun.phone.intake import Envelope, Intake, Outcome, Sender, refusal_of, unreadable
from rukun.phone.intake.field import kept_as, place, report_fields, text, visit_fields
from rukun.phone.intake.prepare import READERS
from rukun.phone.models import Handed
from rukun.phone.rules import Malformed, digest
from rukun.problems.models import Action, Problem

FORMS = {"visit": TakenVisit, "report": TakenReport}
FIELDS = {"visit": visit_fields, "report": report_fields}
ACTS: dict[str, Callable[..., Any]] = {"visit": fieldwork.receive_visit, "report": fieldwork.receive_report}
LONG = 6000


@dataclass(frozen=True, slots=True)
class Opened:
    """One of them, open: `body` is None where nothing can be read."""

    handed: Handed
    body: dict[str, Any] | None
    fault: Outcome | None = None
    hidden: set[str] = field(default_factory=set)  # fields of which the guard shows less than was written

    @property
    def sha256(self) -> str:
        """By which a phone that sends it once more is known; it may have been opened only here."""
        return self.handed.sha256 or digest(self.handed.kind, self.handed.practice, self.body)

    @property
    def envelope(self) -> Envelope:
        row = self.handed
        return Envelope(row.pk, row.kind, row.schema, row.seq, row.practice, row.client_at, None, row.sha256, row.officer_id, row.happened_at,
                        row.uncertain, self.body or {})  # fmt: skip

    def sender(self, stand_in: Actor | None = None) -> Sender:
        return Sender(self.handed.device, self.handed.officer, timedelta(0), self.handed.handed_at, stand_in)

    def shown(self, name: str, value: Any, kind: str = "report") -> str:
        """A text as it may be read by somebody else: without whoever is named in it."""
        written = text(value)
        reading = guard.read(written, kind=kind)
        told = reading.offered if reading.refused else reading.clean
        if told != written:
            self.hidden.add(name)
        return told


def opened(handed: Handed) -> Opened:
    try:
        sealed = handed.content or {}
        body = json.loads(keys.opened(sealed, keys.unb64(sealed.get("ct")), str(handed.pk)))
    except (keys.SealUnknown, keys.SealBroken, Malformed, ValueError) as error:
        return Opened(
            handed,
            None,
            refusal_of(error) if not isinstance(error, ValueError) or isinstance(error, keys.SealBroken) else unreadable("broken"),
        )
    return Opened(handed, body if isinstance(body, dict) else None, None if isinstance(body, dict) else unreadable("broken"))


def why(one: Opened) -> Outcome | None:
    """Why it is still refused, read anew: the officer's place may have been set right since. None: it would be kept now."""
    if one.fault or one.handed.kind not in READERS:
        return one.fault or unreadable("kind_unknown")
    if one.handed.code in ("other_content", "already_ended", "solved"):
        return Outcome("conflict", one.handed.code)
    try:
        read = READERS[one.handed.kind](one.envelope, one.sender())
    except Exception as error:
        return refusal_of(error)
    if isinstance(read, Outcome):
        return read
    return unreadable("brought") if one.handed.code == "brought" else None


# --- the form in which it is mended -------------------------------------------------------------------------------------------------


def form_of(one: Opened, actor: Actor, data: Mapping[str, Any] | None = None) -> Any:
    """The page's own form, filled with what may be read. None where nothing can be mended here."""
    kind, body = one.handed.kind, one.body
    if body is None:
        return None
    if kind in FORMS:
        return FORMS[kind](data, actor=actor, initial=as_typed(one, body))
    words = {name: one.shown(name, value) for name, value in texts(body).items()}
    return TakenWords(data, words=words) if subject(one) else None


def as_typed(one: Opened, body: dict[str, Any]) -> dict[str, Any]:
    try:
        typed: dict[str, Any] = FIELDS[one.handed.kind](body)
    except Malformed:
        typed = {}
    kind = "visit" if one.handed.kind == "visit" else "report"
    written = ("narrative", "said_", "promise_", "title", "facts", "opinion", "place")
    shown = {name: one.shown(name, value, kind) if name.startswith(written) else value for name, value in typed.items()}
    area = place(one.sender(), text(body.get("area")))
    moment = one.handed.happened_at.astimezone(area.zone if area else one.handed.unit.zone)
    taken = Visit.objects.filter(pk=one.handed.pk).exists() or Report.objects.filter(pk=one.handed.pk).exists()
    return shown | {"id": new_id() if taken else one.handed.pk, "area": area.path if area else "", "day": moment.date(), "clock": moment.time(),
                    "nothing": body.get("nothing_said") is True}  # fmt: skip


def texts(body: dict[str, Any]) -> dict[str, str]:
    """What is written in an action or a problem: the note, and the words that are to change."""
    change = body.get("change") if isinstance(body.get("change"), dict) else {}
    found = {"note": text(body.get("note"))[:LONG]}
    return found | {name: text(change[name])[:LONG] for name in ("title", "analysis") if isinstance(change, dict) and name in change}


def subject(one: Opened) -> Any:
    """The action or problem that it is about, if it is there."""
    body = one.body or {}
    table: Any = Action if one.handed.kind == "action" else Problem if one.handed.kind == "problem" else None
    key = body.get(one.handed.kind)
    return table.objects.filter(pk=key).first() if table and isinstance(key, int) and 0 < key < 2**63 else None


# --- kept ---------------------------------------------------------------------------------------------------------------------------


def intake(one: Opened, actor: Actor, form: Any) -> Intake | Outcome:
    """What taking it in will do, in the words of the form; inside the act it is done."""
    if one.handed.kind in ACTS:
        return Intake(lambda: recorded(one, actor, form))
    body = dict(one.body or {})
    said = dict(form.cleaned_data)
    note = said.pop("note")
    body["note"] = _("%(note)s (handed over by %(officer)s)") % {"note": note, "officer": one.handed.officer} if note else ""
    if isinstance(body.get("change"), dict):
        body["change"] = body["change"] | said
    try:
        return READERS[one.handed.kind](replace(one.envelope, body=body), one.sender(actor))
    except Exception as error:
        return refusal_of(error)


def recorded(one: Opened, actor: Actor, form: Any) -> Outcome:
    row, told = one.handed, form.arguments()
    unsure = row.uncertain and not moved(row.happened_at, told["made_at" if row.kind == "visit" else "happened_at"])
    told |= {"author": row.officer, "handed": True, "practice": row.practice, "time_uncertain": unsure}
    ACTS[row.kind](actor, form.cleaned_data["area"], **told)
    return kept_as(row.kind, told["id"], practice=row.practice)


def news(officer_id: int) -> list[dict[str, Any]]:
    """What became of what one officer handed over, for the phone."""
    since = clock.now() - timedelta(days=60)
    rows = Handed.objects.filter(officer=officer_id).exclude(ended_at__lt=since).select_related("ended_by").order_by("handed_at")[:1000]
    return [
        {"id": str(row.pk), "state": row.state, "reason": sentence(row), "record": None if row.practice else row.record} for row in rows
    ]


def sentence(row: Handed) -> str:
    """In the officer's language, as the tray and the page say it."""
    who = {"who": row.ended_by, "said": row.said}
    match row.state:
        case Handed.State.TAKEN:
            return _("%(who)s took it in in your name.") % who
        case Handed.State.RETURNED:
            return _("%(who)s sends it back: “%(said)s”") % who
        case Handed.State.RELEASED:
            return _("%(who)s let it go: “%(said)s”") % who
        case Handed.State.MENDED:
            return _("You mended it yourself; it is kept.")
    return _("It waits for your unit head.")
