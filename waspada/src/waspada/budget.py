"""Where a falling number of alarms meets a budget: few alarms a year, so the curve is smoothed before it is read."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def off_a_tie(threshold: float, heights: Floats, count: Callable[[float], int], aim: float) -> float:
    """Where many signals have the same statistic the line misses: then the neighbouring value under which the number comes nearest to the aim."""

    def off(level: float) -> float:
        return abs(math.log((count(level) + 0.5) / (aim + 0.5)))

    if off(threshold) <= math.log(1.5):
        return threshold
    place = int(np.searchsorted(heights, threshold))
    return min((threshold, *(float(h) for h in heights[max(place - 3, 0) : place + 3])), key=off)


def between(heights: Floats, count: Callable[[float], int], aim: float, points: int = 25) -> Floats:
    """Thresholds that give from about four times the aim down to a quarter of it."""

    def highest_with(least: float) -> float:
        low, high = 0, len(heights) - 1
        while low < high:  # the highest threshold that still gives so many: nearly monotone, and a start is all that is needed
            middle = (low + high + 1) // 2
            low, high = (middle, high) if count(float(heights[middle]) - 1e-9) >= least else (low, middle - 1)
        return float(heights[low])

    top, bottom = highest_with(max(aim / 4, 1)), highest_with(4 * aim)
    return np.linspace(bottom, top, points) - 1e-9


def crossing(levels: Floats, counts: Floats, aim: float) -> float:
    """Where the line through the logarithm of the counts crosses the aim; nearer counts weigh more."""
    use = counts > 0
    if use.sum() < 2 or np.ptp(levels[use]) <= 0 or np.ptp(counts[use]) <= 0:
        enough = np.flatnonzero(counts >= aim)
        return float(levels[enough[-1]] if len(enough) else levels[0])
    logs = np.log(counts[use])
    weight = np.sqrt(np.minimum(counts[use], aim) / aim) * np.exp(-0.5 * ((logs - math.log(aim)) / math.log(2.5)) ** 2)
    slope, height = np.polyfit(levels[use], logs, 1, w=weight)
    if slope >= -1e-9:
        return float(levels[use][np.argmin(np.abs(logs - math.log(aim)))])
    return float(np.clip((math.log(aim) - height) / slope, levels[0], levels[-1] + np.ptp(levels)))
