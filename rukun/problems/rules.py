"""How a problem is worked on, by SARA (Eck and Spelman 1987): scanning, analysis, response, assessment; pure, no query in it."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    SCANNING = "scanning", pgettext_lazy("step", "Recognise")
    ANALYSIS = "analysis", pgettext_lazy("step", "Understand")
    RESPONSE = "response", pgettext_lazy("step", "Act")
    ASSESSMENT = "assessment", pgettext_lazy("step", "Judge")
    SOLVED = "solved", _("Solved")


NEXT: dict[Step, tuple[Step, ...]] = {
    Step.SCANNING: (Step.ANALYSIS,),
    Step.ANALYSIS: (Step.RESPONSE,),
    Step.RESPONSE: (Step.ASSESSMENT,),
    Step.ASSESSMENT: (Step.SOLVED, Step.ANALYSIS),  # a response that did not work is analysed again
    Step.SOLVED: (),
}


class Happening(TextChoices):
    """What a line of a problem's story tells."""

    OPENED = "opened", _("Opened")
    JOINED = "joined", _("Another report")
    DESCRIBED = "described", _("Described anew")
    DUE_MOVED = "due_moved", _("Another day")
    MOVED = "moved", _("Another step")
    ASSIGNED = "assigned", _("In other hands")
    NOTED = "noted", _("Progress")
    GIVEN = "given", _("An action given")
    CHANGED = "changed", _("An action changed")
    FINISHED = "finished", _("An action finished")
    WITHDRAWN = "withdrawn", _("An action withdrawn")
    REOPENED = "reopened", _("Opened again")
    REMINDED = "reminded", _("The day has passed")


# after these a problem is found by other words, in another place or by another person
CHANGES_WORDS = frozenset(
    {Happening.OPENED, Happening.JOINED, Happening.DESCRIBED, Happening.MOVED, Happening.REOPENED, Happening.ASSIGNED}
)


class Outcome(TextChoices):
    """How a problem ended; asked at closing."""

    CAUSE_REMOVED = "cause_removed", _("Its cause was removed")
    AGREED = "agreed", _("Those concerned agreed")
    HANDED_OVER = "handed_over", _("Another agency took it over and acted")
    FADED = "faded", _("It stopped by itself")


REMINDED_FOR = timedelta(days=14)  # what has been late for longer is on the board, and no longer news
# days from opening until solved, and until the first dated action, by severity 1 to 5
SOLVE_WITHIN = {1: 60, 2: 45, 3: 30, 4: 14, 5: 7}
ACT_WITHIN = {1: 14, 2: 10, 3: 7, 4: 3, 5: 1}


def due_on(opened_on: date, severity: int) -> date:
    """The day by which a problem of this severity (1 to 5) should be solved; raises KeyError outside 1 to 5."""
    return opened_on + timedelta(days=SOLVE_WITHIN[severity])


def due_again(due: date, severity: int, on: date) -> date:
    """The day for a problem that is opened again: the full time from today, never sooner than what was set before."""
    return max(due, due_on(on, severity))


def act_by(opened_on: date, severity: int) -> date:
    """The day by which a first action should have been given to somebody; raises KeyError outside 1 to 5."""
    return opened_on + timedelta(days=ACT_WITHIN[severity])


def lacks(step: Step, *, analysis: str, actions: int, unfinished: int, to: Step) -> list[str]:
    """What a problem must still hold before it may go from `step` to `to`, in sentences; empty when nothing is missing.

    Analysis must say why it happens here; a response needs at least one action; judging needs every action finished or withdrawn.
    """
    missing = []
    if step == Step.ANALYSIS and to == Step.RESPONSE and not analysis.strip():
        missing.append(gettext("Say first why it happens here."))
    if step == Step.RESPONSE and to == Step.ASSESSMENT and not actions:
        missing.append(gettext("Give at least one action to somebody first."))
    if step == Step.RESPONSE and to == Step.ASSESSMENT and unfinished:
        missing.append(gettext("Some actions are not finished yet."))
    return missing


def lacks_at_closing(outcome: str, outcome_text: str, note: str) -> list[str]:
    """What must be said of a problem that is called solved: how it ended, and what made it end. Empty when both are there."""
    missing = []
    if outcome not in Outcome.values:
        missing.append(gettext("Say how it was solved."))
    if not (outcome_text or note).strip():
        missing.append(gettext("Say what solved it, so that others can learn from it."))
    return missing


def numbered(unit_code: str, year: int, number: int) -> str:
    """The number of a problem as people say it: POLSEK-KOTO-RIMBO/2026/0007."""
    return f"{unit_code}/{year}/{number:04d}"
