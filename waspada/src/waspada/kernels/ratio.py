"""The likelihood ratio, and tables that tell without a logarithm which counts cannot reach it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from waspada.kernels.shapes import Tables

CLOSE = 1e-9  # ratios this close are a tie
OCTAVE = 64  # bins in a doubling of the expectation
SHIFT = 17  # float32 bits dropped: 6 bits of the mantissa stay, 64 bins in an octave
NEVER = np.int32(2**31 - 1)


@njit(inline="always")
def log_ratio(law, count, mean):  # type: ignore[no-untyped-def]
    """The log likelihood ratio of ``count`` where ``mean`` is expected, high or low alike."""
    if law.kind == 1:
        return count * math.log(count / mean) - (count - mean) if count > 0.0 else mean
    rest, rest_mean = law.total - count, law.total - mean
    if rest_mean <= 0.0 or mean <= 0.0:
        return 0.0
    ratio = 0.0
    if count > 0.0:
        ratio += count * math.log(count / mean)
    if rest > 0.0:
        ratio += rest * math.log(rest / rest_mean)
    if law.kind == 2:
        controls = mean * law.trials / law.total - count
        controls_mean = mean * law.trials / law.total - mean
        others = law.trials - law.total - controls
        others_mean = law.trials - law.total - controls_mean
        if controls > 1e-9:
            ratio += controls * math.log(controls / controls_mean)
        if others > 1e-9:
            ratio += others * math.log(others / others_mean)
    return ratio


@njit(inline="always")
def possible(law, count, mean):  # type: ignore[no-untyped-def]
    """Whether so many cases can be among so many people; the bins' edges may ask for what cannot be."""
    if law.kind == 0:
        return count <= law.total
    if law.kind == 1:
        return True
    people = mean * law.trials / law.total
    return count <= people and count <= law.total and law.total - count <= law.trials - people


@njit(cache=True, nogil=True)
def reachable(law, floor, step, levels, top, high, low, least_high, least_low):  # type: ignore[no-untyped-def]
    """The tables for expectations up to ``top``. A bin's lower edge rules for high counts, its upper edge for low ones."""
    bits = np.zeros(1, np.int32)
    value = bits.view(np.float32)
    value[0] = np.float32(max(top, 1e-30) * 1.01)
    highest = (bits[0] >> SHIFT) + 1
    lowest = highest - 24 * OCTAVE
    bins = highest - lowest + 1
    need = np.full((levels, bins), NEVER, np.int32)
    most = np.full((levels, bins), np.int32(-1), np.int32)
    for level in range(levels):
        goal = floor + level * step - 1e-7
        reach, stay = max(least_high, 1), least_low - 1
        for b in range(bins):
            bits[0] = (lowest + b) << SHIFT
            under = np.float64(value[0]) if b > 0 else 0.0
            bits[0] = (lowest + b + 1) << SHIFT
            over = np.float64(value[0])
            if high and (law.kind == 1 or under < law.total):
                reach = max(reach, int(under))
                while (
                    under > 0.0 and possible(law, float(reach), under) and (reach <= under or log_ratio(law, float(reach), under) <= goal)
                ):
                    reach += 1
                need[level, b] = reach
            if low:
                while stay + 1 < over and (not possible(law, float(stay + 1), over) or log_ratio(law, float(stay + 1), over) > goal):
                    stay += 1
                most[level, b] = stay
    return Tables(floor, step, lowest, high, low, least_high, least_low, need, most)
