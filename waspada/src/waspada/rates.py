"""Counts over time and shares of a number, with exact intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """Events in some years, and how many a year that is, with Garwood's exact interval for a Poisson count.

    It takes the events for independent of each other. Alarms are counted after linking and silence: news, not days in alarm.
    """

    events: int
    years: float
    level: float = 0.95

    @property
    def per_year(self) -> float:
        return self.events / self.years if self.years > 0 else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        low, high = garwood(self.events, self.level)
        return (low / self.years, high / self.years) if self.years > 0 else (0.0, math.inf)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.per_year:.1f} a year ({low:.1f}-{high:.1f}; {self.events} in {self.years:.2f} years)"


def garwood(events: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a Poisson count's mean (Garwood 1936)."""
    from scipy.special import gammaincinv  # slow to import

    tail = (1 - level) / 2
    return (float(gammaincinv(events, tail)) if events > 0 else 0.0), float(gammaincinv(events + 1, 1 - tail))


def clopper_pearson(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934); 0 to 1 if there was nothing to count."""
    from scipy.special import betaincinv  # slow to import

    tail = (1 - level) / 2
    low = float(betaincinv(hits, of - hits + 1, tail)) if hits > 0 else 0.0
    high = float(betaincinv(hits + 1, of - hits, 1 - tail)) if hits < of else 1.0
    return low, high
