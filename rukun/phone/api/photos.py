"""A photo in pieces: begun, asked how far it has come, continued. What arrives damaged is sent again, and nothing else is."""

import re
import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse

from rukun.phone.api.asked import TooLarge, content, told
from rukun.phone.doors import SignedRequest, refused, signed
from rukun.phone.models import Upload
from rukun.phone.rules import MOST_CHUNK, MOST_PHOTO, Malformed
from rukun.phone.services import uploads

SHA256 = re.compile(r"[0-9a-f]{64}")
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
DAMAGED = 460
STATUS = {Upload.State.KEPT: "ok", Upload.State.WHOLE: "waiting", Upload.State.INVALID: "invalid", Upload.State.OPEN: "open"}


@signed("POST")
def begin(request: SignedRequest) -> HttpResponse:
    try:
        asked = told(request)
        wanted: dict[str, Any] = {
            "id": named(asked.get("id")), "item": named(asked.get("item")), "length": length(asked.get("length")),
            "sha256": checksum(asked.get("sha256")), "alt": str(asked.get("alt") or "")[:200].replace("\x00", ""), "sealed": sealed(asked.get("sealed")),
        }  # fmt: skip
        if asked.get("type") not in KINDS:
            raise Malformed("type")
    except TooLarge:
        return refused(413, "too_large")
    except Malformed:
        return refused(400, "malformed")
    try:
        new = uploads.begin(request.actor, request.device, **wanted)
    except uploads.OtherPhoto:
        return refused(409, "malformed")
    except uploads.TooMany:
        return refused(413, "too_large")
    upload = new or found(request, wanted["id"])
    return JsonResponse({"offset": upload.offset, "status": STATUS[Upload.State(upload.state)]}, status=201 if new else 200)


@signed("HEAD", "PATCH")
def piece(request: SignedRequest, pk: uuid.UUID) -> HttpResponse:
    if (upload := found(request, pk)) is None:
        return refused(404, "not_found")
    if request.method == "HEAD":
        return measured(HttpResponse(), upload)
    try:
        sent, at = content(request, MOST_CHUNK), int(request.headers.get("Upload-Offset", ""))
        uploads.append(request.actor, upload, offset=at, piece=sent, sha256=request.headers.get("X-Chunk-SHA256", ""))
    except TooLarge:
        return refused(413, "too_large")
    except uploads.WrongChecksum as fault:
        return measured(HttpResponse(status=DAMAGED), fault.upload)
    except uploads.WrongOffset as fault:
        return measured(refused(409, "malformed"), fault.upload)
    except (Malformed, ValueError):
        return refused(400, "malformed")
    return continued(request, upload)


def found(request: SignedRequest, pk: uuid.UUID) -> Any:
    """One of mine. Where it is whole and was not opened, since the server was stopped in between, it is now."""
    upload = Upload.objects.within(request.actor, "upload.append").filter(pk=pk).select_related("device__officer__unit").first()
    if upload is not None and upload.state == Upload.State.WHOLE:
        uploads.attach(request.actor, upload)
        upload.refresh_from_db()
    return upload


def continued(request: SignedRequest, upload: Upload) -> HttpResponse:
    """Where the last piece has come, the photo is opened at once, if its record is there."""
    upload.refresh_from_db()
    if upload.state == Upload.State.WHOLE:
        uploads.attach(request.actor, upload)
        upload.refresh_from_db()
    if upload.offset == 0:  # all pieces were right, the whole is not
        return measured(HttpResponse(status=DAMAGED), upload)
    if upload.state == Upload.State.OPEN:
        return measured(HttpResponse(status=204), upload)
    status = STATUS[Upload.State(upload.state)]
    return measured(JsonResponse({"done": True, "status": status, "reason": upload.reason}), upload)


def measured(answer: HttpResponse, upload: Upload) -> HttpResponse:
    answer["Upload-Offset"], answer["Upload-Length"] = str(upload.offset), str(upload.length)
    answer["Upload-Complete"] = "?0" if upload.state == Upload.State.OPEN else "?1"
    answer["Upload-Status"] = STATUS[Upload.State(upload.state)]
    return answer


def named(text: Any) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except (ValueError, TypeError, AttributeError) as error:
        raise Malformed("id") from error


def length(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_PHOTO:
        raise TooLarge(value) if isinstance(value, int) and value > MOST_PHOTO else Malformed("length")
    return value


def checksum(text: Any) -> str:
    if not isinstance(text, str) or not SHA256.fullmatch(text):
        raise Malformed("sha256")
    return text


def sealed(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    if (
        not isinstance(found, dict)
        or set(found) - {"v", "key", "epk", "iv"}
        or not all(isinstance(found.get(name), str) for name in ("key", "iv"))
    ):
        raise Malformed("sealed")
    return found
