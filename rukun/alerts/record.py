"""How often alerts were right, kind by kind and method by method, as far as verdicts say; and how far two verdicts agree."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rukun.alerts.models import Alert, AlertQuerySet, Second
from rukun.alerts.rules import JUDGED, Kind, Method, Share, Verdict, precision, share
from rukun.alerts.sentences import right
from rukun.lib import clock
from rukun.territory.models import Unit

OWN_FIRST = timedelta(days=30)  # a unit reads its figures before those above it do


@dataclass(frozen=True, slots=True)
class Line:
    """One kind, found by one method."""

    kind: Kind
    method: Method
    raised: int
    verdicts: tuple[tuple[Verdict, int], ...]
    waiting: int
    precision: Share | None
    judged: int
    words: str

    @property
    def percent(self) -> tuple[int, int]:
        """The interval of its share, in percent."""
        return (round(100 * self.precision.low), round(100 * self.precision.high)) if self.precision else (0, 100)


def record(unit: Unit, *, above: bool) -> dict[str, Any]:
    """What the page shows of a unit; to those above it only what was judged a month ago or earlier."""
    rows = Alert.objects.filter(watched=unit)
    if above:
        rows = rows.filter(judged_at__lt=clock.now() - OWN_FIRST)
    lines = [made for kind in (Kind.STATISTICAL, Kind.SILENCE) for method in Method if (made := line(rows.filter(kind=kind, method=method), kind, method, unit))]  # fmt: skip
    return {"lines": lines, "agreement": agreement(rows), "urgent": rows.filter(kind=Kind.URGENT).count()}


def line(rows: AlertQuerySet, kind: Kind, method: Method, unit: Unit) -> Line | None:
    verdicts = list(rows.values_list("verdict", flat=True))
    if not verdicts:
        return None
    counted = Counter(verdicts)
    judged = sum(counted[verdict] for verdict in JUDGED)
    found = precision(verdicts)
    each = tuple((verdict, counted[verdict]) for verdict in Verdict if counted[verdict])
    return Line(kind, method, len(verdicts), each, counted[""], found, judged, right(found, judged, str(unit)))


def agreement(rows: AlertQuerySet) -> Share | None:
    """How many of the second verdicts, given without knowing the first, say the same."""
    pairs = Second.objects.filter(alert__in=rows.values("pk")).values_list("alert__verdict", "verdict")
    return share(sum(first == second for first, second in pairs), len(pairs)) if pairs else None
