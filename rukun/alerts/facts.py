"""What of an alert is asked of the tables: its counts by place and day, its reports as far as an actor reads them, and its like of the past."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rukun.access.scope import Actor
from rukun.alerts import evidence
from rukun.alerts.chart import Chart, Period, chart, lengths
from rukun.alerts.counts import ALL, ask
from rukun.alerts.models import Alert
from rukun.alerts.rules import Kind, usual
from rukun.alerts.sentences import Told
from rukun.fieldwork.models import Report
from rukun.problems.models import Problem
from rukun.problems.rules import Step
from rukun.territory.models import Area

SIMILAR = 3
DISTRICT_DIGITS, VILLAGE_DIGITS = 6, 10


@dataclass(frozen=True, slots=True)
class Parts:
    """Of what an alert is made: reports by village and by kind; numbers alone."""

    villages: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, village: str, code: str | None) -> None:
        self.villages[village] += 1
        self.codes[code or ""] += 1

    @property
    def one_code(self) -> str:
        """The kind, where all of it is of one."""
        return next(iter(self.codes)) if len(self.codes) == 1 else ""


def reports_of(alert: Alert) -> QuerySet[Report]:
    """The reports from which an alert was made, and those that came since; what an actor may read of them is asked with `within`."""
    if alert.kind == Kind.URGENT:
        return Report.objects.filter(pk__in=[alert.report_id] if alert.report_id else [])
    return evidence.reports_of(alert.group, village_paths(alert), alert.since, max(alert.until, alert.last_seen))


def left_out(alert: Alert) -> int:
    """Reports of these places and days that do not count, for the clock they came from could not be set right."""
    if alert.kind == Kind.URGENT:
        return 0
    return evidence.reports_of(alert.group, village_paths(alert), alert.since, max(alert.until, alert.last_seen), uncertain=True).count()


def village_paths(alert: Alert) -> list[str]:
    return sorted(area.path for area in alert.areas.all())


def parts_of(alert: Alert) -> Parts:
    return parts_of_each([alert])[alert.pk]


def parts_of_each(alerts: Sequence[Alert]) -> dict[int, Parts]:
    """Of what each is made; one question for all of them."""
    found = {alert.pk: Parts() for alert in alerts}
    counting = [alert for alert in alerts if alert.kind != Kind.URGENT]
    in_village: dict[str, list[Alert]] = defaultdict(list)
    for alert in counting:
        for area in alert.areas.all():
            in_village[area.path].append(alert)
    for path, code, moment, zone in evidence.arrivals(counting):
        village = path[:VILLAGE_DIGITS]
        day = moment.astimezone(ZoneInfo(zone)).date()
        for alert in in_village[village]:
            if alert.since <= day <= max(alert.until, alert.last_seen) and alert.group in ("", (code or "")[:3]):
                found[alert.pk].add(village, code)
    for alert in alerts:
        if alert.kind == Kind.URGENT and alert.report is not None:
            found[alert.pk].add(alert.report.area.path[:VILLAGE_DIGITS], alert.report.code_id)
    return found


def told_of(alert: Alert, parts: Parts, readable: Report | None = None) -> Told:
    """An alert as its sentences need it; the place with the most first, and of several only those from which reports came."""
    areas = sorted(alert.areas.all(), key=lambda area: (-parts.villages[area.path], area.path))
    areas = [area for area in areas if parts.villages[area.path]] or areas  # a circle holds villages from which nothing came
    return Told(
        alert.kind, alert.observed, alert.serving or alert.sources, (alert.until - alert.since).days + 1, [area.name for area in areas], alert.group, parts.one_code,
        alert.expected, alert.method, alert.reason, readable.title if readable else "",
    )  # fmt: skip


def readable_report(actor: Actor, alert: Alert) -> Report | None:
    return readable_reports(actor, [alert]).get(alert.pk)


def readable_reports(actor: Actor, alerts: Iterable[Alert]) -> dict[int, Report]:
    """By alert the one report of an urgent one, for whoever may read it."""
    of = {alert.report_id: alert.pk for alert in alerts if alert.report_id is not None}
    rows = Report.objects.within(actor).filter(pk__in=of).select_related("area", "officer") if of else ()
    return {of[report.pk]: report for report in rows}


# --- counts, as the engine read them -----------------------------------------------------------------------------------------------


def daily(table: str, what: str, paths: Collection[str], first: date, last: date, group: str = "") -> Counter[date]:
    counted = Counter[date]()
    for _path, day, n in by_place(table, what, paths, first, last, group):
        counted[day] += n
    return counted


def by_place(table: str, what: str, paths: Collection[str], first: date, last: date, group: str = "") -> Iterable[tuple[str, date, int]]:
    """Rows of one of the two views, of some villages and days; `group` only where the view knows groups."""
    places = sorted(paths)
    of_group, more = (" AND grp = %s", [group]) if group else ("", [])
    marks = ", ".join(["%s"] * len(places))
    query = f"SELECT path, day, {what} FROM {table} WHERE path IN ({marks}) AND day >= %s AND day <= %s{of_group}"
    for path, day, n in ask(query, [*places, first, last, *more]) if places else ():
        yield path, date.fromisoformat(day) if isinstance(day, str) else day, int(n)


def chart_of(alert: Alert) -> Chart | None:
    """Periods as long as this one, back as far as counts go; none where there is nothing to compare with."""
    paths, far = village_paths(alert), alert.since - timedelta(days=366)
    reports = daily("alerts_counted", "capped_n", paths, far, alert.until, alert.group or ALL)
    visits = daily("alerts_effort", "visits", paths, far, alert.until)
    known = [*reports, *visits]
    if not known:
        return None
    days = lengths(min(known), alert.since, alert.until)
    if len(days) < 2:
        return None
    silence = alert.kind == Kind.SILENCE
    periods = [
        Period(one, two, between(reports, one, two) + (between(visits, one, two) if silence else 0), between(visits, one, two))
        for one, two in days
    ]
    return chart(periods, usual(alert.expected) if alert.expected is not None else None)


def between(counted: Counter[date], first: date, last: date) -> int:
    return sum(n for day, n in counted.items() if first <= day <= last)


# --- what solved the like of it before ---------------------------------------------------------------------------------------------


def similar(actor: Actor, alert: Alert) -> list[Problem]:
    """Solved problems of the same group that this actor may see: those of these villages first, then of their districts, then the newest."""
    if not actor.holds("problem.view"):
        return []
    solved = Problem.objects.within(actor).filter(step=Step.SOLVED).select_related("unit").prefetch_related("areas")
    group = alert.group or (alert.report.code.group if alert.report and alert.report.code else "")
    if group:
        solved = solved.filter(code__group=group)
    villages = {path[:VILLAGE_DIGITS] for path in village_paths(alert)}
    districts = {path[:DISTRICT_DIGITS] for path in villages}

    def far(problem: Problem) -> int:
        paths = [area.path for area in problem.areas.all()]
        if any(path[:VILLAGE_DIGITS] in villages for path in paths):
            return 0
        return 1 if any(path[:DISTRICT_DIGITS] in districts for path in paths) else 2

    newest = list(solved.order_by("-solved_at")[:100])
    return sorted(newest, key=far)[:SIMILAR]


def likely(actor: Actor, alert: Alert, permission: str = "problem.join") -> list[Problem]:
    """Unsolved problems that this alert may belong to: of its group, in its villages."""
    villages = [path[:VILLAGE_DIGITS] for path in village_paths(alert)]
    near = Problem.objects.none()
    for path in villages:
        near = near | Problem.objects.within(actor, permission).unsolved().in_area(path)
    group = alert.group or (alert.report.code.group if alert.report and alert.report.code else "")
    rows = near.filter(code__group=group) if group else near
    return list(rows.select_related("unit").distinct().order_by("-opened_at")[:5])


def villages_around(actor: Actor, alert: Alert) -> list[Area]:
    """The villages of the districts in which an alert lies, as far as this actor reaches: they give it its proportion on the map."""
    found: list[Area] = []
    for district in sorted({path[:DISTRICT_DIGITS] for path in village_paths(alert)}):
        found += Area.objects.within(actor).below(district).at_level(4).valid(alert.until).order_by("path")
    return found
