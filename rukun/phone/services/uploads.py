"""Photos that come in pieces: each piece on the disk before it is counted, whole before it is opened, kept where its record is."""

import hashlib
import os
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.fieldwork import photos
from rukun.fieldwork.guarded import NotPossible
from rukun.fieldwork.models import Report, Visit
from rukun.fieldwork.services import add_photos
from rukun.lib import clock
from rukun.officers.hats import actor_for, held
from rukun.phone import keys
from rukun.phone.models import Device, Item, Upload
from rukun.phone.rules import Malformed

AT_ONCE = 500
MOST_WAITING = 600


class OtherPhoto(NotPossible):
    """This name was given to another photo before."""


class TooMany(NotPossible):
    """More photos wait from one phone than a month can bring."""


class WrongOffset(Exception):
    """This piece does not follow what is there; `upload` says what is."""

    def __init__(self, upload: Upload) -> None:
        super().__init__(str(upload.offset))
        self.upload = upload


class WrongChecksum(WrongOffset):
    """What arrived is not what was sent."""


def folder() -> Path:
    return Path(settings.DATA) / "media" / "uploads"


def place_of(upload: Upload) -> Path:
    return folder() / f"{upload.pk}.part"


@act("upload.begin")
def begin(
    actor: Actor, device: Device, *, id: uuid.UUID, item: uuid.UUID, length: int, sha256: str, alt: str, sealed: Any
) -> Upload | None:
    """Said twice, it is begun once; answers None then, for `found` has it."""
    if known := Upload.objects.filter(pk=id).first():
        if (known.device.officer_id, known.item, known.length, known.sha256) != (device.officer_id, item, length, sha256):
            raise OtherPhoto(str(id))
        return None
    if Upload.objects.filter(device=device, state__in=(Upload.State.OPEN, Upload.State.WHOLE)).count() >= MOST_WAITING:
        raise TooMany(str(device))
    return Upload.objects.create(
        id=id, device=device, item=item, length=length, sha256=sha256, alt=alt, sealed=sealed, begun_at=clock.now()
    )  # fmt: skip


@act("upload.append")
def append(actor: Actor, upload: Upload, *, offset: int, piece: bytes, sha256: str) -> None:
    """First the piece, safely on the disk; then that it is there. The other way round a crash would promise what isn't."""
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.offset != offset or upload.state != Upload.State.OPEN or offset + len(piece) > upload.length:
        raise WrongOffset(upload)
    if hashlib.sha256(piece).hexdigest() != sha256:
        raise WrongChecksum(upload)
    written(place_of(upload), offset, piece)
    upload.offset += len(piece)
    if upload.offset == upload.length:
        if hashlib.sha256(place_of(upload).read_bytes()).hexdigest() == upload.sha256:
            upload.state = Upload.State.WHOLE
        else:
            upload.offset = 0  # from the beginning: no piece was wrong, and yet they are not the whole
    upload.save(update_fields=["offset", "state"])


def written(path: Path, offset: int, piece: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, offset)  # what a crash left behind what was counted
        os.pwrite(handle, piece, offset)
        os.fsync(handle)
    finally:
        os.close(handle)
    if offset == 0:
        settled(path.parent)


def settled(directory: Path) -> None:
    """So that the name of a new file is on the disk, too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- from pieces to a photo of a record ---------------------------------------------------------------------------------------------


def attach_waiting(actor: Actor, device: Device, items: Sequence[uuid.UUID]) -> None:
    """Their records have come; the photos may have been here before them."""
    for upload in Upload.objects.filter(item__in=items, state=Upload.State.WHOLE, device__officer=device.officer_id).select_related(
        "device__officer"
    ):
        attach(actor, upload)


@act("upload.attach")
def attach(actor: Actor, upload: Upload) -> None:
    """A whole photo whose record is there is opened, made anew, and kept with it; what can't be is said so."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("device__officer__unit").get(pk=upload.pk)
    item = Item.objects.filter(pk=upload.item, officer=upload.device.officer_id).first()
    if upload.state != Upload.State.WHOLE or item is None:
        return
    record = newest(upload.item)
    try:
        if record is not None:
            developed = photos.develop(opened(upload))
            add_photos(author(upload, record), record, developed=[developed], alt=upload.alt)
        upload.state = Upload.State.KEPT
    except (photos.NotAPhoto, NotPossible) as refusal:
        upload.state, upload.reason = Upload.State.INVALID, str(refusal)[:200]
    except (keys.SealUnknown, keys.SealBroken, Malformed) as fault:
        upload.state, upload.reason = Upload.State.INVALID, fault.__class__.__name__
    upload.ended_at = clock.now()
    upload.save(update_fields=["state", "reason", "ended_at"])
    if upload.reason != keys.SealUnknown.__name__:  # that key may come back from a backup
        transaction.on_commit(partial(photos_gone, place_of(upload)))  # never before: what was not committed must be there still


def opened(upload: Upload) -> bytes:
    raw = place_of(upload).read_bytes()
    return keys.opened(upload.sealed, raw, str(upload.pk)) if upload.sealed else raw


def newest(key: uuid.UUID) -> Visit | Report | None:
    """The record as it stands now: it may have been corrected since. Practice of an action or a problem has none."""
    found: Any = Visit.objects.filter(pk=key).select_related("area").first() or Report.objects.filter(pk=key).select_related("area").first()
    while found is not None and (newer := type(found).objects.filter(corrects=found).select_related("area").first()):
        found = newer
    return found


def author(upload: Upload, record: Visit | Report) -> Actor:
    """Its officer, under a hat of the day on which it was recorded: a photo belongs to the record, whoever serves there now."""
    at = record.made_at if isinstance(record, Visit) else record.happened_at
    officer = upload.device.officer
    for day in (at.astimezone(record.area.zone).date(), record.area.today()):
        for role in dict.fromkeys(term.role for term in held(officer, day)):
            actor = actor_for(officer, role, day)
            if actor.may("photo.add", record.where()):
                return actor
    return actor_for(officer)


@act("upload.expire", records=("before",))
def expire(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """What never became a photo: its pieces go, and what was kept needs no row any more."""
    rows = list(Upload.objects.filter(begun_at__lt=before).select_related("device__officer__unit").order_by("pk")[:AT_ONCE])
    names = [upload.pk for upload in rows]
    for upload in rows:
        transaction.on_commit(partial(photos_gone, place_of(upload)))
    Upload.objects.filter(pk__in=names).delete()
    return Many(rows) if rows else None


def leftovers(now: datetime) -> list[Path]:
    """Pieces that a stop between the commit and the deleting left behind: whatever they were, it is a photo by now, or will never be one."""
    old = [file for file in folder().glob("*.part") if file.stat().st_mtime < (now - timedelta(hours=1)).timestamp()]
    awaited = Upload.objects.filter(state__in=(Upload.State.OPEN, Upload.State.WHOLE)) | Upload.objects.filter(
        reason=keys.SealUnknown.__name__
    )
    names = {str(pk) for pk in awaited.values_list("pk", flat=True)} if old else set()
    return [file for file in old if file.stem not in names]


def photos_gone(path: Path) -> None:
    if path.exists():
        photos.overwrite(path)
        path.unlink()
