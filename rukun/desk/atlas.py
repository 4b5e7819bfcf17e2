"""What the map shows, and the list and table beside it: places with their reports, open problems, and where nobody went."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.roles import permits
from rukun.access.scope import Actor, inside
from rukun.desk.rules import classes, furthest
from rukun.fieldwork.counts import day_of
from rukun.fieldwork.models import Report
from rukun.fieldwork.rules import Counted, Stage, is_sensitive
from rukun.fieldwork.tallies import Tally, TallyQuerySet
from rukun.lib import clock
from rukun.problems.models import Problem
from rukun.territory.models import Area
from rukun.territory.rules import LEVELS, PROVINCE, SUBUNIT, VILLAGE, WIB, ancestors, level_of

MOST = 1500  # areas on one map; beyond, the level above is shown


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked to be seen."""

    area: Area | None = None
    days: int = 30
    kind: str = ""  # a code, a group of codes, or all
    stage: str = ""

    def takes(self, code: str, stage: str) -> bool:
        return code.startswith(self.kind) and (not self.stage or stage == self.stage)


@dataclass(slots=True)
class Spot:
    """One place: how many reports of each stage, how many open problems, whether somebody was there."""

    area: Area
    stages: Counter[str] = field(default_factory=Counter)
    problems: int = 0
    problem_stage: str = ""  # the furthest of those problems that may be pointed at
    visited: bool | None = None  # None: this hat does not read visits

    @property
    def reports(self) -> int:
        return sum(self.stages.values())

    @property
    def silent(self) -> bool:
        """No report, and nobody went: we know nothing of this place."""
        return not self.reports and self.visited is False

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [(stage, self.stages[stage]) for stage in (*reversed(Stage.values), "") if self.stages[stage]]


@dataclass(slots=True)
class Picture:
    """All of a map."""

    choice: Choice
    level: int
    first: date
    last: date
    own: bool  # counted from one's own reports alone
    spots: list[Spot]
    elsewhere: int = 0  # reports of the whole that no place shown holds: a smaller place was not named, or it is no more
    above: list[Area] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(spot.reports for spot in self.spots) + self.elsewhere

    @property
    def told(self) -> list[Spot]:
        """Where something is, the most first."""
        some = [spot for spot in self.spots if spot.reports or spot.problems]
        return sorted(some, key=lambda spot: (-spot.reports, -spot.problems, spot.area.path))

    @property
    def quiet(self) -> list[Spot]:
        return [spot for spot in self.spots if not spot.reports and not spot.problems]

    @property
    def steps(self) -> list[tuple[int, int]]:
        return classes(max((spot.reports for spot in self.spots), default=0))

    @property
    def level_word(self) -> str:
        return level_word(self.level)


def level_word(level: int) -> str:
    words = {"province": _("provinces"), "regency": _("regencies and cities"), "district": _("districts"), "village": _("villages")}
    return words.get(LEVELS[level], _("sub-units"))


def middle(area: Area) -> list[float] | None:
    """Where a place stands on the map, where it is known."""
    if area.longitude is None or area.latitude is None:
        return None
    return [round(area.longitude, 5), round(area.latitude, 5)]


def picture(actor: Actor, choice: Choice) -> Picture:
    last = choice.area.today() if choice.area else clock.today(WIB)
    first = last - timedelta(days=choice.days - 1)
    roots = [choice.area.path] if choice.area else list(actor.roots)
    level = level_for(actor, roots, last)
    areas = under(Area.objects.within(actor), "path", roots).at_level(level).valid(last).defer("successor", "population")
    spots = {area.path: Spot(area) for area in areas.order_by("path")}
    drawn = Picture(choice, level, first, last, not reads_all(actor), list(spots.values()), above=lineage(actor, choice.area))
    count_reports(actor, drawn, roots, spots)
    count_problems(actor, drawn, roots, spots)
    look_for_visits(actor, drawn, spots)
    return drawn


def under(rows: Any, path: str, roots: Iterable[str]) -> Any:
    if "" in roots:
        return rows
    reached = Q(pk__in=[])
    for root in roots:
        reached |= inside(path, root)
    return rows.filter(reached)


def level_for(actor: Actor, roots: list[str], on: date) -> int:
    """The finest level whose places are few enough to be looked at; below a village, its sub-units, where it has any."""
    rows = under(Area.objects.within(actor), "path", roots).valid(on)
    held: dict[int, int] = dict(rows.values_list("level").annotate(n=Count("pk")).order_by("level"))
    if not held:
        return VILLAGE
    deepest = SUBUNIT if min(held) >= VILLAGE and SUBUNIT in held else VILLAGE
    fitting = [level for level in held if PROVINCE <= level <= deepest and held[level] <= MOST]
    return max(fitting, default=min(held))


def lineage(actor: Actor, area: Area | None) -> list[Area]:
    """What lies above the chosen area, as far as the actor's own reaches."""
    if area is None:
        return []
    return list(Area.objects.within(actor).filter(path__in=[area.path[:n] for n in (2, 4, 6, 10) if n < len(area.path)]).order_by("level"))


def reads_all(actor: Actor) -> bool:
    """Whether this hat reads what others report; who doesn't, sees a map of one's own reports."""
    return any(permits(grant.role, "report.view") for grant in actor.grants)


def count_reports(actor: Actor, drawn: Picture, roots: list[str], spots: dict[str, Spot]) -> None:
    for path, stage, n in tallied(actor, drawn, roots, list(spots)) if reads_all(actor) else own(actor, drawn, roots):
        if path in spots:
            spots[path].stages[stage] += n
        else:
            drawn.elsewhere += n


def tallied(actor: Actor, drawn: Picture, roots: list[str], paths: list[str]) -> list[tuple[str, str, int]]:
    rows = Tally.objects.within(actor).between(drawn.first, drawn.last).filter(kind=str(Counted.REPORT))
    if drawn.choice.kind:
        rows = rows.filter(code__startswith=drawn.choice.kind)
    if drawn.choice.stage:
        rows = rows.filter(stage=drawn.choice.stage)
    found = summed(rows.filter(level=drawn.level) if reads_a_level(roots) else rows.filter(path__in=paths))
    # what the roots hold, less what their places hold, lies with them themselves
    above = {root for root in roots if level_or_0(root) != drawn.level}
    whole = Counter[str]()
    for _path, stage, n in summed(rows.filter(path__in=above)):
        whole[stage] += n
    for path, stage, n in found:
        if above & {"", *ancestors(path)}:
            whole[stage] -= n
    return [*found, *(("-", stage, n) for stage, n in whole.items() if n)]


def reads_a_level(roots: list[str]) -> bool:
    """Of the whole country PostgreSQL reads a level's counts from end to end, sooner than those of 500 named areas; SQLite the other way round."""
    return "" in roots and connection.vendor == "postgresql"


def summed(rows: TallyQuerySet) -> list[tuple[str, str, int]]:
    """By area and stage. Asked by the areas' own paths and summed stage by stage, so that it is read in order, with nothing to sort."""
    stages = {f"of_{stage or 'none'}": stage for stage in ("", *Stage.values)}
    sums = {name: Sum("n", filter=Q(stage=stage)) for name, stage in stages.items()}
    counted = rows.order_by().values("path").annotate(**sums)
    return [(row["path"], stage, row[name]) for row in counted for name, stage in stages.items() if row[name]]


def level_or_0(root: str) -> int:
    return level_of(root) if root else 0


def own(actor: Actor, drawn: Picture, roots: list[str]) -> list[tuple[str, str, int]]:
    """The reports of an officer who reads no others': few, so they are counted one by one."""
    rows = (
        Report.objects.within(actor)
        .current()
        .filter(officer=actor.officer_id, happened_at__gte=clock.now() - timedelta(days=drawn.choice.days + 1))
    )
    counted = Counter[tuple[str, str]]()
    for path, zone, moment, code, stage in under(rows, "area__path", roots).values_list(
        "area__path", "area__time_zone", "happened_at", "code", "stage"
    ):
        if drawn.first <= day_of(moment, zone) <= drawn.last and drawn.choice.takes(code or "", stage):
            counted[place_of(path, code or "", drawn.level), stage] += 1
    return [(*key, n) for key, n in counted.items()]


def place_of(path: str, code: str, level: int) -> str:
    """The place of a level that holds a path; what is sensitive is never placed below its village."""
    if level == SUBUNIT and is_sensitive(code):
        return "-"
    length = (2, 4, 6, 10, 13)[level - 1]
    return path[:length] if len(path) >= length else "-"


def count_problems(actor: Actor, drawn: Picture, roots: list[str], spots: dict[str, Spot]) -> None:
    if not actor.holds("problem.view"):
        return
    rows = Problem.objects.within(actor).unsolved()
    if drawn.choice.kind:
        rows = rows.filter(code__code__startswith=drawn.choice.kind)
    if drawn.choice.stage:
        rows = rows.filter(stage=drawn.choice.stage)
    if drawn.choice.area:
        rows = rows.in_area(drawn.choice.area.path)
    seen: set[tuple[int, str]] = set()
    for pk, code, stage, path in rows.values_list("pk", "code", "stage", "areas__path").order_by():
        at = place_of(path or "", code, drawn.level)
        if at in spots and (pk, at) not in seen:
            seen.add((pk, at))
            spots[at].problems += 1
            if not is_sensitive(code):
                spots[at].problem_stage = furthest(spots[at].problem_stage, stage)


def look_for_visits(actor: Actor, drawn: Picture, spots: dict[str, Spot]) -> None:
    if not any(permits(grant.role, "visit.view") for grant in actor.grants):
        return
    rows = Tally.objects.within(actor, "visit.view").between(drawn.first, drawn.last).filter(kind=str(Counted.VISIT), path__in=list(spots))
    visited = set(rows.order_by().values_list("path", flat=True).distinct())
    for path, spot in spots.items():
        spot.visited = path in visited


def lead(drawn: Picture) -> str:
    """The map in a sentence or two: how many, from where, and of where we know nothing."""
    told, silent = sum(1 for spot in drawn.spots if spot.reports), sum(spot.silent for spot in drawn.spots)
    days = ngettext("%d day", "%d days", drawn.choice.days) % drawn.choice.days
    if not drawn.total:
        first = _("No report in %(days)s.") % {"days": days}
    else:
        reports = ngettext("%s report", "%s reports", drawn.total) % grouped(drawn.total)
        where = _("from %(told)s of %(all)s %(places)s") % {
            "told": grouped(told),
            "all": grouped(len(drawn.spots)),
            "places": drawn.level_word,
        }
        first = _("%(reports)s in %(days)s, %(where)s.") % {"reports": reports, "days": days, "where": where}
    second = ngettext("At %s place nobody reported and nobody visited.", "At %s places nobody reported and nobody visited.", silent)
    second %= grouped(silent)
    return f"{first} {second}" if silent else first


def grouped(number: int) -> str:
    return formats.number_format(number, force_grouping=True)
