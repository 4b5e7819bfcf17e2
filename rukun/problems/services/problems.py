"""Everything that can be done with a problem. Whatever is done leaves a line in its story, and one in the book."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from rukun.access.roles import permits
from rukun.access.scope import Actor, Where
from rukun.audit.door import act
from rukun.fieldwork.models import Code, Report
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems.models import Counter, Entry, Problem
from rukun.problems.refusals import Lacking, NotSolved, OutOfTurn, kept
from rukun.problems.rules import Happening, Outcome, Step, due_again, due_on, lacks_at_closing, numbered
from rukun.problems.services.shared import locked, serves_here, tell, unsolved
from rukun.territory.models import Area, Unit


@act("problem.open", records=("code", "stage", "severity", "unit", "owner"))
def open_from_reports(
    actor: Actor,
    report: Report,
    *,
    title: str,
    code: Code | str,
    stage: str,
    severity: int,
    reports: Iterable[Report] = (),
    unit: Unit | None = None,
    owner: Officer | None = None,
) -> Problem:
    """Opens a problem from a report and, where they tell of the same, from others."""
    sources = list({one.pk: one for one in (report, *reports)}.values())
    for one in sources:
        actor.must("report.view", one.where())
    unit = unit or own_unit(actor, report.area)
    actor.must("problem.open", Where((report.area.path,), unit=unit.path))
    now, today = clock.now(), unit.today()
    if owner:
        serves_here(owner, unit, today)
    problem = Problem.objects.create(
        number=next_number(unit, today.year), title=kept(title, most=120), code=kind(code), stage=stage, severity=severity, unit=unit, owner=owner,
        opened_by_id=actor.officer_id, opened_at=now, due=due_on(today, severity),
    )  # fmt: skip
    problem.areas.set({one.area for one in sources})
    problem.reports.set(sources)
    tell(actor, problem, Happening.OPENED, step=Step.SCANNING, day=problem.due, person=owner)
    return problem


@act("problem.join", records=("report",))
def join(actor: Actor, problem: Problem, *, report: Report) -> Problem | None:
    """Adds a report that tells of the same; its place becomes one of the problem's."""
    actor.must("report.view", report.where())
    problem = unsolved(problem)
    if problem.reports.filter(pk=report.pk).exists():
        return None
    problem.reports.add(report)
    if not problem.areas.filter(pk=report.area_id).exists():
        problem.areas.add(report.area)
    tell(actor, problem, Happening.JOINED, report=report)
    return problem


@act("problem.follow", records=("report",))
def follow(actor: Actor, problem: Problem, *, report: Report) -> Problem | None:
    """Puts the corrected version of a report in the place of the one before."""
    problem = locked(problem)
    if report.corrects_id is None or not problem.reports.filter(pk=report.corrects_id).exists():
        return None
    before = Report.objects.get(pk=report.corrects_id)
    problem.reports.remove(before)
    problem.reports.add(report)
    Entry.objects.filter(problem=problem, report=before).update(report=report)
    return problem


@act("problem.describe", records=("code", "stage", "severity", "areas"))
def describe(
    actor: Actor,
    problem: Problem,
    *,
    title: str | None = None,
    analysis: str | None = None,
    stage: str | None = None,
    severity: int | None = None,
    code: Code | str | None = None,
    areas: Sequence[Area] | None = None,
) -> Problem | None:
    """Says anew what the problem is and why it happens here; what is not named stays. Another severity means another day."""
    problem = unsolved(problem)
    changed = []
    said = {
        "title": title and kept(title, most=120),
        "analysis": None if analysis is None else kept(analysis),
        "stage": stage,
        "severity": severity,
    }
    for name, value in (said | {"code": code and kind(code)}).items():
        if value is not None and value != getattr(problem, name):
            setattr(problem, name, value)
            changed.append(name)
    if "severity" in changed:
        problem.due = due_on(problem.opened_on, problem.severity)
    problem.save(update_fields=[*changed, "due"])
    if areas is not None and lay(actor, problem, areas):
        changed.append("areas")
    if not changed:
        return None
    tell(actor, problem, Happening.DESCRIBED, text=problem.analysis if "analysis" in changed else "")
    if "severity" in changed:
        tell(actor, problem, Happening.DUE_MOVED, day=problem.due)
    return problem


def lay(actor: Actor, problem: Problem, areas: Sequence[Area]) -> bool:
    """Says in which places the problem is; True when that is another answer than before."""
    before, after = {area.pk for area in problem.areas.all()}, {area.pk: area for area in areas}
    if not after:
        raise Lacking([_("A problem has at least one place.")])
    for pk in after.keys() - before:
        actor.must("area.view", after[pk].where())
    problem.areas.set(after)
    return before != set(after)


@act("problem.move", records=("to", "outcome"))
def move(actor: Actor, problem: Problem, *, to: str, note: str, outcome: str = "", outcome_text: str = "") -> Problem:
    """Takes a problem to its next step, when it holds what that step asks for. The last one asks how it was solved."""
    problem = unsolved(problem)
    note, outcome_text = kept(note), kept(outcome_text)
    step = Step(to)
    if step not in problem.next_steps:
        raise OutOfTurn(f"{problem.step} -> {to}")
    missing = problem.lacks(step)
    if step == Step.SOLVED:
        missing += lacks_at_closing(outcome, outcome_text, note)
    if missing:
        raise Lacking(missing)
    problem.step = step
    if step == Step.SOLVED:
        problem.solved_at, problem.outcome, problem.outcome_text = clock.now(), Outcome(outcome), outcome_text or note
    problem.save(update_fields=["step", "solved_at", "outcome", "outcome_text"])
    tell(actor, problem, Happening.MOVED, step=step, text=note or problem.outcome_text)
    return problem


@act("problem.reopen")
def reopen(actor: Actor, problem: Problem, *, note: str) -> Problem:
    """Takes back that a problem was solved: it is analysed again, and given time again."""
    problem = locked(problem)
    if not problem.is_solved:
        raise NotSolved(problem.number)
    problem.step, problem.solved_at, problem.outcome, problem.outcome_text = Step.ANALYSIS, None, "", ""
    problem.due = due_again(problem.due, problem.severity, problem.unit.today())
    problem.save(update_fields=["step", "solved_at", "outcome", "outcome_text", "due"])
    tell(actor, problem, Happening.REOPENED, step=Step.ANALYSIS, text=kept(note), day=problem.due)
    return problem


@act("problem.assign", records=("owner",))
def assign(actor: Actor, problem: Problem, *, owner: Officer) -> Problem | None:
    """Puts a problem into somebody's hands."""
    problem = unsolved(problem)
    if problem.owner_id == owner.pk:
        return None
    serves_here(owner, problem.unit, problem.unit.today())
    problem.owner = owner
    problem.save(update_fields=["owner"])
    tell(actor, problem, Happening.ASSIGNED, person=owner)
    return problem


@act("problem.note")
def note_progress(actor: Actor, problem: Problem, *, text: str) -> Problem:
    """Adds to the story what was done or found; whoever holds the problem may, and who commands its unit."""
    problem = unsolved(problem)
    tell(actor, problem, Happening.NOTED, text=kept(text))
    return problem


@act("problem.remind")
def remind(actor: Actor, problem: Problem) -> Problem | None:
    """Writes into the story that the day has passed; once for each day that was set."""
    problem = locked(problem)
    today = problem.unit.today()
    if problem.is_solved or problem.due >= today or (problem.reminded_on and problem.reminded_on > problem.due):
        return None
    problem.reminded_on = today
    problem.save(update_fields=["reminded_on"])
    tell(actor, problem, Happening.REMINDED, day=problem.due)
    return problem


def own_unit(actor: Actor, area: Area) -> Unit:
    """The unit that this actor commands and that covers the area."""
    for grant in actor.grants:
        if grant.unit and permits(grant.role, "problem.open") and area.path.startswith(grant.root):
            return Unit.objects.get(path=grant.unit)
    raise PermissionDenied(f"{actor.name} commands no unit that covers {area.path}")


def kind(code: Code | str) -> Code:
    return code if isinstance(code, Code) else Code.objects.get(pk=code)


def next_number(unit: Unit, year: int) -> str:
    Counter.objects.get_or_create(unit=unit, year=year)
    counter = Counter.objects.select_for_update().get(unit=unit, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return numbered(unit.code, year, counter.last)
