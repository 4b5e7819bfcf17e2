"""A score made concrete for one set of cases: what is expected, and how a world of chance is dealt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["conditional", "expectation", "bernoulli", "overdispersed"]
Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def nothing() -> Array:
    return np.zeros((0, 0))


@dataclass(frozen=True, eq=False)
class Shuffle:
    """A deck and the number of cards drawn from it, stratum by stratum.

    A drawn card is a case. cards: a place each, or a cell (place x steps + step). edges: where each stratum's cards begin.
    drawn: how many are drawn per stratum. steps: the step of each drawn card in turn, or empty when the card is a cell.
    cells: how many cells there are.
    """

    cards: Whole
    edges: Whole
    drawn: Whole
    steps: Whole
    cells: int = 0

    @classmethod
    def of_times(cls, labels: Sequence[Whole], steps: Sequence[Whole]) -> Shuffle:
        """Places stay, the times are dealt out among the cases of each stratum."""
        sizes = [len(part) for part in labels]
        edges = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        return cls(np.concatenate(labels), edges, np.array(sizes, np.int64), np.concatenate(steps))

    @classmethod
    def of_cases(cls, everybody: Whole, cases: int) -> Shuffle:
        """So many of everybody become cases."""
        cards = np.repeat(np.arange(everybody.size), everybody.ravel())
        return cls(cards, np.array([0, len(cards)]), np.array([cases]), np.zeros(0, np.int64), everybody.size)


@dataclass(frozen=True, eq=False)
class Clumps:
    """Negative binomial counts, (places, steps): variance = mean + dispersion * mean^2, 0 is Poisson's.

    wander: (places,), the variance of a place's level round what is expected of it, the same on all its days. shared: that of the
    level of all places of a group, whose number stands in groups, (places,).
    """

    expected: Array
    dispersion: Array
    wander: Array
    shared: float
    groups: Whole


@dataclass(frozen=True, eq=False)
class Model:
    """What is expected of places and steps: ``scale * weights x shares`` where it separates, else ``expected``.

    total: the cases, 0 for the expectation scores. trials: cases and controls, 0 unless Bernoulli.
    clumps: how much more than Poisson's counts vary, step by step even where steps are joined.
    """

    kind: Kind
    total: float
    trials: float = 0.0
    weights: Array = field(default_factory=lambda: np.zeros(0))
    shares: Array = field(default_factory=lambda: np.zeros(0))
    scale: float = 0.0
    expected: Array = field(default_factory=nothing)
    shuffle: Shuffle | None = None
    clumps: Clumps | None = None

    @property
    def separable(self) -> bool:
        return self.expected.size == 0

    @property
    def per_step(self) -> Array:
        """(places, steps) in full."""
        return self.scale * np.outer(self.weights, self.shares) if self.separable else self.expected

    def as_one_step(self) -> Model:
        """The whole study as one step."""
        if self.separable:
            return replace(self, shares=np.array([self.shares.sum()]))
        return replace(self, expected=self.expected.sum(axis=1, keepdims=True))
