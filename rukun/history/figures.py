"""What the pages of history say in numbers: how many, of which period, how exactly known, and where and when most of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr
from django.utils import formats
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.history.models import Incident, IncidentQuerySet
from rukun.history.rules import CLOSEST_FIRST, Precision
from rukun.territory.models import Area
from rukun.territory.rules import AREA_WIDTHS, lengths

PLACES = 40  # that are listed; what lies beyond is counted
LONG = 24  # months, beyond which years are listed first
PAGE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """How many there are in an area, or in a month: with what the link to them says."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    total: int
    first: date | None
    last: date | None
    sources: int
    exactness: list[tuple[str, int]]
    days: dict[date, int]


def figures(rows: IncidentQuerySet) -> Figures:
    days = dict(rows.order_by().values_list("happened_on").annotate(Count("pk")))
    exact, sources = Counter[str](), set()
    for precision, source, count in rows.order_by().values_list("precision", "source").annotate(Count("pk")):
        exact[precision] += count
        sources.add(source)
    exactness = [(str(Precision(level).label), exact[level]) for level in CLOSEST_FIRST if exact[level]]
    return Figures(sum(days.values()), min(days, default=None), max(days, default=None), len(sources), exactness, days)


def by_time(found: Figures, within: str) -> list[Part]:
    """Months; where the period is long and no year is chosen, years."""
    if found.first is None or found.last is None or len(within) == 7:
        return []
    months = (found.last.year - found.first.year) * 12 + found.last.month - found.first.month
    if not within and months > LONG:
        years = summed(found.days, lambda day: str(day.year))
        return [Part(year, year, count) for year, count in years]
    counted = summed(found.days, lambda day: f"{day:%Y-%m}")
    return [Part(month, formats.date_format(date.fromisoformat(f"{month}-01"), "F Y"), count) for month, count in counted]


def summed(days: dict[date, int], period: Callable[[date], str]) -> list[tuple[str, int]]:
    """By year or month, the newest first. Days are counted by the database; a date is taken apart here, which SQLite does a row at a time."""
    counts = Counter[str]()
    for day, count in days.items():
        counts[period(day)] += count
    return sorted(counts.items(), reverse=True)


def by_place(actor: Actor, rows: IncidentQuerySet, root: str) -> tuple[list[Part], int]:
    """The areas right below, those with most first; what is known no closer than the area itself is not among them. And how many more."""
    width = next((length for length in lengths(AREA_WIDTHS) if length > len(root)), 0)
    if not width:
        return [], 0
    counted = rows.order_by().annotate(home=Substr("path", 1, width)).values_list("home").annotate(n=Count("pk"))
    counts = Counter({path: count for path, count in counted if len(path) == width})
    most = counts.most_common(PLACES)
    names = dict(Area.objects.within(actor).filter(path__in=[path for path, _count in most]).values_list("path", "name"))
    return [Part(path, names.get(path, ""), count) for path, count in most if path in names], max(0, len(counts) - PLACES)


def page(rows: IncidentQuerySet, mark: str) -> tuple[list[Incident], str]:
    """The newest first, and the mark of the next page: what comes after the last row shown, never a number of rows."""
    day, _underscore, key = mark.partition("_")
    if (at := day_in(day)) and key.isascii() and key.isdigit() and len(key) < 19:
        rows = rows.filter(happened_on__lte=at).exclude(happened_on=at, pk__gte=int(key))
    found = list(rows.select_related("area__parent", "code").order_by("-happened_on", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.happened_on.isoformat()}_{last.pk}" if last else ""


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def lead(found: Figures) -> str:
    if not found.total or found.first is None or found.last is None:
        return _("Nothing has been brought in from elsewhere that you may see here.")
    exact = "; ".join(f"{label}: {formats.number_format(count, use_l10n=True, force_grouping=True)}" for label, count in found.exactness)
    told: dict[str, Any] = {
        "n": formats.number_format(found.total, use_l10n=True, force_grouping=True), "sources": found.sources, "exact": exact,
        "first": formats.date_format(found.first, "j F Y"), "last": formats.date_format(found.last, "j F Y"),
    }  # fmt: skip
    if found.first == found.last:
        return _("%(n)s incidents on %(first)s, from %(sources)s sources. How exactly the place is known: %(exact)s.") % told
    return _("%(n)s incidents from %(first)s to %(last)s, from %(sources)s sources. How exactly the place is known: %(exact)s.") % told
