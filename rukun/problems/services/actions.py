"""Actions given to people: by a day, changed, finished, withdrawn; each leaves a line in the problem's story."""

from datetime import date

from rukun.access.scope import Actor
from rukun.audit.door import act
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems.models import Action, Problem
from rukun.problems.refusals import AlreadyEnded, DayPassed, kept
from rukun.problems.rules import Happening
from rukun.problems.services.shared import serves_here, tell, unsolved


@act("action.give", records=("officer", "due"))
def give_action(actor: Actor, problem: Problem, *, text: str, officer: Officer, due: date) -> Action:
    """Gives somebody something to do, by a day."""
    problem = unsolved(problem)
    serves_here(officer, problem.unit, problem.unit.today())
    not_past(due, problem)
    action = Action.objects.create(
        problem=problem, text=kept(text, most=200), officer=officer, due=due, given_by_id=actor.officer_id, given_at=clock.now()
    )
    tell(actor, problem, Happening.GIVEN, text=action.text, person=officer, day=due, action=action)
    return action


@act("action.change", records=("officer", "due"))
def change_action(actor: Actor, action: Action, *, text: str, officer: Officer, due: date) -> Action:
    """Gives an action to somebody else, another day, or other words."""
    action = unended(action)
    if officer.pk != action.officer_id:
        serves_here(officer, action.problem.unit, action.problem.unit.today())
    if due != action.due:
        not_past(due, action.problem)
    if text != action.text:  # what stands already goes along unread, into other hands
        action.text = kept(text, most=200)
    action.officer, action.due = officer, due
    action.save(update_fields=["text", "officer", "due"])
    tell(actor, action.problem, Happening.CHANGED, text=action.text, person=officer, day=due, action=action)
    return action


@act("action.finish")
def finish_action(actor: Actor, action: Action, *, result: str) -> Action:
    """Whoever was given it, or who commands, says what came of it."""
    action = unended(action)
    action.finished_at, action.result = clock.now(), kept(result)
    action.save(update_fields=["finished_at", "result"])
    tell(actor, action.problem, Happening.FINISHED, text=action.result, person=action.officer, action=action)
    return action


@act("action.note")
def note_action(actor: Actor, action: Action, *, text: str) -> Action:
    """Whoever was given it says how far it has come; it stays open."""
    action = unended(action)
    tell(actor, action.problem, Happening.NOTED, text=kept(text), person=action.officer, action=action)
    return action


@act("action.withdraw")
def withdraw_action(actor: Actor, action: Action, *, because: str) -> Action:
    """Takes an action back, and says why; it stays to be read."""
    action = unended(action)
    action.withdrawn_at, action.withdrawn_because = clock.now(), kept(because, most=200)
    action.save(update_fields=["withdrawn_at", "withdrawn_because"])
    tell(actor, action.problem, Happening.WITHDRAWN, text=action.withdrawn_because, person=action.officer, action=action)
    return action


def unended(action: Action) -> Action:
    action = Action.objects.select_for_update(of=("self",)).select_related("officer", "problem__unit").get(pk=action.pk)
    if not action.is_open:
        raise AlreadyEnded(action.text)
    return action


def not_past(due: date, problem: Problem) -> None:
    if due < problem.unit.today():
        raise DayPassed(due.isoformat())
