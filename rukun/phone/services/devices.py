"""What becomes of a phone: enrolled, leased, revoked, and let in again by two people."""

import secrets
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun import guard
from rukun.access.scope import Actor
from rukun.audit.door import act
from rukun.fieldwork.guarded import NotPossible, kept
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.phone import keys
from rukun.phone.models import Device, DeviceQuerySet, Renewal, RenewalQuerySet
from rukun.phone.rules import LEASE, RENEWAL

MOST = 5  # phones of one officer that stand at once


class Revoked(NotPossible):
    """This phone was revoked; two people let it in again."""


class ByTwo(NotPossible):
    """Somebody else revoked a phone of this officer: whoever holds it now gets no other by a sign-in alone."""


class SomebodyElses(NotPossible):
    """This key belongs to a colleague's phone."""


@act("device.enrol")
def enrol(actor: Actor, officer: Officer, *, label: str, key: str, places: Collection[uuid.UUID] = ()) -> Device:
    """Takes in a phone by the public half of its key. The same key again is the same phone. `places`: what this phone is known as
    already; where one of them is the officer's, its PIN was forgotten, and two people must agree."""
    if found := Device.objects.select_for_update(of=("self",)).select_related("officer__unit").filter(key=key).first():
        return again(found, officer)
    if taken_away(officer) and not use_renewal(Renewal.objects.filter(device__officer=officer)):
        raise ByTwo(
            _("A phone of yours was revoked. Two people of your unit confirm before another is admitted; what is unsent stays on it.")
        )
    before = Device.objects.filter(pk__in=places, officer=officer).exclude(revoked_by=officer)
    if before.exists() and not (use_renewal(Renewal.objects.filter(device__in=before)) or just_used(before)):
        raise ByTwo(
            _("This phone has a place of yours already. Two people of your unit agree before it is set up anew; what is unsent stays.")
        )
    if Device.objects.standing().filter(officer=officer).count() >= MOST:
        raise NotPossible(_("You have %s phones already. Revoke one of them first.") % MOST)
    now = clock.now()
    return Device.objects.create(
        officer=officer, label=called(label), key=key, pepper=secrets.token_hex(32),
        seal_key=keys.current_seal(now), enrolled_at=now, leased_until=now + LEASE,
    )  # fmt: skip


def called(label: str) -> str:
    """What the officer calls it; where that names somebody, the list says whose it is anyway."""
    label = label.strip()[:60]
    return label if label and guard.read(label, kind="visit").clean == label else _("Phone")


def again(found: Device, officer: Officer) -> Device:
    if found.officer_id != officer.pk:
        raise SomebodyElses(_("This phone is registered for a colleague. Each of you has an own place on it."))
    if found.revoked_at and not use_renewal(Renewal.objects.filter(device=found)):
        raise Revoked(_("This phone was revoked; your unit head can have it admitted again."))
    found.revoked_at = found.revoked_by = None
    return leased(found)


@act("device.lease")
def lease(actor: Actor, device: Device) -> Device:
    """Another 72 hours in which the phone may open what it holds."""
    device = Device.objects.select_for_update(of=("self",)).select_related("officer__unit").get(pk=device.pk)
    if device.revoked_at:
        raise Revoked(_("This phone was revoked; your unit head can have it admitted again."))
    return leased(device)


@act("device.reopen")
def reopen(actor: Actor, device: Device) -> Device:
    """Its PIN was forgotten, or it was revoked: two people have agreed, and what opens it is told once more. An answer may be lost on its
    way: for an hour it is given again."""
    device = Device.objects.select_for_update(of=("self",)).select_related("officer__unit").get(pk=device.pk)
    if not use_renewal(Renewal.objects.filter(device=device)) and not just_used(Device.objects.filter(pk=device.pk, revoked_at=None)):
        raise ByTwo(_("Two people of your unit agree first: the unit head under “Phones”, then one more. What is written here stays."))
    device.revoked_at = device.revoked_by = None
    return leased(device)


def just_used(rows: DeviceQuerySet) -> bool:
    return Renewal.objects.filter(device__in=rows, used_at__gt=clock.now() - timedelta(hours=1)).exists()


def leased(device: Device) -> Device:
    now = clock.now()
    device.leased_until, device.seal_key = now + LEASE, keys.current_seal(now)
    device.save(update_fields=["leased_until", "seal_key", "revoked_at", "revoked_by"])
    return device


def taken_away(officer: Officer) -> bool:
    """Whether a phone was revoked by somebody else, and no two people have let this officer in again since."""
    revoked = Device.objects.filter(officer=officer).exclude(revoked_at=None).exclude(revoked_by=officer)
    last = revoked.order_by("-revoked_at").values_list("revoked_at", flat=True).first()
    return last is not None and not Renewal.objects.filter(device__officer=officer, used_at__gte=last).exists()


def use_renewal(rows: RenewalQuerySet) -> bool:
    """Whether two people have let this phone in; that is used up, and whoever forgot the PIN chooses another."""
    now = clock.now()
    return bool(rows.open(now).exclude(confirmed_by=None).update(used_at=now))


@act("device.revoke")
def revoke(actor: Actor, device: Device) -> Device | None:
    """It hands in nothing any more and opens nothing beyond its lease. What it holds unsent stays on it."""
    if device.revoked_at:
        return None
    device.revoked_at, device.revoked_by_id = clock.now(), actor.officer_id
    device.save(update_fields=["revoked_at", "revoked_by"])
    Renewal.objects.open(clock.now()).filter(device=device).update(expires_at=clock.now())
    return device


@act("device.renew")
def ask_renewal(actor: Actor, device: Device, *, why: str) -> Renewal:
    """Asks that a phone that was revoked or is locked be let in again; opens nothing until a second person confirms."""
    if actor.officer_id in (None, device.officer_id):
        raise PermissionDenied(_("Nobody asks this for their own phone."))
    now = clock.now()
    why = kept(why, most=200)
    if not why:
        raise NotPossible(_("Say why."))
    Renewal.objects.open(now).filter(device=device).update(expires_at=now)
    return Renewal.objects.create(device=device, asked_by_id=actor.officer_id, why=why, asked_at=now, expires_at=now + RENEWAL)


@act("device.confirm")
def confirm_renewal(actor: Actor, renewal: Renewal) -> Renewal | None:
    """The second person. From now on the phone, with its officer's own sign-in, is let in once."""
    now = clock.now()
    if renewal.confirmed_by_id or renewal.used_at or renewal.expires_at <= now:
        return None
    if actor.officer_id in (None, renewal.asked_by_id, renewal.device.officer_id):
        raise PermissionDenied(_("This takes a second person: neither who asked, nor whose phone it is."))
    renewal.confirmed_by_id, renewal.confirmed_at = actor.officer_id, now
    renewal.save(update_fields=["confirmed_by", "confirmed_at"])
    return renewal
