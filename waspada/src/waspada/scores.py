"""What a cluster is measured against: five scores, each with its expectation, its likelihood ratio and its worlds of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases, same_shape
from waspada.expected import nobody_there, poisson_expected, separable_population
from waspada.model import Clumps, Model, Shuffle

Array = NDArray[np.float64]


class Score(Protocol):
    """Something that can say what to expect, and how to deal out a world of chance."""

    def model(self, cases: Cases) -> Model: ...


@dataclass(frozen=True)
class Permutation:
    """Space-time permutation: cases alone; their places and their times are independent, within each stratum."""

    def model(self, cases: Cases) -> Model:
        by_stratum = cases.counts[:, :, None] if cases.strata is None else cases.strata
        total = float(cases.total)
        of_place, of_step = by_stratum.sum(axis=1).astype(np.float64), by_stratum.sum(axis=0).astype(np.float64)
        labels = [np.repeat(np.arange(cases.places), of_place[:, s].astype(np.int64)) for s in range(by_stratum.shape[2])]
        steps = [np.repeat(np.arange(cases.steps), of_step[:, s].astype(np.int64)) for s in range(by_stratum.shape[2])]
        shuffle = Shuffle.of_times(labels, steps)
        if by_stratum.shape[2] == 1:
            scale = 1 / total if total else 0.0
            return Model("conditional", total, weights=of_place[:, 0], shares=of_step[:, 0], scale=scale, shuffle=shuffle)
        sums = of_place.sum(axis=0)
        rate = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
        return Model(
            "conditional", total, expected=np.asarray(np.einsum("ps,ts,s->pt", of_place, of_step, rate), np.float64), shuffle=shuffle
        )


@dataclass(frozen=True)
class Poisson:
    """Discrete Poisson, given the total: cases fall on people as likely everywhere and always, but for their stratum."""

    def model(self, cases: Cases) -> Model:
        total = float(cases.total)
        weights = separable_population(cases)
        if weights is None:
            return Model("conditional", total, expected=poisson_expected(cases))
        days = cases.days.astype(np.float64)
        return Model("conditional", total, weights=weights, shares=days, scale=1 / float(days.sum()))


@dataclass(frozen=True)
class Bernoulli:
    """Cases among cases and controls: each is as likely a case as any other."""

    def model(self, cases: Cases) -> Model:
        if cases.controls is None:
            raise BadData("the Bernoulli score needs controls")
        everybody = cases.counts + cases.controls
        trials = float(everybody.sum())
        share = cases.total / trials if trials else 0.0
        return Model(
            "bernoulli",
            float(cases.total),
            trials=trials,
            expected=np.asarray(everybody * share, np.float64),
            shuffle=Shuffle.of_cases(everybody, cases.total),
        )


@dataclass(frozen=True, eq=False)
class ExpectationPoisson:
    """Each place and step against its own expected number, not against the others: ``baseline`` is (places, steps)."""

    baseline: ArrayLike

    def model(self, cases: Cases) -> Model:
        return Model("expectation", 0.0, expected=checked_baseline(self.baseline, cases))


@dataclass(frozen=True, eq=False)
class NegativeBinomial:
    """As ``ExpectationPoisson``, for counts that vary more than Poisson's: bursts, batches, days on which everybody reports.

    baseline: (places, steps), the expected cases. dispersion: a number, or (places, 1), (1, steps) or (places, steps) of them:
    the variance of a place and step is mean + dispersion * mean^2, and 0 is Poisson's. wander: a number or (places,): the variance of a
    place's level round its baseline, common to all its steps, for a level is estimated and drifts. shared: the variance of a level that
    the places of a group have in common; groups: (places,) any labels, by default all places are one.
    The ratio of a cylinder with c cases, mean m and variance v (the sum over its places and steps, wander times the square of each
    place's mean in it, shared times m^2) is that of a negative binomial with this mean and variance:
    c ln(c/m) - (c + k) ln((c + k)/(m + k)), k = m^2 / (v - m). In the worlds of chance levels of places and groups are gamma, and each
    count negative binomial.
    Raises BadData where a place expects less than nothing, nothing but has cases, or varies less than nothing.
    """

    baseline: ArrayLike
    dispersion: ArrayLike
    wander: ArrayLike = 0.0
    shared: float = 0.0
    groups: Sequence[Any] | None = None

    def model(self, cases: Cases) -> Model:
        baseline = checked_baseline(self.baseline, cases)
        dispersion = spread_out(self.dispersion, baseline.shape, "dispersion")
        for row, step in np.argwhere(~(np.isfinite(dispersion) & (dispersion >= 0)))[:1]:
            raise BadData(f"dispersion: place {cases.ids[row]!r} cannot have {dispersion[row, step]} in step {step}; it is a number from 0")
        wander = spread_out(self.wander, (cases.places,), "wander")
        for row in np.flatnonzero(~(np.isfinite(wander) & (wander >= 0)))[:1]:
            raise BadData(f"wander: place {cases.ids[row]!r} cannot have {wander[row]}; it is a number from 0")
        if not (np.isfinite(self.shared) and self.shared >= 0):
            raise BadData(f"shared: expected a number from 0, got {self.shared}")
        clumps = Clumps(baseline, dispersion, wander, float(self.shared), numbered(self.groups, cases.places))
        return Model("overdispersed", 0.0, expected=baseline, clumps=clumps)


def numbered(groups: Sequence[Any] | None, places: int) -> NDArray[np.int64]:
    """(places,) labels as 0, 1, ... in the order in which they come."""
    if groups is None:
        return np.zeros(places, np.int64)
    if len(groups) != places:
        raise BadData(f"groups: {len(groups)} for {places} places")
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    return np.array([names[name] for name in groups], np.int64)


def spread_out(value: ArrayLike, shape: tuple[int, ...], what: str) -> Array:
    """The value in full."""
    array = np.asarray(value, np.float64)
    try:
        return np.broadcast_to(array, shape)
    except ValueError:
        raise BadData(f"{what}: expected a number or {shape}, got the shape {array.shape}") from None


def checked_baseline(baseline: ArrayLike, cases: Cases) -> Array:
    """(places, steps) of expected cases, or an error that names the place."""
    expected = np.asarray(same_shape(baseline, cases.counts.shape, "baseline"), np.float64)
    for row, step in np.argwhere(~(np.isfinite(expected) & (expected >= 0)))[:1]:
        raise BadData(f"baseline: place {cases.ids[row]!r} cannot expect {expected[row, step]} cases in step {step}")
    nobody_there(cases, expected)
    return expected
