"""The two doors of the phone's addresses: one opens to a phone's own signature, the other to somebody who signed in; both answer in JSON."""

import hashlib
import uuid
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from rukun.access.policy import View, policy
from rukun.access.scope import Actor, Grant
from rukun.officers.middleware import lacks_proof
from rukun.officers.request import Request
from rukun.phone.keys import expanded, unb64
from rukun.phone.models import Device
from rukun.phone.rules import Malformed

DEVICE, SESSION, EITHER = "phone by its signature", "phone by a session", "phone by either"

REASONS: dict[str, str | Promise] = {
    "sign_in": _("Sign in again. Nothing on the phone is lost."),
    "second_factor": _("For this the phone asks for your second proof, too: a code or a passkey."),
    "device_unknown": _("This phone isn't known. Sign in and register it."),
    "device_revoked": _("This phone was revoked. What is unsent stays on it; your unit head can have it admitted again."),
    "account_closed": _("This account is closed. What is unsent stays on the phone; ask your unit head."),
    "signature": _("The signature of this phone doesn't fit. Sign in and register it anew."),
    "malformed": _("This can't be read."),
    "too_large": _("This is too large to be sent at once."),
    "schema_old": _("This app is too old for the server. Open it with a network once, it renews itself; nothing is lost."),
    "csrf": _("The page is too old. Open it again."),
    "not_found": _("There is nothing here."),
    "method": _("This isn't possible here."),
    "not_yours": _("You may not do this here."),
    "busy": _("The server is busy. The phone tries again by itself."),
}


class SignedRequest(Request):
    """For types alone: the door sets the phone."""

    device: Device


def refused(status: int, code: str, **more: object) -> JsonResponse:
    return JsonResponse({"code": code, "reason": str(REASONS[code])} | more, status=status)


def of_device(device: Device) -> Actor:
    """A phone acts for its officer, and may only hand in what it holds."""
    officer = device.officer
    return Actor(f"officer:{officer.pk}", "device", "service", (Grant("device", "z", "service"),), officer.pk, officer.account_id)


def by_signature(request: SignedRequest) -> HttpResponse | None:
    """A phone that was enrolled and not revoked, of an officer in service whose account is open; asked anew each time."""
    device = named(request.headers.get("X-Rukun-Device", ""))
    if device is None:
        return refused(401, "device_unknown")
    try:
        if not fits(device, request.method or "", request.get_full_path(), request.body, request.headers.get("X-Rukun-Signature", "")):
            return refused(401, "signature")
    except RequestDataTooBig:
        return refused(413, "too_large")
    except UnreadablePostError:  # cut off on the way: whoever asked is gone
        return refused(400, "malformed")
    if device.revoked_at:
        return refused(401, "device_revoked")
    account = device.officer.account
    if account is None or not account.is_active or device.officer.left_on:
        return refused(401, "account_closed")
    request.device, request.officer, request.actor = device, device.officer, of_device(device)
    return None


def named(key: str) -> Device | None:
    try:
        return Device.objects.select_related("officer__unit", "officer__account").filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def fits(device: Device, method: str, path: str, body: bytes, signature: str) -> bool:
    said = f"{method}\n{path}\n{hashlib.sha256(body).hexdigest()}".encode()
    try:
        raw = unb64(signature)
        if len(raw) != 64:
            return False
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        expanded(device.key).verify(der, said, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, Malformed, ValueError):
        return False
    return True


def by_session(request: Request) -> HttpResponse | None:
    """Somebody in service who signed in with all the proofs that the role asks for."""
    if not request.user.is_authenticated:
        return refused(401, "sign_in")
    if request.officer is None:
        return refused(403, "not_yours")
    if lacks_proof(request):
        return refused(403, "second_factor", url=reverse("mfa_index"))
    return None


def by_either(request: SignedRequest) -> HttpResponse | None:
    return by_signature(request) if "X-Rukun-Device" in request.headers and "X-Rukun-Signature" in request.headers else by_session(request)


DOORS: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {DEVICE: by_signature, SESSION: by_session, EITHER: by_either}  # type: ignore[dict-item]  # the middlewares before have made it one of ours


def signed(*methods: str) -> Callable[[View], View]:
    """For a phone alone, by its signature: no cookie is asked, so no other site can borrow one."""
    return _through(DEVICE, methods, lambda view: csrf_exempt(view))


def session(*methods: str) -> Callable[[View], View]:
    return _through(SESSION, methods, lambda view: view)


def either(*methods: str) -> Callable[[View], View]:
    return _through(EITHER, methods, lambda view: view)


def _through(door: str, methods: tuple[str, ...], besides: Callable[[View], View]) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.methods = methods  # type: ignore[attr-defined]  # as a policy, carried by the function
        return besides(login_not_required(policy(door)(view)))

    return declare
