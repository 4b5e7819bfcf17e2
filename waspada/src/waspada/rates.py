"""Counts over time and shares of a number, with exact intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
        """How many a year."""
        return self.events / self.years if self.years > 0 else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """A year, with the confidence ``level``: Garwood's bounds."""
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


def within_by_chance(budget: float, calibrated: float, held: float) -> tuple[float, float]:
    """How often a held-out number of alarms lies within a quarter of the budget if alarms are independent: at the budget's own rate; and at
    that of a threshold which fitted the number of the calibrated years exactly, where signals thin out in proportion."""
    seen = np.arange(int(4 * budget * max(calibrated, held)) + 40)

    def chance(mean: float) -> NDArray[np.float64]:
        logs = -mean + seen * math.log(mean) - np.array([math.lgamma(k + 1) for k in seen])
        return np.asarray(np.exp(logs))

    near = np.abs(seen / held - budget) <= budget / 4
    aim = budget * calibrated
    fitted = sum(p * chance(budget * held * aim / max(k, 1))[near].sum() for k, p in enumerate(chance(aim)) if p > 1e-9)
    return float(chance(budget * held)[near].sum()), float(fitted)
