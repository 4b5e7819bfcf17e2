"""The walk for counts that vary more than Poisson's: each cylinder has a mean and an excess of variance, both plain sums.

The ratio is that of a negative binomial with the cylinder's mean and variance: it treats one place's burst of ten as the
unremarkable thing that it is where counts come in bursts.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, uint64

from waspada.kernels.deal import GOLD, key_of, mixed, pick
from waspada.kernels.ratio import CLOSE


@njit(inline="always")
def spread_ratio(count, mean, excess):  # type: ignore[no-untyped-def]
    """The log likelihood ratio of ``count`` where ``mean`` is expected with the variance ``mean + excess``."""
    if mean <= 0.0:
        return 0.0
    ratio = count * math.log(count / mean) if count > 0.0 else 0.0
    if excess <= 0.0:
        return ratio - (count - mean)
    size = mean * mean / excess
    return ratio - (count + size) * math.log1p((count - mean) / (mean + size))


@njit(nogil=True)
def spread_walk(number, counts, ground, expected, excess, frame, high, low, least_high, least_low, best, pick_first, found):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in one list, else ``best``; with ``pick_first`` as in ``walk``, and the excess in found[5]."""
    members, span = ground.members, frame.span
    until = np.zeros(span + 1, np.int64)
    day = np.zeros(span, np.int64)
    mean_of, excess_of = np.zeros(span), np.zeros(span)
    first = ground.starts[number]
    for size in range(1, ground.starts[number + 1] - first + 1):
        place = members[first + size - 1]
        for age in range(span):
            day[age] += counts[place, age]
            mean_of[age] += expected[place, age]
            excess_of[age] += excess[place, age]
        if size < ground.smallest[number]:
            continue
        for age in range(span):
            until[age + 1] = until[age] + day[age]
        for end in range(frame.ends):
            mean, more = 0.0, 0.0
            for length in range(1, min(frame.longest, span - end) + 1):
                mean += mean_of[end + length - 1]
                more += excess_of[end + length - 1]
                if length < frame.shortest:
                    continue
                count = until[end + length] - until[end]
                beyond = float(count) - mean
                if beyond > 0.0:
                    # the ratio bends less than the parabola of the same curvature at the mean: a bound without a logarithm
                    if not high or count < least_high or beyond * beyond < 2.0 * best * (mean + more) * (1.0 - 1e-9):
                        continue
                elif not low or count < least_low or beyond == 0.0:
                    continue
                ratio = spread_ratio(float(count), mean, more)
                if pick_first and ratio >= best:
                    if found[0] == 0 or length < found[2] or (length == found[2] and end > found[1]):
                        found[0], found[1], found[2], found[3], found[4], found[5] = size, end, length, count, mean, more
                elif ratio > best:
                    best = ratio
        if pick_first and found[0] > 0:
            break
    return best


@njit(cache=True, nogil=True)
def spread_best_of_each(counts, ground, expected, excess, frame, high, low, least_high, least_low, ratios, found):  # type: ignore[no-untyped-def]
    """For each list the highest ratio, and the cylinder that has it."""
    nowhere = np.zeros(6)
    for number in range(len(ground.starts) - 1):
        best = spread_walk(number, counts, ground, expected, excess, frame, high, low, least_high, least_low, 0.0, False, nowhere)
        if best > CLOSE:
            ratios[number] = best
            spread_walk(
                number, counts, ground, expected, excess, frame, high, low, least_high, least_low, best - CLOSE, True, found[number]
            )


@njit(cache=True, nogil=True)
def spread_best_of_all(counts, ground, expected, excess, frame, high, low, least_high, least_low):  # type: ignore[no-untyped-def]
    """The highest ratio of all lists, 0 if there is none."""
    nowhere, best = np.zeros(6), 0.0
    for number in range(len(ground.starts) - 1):
        best = spread_walk(number, counts, ground, expected, excess, frame, high, low, least_high, least_low, best, False, nowhere)
    return best


@njit(inline="always")
def fraction(bits):  # type: ignore[no-untyped-def]
    """Between 0 and 1, neither of them."""
    return (np.float64(bits >> uint64(11)) + 0.5) * 1.1102230246251565e-16


@njit(inline="always")
def clump_size(first, second, chance):  # type: ignore[no-untyped-def]
    """A draw from the logarithmic series, by Kemp's second algorithm (1981)."""
    v = fraction(first)
    if v >= chance:
        return np.int64(1)
    q = -math.expm1(math.log1p(-chance) * fraction(second))
    if v <= q * q:
        return np.int64(min(math.floor(1.0 + math.log(v) / math.log(q)), 2147483647.0))
    return np.int64(1) if v >= q else np.int64(2)


@njit(cache=True, nogil=True)
def deal_clumps(seed, replicate, clumps, odds, other, chances, cell_place, cell_age, table, touched):  # type: ignore[no-untyped-def]
    """A negative binomial world, as clumps: Poisson many of them, each of a size from the logarithmic series of its cell."""
    key = key_of(seed, replicate)
    for clump in range(clumps):
        cell = pick(mixed(key + uint64(3 * clump + 1) * GOLD), odds, other)
        touched[clump] = cell
        size = clump_size(mixed(key + uint64(3 * clump + 2) * GOLD), mixed(key + uint64(3 * clump + 3) * GOLD), chances[cell])
        table[cell_place[cell], cell_age[cell]] += size


@njit(cache=True, nogil=True)
def clear_clumps(clumps, cell_place, cell_age, table, touched):  # type: ignore[no-untyped-def]
    """Take a world out of the table again."""
    for clump in range(clumps):
        table[cell_place[touched[clump]], cell_age[touched[clump]]] = 0
