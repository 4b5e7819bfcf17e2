"""What a phone could not send came as a file in somebody's hand: taken in as if it had been sent, or, from a phone that may not send, for the
unit head to decide."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from rukun.access.scope import Actor
from rukun.audit.door import act
from rukun.fieldwork.guarded import NotPossible
from rukun.lib import clock
from rukun.phone import keys
from rukun.phone.doors import fits, named, of_device
from rukun.phone.intake import Outcome, Sender, prepare
from rukun.phone.models import Device, Upload
from rukun.phone.rules import MOST_CHUNK, MOST_PHOTO, Malformed, offset
from rukun.phone.services import outbox, uploads

MOST_FILE = 40 * 1024 * 1024  # a month of records with their photos
MOST_ITEMS = 2000


@dataclass(frozen=True, slots=True)
class Carried:
    """Such a file, opened as far as it goes without opening what is sealed."""

    device: Device
    items: list[dict[str, Any]]
    photos: list[dict[str, Any]]

    @property
    def may_send(self) -> bool:
        """Whether its phone might have handed it in itself."""
        account = self.device.officer.account
        return self.device.revoked_at is None and account is not None and account.is_active and not self.device.officer.left_on


@dataclass(slots=True)
class Brought:
    """What became of it."""

    kept: int = 0
    known: int = 0
    waiting: int = 0
    stays: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        if outcome.code == "handed":
            self.waiting += 1
        elif outcome.status == "dup":
            self.known += 1
        elif outcome.kept:
            self.kept += 1
        else:
            self.stays.append(str(outcome.told()["reason"]))


def read(content: bytes) -> Carried:
    """Raises Malformed where it is none of ours, or was altered on its way."""
    try:
        outer = json.loads(content)
        device, body = named(str(outer["device"])), outer["body"].encode()
        if device is None or not fits(device, "EXPORT", "berkas", body, outer["sig"]):
            raise Malformed("signature")
        inner = json.loads(body)
        items, photos = inner["items"], inner.get("photos") or []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed("file") from error
    rows = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
    if not rows or len(rows) > MOST_ITEMS:
        raise Malformed("items")
    return Carried(device, rows, [each for each in photos if isinstance(each, dict)] if isinstance(photos, list) else [])


@act("handed.bring", records=("items",))
def bring(actor: Actor, device: Device, *, items: int) -> Device:
    """Who brought the file of which phone."""
    return device


def take_in(actor: Actor, carried: Carried) -> Brought:
    bring(actor, carried.device, items=len(carried.items))
    done, hand = Brought(), of_device(carried.device)
    now, device = clock.now(), carried.device
    sender = Sender(device, device.officer, offset(device.clock), now)
    for start in range(0, len(carried.items), 50):
        some = [each | {"handed": True} for each in carried.items[start : start + 50]]
        prepared = [(raw, *prepare(raw, sender)) for raw in some]
        if carried.may_send:
            good = [(envelope, intake, raw) for raw, _name, envelope, intake in prepared if envelope is not None]
            for handed in outbox.receive(hand, device, good, client=None):
                done.count(handed.outcome)
        for raw, _name, envelope, intake in prepared:
            if envelope is None or not carried.may_send:
                done.count(given(hand, device, raw, envelope, intake))
    for photo in carried.photos:
        photographed(hand, device, photo)
    return done


def given(hand: Actor, device: Device, raw: dict[str, Any], envelope: Any, intake: Any) -> Outcome:
    code = intake.code if isinstance(intake, Outcome) else "brought"
    try:
        return outbox.give(hand, device, raw, code, envelope)
    except Malformed:
        return Outcome("invalid", "broken")


def photographed(hand: Actor, device: Device, photo: dict[str, Any]) -> None:
    """As if it had come in pieces; one that can't be read leaves the record as it is."""
    try:
        key, item, content = uuid.UUID(photo["id"]), uuid.UUID(photo["item"]), keys.unb64(photo["bytes"])
        if not 0 < len(content) <= MOST_PHOTO or not isinstance(photo["sealed"], dict):
            return
        uploads.begin(
            hand, device, id=key, item=item, length=len(content), sha256=hashlib.sha256(content).hexdigest(), alt="", sealed=photo["sealed"]
        )
    except (KeyError, ValueError, TypeError, AttributeError, NotPossible):
        return
    upload = Upload.objects.filter(pk=key, device__officer=device.officer_id).first()
    while upload is not None and upload.state == Upload.State.OPEN:
        piece = content[upload.offset : upload.offset + MOST_CHUNK]
        uploads.append(hand, upload, offset=upload.offset, piece=piece, sha256=hashlib.sha256(piece).hexdigest())
        upload.refresh_from_db()
    if upload is not None and upload.state == Upload.State.WHOLE:
        uploads.attach(hand, upload)
