"""What becomes of a report: received, read, assessed, answered, corrected, and one rung higher where nobody read it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import act, forget
from rukun.audit.models import Entry
from rukun.fieldwork import counts, found
from rukun.fieldwork.guarded import NotPossible, kept, kept_place
from rukun.fieldwork.models import Answer, Code, Concern, Photo, Reading, Report
from rukun.fieldwork.rules import REMOVED, URGENT_LIMIT, rises_at
from rukun.fieldwork.services.shared import author_of, codes, held, key, moved, older_versions, only_the_newest, same_or_other
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.officers.rules import LADDER, Role
from rukun.search import index
from rukun.territory.models import Area, Unit


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
    time_uncertain: bool = False,
    handed: bool = False,
    concern: Concern | None = None,
) -> Report | None:
    """Laporan deteksi dini: laid on the first desk of the unit that answers for the place. Sent twice, it is kept once."""
    title, facts, opinion, place = kept(title, most=120), kept(facts), kept(opinion), kept_place(place, area)
    if earlier := Report.objects.filter(pk=id).first():
        told = (earlier.area_id, earlier.title, earlier.facts, earlier.opinion, earlier.basis, earlier.happened_at)
        same_or_other(earlier, earlier.identity_removed or told == (area.pk, title, facts, opinion, basis, happened_at))
        return None
    who, by = author_of(actor, area, author, handed=handed)
    now = clock.now()
    unit = Unit.objects.covering(area.path, area.today()).first()
    report = Report.objects.create(
        id=id, officer=who, recorded_by=by, area=area, unit=unit, place=place, latitude=latitude, longitude=longitude,
        happened_at=happened_at, time_uncertain=time_uncertain, received_at=now, title=title, facts=facts, opinion=opinion, basis=basis,
        code_id=key(code), practice=practice, desk=first_desk(area, who), desk_since=now,
    )  # fmt: skip
    if concern is not None:
        Concern.objects.filter(pk=concern.pk, visit__officer=who).update(report=report)
    counts.moved(None, counts.fact_of(report))
    found.keep(report)
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
    time_known: bool = False,
) -> Report:
    """A new version. It lies where the old one lay and keeps its assessment; where it removes somebody's identity, the older
    versions become unreadable, here and in the book."""
    report = held(report)
    only_the_newest(report)
    title, facts, opinion, place = kept(title, most=120), kept(facts), kept(opinion), kept_place(place, report.area)
    newer = Report.objects.create(
        officer=report.officer, recorded_by=report.recorded_by, area=report.area, unit=report.unit, place=place, latitude=latitude,
        longitude=longitude, happened_at=happened_at,
        time_uncertain=report.time_uncertain and not (time_known or moved(report.happened_at, happened_at)), received_at=clock.now(), title=title, facts=facts, opinion=opinion, basis=basis,
        code_id=key(code), stage=report.stage, severity=report.severity, source_grade=report.source_grade,
        content_grade=report.content_grade, assessed_by=report.assessed_by, practice=report.practice, desk=report.desk,
        desk_since=report.desk_since, risen_from=report.risen_from, corrects=report,
    )  # fmt: skip
    counts.moved(counts.fact_of(report), counts.fact_of(newer))
    newer.other_codes.set(report.other_codes.all())
    index.drop(found.KIND, str(report.pk))
    found.keep(newer)
    Answer.objects.filter(report=report).update(report=newer)
    Reading.objects.filter(report=report).update(report=newer)
    Concern.objects.filter(report=report).update(report=newer)
    Photo.objects.filter(report=report).update(report=newer)
    if identity:
        for version in older_versions(newer):
            make_unreadable(actor, version)
    return newer


def make_unreadable(actor: Actor, version: Report, basis: str = "identitas") -> None:
    version.title, version.facts, version.opinion, version.place = REMOVED, REMOVED, "", ""
    version.latitude = version.longitude = None
    version.identity_removed = True
    version.save(update_fields=["title", "facts", "opinion", "place", "latitude", "longitude", "identity_removed"])
    index.forget(found.KIND, str(version.pk))
    forget(actor, Entry.objects.of(version), basis=basis)
    erasures.remember(erasures.Erased("fieldwork.report", str(version.pk)))


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
    before = counts.fact_of(held(report))
    only_the_newest(report)
    report.stage, report.severity, report.code_id = stage, severity, key(code)
    report.source_grade, report.content_grade, report.assessed_by_id = source_grade, content_grade, actor.officer_id
    report.save(update_fields=["stage", "severity", "code", "source_grade", "content_grade", "assessed_by"])
    counts.moved(before, counts.fact_of(report))
    report.other_codes.set(codes(other_codes)[:2])
    found.keep(held(report))
    return report


@act("report.answer", records=("kind",))
def answer(actor: Actor, report: Report, *, kind: str, text: str, forwarded_to: str = "") -> Answer:
    """One sentence to whoever reported it. A second answer is added; nothing that was said is taken back."""
    only_the_newest(report)
    if actor.officer_id is None or actor.officer_id == report.officer_id:
        raise PermissionDenied(_("Nobody answers his own report; the next desk does."))
    if kind == "forwarded" and not forwarded_to.strip():
        raise NotPossible(_("Say to whom it was forwarded."))
    text, forwarded_to = kept(text, most=400), kept(forwarded_to, most=80)
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
    if now < report.desk_since + URGENT_LIMIT:
        return False
    return now >= rises_at(report.desk_since, report.stage, report.severity, danger=report.sounds_dangerous)


def next_desk(report: Report) -> Role | None:
    """The next rung on which somebody is there to read it."""
    rungs = LADDER[LADDER.index(Role(report.desk)) + 1 :]
    return next((rung for rung in rungs if somebody_reads(rung, report.area, report.officer)), None)


def first_desk(area: Area, author: Officer) -> Role:
    return next((rung for rung in LADDER if somebody_reads(rung, area, author)), Role.SECTOR_UNIT_HEAD)


def somebody_reads(rung: Role, area: Area, author: Officer) -> bool:
    """Whether somebody other than the author answers for the area on this rung today."""
    return Officer.objects.answerable(rung, area.path, area.today()).exclude(pk=author.pk).exists()
