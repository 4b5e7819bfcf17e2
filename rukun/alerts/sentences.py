"""What an alert says: of places and counts, in words that blame nobody and no place, and end with a look; pure, no query in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from rukun.alerts.nouns import noun
from rukun.alerts.rules import VERDICTS_NEEDED, WEEKS_NEEDED, Kind, Method, Share, Stage, usual

REASONS: dict[str, str | Promise] = {
    "no_officer": gettext_lazy("Nobody serves there now."),
    "absent": gettext_lazy("Whoever serves there is away, and nobody stands in."),
    "unread": gettext_lazy("Reports were written there, and nobody answered them."),
    "unknown": gettext_lazy("We do not know why yet."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an alert, as far as a sentence needs it."""

    kind: str
    observed: int
    sources: int
    days: int
    places: Sequence[str]  # names, where most is first
    group: str = ""
    code: str = ""  # where all of it is of one kind
    expected: float | None = None
    method: str = Method.ENGINE
    reason: str = ""
    title: str = ""  # of the one report of an urgent alert, for whoever may read it


def opening(kind: str) -> str:
    """The first words of a heading."""
    return {
        Kind.STATISTICAL: _("More than usual:"), Kind.SILENCE: _("Quieter than usual:"), Kind.URGENT: _("Urgent:"),
    }[Kind(kind)]  # fmt: skip


def headline(told: Told) -> str:
    """What, from how many, since when, where: "7 laporan kehilangan motor dari 6 orang dalam 5 hari di sekitar Pasar"."""
    where = listed(told.places)
    if told.kind == Kind.URGENT:
        return _("%(title)s, %(where)s") % {"title": told.title or _("one report that cannot wait"), "where": where}
    if told.kind == Kind.SILENCE:
        if not told.observed:
            return _("no report and no visit %(days)s around %(where)s") % {"days": within(told.days), "where": where}
        heard = ngettext("%(n)s report or visit", "%(n)s reports and visits", told.observed) % {"n": told.observed}
        return _("%(reports)s %(days)s around %(where)s") % {"reports": heard, "days": within(told.days), "where": where}
    people = ngettext("%(n)s person", "%(n)s people", told.sources) % {"n": told.sources}
    said = {"reports": reports(told.observed, noun(told.group, told.code)), "people": people, "days": within(told.days), "where": where}
    return _("%(reports)s from %(people)s %(days)s around %(where)s") % said


def reports(count: int, what: str) -> str:
    if not what:
        return ngettext("%(n)s report", "%(n)s reports", count) % {"n": count}
    return ngettext("%(n)s report of %(what)s", "%(n)s reports of %(what)s", count) % {"n": count, "what": what}


def within(days: int) -> str:
    return _("in one day") if days == 1 else _("in %(n)s days") % {"n": days}


def listed(names: Sequence[str], most: int = 2) -> str:
    """Aia Baliang; Aia Baliang and Sapan; Aia Baliang, Sapan and 3 places more."""
    if not names:
        return pgettext("place", "an unnamed place")
    if len(names) <= most:
        return str(_(" and ")).join(names)
    more = ngettext("%(n)s place more", "%(n)s places more", len(names) - most) % {"n": len(names) - most}
    return _("%(first)s and %(more)s") % {"first": ", ".join(names[:most]), "more": more}


def span(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"


def usually(expected: float | None) -> str:
    """How many are usual, as a span: "1–2"; nothing where it is not known."""
    return "" if expected is None else span(*usual(expected))


def lead(told: Told) -> str:
    """What it means, and what to do: a look, always."""
    if told.kind == Kind.URGENT:
        return _("One report that somebody should read now. No statistics are in it. Take a look.")
    if told.kind == Kind.SILENCE:
        quiet = _("Usually %(usual)s.") % {"usual": usually(told.expected)} if told.expected is not None else ""
        why = str(REASONS.get(told.reason, REASONS["unknown"]))
        return " ".join(filter(None, [quiet, why, _("Quiet does not mean safe: we do not know. Take a look.")]))
    chance = _("Perhaps one and the same thing, perhaps chance. Take a look.")
    if told.expected is None:
        return chance
    if told.method == Method.SIMPLE:
        known = _("Usually %(usual)s in a week, counted from the weeks before alone.")
    else:
        known = _("Usually %(usual)s with this much visiting.")
    return f"{known % {'usual': usually(told.expected)}} {chance}"


def asks(kind: str, stage: str) -> str:
    """What an alert asks for, in two words."""
    if kind == Kind.URGENT:
        return _("read it now")
    return _("look first") if stage == Stage.CHECK else _("act on it")


def history(weeks: int) -> str:
    """An honest beginning; nothing once there is enough of it."""
    if weeks >= WEEKS_NEEDED:
        return ""
    return _("Not enough history yet (%(weeks)s of %(needed)s weeks).") % {"weeks": weeks, "needed": WEEKS_NEEDED}


def simple_only() -> str:
    return _("Until then only a simple rule speaks: a week far above the weeks before it.")


def right(record: Share | None, judged: int, unit: str) -> str:
    """How often such alerts were right, as people say it; before twenty verdicts no figure at all."""
    if record is None:
        return _("No figure yet: %(n)s of the %(needed)s verdicts that it takes.") % {"n": judged, "needed": VERDICTS_NEEDED}
    tenths = span(round(record.low * 10), round(record.high * 10)).replace("–", _(" to "))
    said = {"unit": unit, "hits": record.hits, "of": record.of, "tenths": tenths}
    return _("At %(unit)s %(hits)s of %(of)s were right or partly right: about %(tenths)s of every 10.") % said


def ledger_lead(open_now: int, late: int) -> str:
    """The list in a sentence."""
    if not open_now:
        return _("Nothing stands out that nobody has looked at.")
    waiting = ngettext("%(n)s alert waits for a look", "%(n)s alerts wait for a look", open_now) % {"n": open_now}
    if not late:
        return f"{waiting}."
    past = ngettext("%(n)s of them past its day", "%(n)s of them past their day", late) % {"n": late}
    return _("%(waiting)s, %(past)s.") % {"waiting": waiting, "past": past}
