"""Where less is heard than expected: a blind spot, never "safe"; with the reason, as far as it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from rukun.access.scope import Actor, Grant, system
from rukun.alerts import services
from rukun.alerts.counts import ALL, Book
from rukun.alerts.evidence import head_of, nearest_unit, villages
from rukun.alerts.models import Alert
from rukun.alerts.rules import SURE, Kind, Method, Quiet, is_silent, nobody_answers
from rukun.fieldwork.models import Report
from rukun.officers import coverage
from rukun.territory.models import Area, Unit

PERIOD = 28  # days
LEAST_PERIODS = 5  # of history, with the one that is judged
PERIODS = 12  # of the past, that say what is usual
ONGOING = timedelta(days=60)
LISTENER = system("watch")


@dataclass(frozen=True, slots=True)
class Hush:
    """One place that is quiet."""

    path: str
    observed: int
    expected: float
    reason: str = ""


def look(unit: Unit, book: Book) -> tuple[list[Alert], list[Alert]]:
    """One alert for all places of a unit that are quiet for the same reason: bundles, not floods. What is quiet below is told below."""
    if book.ground.regions:
        return [], []
    hushed = explained(unit, quiet_places(book), book.last) + unanswered(unit, book)
    raised: list[Alert] = []
    seen: list[Alert] = []
    for near, reason, places in bundles(unit, hushed, book.last):
        alert, news = told(unit, near, reason, places, book.last)
        if alert is not None:
            (raised if news else seen).append(alert)
    return raised, seen


def quiet_places(book: Book) -> list[Hush]:
    """Villages with far fewer visits, or far fewer reports, in four weeks than in the months before."""
    sure = min(SURE, 0.1 / max(len(book.ground.paths), 1))
    found: dict[str, Hush] = {}
    for counts in (book.groups.get(ALL), book.visits):
        if counts is None or counts.shape[1] < LEAST_PERIODS * PERIOD:
            continue
        for path, series in zip(book.ground.paths, periods(counts), strict=True):
            usual = is_silent(series[0], series[1:], sure)
            if usual is not None:
                found.setdefault(path, Hush(path, series[0], usual))
    return list(found.values())


def periods(counts: Any) -> list[list[int]]:
    """For each place its sums of four weeks, the latest first."""
    whole = min(PERIODS + 1, counts.shape[1] // PERIOD)
    recent = counts[:, counts.shape[1] - whole * PERIOD :]
    sums = recent.reshape(len(counts), whole, PERIOD).sum(axis=2)[:, ::-1]
    return [[int(n) for n in row] for row in sums]


def explained(unit: Unit, hushed: Sequence[Hush], on: date) -> list[Hush]:
    """With the reason: nobody serves there, or whoever does is away."""
    if not hushed:
        return []
    gaps = {gap.area.path: gap for gap in coverage.villages(over(unit, on), on)}
    reasons = {
        path: Quiet.UNKNOWN if path not in gaps else Quiet.ABSENT if gaps[path].away else Quiet.NO_OFFICER
        for path in (h.path for h in hushed)
    }
    return [Hush(h.path, h.observed, h.expected, reasons[h.path]) for h in hushed]


def over(unit: Unit, on: date) -> Actor:
    """The watch within one unit's places, so that nobody else's terms are read."""
    roots = [area.path for area in Area.objects.covered_by(unit, on)]
    return Actor("system:watch", "system", "system", tuple(Grant("system", root, "system", unit=unit.path) for root in roots))


def unanswered(unit: Unit, book: Book) -> list[Hush]:
    """Villages whose reports of the last four weeks nobody answered, where answers came before."""
    last = book.last - timedelta(days=7)  # a week is time enough to answer
    recent, before = (
        answered(book, last - timedelta(days=PERIOD), last),
        answered(book, last - timedelta(days=7 * PERIOD), last - timedelta(days=PERIOD)),
    )
    found = []
    for path, (reports, answers) in recent.items():
        past, past_answers = before.get(path, (0, 0))
        if nobody_answers(reports, answers, past, past_answers):
            found.append(Hush(path, answers, reports * past_answers / past, Quiet.UNREAD))
    return found


def answered(book: Book, after: date, until: date) -> dict[str, tuple[int, int]]:
    """By village how many reports came in, and how many of them were answered."""
    found: dict[str, tuple[int, int]] = {}
    for low, high in book.ground.ranges():
        rows = (
            Report.objects.current()
            .filter(area__path__gte=low, area__path__lt=high, received_at__date__gt=after, received_at__date__lte=until)
            .order_by()
            .values("area__path")
            .annotate(reports=Count("pk", distinct=True), answered=Count("pk", filter=Q(answers__isnull=False), distinct=True))
        )
        for row in rows:
            path = row["area__path"][:10]
            reports, answers = found.get(path, (0, 0))
            found[path] = (reports + row["reports"], answers + row["answered"])
    return {path: sums for path, sums in found.items() if path in book.ground.rows}


def bundles(unit: Unit, hushed: Iterable[Hush], on: date) -> list[tuple[Unit, str, list[Hush]]]:
    found: dict[tuple[str, str], list[Hush]] = {}
    near: dict[str, Unit] = {}
    for hush in hushed:
        owner = nearest_unit(unit, [hush.path], on)
        near[owner.path] = owner
        found.setdefault((owner.path, hush.reason), []).append(hush)
    return [(near[path], reason, places) for (path, reason), places in sorted(found.items())]


def told(watched: Unit, unit: Unit, reason: str, places: Sequence[Hush], on: date) -> tuple[Alert | None, bool]:
    """The alert, and whether it is new."""
    figures: dict[str, Any] = {
        "areas": villages(hush.path for hush in places), "observed": sum(hush.observed for hush in places),
        "expected": round(sum(hush.expected for hush in places), 2),
    }  # fmt: skip
    rows = Alert.objects.filter(watched=watched, unit=unit, kind=Kind.SILENCE, reason=reason, last_seen__gte=on - ONGOING)
    paths = {hush.path for hush in places}
    for alert in rows.prefetch_related("areas").order_by("-last_seen", "pk"):
        if paths & {area.path for area in alert.areas.all()}:
            return services.see_again(LISTENER, alert, on=on, **figures), False
    raised = services.raise_alert(
        LISTENER, unit, watched=watched, kind=Kind.SILENCE, method=Method.SIMPLE, reason=reason, since=on - timedelta(days=PERIOD - 1), until=on,
        owner=head_of(unit, unit.today()), **figures,
    )  # fmt: skip
    return raised, True
