"""One thing that waits, as a line on the desk: a report, a visit, a problem or an action."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rukun.alerts.listing import Row
from rukun.fieldwork.models import Report, Visit
from rukun.problems.models import Action, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: the matter, then the place and who, and the time."""

    title: str
    url: str
    meta: str
    zone: str
    due: date | None = None
    at: datetime | None = None
    late: bool = False
    new: bool = False


def line_of_report(report: Report, new: bool = False) -> Line:
    return Line(
        report.title,
        reverse("fieldwork:report", args=[report.pk]),
        where_and_who(report),
        report.area.time_zone,
        at=report.received_at,
        new=new,
    )


def where_and_who(report: Report) -> str:
    return f"{report.place + ', ' if report.place else ''}{report.area} · {report.officer}"


def line_of_problem(problem: Problem) -> Line:
    places = ", ".join(area.name for area in list(problem.areas.all())[:2])
    whose = problem.owner or _("in nobody’s hands")
    return Line(
        problem.title,
        problem.get_absolute_url(),
        f"{places} · {whose}",
        problem.unit.time_zone,
        due=problem.due,
        late=problem.is_late(),
    )


def line_of_action(action: Action, who: bool = True) -> Line:
    meta = f"{action.officer} · {action.problem.title}" if who else action.problem.title
    return Line(
        action.text,
        action.get_absolute_url(),
        meta,
        action.problem.unit.time_zone,
        due=action.due,
        late=action.due < action.problem.unit.today(),
    )


def line_of_visit(visit: Visit) -> Line:
    title = f"{visit.get_kind_display()}, {visit.place or visit.area}"
    return Line(title, reverse("fieldwork:visit", args=[visit.pk]), str(visit.area), visit.area.time_zone, at=visit.made_at)


def line_of_alert(row: Row) -> Line:
    alert = row.alert
    usual = _("usually %s") % row.usual if row.usual else ""
    meta = " · ".join(filter(None, [str(capfirst(row.asks)), usual, str(alert.owner or _("nobody looks yet"))]))
    return Line(str(capfirst(row.headline)), alert.get_absolute_url(), meta, alert.unit.time_zone, due=alert.due, late=alert.is_late)
