"""The exact walk: through a list's zones, place by place, looking at every period of each."""

from __future__ import annotations

import numpy as np
from numba import njit

from waspada.kernels.ratio import CLOSE, SHIFT, log_ratio
from waspada.kernels.shapes import Frame, Ground, Law, Means, Tables


@njit(inline="always")
def level_of(floor, step, levels, best):  # type: ignore[no-untyped-def]
    return min(max(int((best - floor) / step), 0), levels - 1)


@njit(inline="always")
def may_exceed(need, most, lowest, low, bits, value, level, count, mean):  # type: ignore[no-untyped-def]
    """Whether the ratio may exceed the level. The arrays are handed over one by one: a bundle would be counted as used each time."""
    value[0] = np.float32(mean * (1.0 - 1e-6))
    lower = min(max((bits[0] >> SHIFT) - lowest, 0), need.shape[1] - 2)
    return count >= need[level, lower] or (low and count <= most[level, lower + 1])


@njit(nogil=True)
def walk(number, counts, ground, means, law, frame, tables, best, pick, found):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in one list, else ``best``.

    With ``pick`` the walk ends at the first zone that reaches ``best`` and writes into ``found`` its size, the end's age, the
    period's length, count and mean: of equals the zone with fewer places, then the shorter period, then the earlier one.
    """
    need, most, lowest, high, low = tables.need, tables.most, tables.lowest, tables.high, tables.low
    least_high, least_low = tables.least_high, tables.least_low
    floor, step, levels = tables.floor, tables.step, len(tables.need)
    members, weights, span_until, expected = ground.members, means.weights, means.until, means.expected
    separable, scale, span = means.separable, means.scale, frame.span
    level = level_of(floor, step, levels, best)
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    day = np.zeros(span, np.int64)
    until = np.zeros(span + 1, np.int64)
    mean_of = np.zeros(span)
    weight = 0.0
    first = ground.starts[number]
    for size in range(1, ground.starts[number + 1] - first + 1):
        place = members[first + size - 1]
        for age in range(span):
            day[age] += counts[place, age]
        if separable:
            weight += weights[place]
        else:
            for age in range(span):
                mean_of[age] += expected[place, age]
        if size < ground.smallest[number]:
            continue
        for age in range(span):
            until[age + 1] = until[age] + day[age]
        for end in range(frame.ends):
            summed = 0.0
            for length in range(1, min(frame.longest, span - end) + 1):
                if separable:
                    mean = scale * weight * (span_until[end + length] - span_until[end])
                else:
                    summed += mean_of[end + length - 1]
                    mean = summed
                if length < frame.shortest:
                    continue
                count = until[end + length] - until[end]
                if not may_exceed(need, most, lowest, low, bits, value, level, count, mean):
                    continue
                if not ((high and count > mean and count >= least_high) or (low and count < mean and count >= least_low)):
                    continue
                ratio = log_ratio(law, float(count), mean)
                if pick and ratio >= best:
                    if found[0] == 0 or length < found[2] or (length == found[2] and end > found[1]):
                        found[0], found[1], found[2], found[3], found[4] = size, end, length, count, mean
                elif ratio > best:
                    best = ratio
                    level = level_of(floor, step, levels, best)
        if pick and found[0] > 0:
            break
    return best


@njit(cache=True, nogil=True)
def best_of_each(first, stop, counts, ground, means, law, frame, tables, ratios, found):  # type: ignore[no-untyped-def]
    """For the lists ``first`` .. ``stop`` - 1 the highest ratio, and the cylinder that has it."""
    nowhere = np.zeros(5)
    for number in range(first, stop):
        best = walk(number, counts, ground, means, law, frame, tables, 0.0, False, nowhere)
        if best > CLOSE:
            ratios[number] = best
            walk(number, counts, ground, means, law, frame, tables, best - CLOSE, True, found[number])


@njit(cache=True, nogil=True)
def best_of_all(counts, ground, means, law, frame, tables, best, stride):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in every ``stride``-th list."""
    nowhere = np.zeros(5)
    for number in range(0, len(ground.starts) - 1, stride):
        best = walk(number, counts, ground, means, law, frame, tables, best, False, nowhere)
    return best


__all__ = ["Frame", "Ground", "Law", "Means", "Tables", "best_of_all", "best_of_each", "walk"]
