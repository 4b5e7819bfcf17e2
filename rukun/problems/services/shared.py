"""What the acts on problems and on actions have in common: who can hold them, locked and unsolved, a line in the story."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import FIELD_ROLES, LADDER
from rukun.problems import found
from rukun.problems.models import Entry, Problem
from rukun.problems.refusals import AlreadySolved, NotServingHere
from rukun.problems.rules import CHANGES_WORDS, Happening
from rukun.territory.models import Unit


def assignable(unit: Unit, on: date) -> QuerySet[Officer]:
    """Those who serve today in a unit or under it, on the street or in command: they can hold a problem or be given an action."""
    roles = [*FIELD_ROLES, *LADDER]
    terms = Assignment.objects.valid(on).filter(role__in=roles, unit__path__gte=unit.path, unit__path__lt=unit.path + "z")
    return Officer.objects.filter(pk__in=terms.values("officer"), left_on=None).order_by("name")


def serves_here(officer: Officer, unit: Unit, on: date) -> None:
    if not assignable(unit, on).filter(pk=officer.pk).exists():
        raise NotServingHere(f"{officer} does not serve in {unit}")


def locked(problem: Problem) -> Problem:
    return Problem.objects.select_for_update(of=("self",)).select_related("unit").get(pk=problem.pk)


def unsolved(problem: Problem) -> Problem:
    problem = locked(problem)
    if problem.is_solved:
        raise AlreadySolved(problem.number)
    return problem


def tell(actor: Actor, problem: Problem, happening: Happening, **what: Any) -> None:
    Entry.objects.create(problem=problem, happening=happening, officer_id=actor.officer_id, at=clock.now(), **what)
    if happening in CHANGES_WORDS:
        found.keep(problem)
