"""By the phone's own signature: what it hands in, and the public things it renews."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie

from rukun.lib import clock
from rukun.phone import keys
from rukun.phone.api.asked import TooLarge, told
from rukun.phone.doors import SignedRequest, either, refused, signed
from rukun.phone.handed import news
from rukun.phone.intake import Intake, Outcome, Sender, prepare
from rukun.phone.reference import reference as reference_of
from rukun.phone.rules import MOST_ITEMS, WELCOME, Malformed, instant, offset, sampled
from rukun.phone.services import outbox, uploads


@signed("POST")
def batch(request: SignedRequest) -> HttpResponse:
    """Read first, without a lock on anything; then kept in one go; answered when it is on the disk."""
    try:
        asked = told(request)
        items = asked.get("items")
        if not isinstance(items, list):
            raise Malformed("items")
    except TooLarge:
        return refused(413, "too_large")
    except Malformed:
        return refused(400, "malformed")
    if len(items) > MOST_ITEMS:
        return refused(413, "too_large")
    if asked.get("schema") not in WELCOME:
        return refused(426, "schema_old", welcome=list(WELCOME))
    return JsonResponse(handed_in(request, items, asked.get("sent")))


def handed_in(request: SignedRequest, items: list[Any], sent: Any) -> dict[str, Any]:
    now, device = clock.now(), request.device
    client = instant(sent.get("client_ts")) if isinstance(sent, dict) else None
    sender = Sender(device, device.officer, offset(sampled(device.clock, client, now)), now)
    read = [prepare(item, sender) for item in items]
    raw = [item if isinstance(item, dict) and item.get("handed") is True else None for item in items]
    good = [(envelope, intake, came) for (_name, envelope, intake), came in zip(read, raw, strict=True) if envelope is not None]
    handed = outbox.receive(request.actor, device, good, client=client)
    uploads.attach_waiting(request.actor, device, [done.envelope.id for done in handed if done.outcome.kept])
    answers = iter(handed)
    results = [
        result(name, next(answers) if envelope is not None else None, intake)
        if envelope is not None or came is None
        else unopened(request, name, intake, came)
        for (name, envelope, intake), came in zip(read, raw, strict=True)
    ]
    kept = [[str(done.envelope.id), done.outcome.status, done.envelope.sha256] for done in handed if done.outcome.kept]
    receipt = keys.signed({"device": str(device.pk), "server_time": now.isoformat(), "items": kept})
    return {"server_time": now.isoformat(), "results": results, "receipt": receipt}


def unopened(request: SignedRequest, name: str, refusal: Intake | Outcome, came: dict[str, Any]) -> dict[str, Any]:
    """What can't even be opened, and was handed to the unit head: kept as it came, in case its key is found."""
    assert isinstance(refusal, Outcome)
    with suppress(Malformed):  # without a name nothing can be kept: it stays on the phone
        refusal = outbox.give(request.actor, request.device, came, refusal.code)
    return {"id": name, "time_uncertain": False} | refusal.told()


@signed("GET", "HEAD")
def handed(request: SignedRequest) -> HttpResponse:
    """What became of what this officer handed to the unit head."""
    return JsonResponse({"server_time": clock.now().isoformat(), "handed": news(request.device.officer_id)})


def result(name: str, handed: outbox.Handed | None, intake: Intake | Outcome) -> dict[str, Any]:
    if handed is None:
        assert isinstance(intake, Outcome)
        return {"id": name, "time_uncertain": False} | intake.told()
    return {"id": name, "time_uncertain": handed.envelope.uncertain} | handed.outcome.told()


@ensure_csrf_cookie
@either("GET", "HEAD")
def reference(request: SignedRequest) -> HttpResponse:
    """The same again costs the phone nothing but the question."""
    assert request.officer is not None
    content, mark = reference_of(request.officer)
    tag = f'"{mark}"'
    known = tag in request.headers.get("If-None-Match", "")
    answer = HttpResponse(status=304) if known else JsonResponse(content)
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer
