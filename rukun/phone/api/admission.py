"""With a session: a phone is admitted, and leased again for three days; the officer's work for it to keep."""

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
    if by_password_alone(request) and settings.SECOND_FACTOR != "none":
        page = "mfa_reauthenticate" if has_second_factor(request.user) else "mfa_index"
        return refused(403, "second_factor", url=reverse(page))
    if not request.actor.holds("device.enrol"):
        return refused(403, "not_yours")
    assert request.officer is not None
    try:
        asked = told(request)
        key, label = keys.compact(keys.point(asked.get("key"))), str(asked.get("label") or "")[:60]
        device = devices.enrol(request.actor, request.officer, label=label, key=key)
    except (Malformed, TooLarge):
        return refused(400, "malformed")
    except devices.Revoked:
        return refused(403, "device_revoked", url=reverse("phone:devices"))
    except devices.ByTwo as refusal:
        return JsonResponse({"code": "two_persons", "reason": str(refusal), "url": reverse("phone:devices")}, status=403)
    except NotPossible as refusal:
        return JsonResponse({"code": "not_possible", "reason": str(refusal)}, status=403)
    return JsonResponse(admitted(device))


@session("POST")
def lease(request: Request) -> HttpResponse:
    device = named(request.headers.get("X-Rukun-Device", ""))
    if device is None:
        return refused(401, "device_unknown")
    if device.officer_id != request.actor.officer_id or not request.actor.holds("device.lease"):
        return refused(403, "not_yours")
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
