"""What an officer records of a contact: whom he met, what residents said, what he promised, and whether it was kept."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import act, declare_note, forget
from rukun.audit.models import Entry
from rukun.fieldwork import counts
from rukun.fieldwork.guarded import NotPossible, kept, kept_place
from rukun.fieldwork.models import Code, Concern, Promise, Visit
from rukun.fieldwork.rules import REMOVED
from rukun.fieldwork.services.shared import author_of, codes, key, moved, older_versions, only_the_newest, same_or_other
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.territory.models import Area

VISIT_READ = declare_note("visit.read")  # somebody other than the author read its notes, and said why


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
    time_uncertain: bool = False,
    handed: bool = False,
) -> Visit | None:
    """One contact. Sent twice, it is kept once."""
    said = heard_of(concerns)
    narrative, place = kept(narrative, kind="visit"), kept_place(place, area)
    if earlier := Visit.objects.filter(pk=id).first():
        heard = [concern.text for concern in earlier.concerns.order_by("pk")]
        told = (earlier.area_id, earlier.kind, earlier.made_at, earlier.narrative, earlier.nothing_said, heard)
        same_or_other(earlier, told == (area.pk, kind, made_at, narrative, nothing_said, [text for text, _code in said]))
        return None
    if nothing_said and said:
        raise NotPossible(_("Residents said something, or nothing: choose one of the two."))
    who, by = author_of(actor, area, author, handed=handed)
    visit = Visit.objects.create(
        id=id, officer=who, recorded_by=by, area=area, kind=kind, place_kind=place_kind, place=place, made_at=made_at,
        time_uncertain=time_uncertain, received_at=clock.now(), people=people, nothing_said=nothing_said, narrative=narrative,
        practice=practice,
    )  # fmt: skip
    fill(visit, topics, said, promises)
    counts.moved(None, counts.fact_of(visit))
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
    time_known: bool = False,
) -> Visit:
    """A new version of one's own visit; the older one stays, and leads to it. What was kept, and what became a report, goes along."""
    only_the_newest(visit)
    narrative, place = kept(narrative, kind="visit"), kept_place(place, visit.area)
    newer = Visit.objects.create(
        officer=visit.officer, recorded_by=visit.recorded_by, area=visit.area, kind=kind, place_kind=place_kind, place=place, made_at=made_at,
        time_uncertain=visit.time_uncertain and not (time_known or moved(visit.made_at, made_at)), received_at=clock.now(), people=people,
        nothing_said=nothing_said, narrative=narrative, practice=visit.practice, corrects=visit,
    )  # fmt: skip
    fill(newer, topics, heard_of(concerns), promises)
    counts.moved(counts.fact_of(visit), counts.fact_of(newer))
    visit.promises.filter(kept_on=None, holder=visit.officer).delete()
    visit.promises.update(visit=newer)
    visit.photos.update(visit=newer)
    for heard in visit.concerns.exclude(report=None):
        newer.concerns.filter(text=heard.text, report=None).update(report=heard.report_id)
    if identity:
        for version in older_versions(newer):
            make_visit_unreadable(actor, version)
    return newer


def make_visit_unreadable(actor: Actor, version: Visit, basis: str = "identitas") -> None:
    version.narrative, version.place, version.identity_removed = "", "", True
    version.save(update_fields=["narrative", "place", "identity_removed"])
    version.concerns.update(text=REMOVED)
    # who read the notes, and why, stays: that line protects the officer
    forget(actor, Entry.objects.of(version).exclude(act=VISIT_READ), basis=basis)
    erasures.remember(erasures.Erased("fieldwork.visit", str(version.pk)))


def heard_of(concerns: Iterable[tuple[str, Code | str | None]]) -> list[tuple[str, Code | str | None]]:
    """What residents said, as it is kept; what is blank was not said."""
    return [(kept(text, kind="visit"), code) for text, code in concerns if text.strip()]


def fill(
    visit: Visit, topics: Iterable[Code | str], said: Iterable[tuple[str, Code | str | None]], promises: Iterable[tuple[str, date]]
) -> None:
    visit.topics.set(codes(topics))
    Concern.objects.bulk_create(Concern(visit=visit, text=text, code_id=key(code)) for text, code in said)
    Promise.objects.bulk_create(
        Promise(visit=visit, holder=visit.officer, text=kept(text, kind="visit", most=200), due=due)
        for text, due in promises
        if text.strip()
    )


@act("promise.keep")
def keep_promise(actor: Actor, promise: Promise, *, outcome: str) -> Promise | None:
    """What was promised was done, and what came of it. Telling it anew replaces the sentence."""
    outcome = kept(outcome, kind="visit", most=200)
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


@act("promise.hand_over", records=("to",))
def hand_over_promise(actor: Actor, promise: Promise, *, to: Officer) -> Promise | None:
    """Residents were promised it by the police, not by a person: whoever comes after keeps it."""
    if promise.kept_on or promise.holder_id == to.pk:
        return None
    promise.holder = to
    promise.save(update_fields=["holder"])
    return promise
