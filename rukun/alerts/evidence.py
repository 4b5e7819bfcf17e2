"""The reports behind an alert, and whose look it is: asked when they are needed, never handed to the engine."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Length

from rukun.fieldwork.models import Report, ReportQuerySet
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.territory.models import Area, Unit
from rukun.territory.rules import UNIT_WIDTHS, ancestors


def reports_of(group: str, paths: Collection[str], since: date, until: date) -> ReportQuerySet:
    """The newest versions of what was received in these places on these days; a correction belongs to the day of what it corrects."""
    where, whole = Q(pk__in=[]), sorted(paths)
    zones = {area.path[:10]: area.zone for area in Area.objects.filter(path__in=whole)}
    for zone in set(zones.values()):
        places = Q(pk__in=[])
        for path in (path for path in whole if zones.get(path) == zone):
            places |= Q(area__path__gte=path, area__path__lt=path + "z")
        first, after = datetime.combine(since, time(), zone), datetime.combine(until + timedelta(days=1), time(), zone)
        where |= places & Q(first_received__gte=first, first_received__lt=after)
    first_version = Coalesce(
        "corrects__corrects__corrects__received_at", "corrects__corrects__received_at", "corrects__received_at", "received_at"
    )
    rows = Report.objects.current().annotate(first_received=first_version).filter(where)
    return rows.filter(code__group=group) if group else rows


def by_account(group: str, paths: Collection[str], since: date, until: date) -> list[int]:
    """How many reports of each account, without saying whose."""
    rows = reports_of(group, paths, since, until).order_by().values("officer").annotate(n=Count("pk"))
    return sorted((row["n"] for row in rows), reverse=True)


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
