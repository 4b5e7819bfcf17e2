"""Adding photos to a record, removing them, and what becomes of them when their time is over."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.fieldwork import photos
from rukun.fieldwork.models import Photo, Report, Visit
from rukun.fieldwork.services.retention import AT_ONCE, settled
from rukun.fieldwork.services.shared import NotPossible, only_the_newest
from rukun.lib import clock


@act("photo.add")
def add_photos(actor: Actor, record: Visit | Report, *, developed: Sequence[photos.Developed], alt: str = "") -> Many | None:
    """To one's own record, five at most. The same photo sent twice is kept once."""
    only_the_newest(record)
    owner = owned_by(record)
    there = set(Photo.objects.filter(**owner).values_list("sha256", flat=True))
    new = {photo.sha256: photo for photo in developed if photo.sha256 not in there}
    if len(there) + len(new) > photos.MOST:
        raise NotPossible(_("A record holds five photos at most."))
    for photo in new.values():
        photos.keep(photo)
    rows = [
        Photo(
            **owner,
            sha256=photo.sha256,
            width=photo.width,
            height=photo.height,
            size=len(photo.content),
            alt=alt.strip(),
            added_at=clock.now(),
        )
        for photo in new.values()
    ]
    return Many(Photo.objects.bulk_create(rows), str(record.pk)) if rows else None


def owned_by(record: Visit | Report) -> dict[str, Visit | Report]:
    return {"report": record} if isinstance(record, Report) else {"visit": record}


@act("photo.describe")
def describe_photo(actor: Actor, photo: Photo, *, alt: str) -> Photo | None:
    """What is to be seen on it, for whoever can't see it."""
    if photo.alt == alt.strip():
        return None
    photo.alt = alt.strip()
    photo.save(update_fields=["alt"])
    return photo


@act("photo.remove")
def remove_photo(actor: Actor, photo: Photo) -> Photo:
    """Its author takes it off: the file goes, too."""
    discard([photo])
    return photo


@act("photo.erase", records=("basis",))
def erase_photo(actor: Actor, photo: Photo, *, basis: str) -> Photo:
    discard([photo])
    return photo


@act("photo.expire", records=("before",))
def expire_photos(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    old = Q(visit__made_at__lt=before) | Q(report__in=settled(before).values("pk"))
    rows = list(Photo.objects.filter(old).select_related("visit__area", "report__area").order_by("pk")[:AT_ONCE])
    keys = [photo.pk for photo in rows]
    discard(rows, remembered=False)
    for photo, key in zip(rows, keys, strict=True):
        photo.pk = key
    return Many(rows) if rows else None


def discard(rows: Iterable[Photo], *, remembered: bool = True) -> None:
    """Inside an act: rows go now, files once that is committed, unless another record holds the same picture."""
    rows = list(rows)
    hashes = {photo.sha256 for photo in rows}
    Photo.objects.filter(pk__in=[photo.pk for photo in rows]).delete()
    if remembered:
        erasures.remember(*(erasures.Erased("fieldwork.photo", str(photo.pk), photo.sha256) for photo in rows))
    transaction.on_commit(partial(remove_unheld, hashes))


def remove_unheld(hashes: set[str]) -> None:
    held = set(Photo.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    photos.remove(hashes - held)


def sweep(before: float) -> int:
    """Files that no row names."""
    found = photos.strays(set(Photo.objects.values_list("sha256", flat=True)), before)
    for path in found:
        photos.overwrite(path)
        path.unlink()
    return len(found)


@erasures.replays("fieldwork.photo", tables=("fieldwork_photo",))
def erase_photos_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    keys = [uuid.UUID(one.key) for one in erased]
    for photo in Photo.objects.filter(pk__in=keys).select_related("visit__area", "report__area"):
        erase_photo(actor, photo, basis=erasures.AGAIN)
