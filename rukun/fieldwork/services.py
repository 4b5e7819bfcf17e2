"""What officers record and what becomes of it: visits, promises, reports, readings, assessments, answers."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.door import act, declare_note, forget
from rukun.audit.models import Entry
from rukun.fieldwork.models import Answer, Code, Concern, Promise, Reading, Report, Visit
from rukun.fieldwork.rules import REMOVED, rises_at
from rukun.lib import clock
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER, Role
from rukun.territory.models import Area, Unit

R = TypeVar("R", Visit, Report)
VISIT_READ = declare_note("visit.read")  # somebody other than the author read its notes, and said why


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


class OtherContent(NotPossible):
    """The same record was sent before with other words: both can't be it."""


class AlreadyCorrected(NotPossible):
    """A newer version exists; it is the one to correct."""


# --- visits ------------------------------------------------------------------------------------------------------------------------


@act("visit.receive", records=("kind", "author", "practice"))
def receive_visit(
    actor: Actor,
    area: Area,
    *,
    id: uuid.UUID,
    kind: str,
    made_at: datetime,
    place_kind: str = "",
    place: str = "",
    people: int | None = None,
    topics: Iterable[Code | str] = (),
    nothing_said: bool = False,
    narrative: str = "",
    concerns: Iterable[tuple[str, Code | str | None]] = (),
    promises: Iterable[tuple[str, date]] = (),
    author: Officer | None = None,
    practice: bool = False,
) -> Visit | None:
    """One contact. Sent twice, it is kept once."""
    said = [(text.strip(), code) for text, code in concerns if text.strip()]
    if earlier := Visit.objects.filter(pk=id).first():
        heard = [concern.text for concern in earlier.concerns.order_by("pk")]
        told = (earlier.area_id, earlier.kind, earlier.made_at, earlier.narrative, earlier.nothing_said, heard)
        same_or_other(earlier, told == (area.pk, kind, made_at, narrative, nothing_said, [text for text, _code in said]))
        return None
    if nothing_said and said:
        raise NotPossible(_("Residents said something, or nothing: choose one of the two."))
    who, by = author_of(actor, area, author)
    visit = Visit.objects.create(
        id=id, officer=who, recorded_by=by, area=area, kind=kind, place_kind=place_kind, place=place, made_at=made_at,
        received_at=clock.now(), people=people, nothing_said=nothing_said, narrative=narrative, practice=practice,
    )  # fmt: skip
    fill(visit, topics, said, promises)
    return visit


@act("visit.correct", records=("identity",))
def correct_visit(
    actor: Actor,
    visit: Visit,
    *,
    kind: str,
    made_at: datetime,
    place_kind: str = "",
    place: str = "",
    people: int | None = None,
    topics: Iterable[Code | str] = (),
    nothing_said: bool = False,
    narrative: str = "",
    concerns: Iterable[tuple[str, Code | str | None]] = (),
    promises: Iterable[tuple[str, date]] = (),
    identity: bool = False,
) -> Visit:
    """A new version of one's own visit; the older one stays, and leads to it. What was kept, and what became a report, goes along."""
    only_the_newest(visit)
    newer = Visit.objects.create(
        officer=visit.officer, recorded_by=visit.recorded_by, area=visit.area, kind=kind, place_kind=place_kind, place=place, made_at=made_at,
        received_at=clock.now(), people=people, nothing_said=nothing_said, narrative=narrative, practice=visit.practice, corrects=visit,
    )  # fmt: skip
    fill(newer, topics, [(text.strip(), code) for text, code in concerns if text.strip()], promises)
    visit.promises.filter(kept_on=None).delete()
    visit.promises.update(visit=newer)
    for heard in visit.concerns.exclude(report=None):
        newer.concerns.filter(text=heard.text, report=None).update(report=heard.report_id)
    if identity:
        for version in older_versions(newer):
            make_visit_unreadable(actor, version)
    return newer


def make_visit_unreadable(actor: Actor, version: Visit) -> None:
    version.narrative, version.place, version.identity_removed = "", "", True
    version.save(update_fields=["narrative", "place", "identity_removed"])
    version.concerns.update(text=REMOVED)
    # who read the notes, and why, stays: that line protects the officer
    forget(actor, Entry.objects.of(version).exclude(act=VISIT_READ), basis="identitas")


def fill(
    visit: Visit, topics: Iterable[Code | str], said: Iterable[tuple[str, Code | str | None]], promises: Iterable[tuple[str, date]]
) -> None:
    visit.topics.set(codes(topics))
    Concern.objects.bulk_create(Concern(visit=visit, text=text, code_id=key(code)) for text, code in said)
    Promise.objects.bulk_create(Promise(visit=visit, text=text, due=due) for text, due in promises if text.strip())


@act("promise.keep")
def keep_promise(actor: Actor, promise: Promise, *, outcome: str) -> Promise | None:
    """What was promised was done, and what came of it. Telling it anew replaces the sentence."""
    if promise.kept_on and promise.outcome == outcome:
        return None
    promise.kept_on, promise.outcome = promise.kept_on or promise.visit.area.today(), outcome
    promise.save(update_fields=["kept_on", "outcome"])
    return promise


@act("promise.reopen")
def reopen_promise(actor: Actor, promise: Promise) -> Promise | None:
    """It was not kept after all."""
    if promise.kept_on is None:
        return None
    promise.kept_on, promise.outcome = None, ""
    promise.save(update_fields=["kept_on", "outcome"])
    return promise


# --- reports -----------------------------------------------------------------------------------------------------------------------


@act("report.receive", records=("code", "basis", "author", "practice"))
def receive_report(
    actor: Actor,
    area: Area,
    *,
    id: uuid.UUID,
    title: str,
    facts: str,
    basis: str,
    happened_at: datetime,
    opinion: str = "",
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    code: Code | str | None = None,
    author: Officer | None = None,
    practice: bool = False,
    concern: Concern | None = None,
) -> Report | None:
    """Laporan deteksi dini: laid on the first desk of the unit that answers for the place. Sent twice, it is kept once."""
    if earlier := Report.objects.filter(pk=id).first():
        told = (earlier.area_id, earlier.title, earlier.facts, earlier.opinion, earlier.basis, earlier.happened_at)
        same_or_other(earlier, earlier.identity_removed or told == (area.pk, title, facts, opinion, basis, happened_at))
        return None
    who, by = author_of(actor, area, author)
    now = clock.now()
    unit = Unit.objects.covering(area.path, area.today()).first()
    report = Report.objects.create(
        id=id, officer=who, recorded_by=by, area=area, unit=unit, place=place, latitude=latitude, longitude=longitude,
        happened_at=happened_at, received_at=now, title=title, facts=facts, opinion=opinion, basis=basis, code_id=key(code),
        practice=practice, desk=first_desk(area, who), desk_since=now,
    )  # fmt: skip
    if concern is not None:
        Concern.objects.filter(pk=concern.pk, visit__officer=who).update(report=report)
    return report


@act("report.correct", records=("identity",))
def correct_report(
    actor: Actor,
    report: Report,
    *,
    title: str,
    facts: str,
    basis: str,
    happened_at: datetime,
    opinion: str = "",
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    code: Code | str | None = None,
    identity: bool = False,
) -> Report:
    """A new version. It lies where the old one lay and keeps its assessment; where it removes somebody's identity, the older
    versions become unreadable, here and in the book."""
    only_the_newest(report)
    newer = Report.objects.create(
        officer=report.officer, recorded_by=report.recorded_by, area=report.area, unit=report.unit, place=place, latitude=latitude,
        longitude=longitude, happened_at=happened_at, received_at=clock.now(), title=title, facts=facts, opinion=opinion, basis=basis,
        code_id=key(code), stage=report.stage, severity=report.severity, source_grade=report.source_grade,
        content_grade=report.content_grade, assessed_by=report.assessed_by, practice=report.practice, desk=report.desk,
        desk_since=report.desk_since, risen_from=report.risen_from, corrects=report,
    )  # fmt: skip
    newer.other_codes.set(report.other_codes.all())
    Answer.objects.filter(report=report).update(report=newer)
    Reading.objects.filter(report=report).update(report=newer)
    Concern.objects.filter(report=report).update(report=newer)
    if identity:
        for version in older_versions(newer):
            make_unreadable(actor, version)
    return newer


def make_unreadable(actor: Actor, version: Report) -> None:
    version.title, version.facts, version.opinion, version.place = REMOVED, REMOVED, "", ""
    version.latitude = version.longitude = None
    version.identity_removed = True
    version.save(update_fields=["title", "facts", "opinion", "place", "latitude", "longitude", "identity_removed"])
    forget(actor, Entry.objects.of(version), basis="identitas")


def older_versions(record: R) -> list[R]:
    """All that a record corrects, the newest first."""
    versions = []
    while record.corrects is not None:
        record = record.corrects
        versions.append(record)
    return versions


@act("report.open")
def open_report(actor: Actor, report: Report) -> Reading | None:
    """Somebody whose desk it is reads it, for the first time; the author sees who and when."""
    if actor.officer_id in (None, report.officer_id) or Reading.objects.filter(report=report, officer=actor.officer_id).exists():
        return None
    return Reading.objects.create(report=report, officer_id=actor.officer_id, at=clock.now())


@act("report.assess", records=("stage", "severity", "code", "source_grade", "content_grade"))
def assess(
    actor: Actor,
    report: Report,
    *,
    stage: str,
    severity: int | None,
    code: Code | str | None,
    other_codes: Iterable[Code | str] = (),
    source_grade: str = "",
    content_grade: str = "",
) -> Report:
    """How far it has gone, how heavy it is, and what it is; whoever reads it first says so, and may say it anew."""
    only_the_newest(report)
    report.stage, report.severity, report.code_id = stage, severity, key(code)
    report.source_grade, report.content_grade, report.assessed_by_id = source_grade, content_grade, actor.officer_id
    report.save(update_fields=["stage", "severity", "code", "source_grade", "content_grade", "assessed_by"])
    report.other_codes.set(codes(other_codes)[:2])
    return report


@act("report.answer", records=("kind",))
def answer(actor: Actor, report: Report, *, kind: str, text: str, forwarded_to: str = "") -> Answer:
    """One sentence to whoever reported it. A second answer is added; nothing that was said is taken back."""
    only_the_newest(report)
    if actor.officer_id is None or actor.officer_id == report.officer_id:
        raise PermissionDenied(_("Nobody answers his own report; the next desk does."))
    if kind == "forwarded" and not forwarded_to.strip():
        raise NotPossible(_("Say to whom it was forwarded."))
    open_report(actor, report)
    return Answer.objects.create(
        report=report, officer_id=actor.officer_id, kind=kind, text=text, forwarded_to=forwarded_to, at=clock.now()
    )


@act("report.escalate", records=("desk",))
def escalate(actor: Actor, report: Report, *, desk: str) -> Report | None:
    """Nobody has read it in time: it lies on the next desk from now on."""
    if report.desk == desk or report.readings.exists() or report.answers.exists():
        return None
    report.risen_from, report.desk, report.desk_since = report.desk, desk, clock.now()
    report.save(update_fields=["risen_from", "desk", "desk_since"])
    return report


def is_due_to_rise(report: Report, now: datetime) -> bool:
    return now >= rises_at(report.desk_since, report.stage, report.severity)


def next_desk(report: Report) -> Role | None:
    """The next rung on which somebody is there to read it."""
    rungs = LADDER[LADDER.index(Role(report.desk)) + 1 :]
    return next((rung for rung in rungs if somebody_reads(rung, report.area, report.officer)), None)


def first_desk(area: Area, author: Officer) -> Role:
    return next((rung for rung in LADDER if somebody_reads(rung, area, author)), Role.SECTOR_UNIT_HEAD)


def somebody_reads(rung: Role, area: Area, author: Officer) -> bool:
    """Whether somebody other than the author answers for the area on this rung today."""
    return Officer.objects.answerable(rung, area.path, area.today()).exclude(pk=author.pk).exists()


# --- shared ------------------------------------------------------------------------------------------------------------------------


def author_of(actor: Actor, area: Area, author: Officer | None) -> tuple[Officer, Officer | None]:
    """Whose record it is, and who typed it where that is somebody else: an operator writes for officers of the unit."""
    if actor.officer_id is None:
        raise PermissionDenied(_("Only somebody in service records this."))
    typist = Officer.objects.get(pk=actor.officer_id)
    if author is None or author.pk == typist.pk:
        if actor.role == "operator":
            raise NotPossible(_("Choose the officer for whom you write this."))
        return typist, None
    if actor.role != "operator" or not any(grant.unit is None and author.unit.path.startswith(typist.unit.path) for grant in actor.grants):
        raise PermissionDenied(_("You write for yourself; an operator writes for the officers of the unit."))
    served = Assignment.objects.valid(area.today()).filter(officer=author)
    if not any(term_reaches(term, area) for term in served.prefetch_related("areas")):
        raise NotPossible(_("%s does not serve in this place.") % author)
    return author, typist


def term_reaches(term: Assignment, area: Area) -> bool:
    roots = [root.path for root in term.areas.all()] or list(
        Area.objects.covered_by(term.unit, area.today()).values_list("path", flat=True)
    )
    return any(area.path.startswith(root) for root in roots)


def same_or_other(earlier: Visit | Report, same: bool) -> None:
    if not same:
        raise OtherContent(_("This was sent before, with other words. Open the earlier one and correct it."))


def only_the_newest(record: Visit | Report) -> None:
    if type(record).objects.filter(corrects=record).exists():
        raise AlreadyCorrected(_("There is a newer version of this. Open that one."))


def codes(named: Iterable[Code | str]) -> list[Code]:
    return list(Code.objects.filter(pk__in=[key(code) for code in named]))


def key(code: Code | str | None) -> str | None:
    return code.pk if isinstance(code, Code) else (code or None)
