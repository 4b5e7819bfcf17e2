"""How a unit is watched, for the page that shows it: its budget, what the last replay chose and how it would have kept it, and since when."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rukun.alerts.models import Alert, Calibration, Freeze, Watch
from rukun.alerts.rules import Kind, count_between
from rukun.alerts.sentences import history
from rukun.lib import clock
from rukun.territory.models import Unit

LISTED = 8
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Kept:
    """How many alarms a year a replay gave on days that its threshold was not chosen on, with a 95 % interval."""

    a_year: float
    low: float
    high: float
    days: int


def watching(unit: Unit) -> dict[str, Any]:
    watch = Watch.objects.select_related("calibration").filter(unit=unit).first() or Watch(unit=unit)
    on = unit.today()
    raised = Alert.objects.filter(watched=unit, kind=Kind.STATISTICAL, raised_at__gte=clock.now() - timedelta(days=365))
    frozen = Freeze.objects.all().over(unit, on).select_related("unit").first()
    return {
        "unit": unit, "watch": watch, "history": history(watch.weeks), "chosen": watch.calibration, "kept": kept(watch.calibration),
        "raised": raised.count(), "frozen": frozen, "replays": list(Calibration.objects.filter(unit=unit).order_by("-at")[:LISTED]),
    }  # fmt: skip


def kept(chosen: Calibration | None) -> Kept | None:
    """What the budget came to; none where the held-out days were too few to say."""
    if chosen is None or chosen.alarms is None or not chosen.years:
        return None
    low, high = count_between(chosen.alarms)
    return Kept(chosen.alarms / chosen.years, low / chosen.years, high / chosen.years, round(chosen.years * YEAR))
