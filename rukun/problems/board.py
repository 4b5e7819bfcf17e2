"""The board: which problems want a push, and how many lie at each step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.problems.models import Action, Problem, ProblemQuerySet
from rukun.problems.portrait import ORDER
from rukun.problems.rules import Step

SHOWN = 50  # of each step; what lies beyond is counted
SOLVED_SHOWN = 20
RECENT = timedelta(days=90)
LATE, UNOWNED, MINE = "lewat", "lepas", "saya"


@dataclass(frozen=True, slots=True)
class Column:
    """What lies at one step: all of it as shapes, and in the list what was not listed above already."""

    step: Step
    everything: list[Problem]
    rows: list[Problem]

    @property
    def above(self) -> int:
        return len(self.everything) - len(self.rows)

    @property
    def shown(self) -> list[Problem]:
        return self.rows[:SHOWN]

    @property
    def beyond(self) -> int:
        return max(0, len(self.rows) - SHOWN)


def problems_of(actor: Actor, view: str = "") -> list[Problem]:
    rows: ProblemQuerySet = Problem.objects.within(actor).unsolved()
    if view == MINE:
        rows = rows.held_by(actor.officer_id)
    listed = [problem for problem in drawn(rows).order_by("due", "pk") if view != LATE or problem.is_late()]
    return [problem for problem in listed if view != UNOWNED or problem.owner_id is None]


def drawn(rows: ProblemQuerySet) -> ProblemQuerySet:
    upcoming = Action.objects.all().open().order_by("due")
    return rows.select_related("unit", "owner", "code").prefetch_related(
        "areas", Prefetch("actions", queryset=upcoming, to_attr="upcoming")
    )


def solved_lately(actor: Actor) -> list[Problem]:
    rows = Problem.objects.within(actor).filter(step=Step.SOLVED, solved_at__gte=clock.now() - RECENT)
    return list(drawn(rows).order_by("-solved_at")[:SOLVED_SHOWN])


def pushed(problems: list[Problem]) -> list[Problem]:
    """What wants a push: first what is late, then what is in nobody's hands, each by its day."""
    late = [problem for problem in problems if problem.is_late()]
    return late + [problem for problem in problems if problem.owner_id is None and not problem.is_late()]


def columns(problems: list[Problem], above: list[Problem]) -> list[Column]:
    listed = {problem.pk for problem in above}
    by_step: dict[str, list[Problem]] = {step: [] for step in ORDER}
    for problem in problems:
        by_step[problem.step].append(problem)
    return [Column(step, rows, [row for row in rows if row.pk not in listed]) for step, rows in by_step.items()]  # type: ignore[arg-type]  # keys are steps


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
