"""What lies on a desk: unread first, then read but unanswered, then what was answered lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.fieldwork.models import Answer, Reading, Report, ReportQuerySet
from rukun.fieldwork.pages import moment_of
from rukun.fieldwork.rules import rises_at
from rukun.lib import clock
from rukun.officers.rules import LADDER, Role
from rukun.web.templatetags.web import full

SHOWN = 60
SOON = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Line:
    """A report as it lies in the inbox."""

    report: Report
    unread: bool
    answer: Answer | None
    rises: datetime | None
    danger: bool  # nobody has read it, and it sounds like danger now
    soon: bool  # it goes up within hours, or has come up already
    risen: str  # from which desk it came up


def lying_with(actor: Actor) -> ReportQuerySet:
    """The reports whose desk is this hat's, in its units; a chief sees what has risen to him, and may look below."""
    return Report.objects.within(actor, "report.answer").current().exclude(officer=actor.officer_id).filter(desk=actor.role)


def unread_count(actor: Actor) -> int:
    return lying_with(actor).unread().count() if actor.role in LADDER else 0


def lines(actor: Actor, mark: str = "") -> tuple[list[Line], str]:
    """The unread first, then what waits for an answer, the longest on the desk on top; and the mark of the next page."""
    answers = Prefetch("answers", Answer.objects.select_related("officer").order_by("-at"))
    mine = lying_with(actor).select_related("area", "officer", "unit", "code", "recorded_by").prefetch_related(answers).annotate(
        was_read=Exists(Reading.objects.filter(report=OuterRef("pk"))),
        was_answered=Exists(Answer.objects.filter(report=OuterRef("pk"))),
    )  # fmt: skip
    waiting = mine.filter(was_answered=False).filter(beyond(mark)).order_by("was_read", "desk_since", "pk")[: SHOWN + 1]
    found = list(waiting)
    if len(found) > SHOWN:
        last = found[SHOWN - 1]
        return in_order(found[:SHOWN]), f"{int(last.was_read)}_{last.desk_since.isoformat()}_{last.pk}"
    answered = mine.filter(was_answered=True, received_at__gte=clock.now() - timedelta(days=14)).order_by("-received_at")[:10]
    return in_order([*found, *answered]), ""


def in_order(reports: list[Report]) -> list[Line]:
    """The page's lines; what sounds like danger now lies on top."""
    return sorted(map(line, reports), key=lambda row: not row.danger)


def beyond(mark: str) -> Q:
    """What comes after the last row of the page before."""
    read, _, rest = mark.partition("_")
    if read not in {"0", "1"} or not (at := moment_of(rest)):
        return Q()
    further = Q(was_read=read == "1") & (Q(desk_since__gt=at[0]) | Q(desk_since=at[0], pk__gt=at[1]))
    return further if read == "1" else further | Q(was_read=True)


def line(report: Report) -> Line:
    last = next(iter(report.answers.all()), None)
    unread = not report.was_read and last is None  # type: ignore[attr-defined]  # annotated above
    danger = unread and not report.stage and report.sounds_dangerous
    rises = rises_at(report.desk_since, report.stage, report.severity, danger=danger) if unread and report.next_desk else None
    soon = unread and (bool(report.risen_from) or (rises is not None and rises <= clock.now() + SOON))
    return Line(report, unread, last, rises, danger, soon, str(Role(report.risen_from).label) if report.risen_from else "")


def lead(actor: Actor, rows: list[Line]) -> str:
    """The answer to "which reports have I not answered?", in a sentence, and which of them to begin with."""
    waiting = lying_with(actor).unanswered().count()
    if not waiting:
        return _("All are answered.")
    sentence = ngettext("%d waits for an answer", "%d wait for an answer", waiting) % waiting
    answer = _("%(waiting)s, %(unread)s of them unread.") % {"waiting": sentence, "unread": unread_count(actor)}
    hurry = min((row for row in rows if row.rises and row.soon), key=lambda row: str(row.rises), default=None)
    if hurry is None or hurry.rises is None or hurry.rises < clock.now():
        return answer
    at = full(hurry.rises, hurry.report.area.time_zone)
    return answer + " " + _("Begin with “%(title)s”: %(moment)s it goes up.") % {"title": hurry.report.title, "moment": at}
