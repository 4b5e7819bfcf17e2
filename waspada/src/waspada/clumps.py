"""Worlds of chance in which counts vary more than Poisson's: negative binomial, cell by cell, the same on any number of threads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waspada.chance import Floats, Longs, Progress, share_out
from waspada.kernels.deal import alias
from waspada.kernels.spread import clear_clumps, deal_clumps, spread_best_of_all
from waspada.scene import Scene


@dataclass(frozen=True, eq=False)
class Cells:
    """Every place and step of the span: how often a clump falls there, how its sizes vary, and where it counts."""

    odds: NDArray[np.uint32]
    other: NDArray[np.int32]
    chances: Floats
    place: NDArray[np.int32]
    age: NDArray[np.int32]
    rate: float  # clumps in all


def cells_of(scene: Scene) -> Cells:
    """A negative binomial count is a Poisson number of clumps whose sizes follow the logarithmic series (Quenouille 1949)."""
    clumps = scene.model.clumps
    assert clumps is not None
    span, steps = scene.chanced.span, clumps.expected.shape[1]
    back = steps if scene.steps != steps else span  # a purely spatial scan: all steps are its one
    mean = np.ascontiguousarray(clumps.expected[scene.order][:, ::-1][:, :back]).ravel()
    dispersion = np.ascontiguousarray(np.broadcast_to(clumps.dispersion, clumps.expected.shape)[scene.order][:, ::-1][:, :back]).ravel()
    part = dispersion * mean
    rates = np.where(dispersion > 0, np.log1p(part) / np.where(dispersion > 0, dispersion, 1.0), mean)
    rate = float(rates.sum())
    odds, other = alias(rates) if rate > 0 else (np.zeros(1, np.uint32), np.zeros(1, np.int32))
    place = np.repeat(np.arange(scene.places, dtype=np.int32), back)
    age = np.tile(np.arange(back, dtype=np.int32), scene.places)
    return Cells(odds, other, part / (1 + part), place, age if back == span else np.zeros_like(age), rate)


class Clumped:
    """Walks every zone of negative binomial worlds, exactly."""

    def __init__(self, scene: Scene, seed: int, count: int, threads: int) -> None:
        self.scene, self.seed, self.threads = scene, seed % 2**63, threads
        self.cells = cells_of(scene)
        rng = np.random.Generator(np.random.Philox(self.seed))
        self.clumps = rng.poisson(self.cells.rate, count).astype(np.int64)

    def highest(self, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio in each of these worlds."""
        result, done = np.zeros(len(self.clumps)), [0]
        if self.cells.rate <= 0:
            return result[numbers]
        shape, most = (self.scene.places, self.scene.chanced.span), int(self.clumps.max(initial=0))
        rooms = [(np.zeros(shape, np.int64), np.zeros(most, np.int64)) for _ in range(self.threads)]

        def work(thread: int, batch: Longs) -> None:
            for number in batch:
                result[number] = self.highest_of(*rooms[thread], int(number))
            done[0] += len(batch)
            if progress is not None:
                progress(done[0], len(numbers))

        share_out(work, np.array_split(numbers, max(1, len(numbers) // 4)), self.threads)
        return result[numbers]

    def reaching(self, statistic: float, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio of the worlds that reach the statistic, 0 for the others."""
        found = self.highest(numbers, progress)
        return np.where(found >= statistic, found, 0.0)

    def deal(self, table: Longs, touched: Longs, number: int) -> None:
        """Put a world into an empty table of places by ages."""
        cells = self.cells
        deal_clumps(
            self.seed, number, int(self.clumps[number]), cells.odds, cells.other, cells.chances, cells.place, cells.age, table, touched
        )

    def highest_of(self, table: Longs, touched: Longs, number: int) -> float:
        scene, cells, limits = self.scene, self.cells, self.scene.limits
        self.deal(table, touched, number)
        best = spread_best_of_all(
            table,
            scene.ground,
            scene.means.expected,
            scene.excess,
            scene.chanced,
            limits.high,
            limits.low,
            limits.least_high,
            limits.least_low,
        )
        clear_clumps(int(self.clumps[number]), cells.place, cells.age, table, touched)
        return float(best)
