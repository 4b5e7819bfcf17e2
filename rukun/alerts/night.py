"""One unit's look: from counts to acts. New is raised, what goes on is seen again, all else is left alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from rukun.access.scope import Actor, system
from rukun.alerts import services
from rukun.alerts.counts import ALL, Book, Ground, book_of, first_day, ground_of
from rukun.alerts.engine import PROVISIONAL, Found, Settings, apart, enough, looks, replayed, simple
from rukun.alerts.models import Alert, Watch
from rukun.alerts.rules import Kind, Method, goes_on, stage_of, weeks_of
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.territory.models import Area, Unit
from rukun.territory.rules import UnitKind

WATCHED = (UnitKind.POLRES, UnitKind.POLDA)
REPLAY_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one look."""

    unit: Unit
    weeks: int
    raised: tuple[Alert, ...]
    seen: tuple[Alert, ...]


def book(unit: Unit, on: date) -> Book | None:
    ground = ground_of(unit, on)
    start = first_day(ground, on)
    return book_of(ground, start, on) if start else None


def watch(unit: Unit, on: date) -> Outcome:
    actor = system("watch")
    counted = book(unit, on)
    weeks = weeks_of(counted.start, on + timedelta(days=1)) if counted else 0
    found, settings, threshold = findings(actor, unit, counted, on)
    raised, seen = told(actor, unit, found, settings, threshold)
    services.looked(actor, unit, on=on, weeks=weeks, raised=len(raised), seen=len(seen))
    return Outcome(unit, weeks, tuple(raised), tuple(seen))


def findings(actor: Actor, unit: Unit, counted: Book | None, on: date) -> tuple[list[Found], Settings | None, float | None]:
    """What stands out on this day above the unit's threshold; with a short history, what the simple rule says."""
    if counted is None:
        return [], None, None
    if not enough(counted, on):
        return simple(counted, on), None, None
    state = services.watch_of_unit(unit)
    if state is None or state.threshold is None or state.calibrated_on is None or on - state.calibrated_on >= REPLAY_AFTER:
        state = recalibrate(actor, unit, counted, on, state) or state
    threshold = state.threshold if state and state.threshold is not None else PROVISIONAL
    signals, settings = looks(counted, on)
    return apart([one for one in signals if (one.statistic or 0) > threshold]), settings, threshold


def recalibrate(actor: Actor, unit: Unit, counted: Book, on: date, state: Watch | None) -> Watch | None:
    replay = replayed(counted, state.budget if state else 12.0)
    weeks = weeks_of(counted.start, on + timedelta(days=1))
    digest = Settings.for_days(counted.days).digest
    return services.calibrate(
        actor, unit, threshold=replay.threshold, parameters=digest, weeks=weeks, alarms=replay.alarms, years=replay.years
    )


def told(
    actor: Actor, unit: Unit, found: list[Found], settings: Settings | None, threshold: float | None
) -> tuple[list[Alert], list[Alert]]:
    standing = list(Alert.objects.filter(unit=unit, kind=Kind.STATISTICAL).order_by("-raised_at")[:200])
    places = {alert.pk: set(alert.areas.values_list("path", flat=True)) for alert in standing}
    raised, seen = [], []
    for one in found:
        areas = list(Area.objects.filter(path__in=one.paths))
        sources = sources_of(one)
        same = next((alert for alert in standing if goes_on(places[alert.pk], alert.last_seen, one.paths, one.since, one.until)), None)
        if same is None:
            raised.append(
                services.raise_alert(
                    actor, unit, kind=Kind.STATISTICAL, areas=areas, group=one.group, since=one.since, until=one.until,
                    observed=one.observed, sources=sources, expected=one.expected, statistic=one.statistic, threshold=threshold,
                    parameters=settings.digest if settings else "", method=one.method, owner=head_of(unit, one.paths),
                )  # fmt: skip
            )
        elif again := services.see_again(
            actor, same, on=one.until, areas=areas, observed=one.observed, sources=sources, expected=one.expected, statistic=one.statistic
        ):
            seen.append(again)
    return raised, seen


def sources_of(one: Found) -> int:
    """How many accounts reported it: counted here, for the alert; the engine never sees whose they are."""
    return reports_of(one.group, one.paths, one.since, one.until).values("officer").distinct().count()


def reports_of(group: str, paths: tuple[str, ...] | list[str], since: date, until: date):
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    from django.db.models import Q

    places = Q()
    for path in paths:
        places |= Q(area__path__gte=path, area__path__lt=path + "z")
    zone = ZoneInfo("Asia/Jakarta")
    between = (datetime.combine(since, time(), zone) - timedelta(hours=2), datetime.combine(until + timedelta(days=1), time(), zone))
    rows = Report.objects.current().filter(places, happened_at__gte=between[0], happened_at__lt=between[1])
    return rows.filter(code__group=group) if group else rows


def head_of(unit: Unit, paths: tuple[str, ...]) -> Officer | None:
    """Whose look it is: where all of it lies with one Polsek, its head; else the unit's own."""
    on = unit.today()
    for rung in LADDER:
        for path in paths[:1]:
            here = Officer.objects.answerable(rung, path, on).order_by("pk")
            if head := here.first():
                return head
    terms = Assignment.objects.valid(on).filter(unit=unit, role__in=LADDER)
    return Officer.objects.holding(terms).on_duty(on).order_by("pk").first()


def watched_units(code: str = "") -> list[Unit]:
    units = Unit.objects.filter(kind__in=WATCHED, closed_on=None).order_by("path")
    return list(units.filter(code=code) if code else units)


