"""What all places have in common: weekday, season, trend, holidays and the pull of effort, each place's own level left aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Design:
    """The explanations of a count. of_time: (steps, columns). of_cell: (columns, places, steps).

    middle, spread: what is thought of each coefficient before the data (time's first): normal. low, high: where it must lie.
    """

    of_time: Array
    of_cell: Array
    middle: Array
    spread: Array
    low: Array
    high: Array

    def factors(self, coefficients: Array) -> Array:
        """(places or 1, steps): what the explanations multiply a place's level by."""
        times = self.of_time.shape[1]
        by_time = np.exp(np.clip(self.of_time @ coefficients[:times], -20, 20))
        if len(self.of_cell) == 0:
            return by_time[None, :]
        by_cell = np.einsum("c,cpt->pt", coefficients[times:], self.of_cell)
        return np.asarray(np.exp(np.clip(by_cell, -20, 20), out=by_cell) * by_time)


@dataclass(frozen=True, eq=False)
class Effects:
    """Coefficients, and their covariance: that of the model or that of sums by place, whichever is wider."""

    coefficients: Array
    errors: Array


def estimate(counts: Array, weights: Array, design: Design, start: Array | None = None, rounds: int = 15) -> Effects:
    """Poisson regression with a level for each place (profiled out), weights by step, and a normal prior, by Newton's method.

    Only what changes within a place says something, so that effort sent to where much happens is not taken for its cause.
    Standard errors: the larger of the model's and the sandwich of scores summed by place (Liang and Zeger 1986), for days of one
    place are not independent.
    """
    active = counts.sum(axis=1) > 0
    if not active.all():
        counts = counts[active]
        design = Design(design.of_time, design.of_cell[:, active], design.middle, design.spread, design.low, design.high)
    b = design.middle.copy() if start is None else np.clip(start, design.low, design.high)
    if len(b) == 0 or len(counts) == 0:
        return Effects(b, design.spread.copy())
    weighted = counts * weights
    if len(design.of_cell) == 0:
        weighted = weighted.sum(axis=0, keepdims=True)
    totals = weighted.sum(axis=1)
    precision = design.spread**-2.0
    gradient, information = derivatives(weighted, totals, weights, design, b)
    for _ in range(rounds):
        gradient = gradient - precision * (b - design.middle)
        held = ((b <= design.low) & (gradient < 0)) | ((b >= design.high) & (gradient > 0))
        free = np.flatnonzero(~held)
        matrix = information[np.ix_(free, free)] + np.diag(precision[free])
        step = np.zeros_like(b)
        step[free] = np.clip(np.linalg.solve(matrix, gradient[free]), -1.0, 1.0)
        moved = np.clip(b + step, design.low, design.high)
        change, b = np.abs(moved - b).max(), moved
        gradient, information = derivatives(weighted, totals, weights, design, b)
        if change < 1e-5:
            break
    return Effects(b, errors(information + np.diag(precision), counts, weights, design, b))


def derivatives(weighted: Array, totals: Array, weights: Array, design: Design, b: Array) -> tuple[Array, Array]:
    """Gradient and information of the likelihood in which each place has its best level."""
    x, z = design.of_time, design.of_cell
    fitted = design.factors(b) * weights
    sums = fitted.sum(axis=1)
    fitted *= np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)[:, None]
    rest = weighted - fitted
    times, cells = x.shape[1], len(z)
    gradient = np.empty(times + cells)
    information = np.empty((times + cells, times + cells))
    of_step = fitted.sum(axis=0)
    gradient[:times] = rest.sum(axis=0) @ x
    information[:times, :times] = (x * of_step[:, None]).T @ x
    means = np.empty((len(weighted), times + cells))
    means[:, :times] = fitted @ x
    for c in range(cells):
        times_z = fitted * z[c]
        means[:, times + c] = times_z.sum(axis=1)
        gradient[times + c] = np.einsum("pt,pt->", rest, z[c])
        information[:times, times + c] = information[times + c, :times] = times_z.sum(axis=0) @ x
        for other in range(c + 1):
            product = float(np.einsum("pt,pt->", times_z, z[other]))
            information[times + c, times + other] = information[times + other, times + c] = product
    known = totals > 0
    scaled = means[known] / np.sqrt(totals[known])[:, None]
    information -= scaled.T @ scaled
    return gradient, information


def errors(information: Array, counts: Array, weights: Array, design: Design, b: Array) -> Array:
    """Standard errors: the wider of two."""
    inverse = np.linalg.inv(information)
    if len(design.of_cell) == 0:  # places were summed; for the sandwich they are needed one by one
        design = Design(design.of_time, np.zeros((0, len(counts), counts.shape[1])), design.middle, design.spread, design.low, design.high)
    weighted = counts * weights
    totals = weighted.sum(axis=1)
    fitted = np.broadcast_to(design.factors(b) * weights, counts.shape)
    sums = fitted.sum(axis=1)
    level = np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)
    rest = weighted - fitted * level[:, None]
    scores = np.concatenate([rest @ design.of_time, np.einsum("pt,cpt->pc", rest, design.of_cell)], axis=1)
    places = len(counts)
    sandwich = inverse @ (scores.T @ scores * (places / max(places - 1, 1))) @ inverse
    return np.sqrt(np.maximum(np.diag(inverse), np.diag(sandwich)))
