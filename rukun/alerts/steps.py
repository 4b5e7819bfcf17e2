"""What to look at next: each begins with "coba tengok", and none sends anybody out by itself; pure, no query in it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rukun.alerts.rules import Kind

MOST = 4
DAYTIMES = ((4, gettext_lazy("early in the morning")), (10, gettext_lazy("in the morning")), (15, gettext_lazy("around noon")),
           (19, gettext_lazy("in the late afternoon")), (24, gettext_lazy("in the evening and at night")))  # fmt: skip

BY_GROUP: dict[str, Promise] = {
    "CRM": gettext_lazy("Take a look at the lights, where vehicles stand, and who is there at that hour."),
    "VUL": gettext_lazy("Take a look, with PPA, at whether those concerned are safe and accompanied. Visit no home without a companion."),
    "ORD": gettext_lazy("Take a look at who is disturbed, and where else people could meet."),
    "CON": gettext_lazy("Take a look together with the wali nagari and those whom both sides trust."),
    "ELC": gettext_lazy("Take a look at the place alone, and leave what was said to Bawaslu and KPU. Keep to no side."),
    "CYB": gettext_lazy("Take a look at whether it is the same message, and how residents can report it."),
    "ENV": gettext_lazy("Take a look at the spot, and ask which office looks after it."),
    "SVC": gettext_lazy("Take a look at what residents have waited for, and tell them what becomes of it."),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One report as far as a step needs it: where in the village, and at which hour there."""

    spot: str
    hour: int


def steps(kind: str, group: str, seen: Sequence[Seen], places: Sequence[str], reason: str = "") -> list[str]:
    """A few things to look at, the most telling first."""
    if kind == Kind.URGENT:
        return [
            _("Take a look at the report now, and ring whoever wrote it, or the officer on duty."),
            _("Take a look at whether somebody is on the way already; if life is in danger, ring 110."),
        ]
    if kind == Kind.SILENCE:
        first = {
            "no_officer": _("Take a look at who could serve there; the list of areas without an officer shows what is missing."),
            "absent": _("Take a look at who stands in until the officer is back."),
            "unread": _("Take a look at the reports from there that nobody has answered; who is not answered stops writing."),
        }.get(reason, _("Take a look with the officer of the area: what kept people from reporting, or from being visited?"))
        return [first, _("Take a look yourself: stop by at the village office or the watch post, and ask how the last weeks have been.")]
    found = [step for step in (where_most(seen), when_most(seen)) if step]
    found.append(_("Take a look at the reports one by one: is it the same thing, or several that happen to come together?"))
    if group in BY_GROUP:
        found.append(str(BY_GROUP[group]))
    if len(places) > 1:
        found.append(_("Take a look at what these places share: a road, a market day, the same hour."))
    return found[:MOST]


def where_most(seen: Sequence[Seen]) -> str:
    """The spot from which at least two reports, and a third of all, come."""
    spots = [one.spot for one in seen if one.spot]
    spot, n = top(spots)
    if n < 2 or n * 3 < len(seen):
        return ""
    came = ngettext("%(n)s of %(all)s reports come from there.", "%(n)s of %(all)s reports come from there.", n)
    return _("Take a look at %(spot)s:") % {"spot": spot} + " " + came % {"n": n, "all": len(seen)}


def when_most(seen: Sequence[Seen]) -> str:
    """The part of the day in which at least three reports, and half of all, happened."""
    part, n = top([str(part_of(one.hour)) for one in seen])
    if n < 3 or n * 2 < len(seen):
        return ""
    return _("Take a look %(part)s: then happened %(n)s of %(all)s.") % {"part": part, "n": n, "all": len(seen)}


def part_of(hour: int) -> str | Promise:
    return next(word for until, word in DAYTIMES if hour < until)


def top(words: Iterable[str]) -> tuple[str, int]:
    counted = Counter(words).most_common(1)
    return counted[0] if counted else ("", 0)
