"""What became of a report: in a word for lists, and as a story for its own page; and who has read the notes of a visit."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit.models import Entry
from rukun.fieldwork.models import Answer, Report, Visit
from rukun.fieldwork.services import VISIT_READ, older_versions
from rukun.officers.models import Officer
from rukun.officers.rules import Role
from rukun.web.templatetags.web import full


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    text: str
    quote: str = ""
    version: Report | None = None  # an older version that can be opened


def state_of(report: Report) -> str:
    """Answered, read or sent, in the words of the page."""
    if answers := list(report.answers.all()):
        return said(max(answers, key=lambda answer: answer.at)).text
    if readings := list(report.readings.all()):
        first = min(readings, key=lambda reading: reading.at)
        return _("Read by %(officer)s, %(moment)s") % {"officer": first.officer, "moment": full(first.at, report.area.time_zone)}
    return _("Sent, not read yet")


def story(actor: Actor, report: Report) -> list[Event]:
    """Newest first: sent, corrected, read, risen, answered."""
    versions = [report, *older_versions(report)]
    events = [Event(each.received_at, told(each), version=None if each is report else each) for each in versions]
    events += [Event(reading.at, _("Read by %s") % reading.officer) for reading in report.readings.select_related("officer")]
    events += [said(answer) for answer in report.answers.select_related("officer")]
    if report.risen_from:
        events.append(Event(report.desk_since, _("Nobody had read it in time; it went up to the %s") % Role(report.desk).label))
    return sorted(events, key=lambda event: event.at, reverse=True)


def told(version: Report) -> str:
    said = (_("Corrected by %s") if version.corrects_id else _("Sent by %s")) % version.officer
    doubt = _("When it happened isn’t certain.")
    return f"{said}. {doubt}" if version.time_uncertain else said


def said(answer: Answer) -> Event:
    kind = f"{answer.get_kind_display()} ({answer.forwarded_to})" if answer.forwarded_to else str(answer.get_kind_display())
    return Event(answer.at, _("%(kind)s by %(officer)s") % {"kind": kind, "officer": answer.officer}, answer.text)


def readers(visit: Visit) -> list[Event]:
    """Who has read somebody's notes, and the reason each gave: from the book, for the officer whose notes they are."""
    entries = Entry.objects.of(visit).filter(act=VISIT_READ).select_related("payload").order_by("-pk")
    names = {f"officer:{officer.pk}": str(officer) for officer in Officer.objects.filter(pk__in=[number(entry) for entry in entries])}
    return [Event(entry.at, names.get(entry.actor, entry.actor), (entry.details or {}).get("reason", "")) for entry in entries]


def number(entry: Entry) -> int:
    return int(entry.actor.removeprefix("officer:")) if entry.actor.startswith("officer:") else 0
