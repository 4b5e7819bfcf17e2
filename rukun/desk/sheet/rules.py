"""Which decisions to propose, why a place was not reached, and how two numbers are honestly compared; pure, no query in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DECISIONS = 3
PATIENCE = 14  # days after which an agency that was asked and has not answered is worth a letter


@dataclass(frozen=True, slots=True)
class Late:
    """A problem past its day, as far as a proposal needs it."""

    title: str
    days: int
    severity: int
    owned: bool
    open_actions: int


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Reports handed to one agency from which nothing has come back."""

    agency: str
    count: int
    days: int  # since the oldest


def proposals(late: Iterable[Late], forwarded: Iterable[Forwarded], empty_villages: list[str], unowned: Iterable[str]) -> list[str]:
    """Three at most, each of another kind first: who holds it, what is missing, which agency, who serves where; then the next of each."""
    problems = sorted(late, key=lambda one: (-one.severity, -one.days, one.title))
    kinds = [
        [words_unowned(one.title, one.days) for one in problems if not one.owned] + [words_unowned(title, 0) for title in unowned],
        [words_late(one) for one in problems if one.owned],
        [words_forwarded(one) for one in sorted(forwarded, key=lambda one: (-one.days, one.agency)) if one.days > PATIENCE],
        [words_empty(empty_villages)] if empty_villages else [],
    ]
    found: list[str] = []
    while len(found) < DECISIONS and any(kinds):
        for kind in kinds:
            if kind and len(found) < DECISIONS:
                found.append(kind.pop(0))
    return found


def words_unowned(title: str, days: int) -> str:
    if not days:
        return _("Name who holds “%(title)s”; it is in nobody's hands.") % {"title": title}
    late = ngettext("%d day past its day", "%d days past its day", days) % days
    return _("Name who holds “%(title)s”; it is in nobody's hands and %(late)s.") % {"title": title, "late": late}


def words_late(one: Late) -> str:
    late = ngettext("%d day past its day", "%d days past its day", one.days) % one.days
    if not one.open_actions:
        return _("Decide on “%(title)s”: %(late)s, and no action is under way.") % {"title": one.title, "late": late}
    return _("Help or a new day for “%(title)s”: %(late)s.") % {"title": one.title, "late": late}


def words_forwarded(one: Forwarded) -> str:
    asked = ngettext("%d report, the oldest", "%d reports, the oldest", one.count) % one.count
    days = ngettext("%d day ago", "%d days ago", one.days) % one.days
    return _("A letter to %(agency)s: %(asked)s %(days)s, without an answer.") % {"agency": one.agency, "asked": asked, "days": days}


def words_empty(villages: list[str]) -> str:
    named, more = ", ".join(villages[:3]), len(villages) - 3
    places = _("%(named)s and %(more)d more") % {"named": named, "more": more} if more > 0 else named
    return _("An officer for %(places)s, where nobody serves now.") % {"places": places}


# --- why a place was not reached ----------------------------------------------------------------------------------------------------


def why(*, serving: int, away: int, until: str, last: date | None) -> str:
    """The plainest cause that the records know; that somebody serves there and has not come yet is one, too."""
    if not serving:
        return _("nobody serves there")
    if away >= serving:
        return _("who serves there is away until %s") % until if until else _("who serves there is away")
    if last is None:
        return _("served, no visit on record yet")
    return _("served; why not is not on record")


# --- comparing ----------------------------------------------------------------------------------------------------------------------


def compared(now: int, before: int) -> str:
    """A count beside the one before. Two counts that chance alone could set apart (two standard errors of a Poisson difference) are
    called about the same: what is not known to differ is not said to."""
    if abs(now - before) <= 2 * sqrt(now + before):
        return _("about as many as before (%d)") % before
    return _("more than before (%d)") % before if now > before else _("fewer than before (%d)") % before


def middle(hours: list[float]) -> int | None:
    """The median in whole hours; None where there is nothing to take it of."""
    if not hours:
        return None
    ordered, half = sorted(hours), len(hours) // 2
    return round(ordered[half] if len(hours) % 2 else (ordered[half - 1] + ordered[half]) / 2)
