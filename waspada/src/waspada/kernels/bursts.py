"""The sieve for counts that vary more than Poisson's: limits of blocks and groups, worlds as lists of cells, the walk where it is let in.

The ratio rises with the count; at a fixed size k of the negative binomial it falls with the mean, and at a fixed mean it rises with k.
So no cylinder of a block and group has a higher ratio than the count of the longest period in the block's last zone would have with
the smallest mean and the largest k of them all. The largest count with which even that stays below the floor is the limit.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, uint64

from waspada.kernels.spread import spread_ratio, spread_walk
from waspada.kernels.vectors import ROWS

SURE = 1e-9  # what sums and logarithms may be off by, many times over


@njit(cache=True, nogil=True)
def ease(first, stop, ground, sums, width, shared, groups, of_list, ends, means, sizes):  # type: ignore[no-untyped-def]
    """Write each block's and group's smallest mean and largest size (infinite: Poisson's); a block that is no zone has the size 0.

    sums: for each place, end to end, counts (unused), means and excesses of the periods of 1, 2, ... steps, ``width`` apart.
    """
    total = np.zeros(3 * width)
    for number in range(first, stop):
        total[:] = 0.0
        start = ground.starts[number]
        at = start
        for block in range(of_list[number], of_list[number + 1]):
            silent = ends[block] - start < ground.smallest[number]
            means[block], sizes[block] = np.inf, 0.0
            while at < ends[block]:
                place = uint64(ground.members[at]) * uint64(3 * width)
                for lane in range(uint64(width), uint64(3 * width)):
                    total[lane] += sums[place + lane]
                at += 1
                for group in range(0 if silent else len(groups)):
                    # a mean only grows along the list and with the length
                    means[block, group] = min(means[block, group], total[width + groups[group, 2] - 1])
                    thinnest = np.inf
                    for length in range(groups[group, 2], groups[group, 3] + 1):
                        mean = total[width + length - 1]
                        thinnest = min(thinnest, total[2 * width + length - 1] / max(mean * mean, 1e-300))
                    thinnest += shared
                    sizes[block, group] = max(sizes[block, group], 1.0 / thinnest if thinnest > 0.0 else np.inf)


@njit(cache=True, nogil=True)
def limits_for(floor, least, means, sizes, limits):  # type: ignore[no-untyped-def]
    """The highest count of each block and group that cannot exceed the floor; 255 (65535) where a block is no zone."""
    highest = np.int64(255) if limits.itemsize == 1 else np.int64(65535)
    bar = max(floor - SURE, 0.0)
    for block in range(means.shape[0]):
        for group in range(means.shape[1]):
            limit = highest
            if sizes[block, group] > 0.0:
                mean, size = means[block, group] * (1.0 - SURE), sizes[block, group] * (1.0 + SURE)
                excess = mean * mean / size
                start = mean + math.sqrt(2.0 * bar * (mean + excess))  # the parabola of the same curvature bends more
                limit = min(max(np.int64(min(start * (1.0 - SURE), 1e9)), least - 1), highest - 1)
                while limit + 1 < highest and (limit + 1 <= mean or spread_ratio(float(limit + 1), mean, excess) <= bar):
                    if mean <= 0.0:
                        break
                    limit += 1
            limits[group // ROWS, block, group % ROWS] = limit


@njit(cache=True, nogil=True)
def cells_of(table, places, ages, counts):  # type: ignore[no-untyped-def]
    """Write the cells that hold cases, as far as there is room; returns how many there are."""
    found = 0
    for place in range(table.shape[0]):
        for age in range(table.shape[1]):
            if table[place, age] > 0:
                if found < len(places):
                    places[found], ages[found], counts[found] = place, age, table[place, age]
                found += 1
    return found


@njit(cache=True, nogil=True)
def fill_cells(tiles, places, ages, counts, cells, row_of):  # type: ignore[no-untyped-def]
    """Count each world's cases in the first row whose periods hold their age, then sum up along the rows: they are nested."""
    highest = np.int64(255) if tiles.itemsize == 1 else np.int64(65535)
    tiles[:] = 0
    for world in range(len(cells)):
        for cell in range(cells[world]):
            place, row = places[world, cell], row_of[ages[world, cell]]
            if row < len(tiles) * ROWS:
                summed = np.int64(tiles[row // ROWS, place, row % ROWS, world]) + counts[world, cell]
                tiles[row // ROWS, place, row % ROWS, world] = min(summed, highest)
    for place in range(tiles.shape[1]):
        for row in range(1, len(tiles) * ROWS):
            before, here = tiles[(row - 1) // ROWS, place, (row - 1) % ROWS], tiles[row // ROWS, place, row % ROWS]
            for lane in range(len(here)):
                here[lane] = min(np.int32(here[lane]) + np.int32(before[lane]), np.int32(highest))


@njit(cache=True, nogil=True)
def search_bursts(world, passed, places, ages, counts, cells, table, sums, width, shared, ground, frame, limits, best):  # type: ignore[no-untyped-def]
    """The highest ratio above ``best`` in one world's lists that were let through, else ``best``.

    table, sums: the thread's own; the counts in them are put there and taken away again.
    """
    nowhere, mask = np.zeros(6), uint64(1) << uint64(world)
    for cell in range(cells):
        table[places[cell], ages[cell]] = counts[cell]
    for cell in range(cells):
        at, count = 3 * width * places[cell], 0.0
        for length in range(frame.longest):
            count += table[places[cell], length]
            sums[at + length] = count
    for number in range(len(passed)):
        if passed[number] & mask:
            best = spread_walk(number, sums, width, shared, ground, limits, 0, frame.longest, frame.shortest, best, False, nowhere)
    for cell in range(cells):
        at = 3 * width * places[cell]
        table[places[cell], ages[cell]] = 0
        for length in range(frame.longest):
            sums[at + length] = 0.0
    return best
