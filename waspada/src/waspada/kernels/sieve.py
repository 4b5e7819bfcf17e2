"""The sieve: which list of zones, in which world, could hold a ratio above the floor. Small whole numbers, many worlds at once.

Periods are joined in groups and zones in blocks. A group's hull is the union of its periods, its core what they have in common.
Counting the hull in a block's last zone, and expecting the core in its first, can only overstate the ratio: what does not pass
with that does not pass at all. So the sieve loses nothing, and the walk needs to go only where it says.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint64

from waspada.kernels.ratio import SHIFT, log_ratio
from waspada.kernels.vectors import ROWS, add_and_compare
from waspada.kernels.walk import level_of, may_exceed


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
def set_limits(first, stop, ground, means, tables, of_list, ends, cores, limits, weight_before):  # type: ignore[no-untyped-def]
    """The highest count of each block and group that cannot exceed the floor; 255 (65535) where a block is no zone.

    Also the weight of the places before each block.
    """
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
            weight_before[block] = weight
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
def sift(tile, ground, of_list, ends, limits, sums, passed, passed_block):  # type: ignore[no-untyped-def]
    """For every list and block, add the worlds (a bit each) that exceed a limit there."""
    for number in range(len(ground.starts) - 1):
        sums[:] = 0
        at = ground.starts[number]
        any_block = uint64(0)
        for block in range(of_list[number], of_list[number + 1]):
            worlds = add_and_compare(  # type: ignore[call-arg,var-annotated]  # an intrinsic hides its first argument
                tile, ground.members, at, ends[block], limits, block * ROWS, sums
            )
            passed_block[block] |= worlds
            any_block |= worlds
            at = ends[block]
        passed[number] |= any_block


@njit(inline="always")
def add_place(day, table, place):  # type: ignore[no-untyped-def]
    for age in range(len(day)):
        day[age] += table[place, age]


@njit(inline="always")
def take_place(day, table, place):  # type: ignore[no-untyped-def]
    for age in range(len(day)):
        day[age] -= table[place, age]


@njit(inline="always")
def groups_beyond(until, groups, limits, block, hit):  # type: ignore[no-untyped-def]
    """Write the groups whose hull exceeds its limit into ``hit``; returns how many."""
    hits = 0
    for group in range(len(groups)):
        if until[groups[group, 5]] - until[groups[group, 4]] > limits[group // ROWS, block, group % ROWS]:
            hit[hits] = group
            hits += 1
    return hits


@njit(inline="always")
def sum_up(day, until):  # type: ignore[no-untyped-def]
    total = np.int32(0)
    for age in range(len(until) - 1):
        total += day[age]
        until[age + 1] = total


@njit(cache=True, nogil=True)
def search(world, passed, passed_block, table, ground, means, law, frame, tables, groups, of_list, ends, limits, weight_before):  # type: ignore[no-untyped-def]
    """The highest ratio of one world, in the blocks it passed; below the floor it is only a bound from below."""
    need, most, lowest = tables.need, tables.most, tables.lowest
    floor, step, levels = tables.floor, tables.step, len(tables.need)
    starts, members, weights, span_until, expected = ground.starts, ground.members, means.weights, means.until, means.expected
    separable, scale, span = means.separable, means.scale, frame.span
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    day, until = np.zeros(table.shape[1], np.int32), np.zeros(span + 1, np.int32)
    mean_of = np.zeros(span)
    hit = np.zeros(len(groups), np.int64)
    mask = uint64(1) << uint64(world)
    best, level = 0.0, 0
    for number in range(len(passed)):
        if not passed[number] & mask:
            continue
        day[:] = 0
        mean_of[:] = 0.0
        start = starts[number]
        at, meant = start, start  # as far as places are counted, and their expectations summed
        for block in range(of_list[number], of_list[number + 1]):
            if not passed_block[block] & mask:
                continue
            first = ends[block - 1] if block > of_list[number] else start
            for member in range(at, ends[block]):  # a look at the block's last zone: which groups are it?
                add_place(day, table, members[member])
            at = ends[block]
            sum_up(day, until)
            hits = groups_beyond(until, groups, limits, block, hit)
            for member in range(first, at):
                take_place(day, table, members[member])
            weight = weight_before[block]
            for member in range(first, at):
                add_place(day, table, members[member])
                sum_up(day, until)
                weight += weights[members[member]] if separable else 0.0
                while not separable and meant <= member:
                    for age in range(span):
                        mean_of[age] += expected[members[meant], age]
                    meant += 1
                for h in range(hits):
                    group = hit[h]
                    if until[groups[group, 5]] - until[groups[group, 4]] <= limits[group // ROWS, block, group % ROWS]:
                        continue
                    shortest, longest = groups[group, 2], groups[group, 3]
                    for end in range(groups[group, 0], groups[group, 1] + 1):
                        summed = 0.0
                        for age in range(end, 0 if separable else min(end + shortest - 1, span)):
                            summed += mean_of[age]
                        for length in range(shortest, min(longest, span - end) + 1):
                            if separable:
                                mean = scale * weight * (span_until[end + length] - span_until[end])
                            else:
                                summed += mean_of[end + length - 1]
                                mean = summed
                            count = until[end + length] - until[end]
                            if count > mean and may_exceed(need, most, lowest, False, bits, value, level, count, mean):
                                ratio = log_ratio(law, float(count), mean)
                                if ratio > best:
                                    best = ratio
                                    level = level_of(floor, step, levels, best)
    return best
