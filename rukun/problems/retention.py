"""A problem solved long ago keeps its kind, places, steps and outcome; what was written in it goes."""

from datetime import datetime

from django.db.models import F, Q

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.fieldwork.rules import REMOVED
from rukun.problems import found
from rukun.problems.models import Action, Entry, Problem
from rukun.search import index

AT_ONCE = 2000


@act("problem.blank", records=("before",))
def blank_problems(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    rows = list(Problem.objects.filter(~Q(title=F("number")), solved_at__lt=before).select_related("unit").order_by("pk")[:AT_ONCE])
    keys = [problem.pk for problem in rows]
    strip(keys)
    return Many(rows) if rows else None


@act("problem.erase", records=("basis",))
def erase_problem(actor: Actor, problem: Problem, *, basis: str) -> Problem:
    """On somebody's right: what was written in it goes, what it was and where and how far it has come stays."""
    strip([problem.pk])
    erasures.remember(erasures.Erased("problems.problem", str(problem.pk)))
    return problem


def strip(keys: list[int]) -> None:
    Problem.objects.filter(pk__in=keys).update(title=F("number"), analysis="", outcome_text="")
    Action.objects.filter(problem__in=keys).update(text=REMOVED, result="", withdrawn_because="")
    Entry.objects.filter(problem__in=keys).update(text="")
    index.forget(found.KIND, *map(str, keys))
    for problem in Problem.objects.filter(pk__in=keys).select_related("unit", "code"):
        found.keep(problem)  # by its number, places and kind alone


@erasures.replays("problems.problem", tables=("problems_problem", "problems_action", "problems_entry"))
def erase_problems_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for problem in Problem.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_problem(actor, problem, basis=erasures.AGAIN)
