"""The board: which problems want a push, and how many lie at each step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Count, Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.problems.models import Action, Problem, ProblemQuerySet
from rukun.problems.portrait import ORDER
from rukun.problems.rules import Step

SHOWN = 50  # that want a push; what lies beyond is counted
STEP_SHOWN = 25  # of each step
SHAPES = 24
FEW = 500  # keys that are handed on
SOLVED_SHOWN = 20
RECENT = timedelta(days=90)
LATE, UNOWNED, MINE = "lewat", "lepas", "saya"


@dataclass(frozen=True, slots=True)
class Column:
    """What lies at one step: how many, the first of them as shapes, and in the list what was not listed above already."""

    step: Step
    count: int
    stages: list[str]
    shown: list[Problem]
    above: int

    @property
    def beyond(self) -> int:
        return self.count - self.above - len(self.shown)


@dataclass(frozen=True, slots=True)
class Board:
    """All of a board; what is long is counted by the database and shown in part."""

    total: int
    late: int
    unowned: int  # of those not late
    push: list[Problem]
    push_beyond: int
    columns: list[Column]
    several_units: bool


def board_of(actor: Actor, view: str = "") -> Board:
    rows: ProblemQuerySet = Problem.objects.within(actor).unsolved()
    if view == MINE:
        rows = rows.held_by(actor.officer_id)
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        rows = Problem.objects.filter(pk__in=keys)  # which these are is asked once: what follows needs no scope of its own
    late, unowned = rows.late(), rows.unowned().exclude(pk__in=rows.late().values("pk"))
    if view == LATE:
        rows, unowned = late, unowned.none()
    elif view == UNOWNED:
        rows = rows.unowned()
        late = rows.late()
    counts = late.count(), unowned.count()
    first = rows if view in {LATE, UNOWNED} else late
    push = list(drawn(first).order_by("due", "pk")[:SHOWN])
    if view not in {LATE, UNOWNED}:
        push += list(drawn(unowned).order_by("due", "pk")[: SHOWN - len(push)])
    laid = columns(rows, push) if view in {"", MINE} else []
    units = rows.order_by().values_list("unit", flat=True).distinct()[:2]
    return Board(rows.count(), *counts, push, sum(counts) - len(push), laid, len(units) > 1)


def drawn(rows: ProblemQuerySet) -> ProblemQuerySet:
    upcoming = Action.objects.all().open().order_by("due")
    return rows.select_related("unit", "owner", "code").prefetch_related(
        "areas", Prefetch("actions", queryset=upcoming, to_attr="upcoming")
    )


def solved_lately(actor: Actor) -> list[Problem]:
    rows = Problem.objects.within(actor).filter(step=Step.SOLVED, solved_at__gte=clock.now() - RECENT)
    return list(drawn(rows).order_by("-solved_at")[:SOLVED_SHOWN])


def columns(rows: ProblemQuerySet, above: list[Problem]) -> list[Column]:
    counted = dict(rows.order_by().values_list("step").annotate(n=Count("pk", distinct=True)))
    listed = [problem.pk for problem in above]
    found = []
    for step in ORDER:
        here = rows.filter(step=step).order_by("due", "pk")
        stages = list(here.values_list("stage", flat=True)[:SHAPES])
        shown = list(drawn(here.exclude(pk__in=listed))[:STEP_SHOWN])
        found.append(Column(step, counted.get(step, 0), stages, shown, sum(problem.step == step for problem in above)))
    return found


def lead(total: int, late: int, unowned: int) -> str:
    """The board in one sentence: "Five of 13: three past their day, two in nobody's hands."; `unowned` are those not late."""
    if not total:
        return _("No problem is open in your area.")
    if not late + unowned:
        sentence = ngettext(
            "%(count)s problem: within its time, and in somebody's hands.",
            "%(count)s problems: all within their time and in somebody's hands.",
            total,
        )
        return str(capfirst(sentence % {"count": apnumber(total)}))
    parts = []
    if late:
        parts.append(ngettext("%(count)s past its day", "%(count)s past their day", late) % {"count": apnumber(late)})
    if unowned:
        parts.append(ngettext("%(count)s in nobody's hands", "%(count)s in nobody's hands", unowned) % {"count": apnumber(unowned)})
    words: dict[str, Any] = {"count": capfirst(str(apnumber(late + unowned))), "total": total, "parts": ", ".join(parts)}
    return _("%(count)s of %(total)s: %(parts)s.") % words
