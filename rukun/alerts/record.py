"""The record of a unit's alerts as its page shows it: what was known then, what was done, what became of it; and beside it the simple rules."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rukun.access.scope import Actor
from rukun.alerts import ledger, sentences
from rukun.alerts.ledger import EVENTS_NEEDED, Figures
from rukun.alerts.listing import Row, drawn, rows
from rukun.alerts.models import Alert
from rukun.alerts.nouns import noun
from rukun.alerts.rules import Kind, Method, Rule, Share, Verdict
from rukun.territory.models import Area, Unit

A_YEAR = timedelta(days=365)
LISTED = 60
NAMES = {"engine": gettext_lazy("The watch"), **{str(rule): rule.label for rule in Rule}}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of finding, in words."""

    name: str
    words: int
    found: Share
    lead: float | None

    @property
    def percent(self) -> tuple[int, int]:
        return round(100 * self.found.low), round(100 * self.found.high)


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that did happen, and of which no alert had spoken before."""

    place: str
    day: Any
    what: str


def record(actor: Actor, unit: Unit) -> dict[str, Any]:
    today = unit.today()
    until = ledger.last_day(actor, unit, today)
    figures = ledger.of(unit, until - A_YEAR, until)
    return {
        "unit": unit, "figures": figures, "above": until < today, "lead": lead(figures), "better": better(figures),
        "kinds": [(Kind(kind).label, n) for kind, n in figures.raised.items()], "verdicts": [(Verdict(one).label, n) for one, n in figures.verdicts.items()],
        "ways": [Way(str(NAMES[one.name]), one.words, one.found, one.lead) for one in figures.told] if figures.events else [],
        "misses": misses(figures), "rows": told(actor, unit, figures),
    }  # fmt: skip


def lead(figures: Figures) -> str:
    """How often they were right, by whichever way of finding has verdicts enough; else how far it is from a figure."""
    found = figures.precision[str(Method.ENGINE)] or figures.precision[str(Method.SIMPLE)]
    return sentences.right(found, figures.judged, str(figures.unit))


def better(figures: Figures) -> str:
    """Whether the watch does better than a simple rule would; said also where it does not."""
    if figures.is_better is None:
        n = figures.events
        known = ngettext("%(n)s police report (LP) is on record", "%(n)s police reports (LP) are on record", n) % {"n": n}
        return _("Whether it does better than a simple rule cannot be said yet: %(known)s, it takes %(needed)s and a rule to compare with.") % {
            "known": known, "needed": EVENTS_NEEDED,
        }  # fmt: skip
    if figures.is_better:
        return _("It foresaw more than each of the simple rules, surely more than chance would.")
    return _("It is not better than a simple rule so far: as much would have been known without it.")


def misses(figures: Figures) -> list[Miss]:
    names = {area.path: area.name for area in Area.objects.filter(path__in=[event.path for event in figures.missed])}
    return [Miss(names.get(event.path, ""), event.day, noun(event.group)) for event in figures.missed]


def told(actor: Actor, unit: Unit, figures: Figures) -> list[Row]:
    """Every alert of the unit that this actor sees, the newest first; to those above only what was judged before their day."""
    mine = Alert.objects.within(actor).filter(Q(watched=unit) | Q(unit__path__startswith=unit.path), raised_at__date__lte=figures.until)
    return rows(actor, drawn(mine).order_by("-raised_at", "-pk")[:LISTED])
