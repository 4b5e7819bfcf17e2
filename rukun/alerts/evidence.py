"""The reports behind an alert, and whose look it is: asked when they are needed, never handed to the engine."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce, Length

from rukun.alerts.counted import MONDAY, spoken
from rukun.alerts.counts import ALL, ask
from rukun.alerts.models import Alert
from rukun.alerts.rules import Voices
from rukun.fieldwork.models import Report, ReportQuerySet
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.territory.models import Area, Unit
from rukun.territory.rules import SUBUNIT, UNIT_WIDTHS, ancestors


def reports_of(group: str, paths: Collection[str], since: date, until: date, uncertain: bool = False) -> ReportQuerySet:
    """The newest versions of what was received in these places on these days; a correction belongs to the day of what it corrects.
    `uncertain`: those from a clock that could not be set right, which do not count."""
    where, whole = Q(pk__in=[]), sorted(paths)
    zones = {area.path[:10]: area.zone for area in Area.objects.filter(path__in=whole)}
    for zone in set(zones.values()):
        places = Q(pk__in=[])
        for path in (path for path in whole if zones.get(path) == zone):
            places |= Q(area__path__gte=path, area__path__lt=path + "z")
        first, after = datetime.combine(since, time(), zone), datetime.combine(until + timedelta(days=1), time(), zone)
        where |= places & Q(first_received__gte=first, first_received__lt=after)
    rows = counting(uncertain).filter(where)
    return rows.filter(code__group=group) if group else rows


def arrivals(alerts: Sequence[Alert]) -> Iterable[tuple[str, str | None, datetime, str]]:
    """Where, of which kind and when whatever came in since the first of these alerts in any of their villages; one question for all."""
    villages = {area.pk for alert in alerts for area in alert.areas.all()}
    if not villages:
        return ()
    parts = Area.objects.filter(parent__in=villages, level=SUBUNIT).values_list("pk", flat=True)
    since = datetime.combine(min(alert.since for alert in alerts), time(), UTC) - timedelta(days=1)
    rows = counting().filter(area__in=[*villages, *parts], received_at__gte=since)  # a correction comes after what it corrects
    return rows.values_list("area__path", "code", "first_received", "area__time_zone").order_by().iterator()


def counting(uncertain: bool = False) -> ReportQuerySet:
    """The newest versions, and when the first of each came in."""
    first_version = Coalesce(
        "corrects__corrects__corrects__received_at", "corrects__corrects__received_at", "corrects__received_at", "received_at"
    )
    return Report.objects.current().filter(practice=False, time_uncertain=uncertain).annotate(first_received=first_version)


def voices(group: str, paths: Collection[str], since: date, until: date) -> Voices:
    """How many reports count of each account that serves there, and how many other accounts tell of the same, without saying whose."""
    places = sorted(paths)
    if not places:
        return Voices()
    marks = ", ".join(["%s"] * len(places))
    query = (
        f"{spoken(connection.vendor)} SELECT SUM(served), COUNT(*) FROM spoken "
        f"WHERE path IN ({marks}) AND grp = %s AND n >= %s AND n <= %s GROUP BY officer_id"
    )
    first, last = ((day - date.fromisoformat(MONDAY)).days for day in (since, until))
    counts = [int(served) for served, _n in ask(query, [*places, group or ALL, first, last])]
    return Voices(tuple(sorted((n for n in counts if n), reverse=True)), counts.count(0))


def nearest_unit(watched: Unit, paths: Collection[str], on: date) -> Unit:
    """The nearest unit, at or under the one that is watched, that covers all of these places."""
    common: set[str] | None = None
    for path in sorted(paths):
        here = {
            above
            for unit in Unit.objects.covering(path, on).filter(path__startswith=watched.path)
            for above in ancestors(unit.path, UNIT_WIDTHS)
        }
        common = here if common is None else common & here
    near = Unit.objects.filter(path__in=[path for path in common or () if path.startswith(watched.path)], closed_on=None)
    return near.order_by(Length("path").desc()).first() or watched


def head_of(unit: Unit, on: date) -> Officer | None:
    """The first who commands a unit and is there; where nobody is, of the unit above."""
    for path in reversed(ancestors(unit.path, UNIT_WIDTHS)):
        terms = Assignment.objects.valid(on).filter(unit__path=path, role__in=LADDER)
        there = set(Officer.objects.holding(terms).on_duty(on).values_list("pk", flat=True))
        ranked = sorted((LADDER.index(term.role), term.officer_id) for term in terms if term.officer_id in there)
        if ranked:
            return Officer.objects.get(pk=ranked[0][1])
    return None


def villages(paths: Iterable[str]) -> list[Area]:
    return list(Area.objects.filter(path__in=list(paths)).order_by("path"))
