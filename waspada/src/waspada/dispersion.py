"""How much more than Poisson's counts vary, by maximum likelihood, quickly enough for a refit every day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MOST = 50.0
BINS = 400


def dispersion_of(counts: Array, means: Array) -> float:
    """The dispersion a for which counts ~ negative binomial (variance m + a m^2) is most likely; 0 where Poisson's fits better.

    The likelihood needs the means only through sum (y + 1/a) ln(1 + a m); the means are joined in 400 bins for that, which costs
    less than a thousandth of the estimate and makes it independent of the number of cells (Lawless 1987 gives the likelihood).
    """
    counts, means = np.asarray(counts, np.float64).ravel(), np.asarray(means, np.float64).ravel()
    some = means > 0
    counts, means = np.minimum(counts[some], 1e5), means[some]
    hits = counts > 0
    if not hits.any():
        return 0.0
    whole = np.floor(counts[hits] + 0.5).astype(np.int64)
    above = np.cumsum(np.bincount(whole)[::-1])[::-1][1:].astype(np.float64)  # above[j]: cells with more than j
    ladder = np.arange(len(above), dtype=np.float64)
    low, high = np.log(means.min()), np.log(means.max())
    which = np.minimum(((np.log(means) - low) * (BINS / max(high - low, 1e-9))).astype(np.int64), BINS - 1)
    number = np.bincount(which, minlength=BINS).astype(np.float64)
    cases = np.bincount(which, weights=counts, minlength=BINS)
    middle = np.bincount(which, weights=means, minlength=BINS) / np.maximum(number, 1)

    def likelihood(log_a: float) -> float:
        a = float(np.exp(log_a))
        return float(above @ np.log1p(a * ladder) - (cases + number / a) @ np.log1p(a * middle))

    best = highest(likelihood, np.log(1e-5), np.log(MOST))
    a = float(np.exp(best))
    poisson = float(-(number @ middle))
    return a if likelihood(best) > poisson else 0.0


def highest(value: object, low: float, high: float) -> float:
    """Where a function of one hump is highest, by the golden section."""
    assert callable(value)
    golden = (np.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    of_left, of_right = value(left), value(right)
    for _ in range(34):
        if of_left < of_right:
            low, left, of_left = left, right, of_right
            right = low + golden * (high - low)
            of_right = value(right)
        else:
            high, right, of_right = right, left, of_left
            left = high - golden * (high - low)
            of_left = value(left)
    return float((low + high) / 2)


@dataclass(frozen=True, eq=False)
class Levels:
    """Rates by place. own: how much of each is the place's own history (1) and how much its group's (0).

    doubt: the variance of a rate relative to its square, all that history leaves open. between: the places' true dispersion.
    """

    rates: Array
    own: Array
    doubt: Array
    between: float


def shrunk(counts: Array, exposures: Array, groups: NDArray[np.int64], noise: Array) -> Levels:
    """Rates by place, pulled towards their group's the less a place has to say: gamma-Poisson empirical Bayes.

    counts, exposures: (places,) cases, and what a rate of 1 would have brought. groups: (places,) 0, 1, ... noise: (places,) how much
    more than Poisson's a place's count varies. Groups are themselves pulled towards the whole, as if five cases at the whole's rate were added (Clayton and Kaldor 1987).
    """
    overall = (counts.sum() + 0.5) / max(float(exposures.sum()), 1e-12)
    of_group = np.bincount(groups, weights=counts) + 5.0
    group_exposure = np.bincount(groups, weights=exposures) + 5.0 / overall
    prior = (of_group / group_exposure)[groups]
    usual = float((noise - 1.0)[exposures > 0].mean()) if (exposures > 0).any() else 0.0
    expected = prior * exposures
    between = dispersion_of(counts, expected)
    typical = float(expected.mean()) if len(expected) else 0.0
    between = max(between - (usual / typical if typical > 0 else 0.0), 1e-3)
    own = expected / noise
    weight = own / (own + 1 / between)
    raw = np.divide(counts, exposures, out=prior.copy(), where=exposures > 0)
    return Levels(weight * raw + (1 - weight) * prior, weight, 1 / (1 / between + counts / noise), between)


def surplus(counts: Array, means: Array, excess: Array) -> float:
    """How much counts vary, as a variance relative to the square of their mean, beyond their means and a known excess."""
    together = float((means**2).sum())
    return max(dispersion_of(counts, means) - float(excess.sum()) / together, 0.0) if together > 0 else 0.0
