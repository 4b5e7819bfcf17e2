"""The places nearest to each place, in an order that depends on nothing but their distance and their row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Rows = NDArray[np.int64]
DENSE = 3000  # up to so many places every distance is sorted; beyond, a tree finds the nearest
CHUNK = 512


@dataclass(frozen=True)
class Limits:
    """How far a circle may grow."""

    places: int
    weight: float
    distance: float


def growing(points: Points, weights: NDArray[np.float64], limits: Limits) -> tuple[Rows, NDArray[np.int32]]:
    """For each place the others from the nearest on, as far as the limits allow: where each list starts, and the lists."""
    if len(points) > DENSE:
        from scipy.spatial import cKDTree  # slow to import, and needed for many places only

        tree = cKDTree(points)
    else:
        tree = None
    sizes: list[Rows] = [np.zeros(1, np.int64)]
    lists: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
    for first in range(0, len(points), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(points)))
        near, size = within(points, weights, limits, rows, tree)
        lists.append(near[np.arange(near.shape[1]) < size[:, None]].astype(np.int32))
        sizes.append(size)
    return np.cumsum(np.concatenate(sizes)), np.concatenate(lists)


def within(points: Points, weights: NDArray[np.float64], limits: Limits, rows: Rows, tree: Any) -> tuple[Rows, Rows]:
    """The nearest places of some rows, and how many of them lie within the limits."""
    ask = len(points) if tree is None else first_guess(weights, limits)
    while True:
        distance, near, known = everyone(points, rows) if ask >= len(points) else nearest(points, rows, ask, tree)
        fits = (np.cumsum(weights[near], axis=1) <= limits.weight) & (distance <= limits.distance**2 * (1 + 1e-12))
        fits[:, limits.places :] = False
        size = np.maximum(fits.sum(axis=1), 1)
        if ask >= len(points) or (size < known).all():
            return near, size
        ask *= 2


def first_guess(weights: NDArray[np.float64], limits: Limits) -> int:
    """How many neighbours to ask a tree for at first."""
    by_weight = 1.3 * len(weights) * limits.weight / max(float(weights.sum()), 1e-300)
    by_distance = len(weights) if np.isinf(limits.distance) else 64
    return int(min(limits.places, by_weight, by_distance, len(weights))) + 8


def squared(points: Points, rows: Rows, near: Rows) -> Points:
    distance = np.zeros((len(rows), near.shape[-1]))
    for axis in range(points.shape[1]):
        distance += (points[rows, axis, None] - points[near, axis]) ** 2
    return distance


def everyone(points: Points, rows: Rows) -> tuple[Points, Rows, Rows]:
    """Every place, ordered by distance, then by row."""
    distance = squared(points, rows, np.arange(len(points))[None, :])
    near = np.argsort(distance, axis=1)  # the quick sort does not keep rows in order where distances are equal
    distance = np.take_along_axis(distance, near, axis=1)
    for row in np.flatnonzero((distance[:, 1:] == distance[:, :-1]).any(axis=1)):
        near[row] = near[row][np.lexsort((near[row], distance[row]))]
    return distance, near, np.full(len(rows), len(points))


def nearest(points: Points, rows: Rows, ask: int, tree: Any) -> tuple[Points, Rows, Rows]:
    """The nearest places in the same order, and how many of them are beyond doubt: the last may have left out a twin."""
    near = np.sort(tree.query(points[rows], k=ask)[1], axis=1)
    distance = squared(points, rows, near)
    order = np.argsort(distance, axis=1, kind="stable")
    distance, near = np.take_along_axis(distance, order, axis=1), np.take_along_axis(near, order, axis=1)
    return distance, near, (distance < distance[:, -1:] * (1 - 1e-9)).sum(axis=1)
