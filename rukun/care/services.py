"""The acts on the house itself: real mode given and taken back, the assessment signed, data kept longer; and what is only noted."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun.access.scope import Actor, Where
from rukun.audit.door import Page, act, declare_note
from rukun.care import mode
from rukun.care.findings import Finding
from rukun.care.models import Assessment, Longer, Permit
from rukun.care.rules import KEEP
from rukun.lib import clock

BACKED_UP = declare_note("backup.make")
REHEARSED = declare_note("backup.rehearse")
RESTORED = declare_note("backup.restore")
VERIFIED = declare_note("book.verify")


class NotGranted(ValueError):
    """The house can't be real yet; the sentence names what is missing."""


def ground(actor: Actor) -> Page:
    """The house as far as a data-protection officer answers for it: whoever holds that office here signs for all of the house."""
    return Page("care", Where(actor.roots))


@act("mode.grant", records=("dpia",))
def grant(actor: Actor, subject: None = None, *, found: Sequence[Finding], dpia: str) -> Permit | None:
    """From now on this house may be real. Only where nothing is missing."""
    if missing := [finding for finding in found if finding.hinders]:
        raise NotGranted(_("Not granted. Missing: %s") % "; ".join(str(finding.title) for finding in missing))
    if not dpia or dpia != mode.digest(mode.assessment_file()):
        raise NotGranted(_("The assessment has changed since it was examined."))
    standing = Permit.objects.filter(withdrawn_at=None).first()
    if standing and standing.dpia == dpia:
        return None
    now = clock.now()
    Permit.objects.filter(withdrawn_at=None).update(withdrawn_at=now, reason="a newer one was given")
    return Permit.objects.create(at=now, by=actor.name, dpia=dpia, found={finding.key: finding.state for finding in found})


@act("mode.withdraw", records=("reason",))
def withdraw(actor: Actor, permit: Permit, *, reason: str) -> Permit | None:
    """Practice again, from the next minute on."""
    if permit.withdrawn_at is not None:
        return None
    permit.withdrawn_at, permit.reason = clock.now(), reason
    permit.save(update_fields=["withdrawn_at", "reason"])
    return permit


@act("dpia.sign", records=("sha256",))
def sign_assessment(actor: Actor, subject: Page, *, name: str, sha256: str) -> Assessment | None:
    """The data-protection officer has read these very bytes, and stands by them."""
    if actor.officer_id is None:
        raise PermissionDenied(_("A person signs the assessment, not the machine."))
    if not sha256 or sha256 != mode.digest(mode.assessment_file()):
        raise NotGranted(_("This is not the assessment that lies in the data folder now."))
    if (last := Assessment.objects.order_by("-pk").first()) and (last.sha256, last.officer) == (sha256, actor.officer_id):
        return None
    return Assessment.objects.create(at=clock.now(), officer=actor.officer_id, name=name[:80], sha256=sha256)


@act("retention.lengthen", records=("rule", "days", "until", "reason"))
def lengthen(actor: Actor, subject: Page, *, rule: str, days: int, until: date, reason: str) -> Longer:
    """One kind of data is kept longer than the table says, until a day, for a reason."""
    if actor.officer_id is None:
        raise PermissionDenied(_("A person decides this, not the machine."))
    if rule not in KEEP or days <= KEEP[rule].days or not reason.strip() or until <= clock.now().date():
        raise NotGranted(_("Name a kind of data, more days than the table has, a day in the future, and a reason."))
    Longer.objects.filter(rule=rule, withdrawn_at=None).update(withdrawn_at=clock.now())
    return Longer.objects.create(rule=rule, days=days, until=until, reason=reason, at=clock.now(), officer=actor.officer_id)


@act("retention.restore")
def restore_retention(actor: Actor, subject: Page, *, longer: Longer) -> Longer | None:
    """The table holds again."""
    if longer.withdrawn_at is not None:
        return None
    longer.withdrawn_at = clock.now()
    longer.save(update_fields=["withdrawn_at"])
    return longer
