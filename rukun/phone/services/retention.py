"""What of the phones is too old to be kept."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.phone.models import Device, Dispute, Handed, Item

AT_ONCE = 2000
GONE = "—"


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
    old = Dispute.objects.filter(problem__solved_at__lt=before).exclude(stands=GONE, came=GONE)
    rows = list(old.select_related("problem__unit").order_by("pk")[:AT_ONCE])
    Dispute.objects.filter(pk__in=[row.pk for row in rows]).update(stands=GONE, came=GONE)
    return Many(rows) if rows else None


@act("handed.expire", records=("before",))
def expire_handed(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """What the unit head has answered; what still waits is never too old."""
    rows = list(Handed.objects.filter(ended_at__lt=before).exclude(state=Handed.State.OPEN).select_related("unit").order_by("pk")[:AT_ONCE])
    Handed.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Many(rows) if rows else None
