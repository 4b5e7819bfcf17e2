"""How far forecasts are off: measured by size of zone and length of period, never assumed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waspada.kernels.watch import restless, spread
from waspada.zones import Zones

Floats = NDArray[np.float64]
LEAST_DAYS = 56  # fewer days of errors say nothing about the next
SAMPLED = 130  # days that are looked at; neighbouring days share most of their cases
LISTS = 600
DOUBT = 20.0  # quiet weeks that every neighbourhood is credited with


@dataclass(frozen=True, eq=False)
class Noise:
    """group: (largest size + 1,) of each size. alpha: (groups, lengths), the variance is mean + alpha mean^2.

    unrest: (lists,) Pearson's mean square of a neighbourhood, 1 where it is as restless as the others. swing: squared coefficient of
    variation of what all places share on a day.
    """

    group: NDArray[np.int64]
    alpha: Floats
    unrest: Floats
    swing: float


def measure(zones: Zones, counts: NDArray[np.int64], forecast: Floats, lengths: NDArray[np.int64]) -> Noise:
    """From counts and the forecasts made for them, both (places, steps)."""
    swing = shared_variance(counts, forecast)
    means = forecast * common_swing(counts, forecast, swing)
    windows = sampled(counts.astype(np.float64), means, lengths)
    group = groups_of(int(np.diff(zones.starts).max(initial=1)))
    shape = (int(group.max()) + 1, len(lengths))
    alpha = dispersion(zones, windows, group, shape)
    return Noise(group, alpha, unrest_of(zones, windows[::3], group, alpha), swing)


def groups_of(largest: int) -> NDArray[np.int64]:
    """1, 2, 3-4, 5-8, 9-16, ... places."""
    return np.array([0] + [math.ceil(math.log2(size)) for size in range(1, largest + 1)], np.int64)


def shared_variance(counts: NDArray[np.int64], forecast: Floats) -> float:
    """The squared coefficient of variation of a day's total beyond Poisson, from what is left over; large days are cut at 4 deviations."""
    total, expected = counts.sum(axis=0).astype(np.float64), forecast.sum(axis=0)
    over = total - expected
    typical = max(1.4826 * float(np.median(np.abs(over))), 1e-9)
    over = np.clip(over, -4 * typical, 4 * typical)
    square = float((expected**2).sum())
    return max(float((over**2 - expected).sum()) / square, 0.0) if square > 0 else 0.0


def common_swing(counts: NDArray[np.int64], forecast: Floats, swing: float) -> Floats:
    """(steps,): the factor that all places share, given a day's total: the mean of a gamma distribution that has seen it."""
    if swing <= 1e-9:
        return np.ones(counts.shape[1])
    return np.asarray((counts.sum(axis=0) + 1 / swing) / (forecast.sum(axis=0) + 1 / swing))


def sampled(counts: Floats, means: Floats, lengths: NDArray[np.int64]) -> list[tuple[Floats, Floats]]:
    """Periods that end on days spread evenly, as sums (places, lengths) of cases and expectations."""
    days = range(int(lengths[-1]) - 1, counts.shape[1])
    if len(days) < LEAST_DAYS // 2:
        raise ValueError(f"noise: {len(days)} days are too few to measure a forecast's errors")

    def summed(values: Floats) -> Floats:
        return np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)

    until, mean_until = summed(counts), summed(means)
    chosen = np.unique(np.linspace(days[0], days[-1], min(len(days), SAMPLED)).astype(np.int64))
    return [
        (
            np.ascontiguousarray(until[:, [day + 1]] - until[:, day + 1 - lengths]),
            np.ascontiguousarray(mean_until[:, [day + 1]] - mean_until[:, day + 1 - lengths]),
        )
        for day in chosen
    ]


def dispersion(zones: Zones, windows: list[tuple[Floats, Floats]], group: NDArray[np.int64], shape: tuple[int, int]) -> Floats:
    """By moments: what (count - mean)^2 exceeds the mean by, over mean^2; a class that has few zones borrows from its length's others."""
    excess, square, cells = np.zeros(shape), np.zeros(shape), np.zeros(shape, np.int64)
    numbers = np.arange(0, zones.lists, max(1, zones.lists // LISTS))
    for counts, means in windows:
        spread(zones.starts, zones.members, numbers, zones.smallest, group, counts, means, excess, square, cells)
    pooled = np.maximum(excess.sum(axis=0), 0) / np.maximum(square.sum(axis=0), 1e-12)
    known = square > 0
    own = np.where(known, np.maximum(excess, 0) / np.where(known, square, 1.0), pooled[None, :])
    trust = cells / (cells + 5.0 * len(windows))  # a class of five zones is believed by half
    return np.ascontiguousarray(trust * own + (1 - trust) * pooled[None, :])


def unrest_of(zones: Zones, windows: list[tuple[Floats, Floats]], group: NDArray[np.int64], alpha: Floats) -> Floats:
    """(lists,) how restless each neighbourhood has been beyond what all are: Pearson's mean square, drawn towards 1."""
    pearson, cells = np.zeros(zones.lists), np.zeros(zones.lists, np.int64)
    for counts, means in windows:
        restless(zones.starts, zones.members, zones.smallest, group, counts, means, alpha, pearson, cells)
    weeks = float(len(windows))  # every third sampled day is about a week after the last
    own = pearson / np.maximum(cells, 1)
    return np.asarray(np.clip((own * weeks + DOUBT) / (weeks + DOUBT), 0.8, 5.0))
