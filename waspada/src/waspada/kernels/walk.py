"""The exact walk: through a list's zones, place by place, looking at every period of each."""

from __future__ import annotations

import numpy as np
from numba import njit

from waspada.kernels.ratio import CLOSE, SHIFT, log_ratio
from waspada.kernels.shapes import Frame, Ground, Law, Means, Tables


@njit(inline="always")
def level_of(tables, best):  # type: ignore[no-untyped-def]
    return min(max(int((best - tables.floor) / tables.step), 0), len(tables.need) - 1)


@njit(inline="always")
def in_tables(tables, bits, value, level, count, mean):  # type: ignore[no-untyped-def]
    """Whether the ratio may exceed the level."""
    value[0] = np.float32(mean * (1.0 - 1e-6))
    lower = min(max((bits[0] >> SHIFT) - tables.lowest, 0), tables.need.shape[1] - 1)
    if count >= tables.need[level, lower]:
        return True
    value[0] = np.float32(mean * (1.0 + 1e-6))
    upper = min(max((bits[0] >> SHIFT) - tables.lowest, 0), tables.need.shape[1] - 1)
    return count <= tables.most[level, upper]


@njit(nogil=True)
def walk(number, counts, ground, means, law, frame, tables, best, pick, found):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in one list, else ``best``.

    With ``pick`` the walk ends at the first zone that reaches ``best`` and writes into ``found`` its size, the end's age, the
    period's length, count and mean: of equals the zone with fewer places, then the shorter period, then the earlier one.
    """
    level = level_of(tables, best)
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    day = np.zeros(frame.span, np.int64)
    until = np.zeros(frame.span + 1, np.int64)
    mean_of = np.zeros(frame.span)
    weight = 0.0
    first = ground.starts[number]
    for size in range(1, ground.starts[number + 1] - first + 1):
        place = ground.members[first + size - 1]
        for age in range(frame.span):
            day[age] += counts[place, age]
        if means.separable:
            weight += means.weights[place]
        else:
            for age in range(frame.span):
                mean_of[age] += means.expected[place, age]
        if size < ground.smallest[number]:
            continue
        for age in range(frame.span):
            until[age + 1] = until[age] + day[age]
        for end in range(frame.ends):
            summed = 0.0
            for length in range(1, min(frame.longest, frame.span - end) + 1):
                if means.separable:
                    mean = means.scale * weight * (means.until[end + length] - means.until[end])
                else:
                    summed += mean_of[end + length - 1]
                    mean = summed
                if length < frame.shortest:
                    continue
                count = until[end + length] - until[end]
                if not in_tables(tables, bits, value, level, count, mean):
                    continue
                ratio = log_ratio(law, float(count), mean)
                if pick and ratio >= best:
                    if found[0] == 0 or length < found[2] or (length == found[2] and end > found[1]):
                        found[0], found[1], found[2], found[3], found[4] = size, end, length, count, mean
                elif ratio > best:
                    best = ratio
                    level = level_of(tables, best)
        if pick and found[0] > 0:
            break
    return best


@njit(cache=True, nogil=True)
def best_of_each(first, stop, counts, ground, means, law, frame, tables, ratios, found):  # type: ignore[no-untyped-def]
    """For the lists ``first`` .. ``stop`` - 1 the highest ratio, and the cylinder that has it."""
    nowhere = np.zeros(5)
    for number in range(first, stop):
        best = walk(number, counts, ground, means, law, frame, tables, 0.0, False, nowhere)
        if best > 0.0:
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
