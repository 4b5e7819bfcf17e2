"""What can't be kept as it stands is handed to the unit head: kept sealed, taken in by them, sent back with a sentence, or let go."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.door import act, declare_note
from rukun.fieldwork.guarded import NotPossible, kept
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.phone import keys
from rukun.phone.intake import Envelope, Outcome
from rukun.phone.intake.envelope import whole
from rukun.phone.models import Device, Handed, Item
from rukun.phone.rules import KINDS, Malformed, canonical, happened, instant, offset
from rukun.territory.models import Area, Unit

HANDED_READ = declare_note("handed.read")  # somebody other than its officer opened it
MOST = 200  # of one officer that wait at once
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,700000}")  # base64url: whatever else stands there is none of a phone's
State = Handed.State


class OthersToo(ValueError):
    """The name is a colleague's; or too much waits already."""


@dataclass(frozen=True, slots=True)
class Given:
    """One item as it is to lie with the unit head."""

    id: uuid.UUID
    code: str
    content: dict[str, Any]
    unit: Unit
    values: dict[str, Any]


def given(device: Device, raw: dict[str, Any], envelope: Envelope | None, code: str) -> Given:
    """What came, closed: as the phone sealed it, or sealed here. What could not even be opened is kept as it came."""
    now, client = clock.now(), instant(raw.get("client_ts"))
    name = envelope.id if envelope else named(raw)
    if envelope:
        values = {
            "kind": kind_of(envelope.kind), "schema": envelope.schema, "seq": envelope.seq, "sha256": envelope.sha256,
            "happened_at": envelope.at, "uncertain": envelope.uncertain, "practice": envelope.practice,
        }  # fmt: skip
    else:
        at, _unsure = happened(client, offset(device.clock), now)
        values = {
            "kind": kind_of(raw.get("kind")),
            "seq": whole(raw.get("seq"), 0),
            "sha256": "",
            "happened_at": at,
            "uncertain": True,
            "practice": raw.get("practice") is True,
        }
    return Given(name, code, closed(raw, envelope, name, now), unit_of(device.officer, envelope), values | {"client_at": client})


def named(raw: dict[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(raw.get("id"))
    except (ValueError, TypeError, AttributeError) as error:
        raise Malformed("id") from error


def kind_of(said: Any) -> str:
    return said if said in KINDS else "other"


def closed(raw: dict[str, Any], envelope: Envelope | None, name: uuid.UUID, now: datetime) -> dict[str, Any]:
    if well_sealed(sealed := raw.get("sealed")):
        return sealed
    return keys.sealed(canonical(envelope.body if envelope else raw), str(name), now)


def well_sealed(sealed: Any) -> TypeGuard[dict[str, Any]]:
    """Of the shape in which a phone seals, so that any table can hold it."""
    if (
        not isinstance(sealed, dict)
        or set(sealed) != {"v", "key", "epk", "iv", "ct"}
        or sealed["v"] != 1
        or not isinstance(sealed["epk"], dict)
    ):
        return False
    words = [sealed["key"], sealed["iv"], sealed["ct"], *sealed["epk"], *sealed["epk"].values()]
    return len(words) <= 12 and all(isinstance(word, str) and PLAIN.fullmatch(word) for word in words)


def unit_of(officer: Officer, envelope: Envelope | None) -> Unit:
    """Where it happened, if the officer ever served in the unit of that place; else where the officer serves."""
    path = str(envelope.body.get("area") or "") if envelope else ""
    area = Area.objects.filter(path=path).first() if path.isdecimal() and path.isascii() else None
    there = Unit.objects.covering(area.path, area.today()).first() if area else None
    return there if there and officer.assignments.filter(unit=there).exists() else officer.unit


# --- from the phone -----------------------------------------------------------------------------------------------------------------


def give(actor: Actor, device: Device, *, item: Given) -> Outcome:
    """It lies with the unit head; given again, it is the same, or the newer words of it."""
    try:
        lay(actor, device, item=item)
    except OthersToo as fault:
        return Outcome("invalid", str(fault))
    return Outcome("ok", "handed")


@act("handed.give")
def lay(actor: Actor, device: Device, *, item: Given) -> Handed | None:
    earlier = Handed.objects.select_for_update(of=("self",)).filter(pk=item.id).first()
    if earlier and earlier.officer_id != device.officer_id:
        raise OthersToo("other_content")
    if earlier and item.values["seq"] <= earlier.seq:  # the same once more, or a copy that was on its way for long
        return None
    if earlier and earlier.state == State.TAKEN:
        raise OthersToo("other_content")
    if not earlier and Handed.objects.open().filter(officer=device.officer_id).count() >= MOST:
        raise OthersToo("too_many")
    values = item.values | {"code": item.code, "content": item.content, "unit": item.unit, "device": device, "handed_at": clock.now()}
    fresh = {"state": State.OPEN, "said": "", "ended_at": None, "ended_by": None, "officer_id": device.officer_id}
    handed, _new = Handed.objects.update_or_create(pk=item.id, defaults=values | fresh)
    return handed


def mended(device: Device, key: uuid.UUID) -> None:
    """Inside an act: its officer mended it after all, and it was kept; nobody need look at it any more."""
    rows = Handed.objects.filter(pk=key, officer=device.officer_id).exclude(state=State.TAKEN)
    rows.update(state=State.MENDED, content=None, ended_at=clock.now(), ended_by=device.officer_id)


# --- by the unit head ---------------------------------------------------------------------------------------------------------------


@act("handed.take", records=("kind",))
def take(
    actor: Actor, handed: Handed, *, kind: str, sha256: str, keep: Callable[[], Outcome], say: Callable[[Outcome], None]
) -> Handed | None:
    """Kept in the officer's name, with a note of who took it in. A phone that sends it once more is told that it is here."""
    if (found := waiting(actor, handed)) is None:
        return None
    handed, outcome = found, keep()
    handed.record, handed.content = outcome.record, None
    if not Item.objects.filter(pk=handed.pk).exists():
        Item.objects.create(
            id=handed.pk, device=handed.device, officer=handed.officer, kind=handed.kind, schema=handed.schema, seq=handed.seq,
            sha256=sha256, answer=outcome.as_answer(), client_at=handed.client_at, received_at=clock.now(), uncertain=handed.uncertain,
            practice=handed.practice,
        )  # fmt: skip
    say(outcome)
    return ended(actor, handed, State.TAKEN)


@act("handed.send_back")
def send_back(actor: Actor, handed: Handed, *, sentence: str) -> Handed | None:
    """The officer mends it; the phone, which keeps its copy, says this sentence."""
    return answered(actor, handed, State.RETURNED, sentence)


@act("handed.release")
def release(actor: Actor, handed: Handed, *, sentence: str) -> Handed | None:
    """It becomes nothing, for a reason that its officer reads. It can be fetched back until its day of deletion."""
    return answered(actor, handed, State.RELEASED, sentence)


@act("handed.reopen")
def reopen(actor: Actor, handed: Handed) -> Handed | None:
    """Sent back or let go by mistake: it waits again."""
    handed = Handed.objects.select_for_update(of=("self",)).select_related("unit").get(pk=handed.pk)
    if handed.state not in (State.RETURNED, State.RELEASED):
        return None
    handed.state, handed.said, handed.ended_at, handed.ended_by = State.OPEN, "", None, None
    handed.save(update_fields=["state", "said", "ended_at", "ended_by"])
    return handed


def answered(actor: Actor, handed: Handed, state: State, sentence: str) -> Handed | None:
    sentence = kept(sentence, most=300)
    if not sentence:
        raise NotPossible(_("Say why."))
    found = waiting(actor, handed)
    if found is None:
        return None
    found.said = sentence
    return ended(actor, found, state)


def waiting(actor: Actor, handed: Handed) -> Handed | None:
    if actor.officer_id in (None, handed.officer_id):
        raise PermissionDenied(_("Nobody decides on what they handed over themselves."))
    found = Handed.objects.select_for_update(of=("self",)).select_related("unit", "officer__unit", "device").get(pk=handed.pk)
    return found if found.is_open else None


def ended(actor: Actor, handed: Handed, state: State) -> Handed:
    handed.state, handed.ended_at, handed.ended_by_id = state, clock.now(), actor.officer_id
    handed.save(update_fields=["state", "said", "ended_at", "ended_by", "record", "content"])
    return handed
