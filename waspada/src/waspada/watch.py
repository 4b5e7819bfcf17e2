"""Our own detector: zones against a forecast with reporting effort, its errors measured on days that the forecast had not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.baseline import fit
from waspada.cases import BadData, Cases
from waspada.history import Past
from waspada.kernels.watch import strongest
from waspada.noise import LEAST_DAYS, Noise, common_swing, measure
from waspada.signals import MOST, Signal
from waspada.zones import Zones, usual_weights

Floats = NDArray[np.float64]


class Forecast(Protocol):
    """A fitted baseline, as ``waspada.baseline`` makes it."""

    def predict(self, start: date, days: int, effort: ArrayLike | None = None) -> NDArray[np.float64]: ...


Fit = Callable[[Cases, "Floats | None", int, Any], Forecast]


def usual_fit(cases: Cases, effort: Floats | None, keep_out: int, previous: Any) -> Forecast:
    return fit(cases, effort=effort, keep_out=keep_out, previous=previous)


@dataclass(frozen=True)
class Watch:
    """Growing zones over several period lengths, against what the baseline forecast.

    zones: by default circles of at most ``share`` of the cases known at the beginning. lengths: of the periods, in steps.
    refit: steps between two fits of the baseline; it never sees the last ``keep_out`` steps before a fit.
    learn: steps before the first forecast; ``memory``: how many steps back the forecast's errors are measured.
    least: fewest cases of a cluster. risk: the highest relative risk that is believed: three reports where one in fifty days is usual are a
    chance that comes often among many places, not fifty times the risk. fit: (cases, effort, keep_out, previous forecast) -> forecast; by default ``waspada.baseline.fit``.

    The statistic is a negative binomial likelihood ratio whose dispersion is measured for each size of zone and length of period, on forecasts made
    before the days came; divided by how restless the neighbourhood has been. Swings that all places share are taken out.
    """

    zones: Zones | None = None
    share: float = 0.1
    lengths: tuple[int, ...] = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28)
    refit: int = 28
    keep_out: int = 28
    learn: int = 182
    memory: int = 364
    least: int = 3
    risk: float = 10.0
    fit: Fit = usual_fit
    name: str = "waspada"

    def __post_init__(self) -> None:
        if not self.lengths or min(self.lengths) < 1 or list(self.lengths) != sorted(set(self.lengths)):
            raise ValueError(f"watch: lengths must rise from 1, got {self.lengths}")
        if not self.risk > 1:
            raise ValueError(f"watch: a relative risk that is believed is above 1, got {self.risk}")
        if min(self.refit, self.learn, self.memory, self.least) < 1 or self.keep_out < 0:
            raise ValueError("watch: refit, learn, memory and least are at least 1, keep_out at least 0")

    def begin(self, past: Past) -> WatchLooker:
        needed = self.learn + self.keep_out + max(self.lengths) + LEAST_DAYS
        if past.steps < needed:
            raise BadData(f"watch: needs {needed} steps of history before the first day it judges, got {past.steps}")
        cases = past.cases(past.clean)
        zones = Zones.circles(cases, share=self.share, weights=usual_weights(cases)) if self.zones is None else self.zones
        return WatchLooker(self, zones, past)


class WatchLooker:
    """A watch at work. ``forecast`` holds, step by step, what was expected before the step's reports were counted; NaN before the first."""

    def __init__(self, watch: Watch, zones: Zones, past: Past) -> None:
        if zones.places != past.places:
            raise BadData(f"zones: made for {zones.places} places, but there are {past.places}")
        self.watch, self.zones = watch, zones
        self.lengths = np.array(watch.lengths, np.int64)
        self.everything = np.arange(zones.lists)
        self.forecast: Floats = np.full((past.places, 0), np.nan)
        self.baseline: Forecast | None = None
        self.noise: Noise | None = None
        self.fitted = -1
        for step in range(watch.learn, past.step + 1):
            self.foresee(past.until(step))
        self.measure(past)

    def foresee(self, past: Past) -> bool:
        """Write down what is expected of a step; whether the baseline was fitted anew for it."""
        step, watch = past.step, self.watch
        if self.forecast.shape[1] != step:
            if self.forecast.shape[1] > step or (self.baseline is not None and self.forecast.shape[1] < step):
                raise BadData(f"watch: asked for step {step} after step {self.forecast.shape[1] - 1}; steps come one by one")
            self.forecast = np.full((past.places, step), np.nan)
        fresh = self.baseline is None or step - self.fitted >= watch.refit
        if fresh:
            before = past.until(step - 1)
            self.baseline, self.fitted = watch.fit(before.cases(before.clean), before.effort, watch.keep_out, self.baseline), step
        assert self.baseline is not None
        effort = None if past.effort is None else past.effort[:, -1:]
        expected = np.asarray(self.baseline.predict(past.like.first_day(step), 1, effort), np.float64)
        self.forecast = np.column_stack([self.forecast, np.maximum(expected.reshape(-1), 1e-9)])
        return fresh

    def measure(self, past: Past) -> None:
        """How far forecasts have been off lately; the last ``keep_out`` steps stay out, so that a cluster that grows does not excuse itself."""
        first = max(self.watch.learn, past.steps - self.watch.keep_out - self.watch.memory)
        stop = past.steps - self.watch.keep_out
        self.noise = measure(self.zones, past.clean[:, first:stop], self.forecast[:, first:stop], self.lengths)

    def windows(self, past: Past) -> tuple[Floats, Floats]:
        """(places, lengths): cases and expectation in the periods that end now, what all places share taken out."""
        assert self.noise is not None
        span = int(self.lengths[-1])
        counts = past.clean[:, -span:]
        means = self.forecast[:, -span:] * common_swing(counts, self.forecast[:, -span:], self.noise.swing)
        return backwards(counts.astype(np.float64), self.lengths), backwards(means, self.lengths)

    def look(self, past: Past) -> list[Signal]:
        if self.foresee(past):
            self.measure(past)
        return self.signals(past, *self.windows(past), self.everything, self.zones.smallest)

    def signals(
        self, past: Past, counts: Floats, means: Floats, numbers: NDArray[np.int64], smallest: NDArray[np.int64], most: int = MOST
    ) -> list[Signal]:
        """The strongest cylinders of these lists that share no place, where the statistic is above 0, the strongest first.

        Of equals the one with fewer places, then the shorter period, then the lower list.
        """
        assert self.noise is not None
        noise, zones = self.noise, self.zones
        scores, found = np.zeros(len(numbers)), np.zeros((len(numbers), 4))
        strongest(
            zones.starts, zones.members, numbers, smallest, noise.group, counts, means, noise.alpha, noise.unrest, self.watch.risk,
            self.watch.least, 0.0, scores, found,
        )  # fmt: skip
        result: list[Signal] = []
        taken = np.zeros(zones.places, bool)
        for i in np.lexsort((numbers, found[:, 1], found[:, 0], -scores)):
            rows = zones.members_of(int(numbers[i]), int(found[i, 0]))
            if scores[i] <= 0 or len(result) == most:
                break
            if not taken[rows].any():
                taken[rows] = True
                first = past.step - int(self.lengths[int(found[i, 1])]) + 1
                result.append(Signal(past.step, tuple(rows.tolist()), first, int(found[i, 2]), float(found[i, 3]), float(scores[i])))
        return result


def backwards(values: Floats, lengths: NDArray[np.int64]) -> Floats:
    """(places, lengths): sums over the last so many steps."""
    return np.ascontiguousarray(np.cumsum(values[:, ::-1], axis=1)[:, lengths - 1])
