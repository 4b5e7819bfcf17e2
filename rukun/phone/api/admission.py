"""With a session: a phone is admitted, and leased again for three days; the officer's work for it to keep."""

import uuid
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie

from rukun.fieldwork.guarded import NotPossible
from rukun.lib import clock
from rukun.officers.middleware import by_password_alone
from rukun.officers.request import Request
from rukun.officers.sessions import has_second_factor
from rukun.phone import keys
from rukun.phone.api.asked import TooLarge, told
from rukun.phone.doors import named, refused, session
from rukun.phone.models import Device
from rukun.phone.rules import Malformed
from rukun.phone.services import devices
from rukun.phone.work import work as work_of


@session("POST")
def enrol(request: Request) -> HttpResponse:
    """Only after the second proof, in this very session."""
    if (lacking := lacks_second(request)) is not None:
        return lacking
    if not request.actor.holds("device.enrol"):
        return refused(403, "not_yours")
    assert request.officer is not None
    try:
        asked = told(request)
        key, label = keys.compact(keys.point(asked.get("key"))), str(asked.get("label") or "")[:60]
        device = devices.enrol(request.actor, request.officer, label=label, key=key, places=names(asked.get("places")))
    except (Malformed, TooLarge):
        return refused(400, "malformed")
    except devices.Revoked:
        return refused(403, "device_revoked", url=reverse("phone:devices"))
    except devices.ByTwo as refusal:
        return by_two(refusal)
    except NotPossible as refusal:
        return JsonResponse({"code": "not_possible", "reason": str(refusal)}, status=403)
    return JsonResponse(admitted(device) | {"rescue": keys.new_rescue(str(device.pk))})


def by_two(refusal: devices.ByTwo) -> HttpResponse:
    return JsonResponse({"code": "two_persons", "reason": str(refusal), "url": reverse("phone:devices")}, status=403)


def lacks_second(request: Request) -> HttpResponse | None:
    """Where a password alone has opened this session."""
    if not by_password_alone(request) or settings.SECOND_FACTOR == "none":
        return None
    return refused(403, "second_factor", url=reverse("mfa_reauthenticate" if has_second_factor(request.user) else "mfa_index"))


def names(given: Any) -> list[uuid.UUID]:
    """As what this phone is known already; what is no name is none."""
    found = []
    for name in given[:20] if isinstance(given, list) else []:
        with suppress(ValueError, TypeError, AttributeError):
            found.append(uuid.UUID(name))
    return found


def own(request: Request) -> Device | HttpResponse:
    """The phone that asks, if it is of whoever has signed in."""
    device = named(request.headers.get("X-Rukun-Device", ""))
    if device is None:
        return refused(401, "device_unknown")
    if device.officer_id != request.actor.officer_id or not request.actor.holds("device.lease"):
        return refused(403, "not_yours")
    return device


@session("POST")
def rescue(request: Request) -> HttpResponse:
    """What the phone locks its data with besides the PIN: a new one for whoever asks, an earlier one again only where two agree."""
    device = own(request)
    if isinstance(device, HttpResponse):
        return device
    try:
        name = told(request).get("id")
    except (Malformed, TooLarge):
        return refused(400, "malformed")
    if name is None:
        return JsonResponse({"rescue": keys.new_rescue(str(device.pk))})
    if (lacking := lacks_second(request)) is not None:
        return lacking
    if not isinstance(name, str) or len(name) > 40:
        return refused(400, "malformed")
    try:
        device = devices.reopen(request.actor, device)
    except devices.ByTwo as refusal:
        return by_two(refusal)
    return JsonResponse(admitted(device) | {"rescue": {"id": name, "secret": keys.rescue(str(device.pk), name)}})


@session("POST")
def lease(request: Request) -> HttpResponse:
    device = own(request)
    if isinstance(device, HttpResponse):
        return device
    try:
        return JsonResponse(admitted(devices.lease(request.actor, device)))
    except devices.Revoked:
        return refused(401, "device_revoked")


def admitted(device: Device) -> dict[str, Any]:
    """All that the phone needs until it comes again."""
    now, officer = clock.now(), device.officer
    lease = {"until": device.leased_until.isoformat(), "issued": now.isoformat(), "device": str(device.pk), "officer": officer.pk}
    return {
        "device": str(device.pk), "server_time": now.isoformat(), "pepper": device.pepper,
        "lease": lease | {"token": keys.signed(lease)},
        "seal_key": keys.public_seal(device.seal_key), "seal_key_id": device.seal_key, "receipt_key": keys.public_signing(),
        "officer": {"id": officer.pk, "label": str(officer)},
        "unit": {"code": officer.unit.code, "label": officer.unit.name, "piket": officer.unit.phone or "110"},
    }  # fmt: skip


@ensure_csrf_cookie
@session("GET", "HEAD")
def work(request: Request) -> HttpResponse:
    if not request.actor.holds("device.enrol"):
        return refused(403, "not_yours")
    assert request.officer is not None
    return JsonResponse(work_of(request.actor, request.officer))
