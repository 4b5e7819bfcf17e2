"""From a statistic and the maxima of chance to how surprised to be."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLOSE = 1e-9
EULER = 0.5772156649015329


@dataclass(frozen=True, eq=False)
class Evidence:
    """What chance did. ``method`` is named in every result; ``maxima`` are in the order of the worlds.

    "monte-carlo": every world in full. "exceedance": only whether a world reaches the lowest statistic asked for, so that no
    Gumbel distribution can be fitted. "sequential": worlds until 50 reached it (Besag and Clifford 1991).
    """

    method: str
    maxima: NDArray[np.float64]
    asked: int
    full: bool = True

    @property
    def done(self) -> int:
        return len(self.maxima)

    def p_value(self, statistic: float) -> float | None:
        """The rank among the worlds of chance; sequential: reached / done when the walk stopped early."""
        if self.done == 0:
            return None
        reached = int((self.maxima >= statistic - CLOSE).sum())
        if self.method == "sequential" and self.done < self.asked:
            return min(1.0, reached / self.done)
        return (reached + 1) / (self.done + 1)

    def gumbel_p(self, statistic: float) -> float | None:
        """The p-value of a Gumbel distribution with the maxima's mean and deviation."""
        if not self.full or self.done < 2:
            return None
        spread = float(self.maxima.std(ddof=1)) * math.sqrt(6) / math.pi
        if spread <= 0:
            return None
        where = float(self.maxima.mean()) - EULER * spread
        return -math.expm1(-math.exp(-(statistic - where) / spread))


def recurrence(p_value: float | None, days: float, analyses: int) -> float | None:
    """Days between analyses over p, the p of one analysis where p accounts for several."""
    if p_value is None or p_value <= 0:
        return None
    each = p_value if analyses == 1 else -math.expm1(math.log1p(-p_value) / analyses) if p_value < 1 else 1.0
    return max(days / each, 1.0)


def risk_interval(
    kind: str, observed: float, expected: float, total: float, trials: float, excess: float = 0.0
) -> tuple[float | None, float | None, float | None]:
    """Relative risk, and 95 % bounds that know nothing of the search for the highest: they describe, they do not test."""
    from scipy.special import betaincinv, gammaincinv  # slow to import, and only clusters need it

    if expected <= 0:
        return None, None, None
    if kind == "overdispersed" and excess > 0:
        return observed / expected, *spread_interval(observed, expected, expected * expected / excess)
    if kind in ("expectation", "overdispersed"):
        least = float(gammaincinv(observed, 0.025)) / expected if observed > 0 else 0.0
        return observed / expected, least, float(gammaincinv(observed + 1, 0.975)) / expected
    rest, rest_expected = total - observed, total - expected
    if rest_expected <= 0:
        return None, None, None
    risk = observed / expected / (rest / rest_expected) if rest > 0 else None
    if kind == "bernoulli":
        return risk, *katz(observed, expected * trials / total, rest, trials - expected * trials / total)

    def bound(share: float) -> float | None:
        return share / (1 - share) * rest_expected / expected if share < 1 else None

    lower = bound(float(betaincinv(observed, rest + 1, 0.025))) if observed > 0 else 0.0
    upper = bound(float(betaincinv(observed + 1, rest, 0.975))) if rest > 0 else None
    return risk, lower, upper


def spread_interval(observed: float, expected: float, size: float) -> tuple[float, float]:
    """As Garwood's, for a negative binomial of this size: the means whose tail beyond ``observed`` is 2.5 %, over the expected."""
    from scipy.special import betaincinv

    def bound(count: float, tail: float) -> float:
        share = float(betaincinv(count, size, tail))
        return share / (1 - share) * size / expected if share < 1 else math.inf

    return (bound(observed, 0.025) if observed > 0 else 0.0), bound(observed + 1, 0.975)


def katz(observed: float, people: float, rest: float, rest_people: float) -> tuple[float | None, float | None]:
    """The interval of Katz for a ratio of two shares."""
    if observed <= 0 or rest <= 0 or rest_people <= 0:
        return None, None
    middle = math.log(observed / people / (rest / rest_people))
    error = 1.959963984540054 * math.sqrt(max(1 / observed - 1 / people + 1 / rest - 1 / rest_people, 0.0))
    return math.exp(middle - error), math.exp(middle + error)
