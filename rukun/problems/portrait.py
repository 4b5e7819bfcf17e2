"""What the page of one problem shows to one actor."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rukun.access.scope import Actor
from rukun.fieldwork.models import Report, ReportQuerySet
from rukun.lib import clock
from rukun.problems.models import Action, Entry, Problem, ProblemQuerySet
from rukun.problems.rules import Step

PERMISSIONS = ("problem.move", "problem.describe", "problem.assign", "problem.note", "problem.join", "problem.reopen", "action.give")
RELATED_WITHIN = timedelta(days=30)
ORDER = (Step.SCANNING, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Stop:
    """One step on the way, as it is drawn."""

    step: Step
    done: bool
    current: bool
    entered: Any  # when the problem came to it last


@dataclass(frozen=True, slots=True)
class Onward:
    """A step that may come next, and what is still missing for it."""

    step: Step
    missing: list[str]


def portrait(actor: Actor, problem: Problem) -> dict[str, Any]:
    where = problem.where()
    may = {permission.replace(".", "_"): actor.may(permission, where) for permission in PERMISSIONS}
    told = list(
        Entry.objects.within(actor).filter(problem=problem).select_related("officer", "person", "report", "action").order_by("-at", "-pk")
    )
    seen = list(Report.objects.within(actor).filter(problems=problem).select_related("area", "officer").order_by("-happened_at"))
    everything = problem.reports.values_list("officer", flat=True)
    return {
        "problem": problem,
        "zone": problem.unit.time_zone,
        "places": list(problem.areas.order_by("path")),
        "may": may,
        "stops": stops(problem, told),
        "onward": [Onward(step, problem.lacks(step)) for step in problem.next_steps] if may["problem_move"] else [],
        "actions": actions(actor, problem),
        "story": told,
        "reports": seen,
        "hidden_reports": len(everything) - len(seen),
        "report_count": len(everything),
        "people": len(set(everything)),
        "visible": {report.pk for report in seen},
        "related": related(actor, problem)[:8] if may["problem_join"] and not problem.is_solved else [],
        "alike": alike(actor, problem)[:4],
        "alerts": problem.alerts.within(actor),
        "reads_book": actor.holds("book.view"),
    }


def stops(problem: Problem, told: list[Entry]) -> list[Stop]:
    entered = {entry.step: entry.at for entry in reversed(told) if entry.step}
    place = len(ORDER) if problem.is_solved else ORDER.index(Step(problem.step))
    return [
        Stop(step, number < place, number == place, entered.get(step) if number <= place else None) for number, step in enumerate(ORDER)
    ]


def actions(actor: Actor, problem: Problem) -> list[dict[str, Any]]:
    """Open ones first, by their day; then what has ended, newest first."""
    rows = Action.objects.within(actor).filter(problem=problem).select_related("officer")
    ordered = sorted(rows, key=lambda action: (not action.is_open, action.due, action.pk))
    solved, commands = problem.is_solved, actor.may("action.change", problem.where())
    return [
        {
            "action": row,
            "finish": row.is_open and (commands or row.officer_id == actor.officer_id),
            "change": row.is_open and commands and not solved,
        }
        for row in ordered
    ]


def related(actor: Actor, problem: Problem) -> ReportQuerySet:
    """Reports of the last 30 days, of the same group of kinds and from the same villages, that belong to no problem yet."""
    paths = [area.path for area in problem.areas.all()]
    return similar(actor, problem.code.group, paths).exclude(problems=problem)


def similar(actor: Actor, group: str, paths: list[str]) -> ReportQuerySet:
    since = clock.now() - RELATED_WITHIN
    near = Report.objects.none()
    for village in sorted({path[:10] for path in paths}):
        near = near | Report.objects.within(actor).current().filter(Report.objects.all().inside(village))
    recent = near.filter(code__group=group, happened_at__gte=since, problems=None)
    return recent.select_related("area", "officer", "code").distinct().order_by("-happened_at")


def unsolved_like(actor: Actor, report: Report) -> ProblemQuerySet:
    """Problems that this report may belong to already: unsolved, of its group of kinds, in its village."""
    near = Problem.objects.within(actor, "problem.join").unsolved().in_area(report.area.path[:10])
    return (
        near.filter(code__group=report.code.group if report.code else "")
        .exclude(reports=report)
        .select_related("unit")
        .order_by("-opened_at")
    )


def alike(actor: Actor, problem: Problem) -> list[Problem]:
    """Solved problems of the same kind: what worked elsewhere."""
    solved = Problem.objects.within(actor).filter(step=Step.SOLVED, code=problem.code_id).exclude(pk=problem.pk)
    return list(solved.select_related("unit").order_by("-solved_at")[:4])
