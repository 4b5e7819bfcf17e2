"""The sieve: which list of zones, in which world, could hold a ratio above the floor. Small whole numbers, many worlds at once.

Periods are joined in groups and zones in blocks. A group's hull is the union of its periods, its core what they have in common.
Counting the hull in a block's last zone, and expecting the core in its first, can only overstate the ratio: what does not pass
with that does not pass at all. So the sieve loses nothing, and the walk needs to go only where it says.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from waspada.kernels.ratio import SHIFT, log_ratio
from waspada.kernels.vectors import ROWS, add_and_compare, lanes_set
from waspada.kernels.walk import in_tables, level_of


@njit(cache=True, nogil=True)
def blocks_of(ground, division):  # type: ignore[no-untyped-def]
    """Blocks of zones of similar size: a list's zones 1, 2, 3 stand alone, its 240th shares a block with its next nine.

    Returns where each list's blocks begin, and where in ``members`` each block ends. The places before a list's first zone
    are a block of their own.
    """
    lists = len(ground.starts) - 1
    of_list = np.zeros(lists + 1, np.int64)
    ends = np.zeros(0, np.int64)
    for count_only in (True, False):
        total = 0
        if not count_only:
            ends = np.empty(of_list[lists], np.int64)
        for number in range(lists):
            start, stop = ground.starts[number], ground.starts[number + 1]
            at = start
            while at < stop:
                if at == start and ground.smallest[number] > 1:
                    at += ground.smallest[number] - 1
                else:
                    at = min(stop, at + max(1, (at - start) // division))
                if not count_only:
                    ends[total] = at
                total += 1
            of_list[number + 1] = total
    return of_list, ends


@njit(cache=True, nogil=True)
def set_limits(first, stop, ground, means, tables, of_list, ends, cores, limits):  # type: ignore[no-untyped-def]
    """The highest count of each block and group that cannot exceed the floor; 255 (65535) where a block is no zone."""
    highest = np.int64(255) if limits.itemsize == 1 else np.int64(65535)
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    span = means.expected.shape[1]
    sums = np.zeros(span + 1)
    groups = len(cores)
    for number in range(first, stop):
        weight = 0.0
        sums[:] = 0.0
        at = ground.starts[number]
        for block in range(of_list[number], of_list[number + 1]):
            silent = ends[block] - ground.starts[number] < ground.smallest[number]
            fresh = True
            while at < ends[block]:
                place = ground.members[at]
                if means.separable:
                    weight += means.weights[place]
                else:
                    summed = 0.0
                    for age in range(span):
                        summed += means.expected[place, age]
                        sums[age + 1] += summed
                if fresh:
                    fresh = False
                    for group in range(groups):
                        start, end = cores[group, 0], cores[group, 1]
                        mean = 0.0
                        if end > start:
                            if means.separable:
                                mean = means.scale * weight * (means.until[end] - means.until[start])
                            else:
                                mean = sums[end] - sums[start] - 1e-12 * sums[end]
                        value[0] = np.float32(mean * (1.0 - 1e-6))
                        lower = min(max((bits[0] >> SHIFT) - tables.lowest, 0), tables.need.shape[1] - 1)
                        limit = min(np.int64(tables.need[0, lower]) - 1, highest - 1)
                        limits[group // ROWS, block, group % ROWS] = highest if silent else limit
                    for group in range(groups, limits.shape[0] * ROWS):
                        limits[group // ROWS, block, group % ROWS] = highest
                at += 1


@njit(cache=True, nogil=True)
def fill(tile, places, ages, dealt, offsets, rows, nested):  # type: ignore[no-untyped-def]
    """Count each world's cases in the rows whose hull holds their age. Nested hulls: counted in the first, then summed up."""
    highest = 255 if tile.itemsize == 1 else 65535
    tile[:] = 0
    for world in range(len(dealt)):
        for case in range(dealt[world]):
            place, age = places[world, case], ages[world, case]
            for entry in range(offsets[age], offsets[age + 1]):
                row = rows[entry]
                tile[place, row, world] += tile[place, row, world] < highest
    if nested:
        for place in range(len(tile)):
            for row in range(1, tile.shape[1]):
                for lane in range(tile.shape[2]):
                    summed = np.int32(tile[place, row, lane]) + np.int32(tile[place, row - 1, lane])
                    tile[place, row, lane] = min(summed, np.int32(highest))


@njit(cache=True, nogil=True)
def sift(tile, ground, of_list, ends, limits, sums, beyond, passed):  # type: ignore[no-untyped-def]
    """For every list, add to ``passed`` the worlds (a bit each) in which some block exceeds its limit."""
    for number in range(len(ground.starts) - 1):
        sums[:] = 0
        beyond[:] = 0
        at = ground.starts[number]
        for block in range(of_list[number], of_list[number + 1]):
            add_and_compare(tile, ground.members, at, ends[block], limits, block * ROWS, sums, beyond)
            at = ends[block]
        passed[number] |= lanes_set(beyond)


@njit(nogil=True)
def probe(number, table, ground, means, law, frame, tables, groups, of_list, ends, limits, best):  # type: ignore[no-untyped-def]
    """The walk of one list, but only through the blocks and groups that exceed their limits."""
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    day, until = np.zeros(frame.span, np.int64), np.zeros(frame.span + 1, np.int64)
    mean_of = np.zeros(frame.span)
    hit = np.zeros(len(groups), np.int64)
    level = level_of(tables, best)
    weight = 0.0
    start = ground.starts[number]
    at, meant = start, start  # places counted, and places whose expectation is summed
    for block in range(of_list[number], of_list[number + 1]):
        for member in range(at, ends[block]):
            place = ground.members[member]
            for age in range(frame.span):
                day[age] += table[place, age]
        for age in range(frame.span):
            until[age + 1] = until[age] + day[age]
        hits = 0
        for group in range(len(groups)):
            hull = until[groups[group, 5]] - until[groups[group, 4]]
            if hull > limits[group // ROWS, block, group % ROWS]:
                hit[hits] = group
                hits += 1
        if hits > 0 and ends[block] - start >= ground.smallest[number]:
            for member in range(at, ends[block]):  # back to where the block began
                place = ground.members[member]
                for age in range(frame.span):
                    day[age] -= table[place, age]
            for member in range(at, ends[block]):
                place = ground.members[member]
                for age in range(frame.span):
                    day[age] += table[place, age]
                for age in range(frame.span):
                    until[age + 1] = until[age] + day[age]
                while meant <= member:
                    if means.separable:
                        weight += means.weights[ground.members[meant]]
                    else:
                        for age in range(frame.span):
                            mean_of[age] += means.expected[ground.members[meant], age]
                    meant += 1
                for h in range(hits):
                    group = hit[h]
                    if until[groups[group, 5]] - until[groups[group, 4]] <= limits[group // ROWS, block, group % ROWS]:
                        continue
                    for end in range(groups[group, 0], groups[group, 1] + 1):
                        longest = min(groups[group, 3], frame.span - end)
                        shortest = groups[group, 2]
                        summed = 0.0
                        if not means.separable:
                            for age in range(end, min(end + shortest - 1, frame.span)):
                                summed += mean_of[age]
                        for length in range(shortest, longest + 1):
                            if means.separable:
                                mean = means.scale * weight * (means.until[end + length] - means.until[end])
                            else:
                                summed += mean_of[end + length - 1]
                                mean = summed
                            count = until[end + length] - until[end]
                            if in_tables(tables, bits, value, level, count, mean):
                                ratio = log_ratio(law, float(count), mean)
                                if ratio > best:
                                    best = ratio
                                    level = level_of(tables, best)
        at = ends[block]
    return best


@njit(cache=True, nogil=True)
def search(passed, world, table, ground, means, law, frame, tables, groups, of_list, ends, limits):  # type: ignore[no-untyped-def]
    """The highest ratio of one world, in the lists that passed the sieve; below the floor it is only a bound from below."""
    best = 0.0
    for number in range(len(passed)):
        if (passed[number] >> uint64(world)) & uint64(1):
            best = probe(number, table, ground, means, law, frame, tables, groups, of_list, ends, limits, best)
    return best
