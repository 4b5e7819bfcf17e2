"""What a phone hands in: each item once, each on its own, answered when all of it is safely on the disk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from rukun.access.scope import Actor
from rukun.audit.door import act, refusals_outlive_the_act
from rukun.lib import clock
from rukun.phone import rules
from rukun.phone.intake import Envelope, Intake, Outcome, refusal_of
from rukun.phone.models import Device, Item
from rukun.phone.rules import sampled
from rukun.phone.services import handing

Prepared = tuple[Envelope, Intake | Outcome, dict[str, Any] | None]  # the last: as it came, where it is handed to the unit head


@dataclass(frozen=True, slots=True)
class Handed:
    """One item's answer, with the hash of what was kept of it."""

    envelope: Envelope
    outcome: Outcome


def receive(actor: Actor, device: Device, prepared: Sequence[Prepared], *, client: datetime | None) -> list[Handed]:
    """Everything in it that can be kept is kept; durable when this returns."""
    known = Item.objects.in_bulk([envelope.id for envelope, *_rest in prepared])
    with refusals_outlive_the_act(), together():
        handed = [Handed(envelope, one_or_given(actor, device, envelope, intake, known, raw)) for envelope, intake, raw in prepared]
        new = sum(
            (done.outcome.status == "ok" and done.outcome.code != "handed") or done.outcome.code == "needs_decision" for done in handed
        )
        close(
            actor, device, items=new, client=client, schema=max((envelope.schema for envelope, *_rest in prepared), default=device.schema)
        )
    return handed


@contextmanager
def together() -> Iterator[None]:
    """SQLite: one commit for all, each item behind a savepoint of its own. PostgreSQL: each item commits by itself, so that two phones
    never wait for each other in a circle, and the last commit, which waits for the disk, makes all before it durable, too."""
    if connection.vendor == "sqlite":
        with transaction.atomic():
            yield
    else:
        yield


@contextmanager
def apart() -> Iterator[None]:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit TO off")
        yield


def one_or_given(
    actor: Actor, device: Device, envelope: Envelope, intake: Intake | Outcome, known: dict[Any, Item], raw: dict[str, Any] | None
) -> Outcome:
    """What can't be kept as it stands, and was handed to the unit head, is kept for them."""
    outcome = one(actor, device, envelope, intake, known)
    if raw is None or outcome.kept:
        return outcome
    return give(actor, device, raw, outcome.code, envelope)


def give(actor: Actor, device: Device, raw: dict[str, Any], code: str, envelope: Envelope | None = None) -> Outcome:
    """To the unit head; waits for the disk, for nothing after it may."""
    return handing.give(actor, device, item=handing.given(device, raw, envelope, code))


def one(actor: Actor, device: Device, envelope: Envelope, intake: Intake | Outcome, known: dict[Any, Item]) -> Outcome:
    """Kept, or the reason why not; whatever goes wrong with it, the others are not touched."""
    if earlier := known.get(envelope.id):
        return replayed(earlier, envelope)
    if isinstance(intake, Outcome):
        return intake
    said: list[Outcome] = []
    try:
        with apart():
            take(actor, device, envelope=envelope, intake=intake, say=said.append)
    except IntegrityError:
        if earlier := Item.objects.filter(pk=envelope.id).first():  # it came twice at the same time
            return replayed(earlier, envelope)
        return refusal_of(IntegrityError())
    except Exception as error:
        return refusal_of(error)
    known[envelope.id] = Item(id=envelope.id, sha256=envelope.sha256, officer_id=envelope.officer_id, answer=said[0].as_answer())
    return said[0]


@act("item.receive")
def take(actor: Actor, device: Device, *, envelope: Envelope, intake: Intake, say: Callable[[Outcome], None]) -> None:
    """The record is told by its own act; this keeps that it came, under the name that the phone gave it."""
    item = Item.objects.create(
        id=envelope.id, device=device, officer_id=device.officer_id, kind=envelope.kind, schema=envelope.schema, seq=envelope.seq,
        sha256=envelope.sha256, client_at=envelope.client_at, monotonic=envelope.monotonic, received_at=clock.now(),
        uncertain=envelope.uncertain, practice=envelope.practice,
    )  # fmt: skip
    outcome = intake.keep()
    handing.mended(device, item.pk)
    item.answer = outcome.as_answer()
    item.save(update_fields=["answer"])
    Device.objects.filter(pk=device.pk).update(sent=F("sent") + 1)  # with the item, so that no crash comes between them
    say(outcome)


def replayed(earlier: Item, envelope: Envelope) -> Outcome:
    """It is here already; or something else is, under its name."""
    first, own = Outcome.of(earlier.answer), earlier.officer_id == envelope.officer_id
    if (code := rules.known(earlier.sha256, envelope.sha256, own=own)) != "dup":
        return Outcome("conflict", code, record=first.record if own else None)
    return first if first.status == "conflict" else first.again()


@act("outbox.receive", records=("items",))
def close(actor: Actor, device: Device, *, items: int, client: datetime | None, schema: int) -> Device | None:
    """What is known of the phone since: its clock, when it was heard, how much was kept from it."""
    now = clock.now()
    Device.objects.filter(pk=device.pk).update(clock=sampled(device.clock, client, now), seen_at=now, schema=schema)
    return device if items else None
