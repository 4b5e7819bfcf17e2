"""One unit's load by stage, by kind and by place, against what was usual there; what the page and the map beside it show."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.scope import Actor
from rukun.alerts.load import Count, Exposure, arrows, usual
from rukun.alerts.nouns import GROUPS
from rukun.alerts.sentences import span
from rukun.fieldwork.rules import Counted, Stage
from rukun.fieldwork.tallies import Tally, TallyQuerySet
from rukun.territory.models import Area, Unit
from rukun.territory.rules import DISTRICT, REGENCY, VILLAGE, UnitKind

PERIODS = (7, 30, 90)
BASE_WEEKS, LEAST_WEEKS = 26, 8
MOST_PLACES = 60
UNTOLD = ("-", "none")  # what is new is not assessed yet: that there is more of it says nothing
KINDS = (UnitKind.POLSEK, UnitKind.POLRES, UnitKind.POLDA)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what, how many, how many are usual, and whether it changed more than chance would."""

    key: str
    label: str
    now: int
    usual: str = ""
    beyond: int = 0  # on which side of what is usual, by chance or not
    arrow: int = 0
    stages: tuple[tuple[str, int], ...] = ()
    area: Area | None = None

    @property
    def compares(self) -> bool:
        return bool(self.usual) and self.key not in UNTOLD


@dataclass(slots=True)
class Load:
    """The page."""

    unit: Unit
    days: int
    first: date
    last: date
    base_first: date
    weeks: int  # of base
    total: Row
    stages: list[Row] = field(default_factory=list)
    kinds: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    visits: int = 0
    base_visits: int = 0
    level: int = VILLAGE
    before: int = 0  # reports of the base

    @property
    def compares(self) -> bool:
        return self.weeks >= LEAST_WEEKS

    @property
    def visits_usual(self) -> int:
        """As many visits as such days had on average."""
        return round(self.base_visits * self.days / (7 * self.weeks)) if self.weeks else 0


def units_of(actor: Actor) -> list[Unit]:
    """Those whose load this actor may read, the widest first."""
    reached = Unit.objects.none()
    for grant in actor.grants:
        if grant.unit is not None:
            reached = reached | Unit.objects.within(actor).filter(path__startswith=grant.unit)
        else:
            reached = reached | Unit.objects.within(actor).filter(jurisdictions__area__path__startswith=grant.root)
    return list(reached.serving().filter(kind__in=KINDS).distinct().order_by("path")[:200])


def load(actor: Actor, unit: Unit, days: int) -> Load:
    on = unit.today()
    first = on - timedelta(days=days - 1)
    roots = [area.path for area in Area.objects.covered_by(unit, on)]
    rows = Tally.objects.within(actor).filter(kind=str(Counted.REPORT), path__in=roots)
    weeks = weeks_known(rows, first)
    base_first = first - timedelta(days=7 * weeks)
    found = rows.between(base_first, on).order_by().values_list("day", "code", "stage", "n")
    counted = [(day, code[:3], stage, n) for day, code, stage, n in found]
    # of all visits, whoever asks: an arrow points the same way for everybody; how many there were is told to those who may know
    visits = Tally.objects.filter(kind=str(Counted.VISIT), path__in=roots).between(base_first, on)
    of_visits = Pile.of(visits.order_by().values_list("day", "n"))
    drawn = Load(unit, days, first, on, base_first, weeks, Row("", "", 0))
    drawn.visits, drawn.base_visits = of_visits.now(first), of_visits.before(first)
    level, places = places_of(actor, roots, on)
    drawn.level = level
    of_places = by_place(actor, [area.path for area in places], base_first, on)
    filled(drawn, counted, places, of_places)
    return drawn


def weeks_known(rows: TallyQuerySet, first: date) -> int:
    """Whole weeks of reports before the period, at most half a year."""
    earliest = rows.order_by("day").values_list("day", flat=True).first()
    return min(BASE_WEEKS, max(0, (first - earliest).days // 7)) if earliest else 0


class Pile(Counter[date]):
    """Counts by day."""

    @classmethod
    def of(cls, rows: Iterable[tuple[date, int]]) -> "Pile":
        pile = cls()
        for day, n in rows:
            pile[day] += n
        return pile

    def now(self, first: date) -> int:
        return sum(n for day, n in self.items() if day >= first)

    def before(self, first: date) -> int:
        return sum(n for day, n in self.items() if day < first)

    def count(self, first: date, weeks: int) -> Count:
        each = [0] * weeks
        for day, n in self.items():
            if day < first and (at := (first - day - timedelta(days=1)).days // 7) < weeks:
                each[at] += n
        return Count(self.now(first), sum(each), tuple(each))


def filled(drawn: Load, counted: list[tuple[date, str, str, int]], places: list[Area], of_places: dict[str, Pile]) -> None:
    """All rows at once: the arrows of a page are judged together."""
    every = Pile()
    stages, kinds = defaultdict[str, Pile](Pile), defaultdict[str, Pile](Pile)
    parts = defaultdict[str, Counter[str]](Counter)
    for day, group, stage, n in counted:
        every[day] += n
        stages[stage][day] += n
        kinds[group][day] += n
        if day >= drawn.first:
            parts[group][stage] += n
    labels = {"": _("all kinds")} | {group: str(word) for group, word in GROUPS.items()}
    said: list[tuple[str, str, Pile, Area | None]] = [("", _("all reports"), every, None)]
    said += [(stage, str(Stage(stage).label), stages[stage], None) for stage in reversed(Stage.values)]
    said += [("-", _("not assessed yet"), stages[""], None)] if stages[""] else []
    in_stages = len(said)
    said += [(group, labels[group], kinds[group], None) for group in GROUPS if kinds[group]]
    said += [("none", _("no kind given yet"), kinds[""], None)] if kinds[""] else []
    in_kinds = len(said)
    said += [(area.path, area.name, of_places[area.path], area) for area in places]
    counts = [pile.count(drawn.first, drawn.weeks) for _key, _label, pile, _area in said]
    told = [at for at, (key, *_rest) in enumerate(said) if key not in UNTOLD]
    over = Exposure(drawn.days, max(7 * drawn.weeks, 1), drawn.visits, drawn.base_visits)
    pointing = [0] * len(counts)
    if drawn.compares:
        for at, arrow in zip(told, arrows([counts[at] for at in told], over), strict=True):
            pointing[at] = arrow
    spans = [usual(count, over) if drawn.compares else None for count in counts]
    made = [
        Row(key, label, count.now, span(*around) if around else "", beyond(count.now, around), arrow, in_order(parts["" if key == "none" else key]) if at >= in_stages else (), area)
        for at, ((key, label, _pile, area), count, around, arrow) in enumerate(zip(said, counts, spans, pointing, strict=True))
    ]  # fmt: skip
    drawn.total, drawn.stages, drawn.kinds = made[0], made[1:in_stages], made[in_stages:in_kinds]
    drawn.places = sorted(made[in_kinds:], key=lambda row: (-row.now, row.key))
    drawn.before = counts[0].before


def beyond(now: int, around: tuple[int, int] | None) -> int:
    return 0 if around is None else (now > around[1]) - (now < around[0])


def in_order(stages: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((stage, stages[stage]) for stage in (*reversed(Stage.values), "") if stages[stage])


def places_of(actor: Actor, roots: list[str], on: date) -> tuple[int, list[Area]]:
    """What lies below, at the finest level that can still be read as a list."""
    below = Area.objects.none()
    for root in roots:
        below = below | Area.objects.within(actor).filter(Area.objects.all().inside(root))
    for level in (VILLAGE, DISTRICT, REGENCY):
        found = list(below.at_level(level).valid(on).order_by("path")[: MOST_PLACES + 1])
        if found and (len(found) <= MOST_PLACES or level == REGENCY):
            return level, found[:MOST_PLACES]
    return VILLAGE, []


def by_place(actor: Actor, paths: list[str], first: date, last: date) -> dict[str, Pile]:
    piles: dict[str, Pile] = defaultdict(Pile)
    rows = Tally.objects.within(actor).filter(kind=str(Counted.REPORT), path__in=paths).between(first, last)
    for path, day, n in rows.order_by().values_list("path", "day", "n"):
        piles[path][day] += n
    return piles


def lead(drawn: Load) -> str:
    """The page in two sentences: how many against how many, and what changed."""
    reports = ngettext("%(n)s report", "%(n)s reports", drawn.total.now) % {"n": drawn.total.now}
    if not drawn.compares:
        known = {"weeks": drawn.weeks, "needed": LEAST_WEEKS}
        return _("%(reports)s in %(days)s days.") % {"reports": reports, "days": drawn.days} + " " + (
            _("What is usual cannot be said yet (%(weeks)s of %(needed)s weeks).") % known
        )  # fmt: skip
    first = _("%(reports)s in %(days)s days; usually %(usual)s.") % {"reports": reports, "days": drawn.days, "usual": drawn.total.usual}
    up, down = (", ".join(row.label for row in changed(drawn) if row.arrow == way) for way in (1, -1))
    parts = [_("Up: %s.") % up if up else "", _("Down: %s.") % down if down else ""]
    return " ".join([first, *(filter(None, parts) if up or down else [_("Nothing changed more than chance would.")])])


def changed(drawn: Load) -> list[Row]:
    return [row for row in (drawn.total, *drawn.stages, *drawn.kinds, *drawn.places) if row.arrow]


def as_context(actor: Actor, drawn: Load) -> dict[str, Any]:
    return {"load": drawn, "lead": lead(drawn), "sees_visits": actor.holds("visit.view"), "tables": [
        (_("By stage"), _("Stage"), drawn.stages, False), (_("By kind"), _("Kind"), drawn.kinds, True)]}  # fmt: skip
