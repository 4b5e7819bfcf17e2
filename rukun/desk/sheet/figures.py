"""The numbers beneath: what each is of, over which days, and how it was before, said no surer than it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.desk.sheet.document import NOTHING, Figure
from rukun.desk.sheet.period import Period
from rukun.desk.sheet.reach import places
from rukun.desk.sheet.rules import compared, middle
from rukun.fieldwork.models import Answer, Promise, Report, Visit
from rukun.problems.models import Problem
from rukun.territory.models import Area, Unit
from rukun.territory.rules import ancestors

FEW = 5  # below so many, a median says nothing


@dataclass(frozen=True, slots=True)
class Numbers:
    figures: list[Figure]
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to a moment, and the days in it."""

    begins: datetime
    ends: datetime


def of(actor: Actor, unit: Unit, period: Period, now: datetime, *, open_now: int, late_now: int) -> Numbers:
    this = Span(period.begins, period.until(now))
    then = Span(period.before.begins, period.same_share(now))
    reports, earlier = received(actor, unit, this), received(actor, unit, then)
    visits = visited(actor, unit, this)
    count, authors = reports.count(), reports.values("officer").distinct().count()
    figures = [
        report_figure(reports, count, earlier.count()),
        wait_figure(waits(reports, this), waits(earlier, then)),
        problem_figure(actor, unit, then.ends, open_now, late_now),
        promise_figure(actor, unit, period, now),
        visit_figure(unit, visits, this, visited(actor, unit, then).count()),
    ]
    source = _("Source: reports, visits and problems of %(unit)s, %(days)s. n = %(reports)d reports by %(people)d people, %(visits)d visits.") % {
        "unit": unit.name, "days": period.words(), "reports": count, "people": authors, "visits": visits.count(),
    }  # fmt: skip
    return Numbers(figures, source)


def received(actor: Actor, unit: Unit, span: Span) -> Any:
    rows = Report.objects.within(actor).current().filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "z")
    return rows.filter(received_at__gte=span.begins, received_at__lt=span.ends)


def visited(actor: Actor, unit: Unit, span: Span) -> Any:
    covered = Q(pk__in=[])
    for root in Area.objects.covered_by(unit, span.ends.astimezone(unit.zone).date()):
        covered |= Visit.objects.all().inside(root.path)
    rows = Visit.objects.within(actor).filter(covered, practice=False, corrected_by=None)
    return rows.filter(made_at__gte=span.begins, made_at__lt=span.ends)


def waits(reports: Any, span: Span) -> list[float]:
    """Hours from a report to its first answer, for those answered by then."""
    pairs = reports.annotate(first=Min("answers__at", filter=Q(answers__at__lt=span.ends))).exclude(first=None)
    return [(first - received).total_seconds() / 3600 for received, first in pairs.values_list("received_at", "first")]


def report_figure(reports: Any, count: int, before: int) -> Figure:
    answered = reports.filter(Exists(Answer.objects.filter(report=OuterRef("pk")))).count()
    label = ngettext("report; %d of them answered", "reports; %d of them answered", count) % answered
    return Figure(str(count), label, compared(count, before))


def wait_figure(hours: list[float], before: list[float]) -> Figure:
    label = ngettext(
        "hours to the first answer, the middle of %d answered", "hours to the first answer, the middle of %d answered", len(hours)
    ) % len(hours)
    if len(hours) < FEW:
        return Figure(NOTHING, _("hours to the first answer: too few answered (%d) for a middle") % len(hours))
    past = (
        _("before: %(hours)s hours, of %(n)d") % {"hours": middle(before), "n": len(before)}
        if len(before) >= FEW
        else _("before: too few to say")
    )
    return Figure(str(middle(hours)), label, past)


def problem_figure(actor: Actor, unit: Unit, before: datetime, open_now: int, late_now: int) -> Figure:
    rows = Problem.objects.within(actor).filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "z", opened_at__lt=before)
    earlier = rows.filter(Q(solved_at=None) | Q(solved_at__gte=before)).count()
    label = ngettext("open problem; %d past its day", "open problems; %d past their day", open_now) % late_now
    return Figure(str(open_now), label, _("before: %d") % earlier)


def promise_figure(actor: Actor, unit: Unit, period: Period, now: datetime) -> Figure:
    due, kept = promises(actor, unit, period, now)
    if not due:
        return Figure(NOTHING, _("promises: none came due"))
    past_due, past_kept = promises(actor, unit, period.before, min(now, period.same_share(now)))
    before = _("before: %(kept)d of %(due)d") % {"kept": past_kept, "due": past_due} if past_due else _("before: none came due")
    return Figure(_("%(kept)d of %(due)d") % {"kept": kept, "due": due}, _("promises to residents that came due were kept"), before)


def promises(actor: Actor, unit: Unit, period: Period, now: datetime) -> tuple[int, int]:
    """Due in these days, as far as they have passed; and how many of them were kept."""
    today: date = period.until(now).astimezone(unit.zone).date()
    covered = Q(pk__in=[])
    for root in Area.objects.covered_by(unit, today):
        covered |= Promise.objects.all().inside(root.path)
    rows = Promise.objects.within(actor).filter(covered, visit__practice=False, visit__corrected_by=None, due__gte=period.first)
    rows = rows.filter(due__lte=min(period.last, today))
    return rows.count(), rows.exclude(kept_on=None).count()


def visit_figure(unit: Unit, visits: Any, span: Span, before: int) -> Figure:
    known = places(unit, span.ends.astimezone(unit.zone).date())
    paths = {above for path in visits.values_list("area__path", flat=True).distinct() for above in ancestors(path)}
    reached = sum(area.path in paths for area in known)
    count = visits.count()
    label = ngettext("visit, in %(some)d of %(all)d places", "visits, in %(some)d of %(all)d places", count) % {
        "some": reached,
        "all": len(known),
    }
    return Figure(str(count), label, compared(count, before))
