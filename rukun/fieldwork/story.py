"""What became of a report: in a word for lists, and as a story for its own page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork.models import Answer, Report
from rukun.fieldwork.services import older_versions
from rukun.officers.rules import Role


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    text: str
    quote: str = ""


def state_of(report: Report) -> str:
    """ "answered", "read" or "sent", in the words of the page."""
    answers = list(report.answers.all())
    if answers:
        return str(answers[0].get_kind_display())
    readings = sorted(report.readings.all(), key=lambda reading: reading.at)
    if readings:
        return _("Read by %s") % readings[0].officer
    return _("Sent, not read yet")


def story(actor: Actor, report: Report) -> list[Event]:
    """Newest first: sent, corrected, read, risen, answered."""
    events = [
        Event(version.received_at, _("Sent by %s") % version.officer)
        for version in [*older_versions(report), report]
        if version.corrects_id is None
    ]
    events += [
        Event(version.received_at, _("Corrected by %s") % version.officer)
        for version in [report, *older_versions(report)]
        if version.corrects_id
    ]
    events += [Event(reading.at, _("Read by %s") % reading.officer) for reading in report.readings.select_related("officer")]
    events += [said(answer) for answer in report.answers.select_related("officer")]
    if report.desk_since > report.received_at:
        events.append(Event(report.desk_since, _("Nobody had read it in time; it went up to the %s") % Role(report.desk).label))
    return sorted(events, key=lambda event: event.at, reverse=True)


def said(answer: Answer) -> Event:
    kind = f"{answer.get_kind_display()} ({answer.forwarded_to})" if answer.forwarded_to else str(answer.get_kind_display())
    return Event(answer.at, _("%(kind)s by %(officer)s") % {"kind": kind, "officer": answer.officer}, answer.text)
