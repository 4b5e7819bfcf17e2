"""Load against what is usual: a span for each count, and an arrow only where the change is surer than chance; pure, no query in it.

A count of some days is compared with the weeks before. The spread of those weeks says how much such counts swing by themselves
(quasi-Poisson: variance over mean, never below one). A change is tested as a share of all counts (Przyborowski and Wilenski 1940), once
by days and once by visits, so that more visiting alone makes no arrow; and over all rows of a page together (Holm 1979), so that the
chance of a single false arrow on it stays below five in a hundred.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

EIGHTY = 1.2816  # standard deviations on either side of four cases in five
SURE = 0.05  # the chance of any false arrow on a page
EXACT = 2000  # counts up to which the binomial is summed


@dataclass(frozen=True, slots=True)
class Count:
    """One row: how many now, how many in the base, and how its weeks swung."""

    now: int
    before: int
    weeks: tuple[int, ...]

    @property
    def spread(self) -> float:
        if len(self.weeks) < 4 or not sum(self.weeks):
            return 1.0
        mean = sum(self.weeks) / len(self.weeks)
        return max(1.0, sum((week - mean) ** 2 for week in self.weeks) / (len(self.weeks) - 1) / mean)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Over how many days, and with how many visits, counts were made: now and in the base."""

    days: int
    base_days: int
    visits: int = 0
    base_visits: int = 0


def usual(count: Count, over: Exposure) -> tuple[int, int]:
    """The counts between which four of five such periods lie, if nothing changed."""
    share = over.days / over.base_days
    mean = count.before * share
    half = EIGHTY * math.sqrt(max(count.spread * mean * (1 + share), 0.05))
    low = max(0, math.floor(mean - half + 0.5))
    return low, max(low, math.ceil(mean + half - 0.5))


def arrows(counts: Sequence[Count], over: Exposure) -> list[int]:
    """1, -1 or 0 for each row: up, down, or nothing that is surer than chance."""
    sides = [side(count, over) for count in counts]
    order = sorted(range(len(sides)), key=lambda at: sides[at][1])
    found = [0] * len(sides)
    for rank, at in enumerate(order):
        direction, chance = sides[at]
        if chance > SURE / (len(sides) - rank):
            break
        found[at] = direction
    return found


def side(count: Count, over: Exposure) -> tuple[int, float]:
    """The direction of a change, and how likely chance alone makes one as large: the weaker of two answers, by days and by visits."""
    by_days = tested(count, over.days, over.base_days)
    if not over.visits or not over.base_visits:
        return by_days
    by_visits = tested(count, over.visits, over.base_visits)
    return (by_days[0], max(by_days[1], by_visits[1])) if by_days[0] == by_visits[0] else (0, 1.0)


def tested(count: Count, now: int, before: int) -> tuple[int, float]:
    total, k = round((count.now + count.before) / count.spread), round(count.now / count.spread)
    share = now / (now + before)
    if not total:
        return 0, 1.0
    lower, upper = tails(k, total, share)
    return (1 if k > total * share else -1), min(1.0, 2 * min(lower, upper))


def tails(k: int, n: int, p: float) -> tuple[float, float]:
    """The chance of at most k, and of at least k, of n that each come with p."""
    if n > EXACT:
        deviation = math.sqrt(n * p * (1 - p))
        return normal((k + 0.5 - n * p) / deviation), normal(-(k - 0.5 - n * p) / deviation)
    terms = [
        math.exp(math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p))
        for i in range(n + 1)
    ]
    return sum(terms[: k + 1]), sum(terms[k:])


def normal(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))
