"""Answering people about their data: received, looked for, decided record by record, answered; and forgotten in its turn."""

from datetime import datetime

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.door import Many, act, declare_note
from rukun.lib import clock
from rukun.rights.models import Hit, Request
from rukun.rights.records import RECORDS, found
from rukun.rights.rules import Decision, Outcome, due
from rukun.rights.search import LOOK, passages
from rukun.territory.models import Unit

EXPORTED = declare_note("request.export")
OWN_DATA = declare_note("own.export")


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


def unit_of(actor: Actor) -> Unit | None:
    """The unit for which they answer for data."""
    paths = sorted({grant.unit for grant in actor.grants if grant.unit})
    return Unit.objects.filter(path=paths[0]).first() if paths else None


@act("request.receive", records=("kind",))
def receive(actor: Actor, unit: Unit, *, kind: str, name: str, contact: str, words: str, received_at: datetime) -> Request:
    """The clock runs from when it came in, not from when it was written down."""
    if received_at > clock.now():
        raise NotPossible(_("This lies after now. Check day and time."))
    year = received_at.year
    last = Request.objects.select_for_update().filter(unit=unit, number__startswith=f"HAK/{unit.path}/{year}/").order_by("-number").first()
    serial = int(last.number.rsplit("/", 1)[1]) + 1 if last else 1
    return Request.objects.create(
        number=f"HAK/{unit.path}/{year}/{serial:04}", unit=unit, kind=kind, name=name.strip(), contact=contact, words=words,
        received_at=received_at, due_at=due(received_at), opened_by_id=actor.officer_id,
    )  # fmt: skip


@act("request.search")
def search(actor: Actor, request: Request) -> Request:
    """Looks anew; what was decided stays, what was not found again and not decided goes."""
    still_open(request)
    there = {(one.thing, str(one.record.pk)) for one in passages(actor, request.name)}
    request.hits.filter(decision="").delete()
    known = set(request.hits.values_list("thing", "key"))
    Hit.objects.bulk_create(Hit(request=request, thing=thing, key=key) for thing, key in sorted(there - known))
    request.searched_at = clock.now()
    request.save(update_fields=["searched_at"])
    return request


@act("request.decide", records=("decision",))
def decide(actor: Actor, hit: Hit, *, decision: str, reason: str = "") -> Hit | None:
    """Of one record: erased here and now, left to its author to correct, or kept for a reason."""
    still_open(hit.request)
    if hit.decision == Decision.ERASED:
        return None
    if decision == Decision.KEPT and not reason.strip():
        raise NotPossible(_("Say why it stays."))
    record = found(actor, hit.thing, hit.key, LOOK)
    if decision == Decision.ERASED and record is not None:
        RECORDS[hit.thing].erase(actor, record, basis=hit.request.number)
    hit.decision, hit.reason, hit.decided_at = decision, reason.strip(), clock.now()
    hit.save(update_fields=["decision", "reason", "decided_at"])
    return hit


@act("request.answer", records=("outcome", "article"))
def answer(actor: Actor, request: Request, *, outcome: str, answer: str, article: str = "") -> Request:
    """The answer goes out; who asked, and what for, is forgotten here."""
    still_open(request)
    if outcome == Outcome.REFUSED and not article.strip():
        raise NotPossible(_("A refusal names its article."))
    if request.hits.filter(decision="").exists():
        raise NotPossible(_("Some of what was found is not decided yet."))
    request.name = request.contact = request.words = ""
    request.outcome, request.answer, request.article = outcome, answer, article.strip()
    request.answered_at, request.answered_by_id = clock.now(), actor.officer_id
    request.save(update_fields=["name", "contact", "words", "outcome", "answer", "article", "answered_at", "answered_by"])
    return request


@act("request.ask_export")
def ask_export(actor: Actor, request: Request) -> Request | None:
    """What was found leaves the house as a file only when a second person agrees."""
    still_open(request)
    if request.export_asked_by_id is not None and not request.may_leave(clock.now()):
        return None
    request.export_asked_by_id, request.export_asked_at = actor.officer_id, clock.now()
    request.export_approved_by, request.export_approved_at = None, None
    return saved(request)


@act("request.approve_export", records=("asked_by",))
def approve_export(actor: Actor, request: Request, *, asked_by: int | None = None) -> Request:
    """The second person sees which request it is and who asks, and nothing of what was found."""
    still_open(request)
    if request.export_asked_at is None or request.export_asked_by_id is None:
        raise NotPossible(_("Nobody has asked for the file."))
    if actor.officer_id is None or actor.officer_id == request.export_asked_by_id:
        raise NotPossible(_("Whoever asks for the file does not approve it: a second person does."))
    request.export_approved_by_id, request.export_approved_at = actor.officer_id, clock.now()
    return saved(request)


@act("request.refuse_export")
def refuse_export(actor: Actor, request: Request) -> Request | None:
    """It does not leave, or no longer; by the second person, or taken back by the first."""
    if request.export_asked_at is None:
        return None
    request.export_asked_by, request.export_asked_at, request.export_approved_by, request.export_approved_at = None, None, None, None
    return saved(request)


def saved(request: Request) -> Request:
    request.save(update_fields=["export_asked_by", "export_asked_at", "export_approved_by", "export_approved_at"])
    return request


@act("request.expire", records=("before",))
def expire(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Answered long ago: deleted. The book keeps that it was answered, and when."""
    rows = list(Request.objects.filter(answered_at__lt=before).select_related("unit")[:2000])
    Request.objects.filter(pk__in=[request.pk for request in rows]).delete()
    return Many(rows) if rows else None


def still_open(request: Request) -> None:
    if request.answered_at is not None:
        raise NotPossible(_("This request has been answered."))
