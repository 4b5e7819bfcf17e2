"""What people are told of problems and actions, and what a notice shows of them."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers
from rukun.problems.models import Action, Problem


def declare() -> None:
    kinds.declare("action.given", _("You were given something to do"), while_open=True)
    kinds.declare("action.due", _("An action of yours is due"), while_open=True)
    kinds.declare("action.late", _("An action of yours is past its day"), while_open=True)
    kinds.declare("action.held_up", _("An action in a problem that you hold is past its day"), while_open=True)
    kinds.declare("action.finished", _("An action that you gave is finished"))
    kinds.declare("action.withdrawn", _("An action of yours was withdrawn"))
    kinds.declare("problem.given", _("A problem was put into your hands"), while_open=True)
    kinds.declare("problem.late", _("A problem is past its day"), while_open=True)
    kinds.declare("problem.reopened", _("A problem was opened again"), while_open=True)
    kinds.declare("problem.solved", _("A problem from your report is solved"))
    kinds.about("problem", problems)
    kinds.about("action", actions)


def problems(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Problem.objects.within(actor).filter(pk__in=numbers(keys))
    return {str(row.pk): Subject(row.title, row.get_absolute_url(), settled=row.is_solved) for row in rows}


def actions(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Action.objects.within(actor).filter(pk__in=numbers(keys))
    return {str(row.pk): Subject(row.text, row.get_absolute_url(), settled=not row.is_open) for row in rows}
