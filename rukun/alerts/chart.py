"""How unusual it is, drawn: bars of equal periods, a pale band for what is usual, the last one in colour; pure geometry, no query in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 340, 190  # of the picture
LEFT, RIGHT, TOP, BOTTOM = 28.0, 332.0, 26.0, 150.0
MOST = 13  # periods that can be told apart on a phone
SHARE = 0.58  # of its room that a bar takes


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, and how many reports and visits they had."""

    first: date
    last: date
    reports: int
    visits: int


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    matter: bool


@dataclass(frozen=True, slots=True)
class Tick:
    y: float
    value: int

    @property
    def label_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the picture needs, in its own units."""

    bars: list[Bar]
    ticks: list[Tick]
    band: tuple[float, float] | None  # top and height
    periods: list[Period]
    label_y: float  # over the last bar

    @property
    def usual_y(self) -> float:
        """Just over the band, or under the picture's edge."""
        return max((self.band[0] if self.band else TOP) - 6, 12.0)

    @property
    def total(self) -> int:
        return sum(period.reports for period in self.periods)


def lengths(first: date, since: date, until: date, most: int = MOST) -> list[tuple[date, date]]:
    """Periods as long as the one that matters, which is the last; none that begins before the first day of which anything is known."""
    days = timedelta(days=(until - since).days + 1)
    found = [(since, until)]
    while len(found) < most and found[0][0] - days >= first:
        found.insert(0, (found[0][0] - days, found[0][0] - timedelta(days=1)))
    return found


def chart(periods: Sequence[Period], usual: tuple[int, int] | None) -> Chart:
    ceiling = rounded(max([period.reports for period in periods] + ([usual[1]] if usual else [])))
    room = (RIGHT - LEFT) / max(len(periods), 1)
    width = min(room * SHARE, 40.0)

    def level(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / ceiling

    bars = [
        Bar(round(LEFT + room * (at + 0.5) - width / 2, 1), round(level(period.reports), 1), round(width, 1),
            round(BOTTOM - level(period.reports), 1), at == len(periods) - 1)
        for at, period in enumerate(periods)
    ]  # fmt: skip
    band = None
    if usual:
        low, high = usual
        top, bottom = level(high), level(low)
        band = (round(top, 1), round(max(bottom - top, 4.0), 1))
    ticks = [Tick(round(level(value), 1), value) for value in (0, ceiling // 2, ceiling)]
    return Chart(bars, ticks, band, list(periods), round(max(bars[-1].y - 7, 12), 1) if bars else TOP)


def rounded(most: int) -> int:
    """An even ceiling, so that its half is a whole number: 2, 4, 6, 8, 10, 20 …"""
    if most <= 2:
        return 2
    step = 2 if most <= 12 else 2 * 10 ** int(math.log10(most) - 0.3)
    return math.ceil(most / step) * step
