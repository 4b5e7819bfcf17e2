"""Zones over a few period lengths against a forecast whose errors are overdispersed: one walk, no log where it cannot matter."""

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit(inline="always")
def surprise(count, mean, alpha, risk):  # type: ignore[no-untyped-def]
    """The log likelihood ratio of a negative binomial count, variance mean + alpha mean^2, under at most ``risk`` times the mean; Poisson where
    alpha is 0."""
    rate = min(count, risk * mean)
    if alpha * mean < 1e-9:
        return count * math.log(rate / mean) - (rate - mean)
    size = 1.0 / alpha
    return count * math.log(rate / mean) - (count + size) * math.log((rate + size) / (mean + size))


@njit(cache=True, nogil=True)
def strongest(starts, members, numbers, smallest, group, counts, means, alpha, unrest, risk, least, floor, scores, found):  # type: ignore[no-untyped-def]
    """For each of the lists ``numbers`` the cylinder with the highest score above the floor.

    counts, means: (places, lengths), sums over the last steps. alpha: (groups, lengths); group: of a size. unrest: of each list, what its
    ratios are divided by. risk: the highest relative risk that is believed. found: size, index of the length, count, mean; size 0 if none.
    A ratio is at most (count - mean)^2 / (2 variance), for its second derivative in the count is 1 / (count + alpha count^2).
    """
    lengths = counts.shape[1]
    count_of, mean_of = np.zeros(lengths), np.zeros(lengths)
    for i in range(len(numbers)):
        number = numbers[i]
        best = floor
        goal = 2.0 * floor * unrest[number]
        count_of[:] = 0.0
        mean_of[:] = 0.0
        first = starts[number]
        for size in range(1, starts[number + 1] - first + 1):
            place = members[first + size - 1]
            for j in range(lengths):
                count_of[j] += counts[place, j]
                mean_of[j] += means[place, j]
            if size < smallest[i]:
                continue
            g = group[size]
            for j in range(lengths):
                count, mean = count_of[j], mean_of[j]
                over = count - mean
                if over <= 0.0 or count < least or mean <= 0.0:
                    continue
                if over * over <= (mean + alpha[g, j] * mean * mean) * goal:
                    continue
                score = surprise(count, mean, alpha[g, j], risk) / unrest[number]
                if score > best:
                    best = score
                    goal = 2.0 * best * unrest[number]
                    found[i, 0], found[i, 1], found[i, 2], found[i, 3] = size, j, count, mean
        scores[i] = best


@njit(cache=True, nogil=True)
def spread(starts, members, numbers, smallest, group, counts, means, excess, square, cells):  # type: ignore[no-untyped-def]
    """Adds up, by group of sizes and length, (count - mean)^2 - mean, mean^2 and how many cylinders there were."""
    lengths = counts.shape[1]
    count_of, mean_of = np.zeros(lengths), np.zeros(lengths)
    for i in range(len(numbers)):
        number = numbers[i]
        count_of[:] = 0.0
        mean_of[:] = 0.0
        first = starts[number]
        for size in range(1, starts[number + 1] - first + 1):
            place = members[first + size - 1]
            for j in range(lengths):
                count_of[j] += counts[place, j]
                mean_of[j] += means[place, j]
            if size < smallest[number]:
                continue
            g = group[size]
            for j in range(lengths):
                over = count_of[j] - mean_of[j]
                excess[g, j] += over * over - mean_of[j]
                square[g, j] += mean_of[j] * mean_of[j]
                cells[g, j] += 1


@njit(cache=True, nogil=True)
def restless(starts, members, smallest, group, counts, means, alpha, pearson, cells):  # type: ignore[no-untyped-def]
    """Adds up by list (count - mean)^2 / variance, and how many cylinders there were."""
    lengths = counts.shape[1]
    count_of, mean_of = np.zeros(lengths), np.zeros(lengths)
    for number in range(len(starts) - 1):
        count_of[:] = 0.0
        mean_of[:] = 0.0
        first = starts[number]
        for size in range(1, starts[number + 1] - first + 1):
            place = members[first + size - 1]
            for j in range(lengths):
                count_of[j] += counts[place, j]
                mean_of[j] += means[place, j]
            if size < smallest[number]:
                continue
            g = group[size]
            for j in range(lengths):
                count, mean = count_of[j], mean_of[j]
                if mean > 0.0:
                    over = count - mean
                    pearson[number] += over * over / (mean + alpha[g, j] * mean * mean)
                    cells[number] += 1
