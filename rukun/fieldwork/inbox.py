"""What lies on a desk: unread first, then read but unanswered, then what was answered lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.fieldwork.models import Answer, Reading, Report, ReportQuerySet
from rukun.fieldwork.rules import rises_at
from rukun.lib import clock
from rukun.officers.rules import LADDER, Role

SHOWN = 60
SOON = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Line:
    """A report as it lies in the inbox."""

    report: Report
    unread: bool
    answer: Answer | None
    rises: datetime | None
    soon: bool  # it goes up within hours, or has come up already
    risen: bool


def lying_with(actor: Actor) -> ReportQuerySet:
    """The reports whose desk is this hat's, in its units; a chief sees what has risen to him, and may look below."""
    return Report.objects.within(actor, "report.answer").current().exclude(officer=actor.officer_id).filter(desk=actor.role)


def unread_count(actor: Actor) -> int:
    return lying_with(actor).unread().count() if actor.role in LADDER else 0


def lines(actor: Actor) -> list[Line]:
    mine = (
        lying_with(actor)
        .select_related("area", "officer", "unit", "code", "recorded_by")
        .annotate(
            was_read=Exists(Reading.objects.filter(report=OuterRef("pk"))),
            was_answered=Exists(Answer.objects.filter(report=OuterRef("pk"))),
        )
    )
    open_ones = mine.filter(was_answered=False).order_by("was_read", "received_at")[:SHOWN]
    answered = mine.filter(was_answered=True, received_at__gte=clock.now() - timedelta(days=14)).order_by("-received_at")[:10]
    return [line(report) for report in [*open_ones, *answered]]


def line(report: Report) -> Line:
    last = report.answers.select_related("officer").order_by("-at").first()
    unread = not report.was_read and last is None  # type: ignore[attr-defined]  # annotated above
    rises = rises_at(report.desk_since, report.stage, report.severity) if unread and report.next_desk else None
    risen = report.desk_since > report.received_at
    soon = unread and (risen or (rises is not None and rises <= clock.now() + SOON))
    return Line(report, unread, last, rises, soon, risen)


def lead(rows: list[Line]) -> str:
    """The answer to "which reports have I not answered?", in a sentence."""
    waiting = [row for row in rows if row.answer is None]
    if not waiting:
        return _("All are answered.")
    unread = sum(row.unread for row in waiting)
    sentence = ngettext("%d waits for an answer", "%d wait for an answer", len(waiting)) % len(waiting)
    return _("%(waiting)s, %(unread)s of them unread.") % {"waiting": sentence, "unread": unread}


def desk_name(role: str) -> str:
    return str(Role(role).label)
