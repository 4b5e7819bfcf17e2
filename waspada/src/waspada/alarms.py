"""Alarms: which signals are news, how many there are a year, and which threshold keeps them within a budget. Measured by replay."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.budget import between, crossing, off_a_tie
from waspada.history import History
from waspada.rates import Rate
from waspada.signals import Detector, Looker, Signal

Floats = NDArray[np.float64]
BUDGET = 12.0  # alarms a year
SILENCE = 7  # steps
SHARED = 0.5


@dataclass(frozen=True, eq=False)
class Trace:
    """What a detector said, day by day, in a replay: steps ``first`` .. ``first + len(days) - 1``; ``per_year`` steps are a year.

    looker: the detector as it stood after the last step, for quick checks; None for a part of a trace.
    """

    name: str
    first: int
    days: tuple[tuple[Signal, ...], ...]
    per_year: float
    looker: Looker | None = None

    @property
    def stop(self) -> int:
        """The step after its last."""
        return self.first + len(self.days)

    @cached_property
    def signals(self) -> list[Signal]:
        """All signals in the order of the days."""
        return [signal for day in self.days for signal in day]

    @cached_property
    def heights(self) -> Floats:
        """The statistic of each signal."""
        return np.array([signal.statistic for signal in self.signals], np.float64)

    @cached_property
    def when(self) -> NDArray[np.int64]:
        """The step of each signal."""
        return np.array([signal.step for signal in self.signals], np.int64)

    @cached_property
    def longest(self) -> int:
        """Steps of the longest period."""
        return max((signal.step - signal.first_step + 1 for signal in self.signals), default=0)

    def between(self, first: int, stop: int) -> Trace:
        """The steps from ``first`` up to, not including, ``stop``."""
        if not self.first <= first <= stop <= self.stop:
            raise ValueError(f"trace: {first} to {stop} lies outside the steps {self.first} to {self.stop}")
        return replace(self, first=first, days=self.days[first - self.first : stop - self.first], looker=None)


def replay(
    history: History, detector: Detector, first: int, stop: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Trace:
    """Let a detector live through the steps ``first`` .. ``stop`` - 1. At each it is handed what was known at that step's end, no more."""
    stop = history.steps if stop is None else stop
    if not 0 < first < stop <= history.steps:
        raise ValueError(f"replay: steps {first} to {stop} do not lie after the first and within the {history.steps} there are")
    looker = detector.begin(history.until(first - 1))
    days = []
    for step in range(first, stop):
        days.append(tuple(looker.look(history.until(step))))
        if progress is not None:
            progress(step - first + 1, stop - first)
    return Trace(detector.name, first, tuple(days), history.per_year, looker)


@dataclass(frozen=True)
class Alarm:
    """A cluster that was news on the step ``raised``, and how it went on.

    rows, since, observed, expected, statistic, threshold: as they were then. last: the last step on which it was still seen.
    seen: on how many steps. peak: the highest statistic. latest: the places as last seen.
    """

    raised: int
    rows: tuple[int, ...]
    since: int
    observed: int
    expected: float
    statistic: float
    threshold: float
    last: int
    seen: int = 1
    peak: float = -math.inf
    latest: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, signal: Signal, threshold: float) -> Alarm:
        return cls(
            signal.step, signal.rows, signal.first_step, signal.observed, signal.expected, signal.statistic, threshold,
            signal.step, 1, signal.statistic, frozenset(signal.rows),
        )  # fmt: skip

    @property
    def first_step(self) -> int:
        """The same as ``since``, as clusters and signals call it: an alarm can be drawn."""
        return self.since

    def goes_on_in(self, signal: Signal, silence: int, shared: float = SHARED) -> bool:
        """Whether a signal tells of this cluster again: most of the smaller one's places shared, and either not long unseen or of a period
        that reaches back to when it was seen."""
        if signal.step - self.last > silence and signal.first_step > self.last:
            return False
        rows = set(signal.rows)
        return any(len(rows & old) >= shared * min(len(rows), len(old)) for old in (self.latest, frozenset(self.rows)))

    def seen_again(self, signal: Signal) -> Alarm:
        if signal.step == self.last:  # twice on one day: two parts of one cluster
            return replace(self, peak=max(self.peak, signal.statistic), latest=self.latest | frozenset(signal.rows))
        peak = max(self.peak, signal.statistic)
        return replace(self, last=signal.step, seen=self.seen + 1, peak=peak, latest=frozenset(signal.rows))


class Link:
    """Links signals over the days: the first of a cluster is an alarm, the following are the same cluster going on."""

    def __init__(self, silence: int = SILENCE, shared: float = SHARED) -> None:
        if silence < 0 or not 0 < shared <= 1:
            raise ValueError(f"alarms: silence ({silence}) is at least 0, shared ({shared}) lies in (0, 1]")
        self.silence, self.shared = silence, shared
        self.open: list[Alarm] = []
        self.closed: list[Alarm] = []

    def day(self, signals: Iterable[Signal], threshold: float) -> list[Alarm]:
        """The new alarms among a day's signals, the strongest first."""
        news: list[Alarm] = []
        for signal in signals:
            if signal.statistic <= threshold:
                continue
            known = next((i for i, alarm in enumerate(self.open) if alarm.goes_on_in(signal, self.silence, self.shared)), None)
            if known is None:
                news.append(Alarm.of(signal, threshold))
                self.open.append(news[-1])
            else:
                self.open[known] = self.open[known].seen_again(signal)
        return news

    def forget(self, step: int, memory: int) -> None:
        """Close what was last seen more than ``memory`` steps ago: no period reaches back so far."""
        self.closed += [alarm for alarm in self.open if step - alarm.last > memory]
        self.open = [alarm for alarm in self.open if step - alarm.last <= memory]

    @property
    def alarms(self) -> list[Alarm]:
        """All so far, in the order in which they were raised."""
        return sorted(self.closed + self.open, key=lambda a: (a.raised, -a.statistic, a.rows))


def alarms(trace: Trace, threshold: float | ArrayLike, silence: int = SILENCE, shared: float = SHARED) -> list[Alarm]:
    """The new alarms of a trace under a threshold, one number or one for each step; what goes on is told once."""
    limits = np.broadcast_to(np.asarray(threshold, np.float64), (len(trace.days),))
    link = Link(silence, shared)
    loud = np.flatnonzero(trace.heights > limits[trace.when - trace.first])
    memory = max(silence, trace.longest)
    for place in np.split(loud, np.flatnonzero(np.diff(trace.when[loud])) + 1):
        if len(place):
            step = int(trace.when[place[0]])
            link.forget(step, memory)
            link.day([trace.signals[i] for i in place], float(limits[step - trace.first]))
    return link.alarms


@dataclass(frozen=True)
class Calibration:
    """A threshold for a budget, and what it did on the days it was chosen on: ``rate`` is not a promise, the held-out rate is.

    reached: False if even the lowest statistic kept in the trace gives fewer alarms than the budget.
    """

    threshold: float
    budget: float
    rate: Rate
    silence: int
    reached: bool = True


def calibrate(trace: Trace, budget: float = BUDGET, silence: int = SILENCE, shared: float = SHARED) -> Calibration:
    """The threshold at which a trace gives ``budget`` new alarms a year.

    One year has few alarms, and the threshold that fits it exactly fits its chance. So the number of alarms is taken at many thresholds, from
    four times the budget to a quarter, and a straight line through its logarithm says where the budget is met.
    """
    if not budget > 0:
        raise ValueError(f"alarms: a budget is more than 0 alarms a year, got {budget}")
    years = len(trace.days) / trace.per_year
    aim = budget * years
    heights = np.unique(trace.heights)
    if len(heights) == 0:
        return Calibration(0.0, budget, Rate(0, years), silence, reached=False)

    def count(threshold: float) -> int:
        return len(alarms(trace, threshold, silence, shared))

    levels = between(heights, count, aim)
    counts = np.array([count(level) for level in levels], np.float64)
    threshold = crossing(levels, counts, aim)
    lowest = float(heights[0]) - 1e-9
    reached = count(lowest) >= aim or bool((counts >= aim).any())
    threshold = off_a_tie(threshold, heights, count, aim) if reached else lowest
    return Calibration(threshold, budget, Rate(count(threshold), years), silence, reached)


@dataclass(frozen=True, eq=False)
class Held:
    """Alarms on held-out days, each under a threshold that was chosen on earlier days.

    thresholds: one for each step of the held-out part, which begins at ``first``. rate: new alarms a year, the honest figure.
    in_alarm: the share of days on which some alarm was seen. calibrations: one for each time the threshold was chosen.
    """

    first: int
    thresholds: Floats
    alarms: tuple[Alarm, ...]
    rate: Rate
    in_alarm: float
    calibrations: tuple[Calibration, ...]


def hold_out(
    trace: Trace, first: int, budget: float = BUDGET, silence: int = SILENCE, *, again: int | None = 91, memory: int | None = 365
) -> Held:
    """Choose the threshold on the steps before ``first``, count alarms from there on.

    again: choose anew after so many steps (None: never). memory: on the last so many steps before (None: all).
    """
    if not trace.first < first < trace.stop:
        raise ValueError(f"alarms: the held-out part cannot begin at {first}; the trace has the steps {trace.first} to {trace.stop}")
    calibrations, thresholds = [], np.zeros(trace.stop - first)
    for start in range(first, trace.stop, again or trace.stop):
        past = trace.between(trace.first if memory is None else max(trace.first, start - memory), start)
        calibrations.append(calibrate(past, budget, silence))
        thresholds[start - first :] = calibrations[-1].threshold
    held = trace.between(first, trace.stop)
    raised = alarms(held, thresholds, silence)
    return Held(
        first,
        thresholds,
        tuple(raised),
        Rate(len(raised), len(held.days) / trace.per_year),
        days_in_alarm(held, thresholds),
        tuple(calibrations),
    )


def days_in_alarm(trace: Trace, threshold: float | ArrayLike) -> float:
    """The share of days with a signal above the threshold, news or not."""
    limits = np.broadcast_to(np.asarray(threshold, np.float64), (len(trace.days),))
    loud = [bool(day) and max(s.statistic for s in day) > limit for day, limit in zip(trace.days, limits, strict=True)]
    return float(np.mean(loud)) if loud else 0.0


def alarm_rate(traces: Sequence[Trace], threshold: float, silence: int = SILENCE) -> Rate:
    """New alarms a year over several traces under one threshold."""
    return Rate(sum(len(alarms(t, threshold, silence)) for t in traces), sum(len(t.days) / t.per_year for t in traces))
