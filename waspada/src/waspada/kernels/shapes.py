"""The arrays that every kernel is handed, in named bundles. Time runs backwards in them: age 0 is the last step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]


class Ground(NamedTuple):
    """The zones: growing lists of places, one after the other."""

    starts: Longs
    members: Ints
    smallest: Longs


class Means(NamedTuple):
    """What is expected of a place at an age: scale * weights[place] * (until[age + 1] - until[age]), or expected[place, age]."""

    separable: bool
    scale: float
    weights: Floats
    until: Floats
    expected: Floats


class Spread(NamedTuple):
    """Means and variances that are not Poisson's: a cylinder's variance is its means and excesses, wander times the square of each
    place's mean in it, and shared times the square of its own mean."""

    expected: Floats
    excess: Floats
    wander: Floats
    shared: float


class Bounds(NamedTuple):
    """Whether high and low counts may be clusters, and with how many cases."""

    high: bool
    low: bool
    least_high: int
    least_low: int


class Law(NamedTuple):
    """Which likelihood ratio: 0 given the total, 1 against the expectation, 2 Bernoulli."""

    kind: int
    total: float
    trials: float


class Frame(NamedTuple):
    """The periods: they end at the ages 0 .. ends - 1, last shortest .. longest steps, and lie within span."""

    ends: int
    shortest: int
    longest: int
    span: int


class Tables(NamedTuple):
    """What a count must reach, by level of the ratio and bin of the expectation, to be worth a logarithm.

    Level l stands for the ratio floor + l * step. need: at least so many for a high one; most: at most so many for a low one.
    high, low: whether such may be clusters at all; least_high, least_low: with how many cases.
    """

    floor: float
    step: float
    lowest: int
    high: bool
    low: bool
    least_high: int
    least_low: int
    need: Ints
    most: Ints


class Deck(NamedTuple):
    """How a world of chance is dealt.

    way: 0 places and ages apart, 1 cells (place x age), 2 cards. odds, other: alias tables; age_odds, age_other for the ages.
    places, ages: what each card says (age -1: the position says it). edges, drawn: strata of cards. positions: ages by position.
    """

    way: int
    span: int
    odds: NDArray[np.uint32]
    other: Ints
    age_odds: NDArray[np.uint32]
    age_other: Ints
    places: Ints
    ages: Ints
    edges: Longs
    drawn: Longs
    positions: Ints
