"""What lies in an officer's hands: open promises, actions and problems; and what lies with one who serves there no more."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from rukun.access.scope import Actor
from rukun.fieldwork.models import Promise
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.problems.models import Action, Problem
from rukun.problems.services import assignable
from rukun.territory.models import Unit


@dataclass(slots=True)
class Held:
    """Things in one pair of hands."""

    promises: list[Promise] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.promises) + len(self.actions) + len(self.problems)


def held_by(actor: Actor, officer: Officer) -> Held:
    """What this actor may take out of an officer's hands."""
    promises = Promise.objects.within(actor, "promise.hand_over").filter(holder=officer).open()
    actions = Action.objects.within(actor, "action.change").given_to(officer.pk).open()
    problems = Problem.objects.within(actor, "problem.assign").held_by(officer.pk).unsolved()
    return Held(
        list(promises.select_related("visit__area").order_by("due")),
        list(actions.select_related("problem__unit", "officer").order_by("due")),
        list(problems.select_related("unit").prefetch_related("areas").order_by("due")),
    )


def left_behind(actor: Actor, officer: Officer) -> dict[Officer, Held]:
    """What an officer holds where he serves no more, by whoever answers there now."""
    found: dict[Officer, Held] = {}
    held = held_by(actor, officer)
    for promise in held.promises:
        area = promise.visit.area
        serves = Assignment.objects.over(area.path, area.today()).filter(officer=officer, officer__left_on=None)
        if not serves.exists() and (next_one := answering(area.path, area.today(), officer)):
            found.setdefault(next_one, Held()).promises.append(promise)
    for action in held.actions:
        if next_one := head_instead(officer, action.problem.unit):
            found.setdefault(next_one, Held()).actions.append(action)
    for problem in held.problems:
        if next_one := head_instead(officer, problem.unit):
            found.setdefault(next_one, Held()).problems.append(problem)
    return found


def answering(path: str, on: date, besides: Officer) -> Officer | None:
    """Who answers for an area on the lowest rung where somebody is there."""
    for rung in LADDER:
        if somebody := Officer.objects.answerable(rung, path, on).exclude(pk=besides.pk).order_by("pk").first():
            return somebody
    return None


def head_instead(officer: Officer, unit: Unit) -> Officer | None:
    """Who heads a unit's Binmas work, if this officer no longer serves there."""
    on = unit.today()
    if assignable(unit, on).filter(pk=officer.pk).exists():
        return None
    return head_of(unit, on, besides=officer)


def head_of(unit: Unit, on: date, besides: Officer | None = None) -> Officer | None:
    for rung in LADDER:
        terms = Assignment.objects.valid(on).filter(role=rung, unit=unit)
        heads = Officer.objects.holding(terms).on_duty(on)
        if head := heads.exclude(pk=besides.pk if besides else 0).order_by("pk").first():
            return head
    return None


def no_longer_serving(since: date, on: date) -> list[Officer]:
    """Officers who may still hold what is no longer theirs: a term of theirs ended lately, or they hold none."""
    ended = Assignment.objects.filter(valid_until__lte=on, valid_until__gt=since).values("officer")
    serving = Assignment.objects.valid(on).values("officer")
    gone = Q(pk__in=ended) | ~Q(pk__in=serving) | Q(left_on__isnull=False)
    open_promises = Promise.objects.open().values("holder")
    open_actions = Action.objects.open().values("officer")
    unsolved = Problem.objects.unsolved().exclude(owner=None).values("owner")
    holding = Q(pk__in=open_promises) | Q(pk__in=open_actions) | Q(pk__in=unsolved)
    return list(Officer.objects.filter(gone & holding).select_related("unit"))
