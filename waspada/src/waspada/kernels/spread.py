"""The walk for counts that vary more than Poisson's: each cylinder has a count, a mean and an excess of variance, all plain sums.

The ratio is that of a negative binomial with the cylinder's mean and variance: it treats one place's burst of ten as the
unremarkable thing that it is where counts come in bursts. All lengths of a period are summed at once, side by side in memory.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, uint64

from waspada.kernels.deal import GOLD, key_of, mixed
from waspada.kernels.ratio import CLOSE

LANES = 8  # the rows of sums are padded to whole vectors


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


@njit(cache=True, nogil=True)
def add_up(counts, spread, end, longest, width, sums):  # type: ignore[no-untyped-def]
    """For each place, end to end in ``sums``: its counts, means and excesses of the periods of 1, 2, ... steps that end at an age."""
    for place in range(len(counts)):
        count, mean, excess = 0.0, 0.0, 0.0
        at = 3 * width * place
        for length in range(longest):
            age = end + length
            count += counts[place, age]
            mean += spread.expected[place, age]
            excess += spread.excess[place, age]
            sums[at + length] = count
            sums[at + width + length] = mean
            sums[at + 2 * width + length] = excess + spread.wander[place] * mean * mean


@njit(nogil=True)
def spread_walk(number, sums, width, shared, ground, limits, end, longest, shortest, best, choosing, found):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in one list among the periods that end at one age, else ``best``.

    Choosing, every zone that reaches ``best`` is compared with ``found``: size, the end's age, length, count, mean, excess. Of equals
    the zone with fewer places stays, then the shorter period, then the earlier one.
    """
    members, first = ground.members, ground.starts[number]
    total = np.zeros(3 * width)
    for size in range(1, ground.starts[number + 1] - first + 1):
        at = uint64(members[first + size - 1]) * uint64(3 * width)
        for lane in range(uint64(3 * width)):
            total[lane] += sums[at + lane]
        if size < ground.smallest[number] or (choosing and found[0] > 0 and size > found[0]):
            continue
        if not limits.low:
            # the ratio bends less than the parabola of the same curvature at the mean: a bound without a logarithm
            bar, hits = 2.0 * best * (1.0 - 1e-9), 0
            for lane in range(uint64(width)):
                mean = total[uint64(width) + lane]
                beyond, variance = total[lane] - mean, mean + total[uint64(2 * width) + lane] + shared * mean * mean
                hits += (beyond > 0.0) & (beyond * beyond >= bar * variance)
            if hits == 0:
                continue
        for length in range(shortest, longest + 1):
            count, mean, excess = total[length - 1], total[width + length - 1], total[2 * width + length - 1]
            high = count > mean and limits.high and count >= limits.least_high
            low = count < mean and limits.low and count >= limits.least_low
            if not (high or low):
                continue
            excess += shared * mean * mean
            ratio = spread_ratio(count, mean, excess)
            if not choosing:
                best = max(best, ratio)
            elif ratio >= best:
                shorter = length < found[2] or (length == found[2] and end > found[1])
                if found[0] == 0 or size < found[0] or shorter:
                    found[0], found[1], found[2], found[3], found[4], found[5] = size, end, length, count, mean, excess
    return best


@njit(cache=True, nogil=True)
def spread_best_of_each(counts, ground, spread, frame, limits, ratios, found):  # type: ignore[no-untyped-def]
    """For each list the highest ratio, and the cylinder that has it."""
    width = -(-frame.longest // LANES) * LANES
    nowhere = np.zeros(6)
    for choosing in (False, True):
        for end in range(frame.ends):
            longest = min(frame.longest, frame.span - end)
            sums = np.zeros(3 * width * len(counts))
            add_up(counts, spread, end, longest, width, sums)
            for number in range(len(ratios)):
                if not choosing:
                    ratios[number] = spread_walk(
                        number, sums, width, spread.shared, ground, limits, end, longest, frame.shortest, ratios[number], False, nowhere
                    )
                elif ratios[number] > CLOSE:
                    spread_walk(
                        number,
                        sums,
                        width,
                        spread.shared,
                        ground,
                        limits,
                        end,
                        longest,
                        frame.shortest,
                        ratios[number] - CLOSE,
                        True,
                        found[number],
                    )


@njit(cache=True, nogil=True)
def spread_best_of_all(counts, ground, spread, frame, limits):  # type: ignore[no-untyped-def]
    """The highest ratio of all lists, 0 if there is none."""
    width = -(-frame.longest // LANES) * LANES
    nowhere, best = np.zeros(6), 0.0
    for end in range(frame.ends):
        longest = min(frame.longest, frame.span - end)
        sums = np.zeros(3 * width * len(counts))
        add_up(counts, spread, end, longest, width, sums)
        for number in range(len(ground.starts) - 1):
            best = spread_walk(number, sums, width, spread.shared, ground, limits, end, longest, frame.shortest, best, False, nowhere)
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
def deal_clumps(seed, replicate, means, dispersion, levels, together, table):  # type: ignore[no-untyped-def]
    """Write a negative binomial world into ``table``.

    Along the line of all places and ages clumps arrive as a Poisson process, at the rate ln(1 + a m) / a of each cell; a clump's size
    is of the logarithmic series. So a cell's count is negative binomial with mean m and variance m + a m^2 (Quenouille 1949).
    levels: by what each place's means are multiplied in this world. together: all ages count as age 0.
    """
    key, drawn = key_of(seed, replicate), uint64(1)
    gap = -math.log(fraction(mixed(key + drawn * GOLD)))
    table[:] = 0
    for place in range(len(means)):
        for age in range(means.shape[1]):
            mean, a = means[place, age] * levels[place], dispersion[place, age]
            part = a * mean
            rate = math.log1p(part) / a if a > 0.0 else mean
            while gap <= rate:
                size = clump_size(mixed(key + (drawn + uint64(1)) * GOLD), mixed(key + (drawn + uint64(2)) * GOLD), part / (1.0 + part))
                table[place, 0 if together else age] += size
                drawn += uint64(3)
                gap -= math.log(fraction(mixed(key + drawn * GOLD)))
            gap -= rate
