"""Counts and picks what stands on a sheet, within what its reader may see."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.desk.models import Wording
from rukun.desk.rules import LONG, few, sentence
from rukun.desk.sheet import figures
from rukun.desk.sheet.document import Asked, Item, Sheet, is_shielded
from rukun.desk.sheet.period import Period
from rukun.desk.sheet.reach import unreached
from rukun.desk.sheet.rules import Forwarded, Late, proposals
from rukun.fieldwork.models import Answer, Report
from rukun.fieldwork.rules import AnswerKind
from rukun.officers.rules import Role
from rukun.problems.models import Action, Problem
from rukun.territory.models import Unit
from rukun.territory.rules import UnitKind

LOOK_BACK = timedelta(days=180)  # agencies that were asked longer ago are a matter for the archive
ASKED_OF = {UnitKind.POLSEK: Role.SECTOR_CHIEF, UnitKind.POLRES: Role.RESORT_CHIEF}


def sheet(actor: Actor, unit: Unit, period: Period, now: datetime) -> Sheet:
    until = period.until(now)
    on = until.astimezone(unit.zone).date()
    open_then = open_at(actor, unit, until)
    late = [problem for problem in open_then if problem.due < on]
    far, empty, places = unreached(actor, unit, until)
    waiting = unanswered(actor, unit, until)
    solved = solved_in(actor, unit, period)
    wording = Wording.objects.within(actor).standing().filter(unit=unit, span=period.span, first=period.first).first()
    proposed = proposals(
        [late_one(problem, on) for problem in late], forwarded(actor, unit, until, on), empty,
        [called(problem) for problem in open_then if problem.owner_id is None and problem.due >= on],
    )  # fmt: skip
    numbers = figures.of(actor, unit, period, now, open_now=len(open_then), late_now=len(late))
    return Sheet(
        unit=unit.name, asked_of=str(ASKED_OF.get(UnitKind(unit.kind), Role.REGIONAL_DIRECTOR).label), period=period, made_at=now,
        known_until=until, lead=lead(len(solved), len(late), len(far)), decisions=[Asked(text) for text in (wording.texts if wording else proposed)],
        worded=wording is not None, solved=solved, late=[late_item(problem, on) for problem in late], unreached=far, places=places, long=LONG,
        unanswered=waiting, figures=numbers.figures, source=numbers.source, notes=notes(period, now),
    )  # fmt: skip


def lead(solved: int, late: int, far: int) -> str:
    parts = [
        solved and ngettext("%s problem solved", "%s problems solved", solved) % few(solved),
        late and ngettext("%s past its day", "%s past their day", late) % few(late),
        far and ngettext("%s place not reached", "%s places not reached", far) % few(far),
    ]
    return sentence([part for part in parts if part], _("No problem was solved, none is past its day, and every place was reached."))


def of_unit(unit: Unit, path: str = "unit__path") -> Q:
    return Q(**{f"{path}__gte": unit.path, f"{path}__lt": unit.path + "z"})


def open_at(actor: Actor, unit: Unit, at: datetime) -> list[Problem]:
    """Problems that were open at a moment, by their day as it is set now; the heaviest and longest late first."""
    upcoming = Action.objects.all().open().select_related("officer").order_by("due")
    rows = Problem.objects.within(actor).filter(of_unit(unit), Q(solved_at=None) | Q(solved_at__gte=at), opened_at__lt=at)
    rows = rows.select_related("owner", "unit").prefetch_related("areas", Prefetch("actions", upcoming, "upcoming"))
    return sorted(rows, key=lambda problem: (problem.due, -problem.severity, problem.pk))


def solved_in(actor: Actor, unit: Unit, period: Period) -> list[Item]:
    rows = Problem.objects.within(actor).filter(of_unit(unit), solved_at__gte=period.begins, solved_at__lt=period.ends)
    rows = rows.select_related("unit").prefetch_related("areas").order_by("-severity", "solved_at")
    return [item(problem, f"{problem.get_outcome_display()}. {problem.outcome_text}".strip()) for problem in rows]


def late_item(problem: Problem, on: date) -> Item:
    holder = str(problem.owner) if problem.owner else _("in nobody's hands")
    upcoming: list[Action] = problem.upcoming  # type: ignore[attr-defined]  # prefetched
    further = _("next: %(action)s") % {"action": upcoming[0].text} if upcoming else _("no action under way")
    return item(problem, f"{holder}; {further}", days=(on - problem.due).days)


def item(problem: Problem, note: str, days: int | None = None) -> Item:
    places = ", ".join(area.name for area in list(problem.areas.all())[:2])
    return Item(problem.title, places, note, problem.get_absolute_url(), problem.number, is_shielded(problem.code_id), days)


def late_one(problem: Problem, on: date) -> Late:
    upcoming: list[Action] = problem.upcoming  # type: ignore[attr-defined]  # prefetched
    return Late(called(problem), (on - problem.due).days, problem.severity, problem.owner_id is not None, len(upcoming))


def called(problem: Problem) -> str:
    """By its words, or by its number where the words should not go far: decisions are read aloud and sent on."""
    return problem.number if is_shielded(problem.code_id) else problem.title


def unanswered(actor: Actor, unit: Unit, at: datetime) -> list[Item]:
    answered = Exists(Answer.objects.filter(report=OuterRef("pk"), at__lt=at))  # asked of each, never of all answers there are
    rows = Report.objects.within(actor).current().filter(~answered, of_unit(unit), received_at__lt=at)
    # sorted here: asked to sort, SQLite goes through every report of the country in its order of arrival
    return [report_item(report, at) for report in sorted(rows.select_related("area"), key=lambda report: report.received_at)]


def report_item(report: Report, at: datetime) -> Item:
    place = f"{report.place}, {report.area}" if report.place else str(report.area)
    note = _("on the desk of the %(desk)s") % {"desk": Role(report.desk).label}
    shielded = is_shielded(report.code_id or "")
    return Item(report.title, place, note, reverse("fieldwork:report", args=[report.pk]), "", shielded, (at - report.received_at).days)


def forwarded(actor: Actor, unit: Unit, at: datetime, on: date) -> list[Forwarded]:
    """Agencies that were handed something and from which nothing has come since."""
    rows = Answer.objects.within(actor).filter(of_unit(unit, "report__unit__path"), at__lt=at, at__gte=at - LOOK_BACK)
    last: dict[Any, Answer] = {answer.report_id: answer for answer in rows.filter(report__corrected_by=None).order_by("at")}
    by_agency: dict[str, list[Answer]] = defaultdict(list)
    for answer in last.values():
        if answer.kind == AnswerKind.FORWARDED and answer.forwarded_to.strip():
            by_agency[" ".join(answer.forwarded_to.split())].append(answer)
    return [
        Forwarded(agency, len(some), (on - min(answer.at for answer in some).astimezone(unit.zone).date()).days)
        for agency, some in by_agency.items()
    ]


def notes(period: Period, now: datetime) -> list[str]:
    said = [_("More reports do not mean more incidents: what is counted is what was written down.")]
    if period.runs(now):
        said.append(_("This period is still running; it is compared with as much of the one before."))
    else:
        said.append(_("As it stood when the period ended, by the days that are set now."))
    return said
