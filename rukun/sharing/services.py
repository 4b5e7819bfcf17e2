"""What a unit words anew, and what an officer ticks as copied to BOS; that something was shared is noted, not to whom."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.audit.door import Many, act, declare_note
from rukun.fieldwork.models import Report, Visit
from rukun.lib import clock
from rukun.sharing.models import Copied, Wording
from rukun.sharing.rules import wording
from rukun.territory.models import Unit

REPORT_SHARE = declare_note("report.share")
VISIT_SHARE = declare_note("visit.share")
AT_ONCE = 2000


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


@act("wording.write", records=("kind",))
def write(actor: Actor, unit: Unit, *, kind: str, text: str) -> Wording | None:
    """The unit's own wording from now on; what stood there before can be brought back."""
    text = text.replace("\r\n", "\n").strip()
    if found := wording.faults(text, kind):
        raise NotPossible(" ".join(found))
    return put(actor, unit, kind, text) if text else None


@act("wording.reset", records=("kind",))
def reset(actor: Actor, unit: Unit, *, kind: str) -> Wording | None:
    """The unit uses the wording of the unit above again, or the one that rukun brings."""
    return put(actor, unit, kind, "")


def put(actor: Actor, unit: Unit, kind: str, text: str) -> Wording | None:
    row = Wording.objects.select_for_update().filter(unit=unit, kind=kind).first()
    if row is None:
        if not text:
            return None
        row = Wording(unit=unit, kind=kind)
    if row.text == text:
        return None
    row.earlier, row.text, row.changed_at, row.changed_by_id = row.text or row.earlier, text, clock.now(), actor.officer_id
    row.save()
    return row


@act("bos.copy")
def copy(actor: Actor, record: Visit | Report) -> Copied | None:
    """This record stands in BOS now."""
    if Copied.objects.filter(record=record.pk).exists():
        return None
    return Copied.objects.create(officer=record.officer, record=record.pk, at=clock.now())


@act("bos.undo")
def undo(actor: Actor, copied: Copied) -> Copied:
    """It does not stand in BOS after all."""
    copied.delete()
    return copied


@act("bos.expire", records=("before",))
def expire(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Ticks as old as the visits that are no longer kept."""
    rows = list(Copied.objects.filter(at__lt=before).order_by("pk")[:AT_ONCE])
    Copied.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return Many(rows) if rows else None
