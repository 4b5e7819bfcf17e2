"""The peer that is always there: the same prospective scan as vectorised NumPy writes it, a cumulative sum for every centre."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def prefixes(counts: Array, expected: Array, starts: NDArray[np.int64], members: NDArray[np.int32]) -> list[Array]:
    """What is expected in each centre's zones and periods; it is the same in every world, so it is summed once."""
    return [np.cumsum(expected[members[starts[i] : starts[i + 1]]], axis=0) for i in range(len(starts) - 1)]


def one_pass(counts: Array, means: list[Array], starts: NDArray[np.int64], members: NDArray[np.int32], total: float) -> float:
    """The highest ratio of one world. counts: (places, periods), summed back from the last step."""
    best = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for i, mean in enumerate(means):
            c = np.cumsum(counts[members[starts[i] : starts[i + 1]]], axis=0)
            high = c > mean  # no logarithm where it cannot matter
            c, mu = c[high], mean[high]
            if len(c):
                ratio = c * np.log(c / mu) + (total - c) * np.log((total - c) / (total - mu))
                best = max(best, float(ratio.max()))
    return best


def nanoseconds_per_cylinder(
    counts: Array, expected: Array, starts: NDArray[np.int64], members: NDArray[np.int32], total: float
) -> tuple[float, float]:
    """CPU time per cylinder, the best of three passes, and the ratio found."""
    means = prefixes(counts, expected, starts, members)
    took, best = [], 0.0
    for _ in range(3):
        began = time.process_time()
        best = one_pass(counts, means, starts, members, total)
        took.append(time.process_time() - began)
    return min(took) / (len(members) * counts.shape[1]) * 1e9, best
