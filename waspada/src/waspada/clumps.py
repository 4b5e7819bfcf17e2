"""Worlds of chance in which counts vary more than Poisson's: negative binomial, cell by cell, the same on any number of threads."""

from __future__ import annotations

import numpy as np

from waspada.chance import Floats, Longs, Progress, share_out
from waspada.kernels.spread import deal_clumps, spread_best_of_all
from waspada.scene import Scene


class Clumped:
    """Walks every zone of negative binomial worlds, exactly."""

    def __init__(self, scene: Scene, seed: int, count: int, threads: int) -> None:
        clumps = scene.model.clumps
        assert clumps is not None and scene.spread is not None
        self.scene, self.seed, self.count, self.threads = scene, seed % 2**63, count, threads
        self.together = scene.steps != clumps.expected.shape[1]  # a purely spatial scan: all steps are its one
        back = clumps.expected.shape[1] if self.together else scene.chanced.span
        self.means = np.ascontiguousarray(clumps.expected[scene.order][:, ::-1][:, :back])
        self.dispersion = np.ascontiguousarray(clumps.dispersion[scene.order][:, ::-1][:, :back])
        self.wander, self.shared, self.groups = scene.spread.wander, clumps.shared, clumps.groups[scene.order]

    def levels(self, number: int) -> Floats:
        """(places,) by what each place's level is off in a world: its own, and its group's."""
        off = self.wander > 0
        levels = np.ones(len(off))
        if self.shared <= 0 and not off.any():
            return levels
        rng = np.random.Generator(np.random.Philox(key=np.array([self.seed, number], np.uint64)))
        if self.shared > 0:
            levels = rng.gamma(1 / self.shared, self.shared, int(self.groups.max(initial=0)) + 1)[self.groups]
        levels[off] *= rng.gamma(1 / self.wander[off], self.wander[off])
        return levels

    def table(self) -> Longs:
        """Room for a world: places by ages."""
        return np.zeros((self.scene.places, self.scene.chanced.span), np.int64)

    def deal(self, number: int, table: Longs) -> None:
        """Write a world into a table."""
        deal_clumps(self.seed, number, self.means, self.dispersion, self.levels(number), self.together, table)

    def highest(self, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio in each of these worlds."""
        result, done = np.zeros(self.count), [0]
        tables = [self.table() for _ in range(self.threads)]
        scene = self.scene

        def work(thread: int, batch: Longs) -> None:
            for number in batch:
                self.deal(int(number), tables[thread])
                result[number] = spread_best_of_all(tables[thread], scene.ground, scene.spread, scene.chanced, scene.limits.bounds)
            done[0] += len(batch)
            if progress is not None:
                progress(done[0], len(numbers))

        if self.means.any():
            share_out(work, np.array_split(numbers, max(1, len(numbers) // 4)), self.threads)
        return result[numbers]

    def reaching(self, statistic: float, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio of the worlds that reach the statistic, 0 for the others."""
        found = self.highest(numbers, progress)
        return np.where(found >= statistic, found, 0.0)
