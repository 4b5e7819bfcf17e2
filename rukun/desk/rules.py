"""What the desk says in one sentence, and when a place has waited long; pure, no query in it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONG = 30  # days without a visit after which a place is named first; a suggestion, never a quota
SCALE = 45  # days at which the bar of a place is full
ANSWERS_FOR = timedelta(days=7)


def few(count: int) -> str:
    """A small number as a word, a larger one as digits."""
    return str(apnumber(count))


def listed(parts: Iterable[str]) -> str:
    """One thing, two with "and", three with commas and "and"."""
    words = [part for part in parts if part]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def sentence(parts: Iterable[str], otherwise: str) -> str:
    """The parts as one sentence, the most pressing first; `otherwise` when nothing waits."""
    said = listed(parts)
    return f"{capfirst(said)}." if said else otherwise


def unread_directives(count: int) -> str:
    return ngettext("%s Atensi to acknowledge", "%s Atensi to acknowledge", count) % few(count) if count else ""


def field_lead(*, late_promises: int, late_actions: int, due_today: int, answers: int, directives: int = 0) -> str:
    """What waits for an officer in the field, the latest first."""
    parts = [
        unread_directives(directives),
        late_promises and ngettext("%s promise past its day", "%s promises past their day", late_promises) % few(late_promises),
        late_actions and ngettext("%s action past its day", "%s actions past their day", late_actions) % few(late_actions),
        due_today and ngettext("%s thing due today or tomorrow", "%s things due today or tomorrow", due_today) % few(due_today),
        answers and ngettext("%s answer to your report", "%s answers to your reports", answers) % few(answers),
    ]
    return sentence(
        [part for part in parts if part], _("Nothing waits for you just now. A good day to go where you have not been for long.")
    )


def command_lead(*, unread: int, late: int, unowned: int, actions: int, directives: int = 0, alerts: int = 0) -> str:
    """What waits for a chief: first what nobody has read, then what is late."""
    parts = [
        unread_directives(directives),
        unread and ngettext("%s report that nobody has read", "%s reports that nobody has read", unread) % few(unread),
        alerts and ngettext("%s alert to look into", "%s alerts to look into", alerts) % few(alerts),
        late and ngettext("%s problem past its day", "%s problems past their day", late) % few(late),
        unowned and ngettext("%s problem in nobody's hands", "%s problems in nobody's hands", unowned) % few(unowned),
        actions and ngettext("%s action past its day", "%s actions past their day", actions) % few(actions),
    ]
    return sentence([part for part in parts if part], _("Every report has been read, no problem is late, and all are in somebody's hands."))


def analyst_lead(*, reports: int, problems: int, late: int) -> str:
    """The week of an area in a sentence."""
    first = ngettext("%s report in the last seven days", "%s reports in the last seven days", reports) % few(reports)
    second = ngettext("%s open problem", "%s open problems", problems) % few(problems)
    third = ngettext("%s of them past its day", "%s of them past their day", late) % few(late) if late else ""
    return sentence([first, second, third], "")


def machine_lead(*, works: bool, dead: int, waiting: int) -> str:
    """How the machine is: whether somebody works, what died, what waits."""
    if not works:
        return _("No worker is alive: nothing that follows a report happens until one is started.")
    if dead:
        return str(
            capfirst(
                ngettext("%s job has failed five times and waits for you.", "%s jobs have failed five times and wait for you.", dead)
                % few(dead)
            )
        )
    if waiting:
        return str(
            capfirst(ngettext("All is well; %s job is in the queue.", "All is well; %s jobs are in the queue.", waiting) % few(waiting))
        )
    return _("All is well; the queue is empty.")


def areas_lead(never: int, long: int, total: int) -> str:
    """Where we have not been for long, and where never."""
    if not total:
        return _("No place is listed in your area yet.")
    if not never + long:
        return _("Every place has been visited within the last 30 days.")
    parts = [
        long
        and ngettext(
            "%(n)s of %(total)s places not visited for more than 30 days",
            "%(n)s of %(total)s places not visited for more than 30 days",
            long,
        )
        % {"n": few(long), "total": total},
        never and ngettext("%(n)s without any visit on record", "%(n)s without any visit on record", never) % {"n": few(never)},
    ]
    return sentence([part for part in parts if part], "")


def since(last: date | None, today: date) -> int | None:
    """Days since a visit; None where there never was one."""
    return None if last is None else (today - last).days


# --- the map -----------------------------------------------------------------------------------------------------------------------

STEPS = 4  # tints that can be told apart, in light and in dark


def classes(most: int) -> list[tuple[int, int]]:
    """The steps of a legend, from 1 to `most`: few and round, the same whatever the map."""
    if most < 1:
        return []
    for ceilings in ((1, 2, 3, 4), (1, 3, 6, 10), (2, 5, 10, 20), (5, 10, 25, 50), (10, 50, 100, 500), (100, 500, 1000, 5000)):
        if most <= ceilings[-1]:
            break
    else:
        ceilings = (1000, 10_000, 100_000, max(most, 1_000_000))
    steps, low = [], 1
    for ceiling in ceilings:
        if low > most:
            break
        steps.append((low, min(ceiling, most) if ceiling == ceilings[-1] else ceiling))
        low = ceiling + 1
    return steps


def class_of(count: int, steps: list[tuple[int, int]]) -> int:
    """Which step a count belongs to, from 1; 0 for none."""
    return next((at for at, (low, high) in enumerate(steps, start=1) if low <= count <= high), len(steps)) if count else 0


STAGES_IN_ORDER = ("", "PG", "AG", "GN")


def furthest(one: str, other: str) -> str:
    return max(one, other, key=STAGES_IN_ORDER.index)
