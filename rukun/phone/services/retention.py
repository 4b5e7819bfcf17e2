"""What of the phones is too old to be kept."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.fieldwork.rules import REMOVED
from rukun.lib import clock
from rukun.phone.models import Device, Dispute, Handed, Item, Upload
from rukun.problems.models import Problem

AT_ONCE = 2000


@act("item.expire", records=("before",))
def expire_items(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """No phone is offline for longer; and the record's own key still says that it is here."""
    rows = list(Item.objects.filter(received_at__lt=before).select_related("device__officer__unit").order_by("received_at")[:AT_ONCE])
    Item.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Many(rows) if rows else None


@act("device.expire", records=("before",))
def expire_devices(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Revoked long ago, and nothing that came from it is kept under its name any more."""
    old = Device.objects.filter(revoked_at__lt=before, items=None, uploads=None, handed=None)
    rows = list(old.select_related("officer__unit").order_by("pk")[:AT_ONCE])
    keys = [row.pk for row in rows]
    Device.objects.filter(pk__in=keys).delete()
    return Many(rows) if rows else None


@act("dispute.blank", records=("before",))
def blank_disputes(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Their words go with those of the problem; that there were two versions, and who decided, stays."""
    old = Dispute.objects.filter(problem__solved_at__lt=before).exclude(stands=REMOVED, came=REMOVED)
    rows = list(old.select_related("problem__unit").order_by("pk")[:AT_ONCE])
    Dispute.objects.filter(pk__in=[row.pk for row in rows]).update(stands=REMOVED, came=REMOVED)
    return Many(rows) if rows else None


@act("handed.expire", records=("before",))
def expire_handed(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """What the unit head has answered; what still waits is never too old."""
    rows = list(Handed.objects.filter(ended_at__lt=before).exclude(state=Handed.State.OPEN).select_related("unit").order_by("pk")[:AT_ONCE])
    Handed.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Many(rows) if rows else None


@act("dispute.erase", records=("basis",))
def erase_disputes(actor: Actor, problem: Problem, *, basis: str) -> Problem | None:
    """On somebody's right: both versions go with the words of the problem, and nothing is left to decide."""
    rows = Dispute.objects.filter(problem=problem)
    if not rows.update(stands=REMOVED, came=REMOVED):
        return None
    rows.filter(decided_at=None).update(decided_at=clock.now(), decided_by=actor.officer_id)
    erasures.remember(erasures.Erased("phone.dispute", str(problem.pk)))
    return problem


@erasures.replays("phone.dispute", tables=("phone_dispute",))
def erase_disputes_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for problem in Problem.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_disputes(actor, problem, basis=erasures.AGAIN)


@act("upload.erase", records=("basis",))
def erase_upload(actor: Actor, upload: Upload, *, basis: str) -> Upload:
    """On somebody's right: the words about a photo that is still on its way; the photo comes without them."""
    upload.alt = ""
    upload.save(update_fields=["alt"])
    erasures.remember(erasures.Erased("phone.upload", str(upload.pk)))
    return upload


@erasures.replays("phone.upload", tables=("phone_upload",))
def erase_uploads_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for upload in Upload.objects.filter(pk__in=[one.key for one in erased]).select_related("device__officer__unit"):
        erase_upload(actor, upload, basis=erasures.AGAIN)


@act("handed.erase", records=("basis",))
def erase_handed(actor: Actor, handed: Handed, *, basis: str) -> Handed:
    """On somebody's right: what was handed over goes, sealed as it is; one that still waits is let go, and its officer is told."""
    handed.content, handed.said = None, REMOVED
    if handed.is_open:
        handed.state, handed.ended_at, handed.ended_by_id = Handed.State.RELEASED, clock.now(), actor.officer_id
    handed.save(update_fields=["content", "said", "state", "ended_at", "ended_by"])
    erasures.remember(erasures.Erased("phone.handed", str(handed.pk)))
    return handed


@erasures.replays("phone.handed", tables=("phone_handed",))
def erase_handed_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for handed in Handed.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_handed(actor, handed, basis=erasures.AGAIN)
