"""Negative binomial worlds, many at once, walked only where the sieve lets something through: the maxima of ``Clumped``, to the last bit."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from waspada.chance import Floats, Longs, Progress, share_out
from waspada.clumps import Clumped
from waspada.kernels.bursts import cells_of, ease, fill_cells, limits_for, search_bursts
from waspada.kernels.sieve import blocks_of, sift
from waspada.kernels.spread import LANES, add_up, spread_best_of_all
from waspada.kernels.vectors import BYTES, ROWS
from waspada.sieve import Settings, aligned, groups_of, warn_if_slow

STEP = 2.0  # between two floors
PILOTS = 8


class Bursts:
    """For high ratios of periods that end on the last step.

    Where levels wander together one world's maximum is twice another's. So the floor comes down in steps: a world is walked where it
    exceeds the first floor that it exceeds anywhere, which lies just below its maximum.
    """

    def __init__(self, clumped: Clumped, settings: Settings | None = None) -> None:
        warn_if_slow()
        settings = settings or Settings()
        self.clumped, self.scene, self.count, self.threads = clumped, clumped.scene, clumped.count, clumped.threads
        scene, frame = self.scene, self.scene.chanced
        assert scene.spread is not None and frame.ends == 1
        self.shared, self.least = scene.spread.shared, scene.limits.least_high
        self.width = -(-frame.longest // LANES) * LANES
        self.sums = np.zeros(3 * self.width * scene.places)
        add_up(np.zeros_like(scene.counts, np.int64), scene.spread, 0, frame.longest, self.width, self.sums)
        self.groups = groups_of(frame, settings.groups or 32)
        self.tiles = -(-len(self.groups) // ROWS)
        self.row_of = np.searchsorted(self.groups[:, 5], np.arange(frame.span), side="right")
        self.of_list, self.ends = blocks_of(scene.ground, settings.division or 8)
        self.means, self.sizes = (np.zeros((len(self.ends), len(self.groups))) for _ in range(2))
        self.in_parts(
            len(scene.ground.starts) - 1,
            lambda first, stop: ease(
                first, stop, scene.ground, self.sums, self.width, self.shared, self.groups, self.of_list, self.ends, self.means, self.sizes
            ),
        )
        wide = most_of(self.means, self.sizes) > 250 if settings.wide is None else settings.wide
        self.dtype: type = np.uint16 if wide else np.uint8
        self.lanes = BYTES // np.dtype(self.dtype).itemsize
        self.top, self.known, self.lock = settings.floor, dict[float, NDArray[np.unsignedinteger]](), threading.Lock()
        self.rooms: list[BurstRoom] = []

    def in_parts(self, total: int, work: object) -> None:
        parts = [part for part in np.array_split(np.arange(total), 8) if len(part)]
        share_out(lambda thread, part: work(int(part[0]), int(part[-1]) + 1), parts, self.threads)  # type: ignore[operator]

    def limits(self, floor: float) -> NDArray[np.unsignedinteger]:
        """What a count must exceed, by block and row, to have a ratio above the floor; made when first asked for."""
        with self.lock:
            if floor not in self.known:
                highest = np.iinfo(self.dtype).max
                limits = aligned((self.tiles, len(self.ends), ROWS), self.dtype)
                limits[:] = highest
                limits_for(floor, self.least, self.means, self.sizes, limits)
                self.known[floor] = limits
            return self.known[floor]

    def floors(self) -> list[float]:
        """From the maxima of some lists in the first worlds, downwards."""
        top = self.pilot() if self.top is None else self.top
        return [*np.arange(top, 0.0, -STEP).tolist(), 0.0]

    def pilot(self) -> float:
        scene, table = self.scene, self.clumped.table()
        starts, stride = scene.ground.starts, max(1, len(scene.ground.members) * scene.chanced.longest // 1_000_000)
        chosen = np.arange(0, len(starts) - 1, stride)
        sizes = starts[chosen + 1] - starts[chosen]
        some = scene.ground._replace(
            starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            members=np.concatenate([scene.ground.members[starts[i] : starts[i + 1]] for i in chosen]),
            smallest=scene.ground.smallest[chosen],
        )
        found = np.zeros(PILOTS)
        for number in range(PILOTS):
            self.clumped.deal(number, table)
            found[number] = spread_best_of_all(table, some, scene.spread, scene.chanced, scene.limits.bounds)
        return float(found.mean() + 2 * found.std())

    def highest(self, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio in each of these worlds, exactly."""
        return self.above(self.floors() if len(numbers) else [], numbers, progress)

    def reaching(self, statistic: float, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio of the worlds that reach the statistic, 0 for the others: all that a rank needs."""
        found = self.above([max(statistic - 1e-6, 0.0)], numbers, progress)
        return np.where(found >= statistic, found, 0.0)

    def above(self, floors: list[float], numbers: Longs, progress: Progress | None) -> Floats:
        """The highest ratio of each world that has one above the last floor, 0 for the others."""
        result, done = np.zeros(self.count), [0]
        while len(self.rooms) < self.threads:
            self.rooms.append(BurstRoom(self))

        def work(thread: int, batch: Longs) -> None:
            result[batch] = self.rooms[thread].above(floors, batch)
            done[0] += len(batch)
            if progress is not None:
                progress(done[0], len(numbers))

        if self.clumped.means.any():
            share_out(work, [numbers[i : i + self.lanes] for i in range(0, len(numbers), self.lanes)], self.threads)
        return result[numbers]


class BurstRoom:
    """One thread's own memory. Worlds are kept as lists of the cells that hold cases, each list as long as it must be."""

    def __init__(self, sieve: Bursts) -> None:
        scene = sieve.scene
        self.sieve, self.sums, self.table = sieve, sieve.sums.copy(), sieve.clumped.table()
        self.places, self.ages, self.counts = (np.zeros((sieve.lanes, 1024), np.int64) for _ in range(3))
        self.tiles = aligned((sieve.tiles, scene.places, ROWS, sieve.lanes), sieve.dtype)
        self.running = aligned((ROWS, sieve.lanes), sieve.dtype)
        self.passed, self.passed_block = np.zeros(len(scene.ground.starts) - 1, np.uint64), np.zeros(len(sieve.ends), np.uint64)

    def deal(self, batch: Longs) -> Longs:
        """Deal the worlds of a batch; how many cells of each hold cases."""
        cells = np.zeros(len(batch), np.int64)
        for lane, number in enumerate(batch):
            self.sieve.clumped.deal(int(number), self.table)
            cells[lane] = cells_of(self.table, self.places[lane], self.ages[lane], self.counts[lane])
            if cells[lane] > self.places.shape[1]:
                more = ((0, 0), (0, int(cells[lane])))
                self.places, self.ages, self.counts = (np.pad(kept, more) for kept in (self.places, self.ages, self.counts))
                cells_of(self.table, self.places[lane], self.ages[lane], self.counts[lane])
        self.table[:] = 0
        return cells

    def above(self, floors: list[float], batch: Longs) -> Floats:
        sieve, scene, cells = self.sieve, self.sieve.scene, self.deal(batch)
        fill_cells(self.tiles, self.places, self.ages, self.counts, cells, sieve.row_of)
        found, open_lanes = np.zeros(len(batch)), list(range(len(batch)))
        for floor in floors:
            self.passed[:] = 0
            for tile, limits in zip(self.tiles, sieve.limits(floor), strict=True):
                sift(tile, scene.ground, sieve.of_list, sieve.ends, limits, self.running, self.passed, self.passed_block)
            for lane in open_lanes:
                found[lane] = search_bursts(
                    lane, self.passed, self.places[lane], self.ages[lane], self.counts[lane], cells[lane], self.table, self.sums,
                    sieve.width, sieve.shared, scene.ground, scene.chanced, scene.limits.bounds, floor,
                )  # fmt: skip
            open_lanes = [lane for lane in open_lanes if found[lane] <= floor]
            if not open_lanes:
                break
        found[open_lanes] = 0.0
        return found


def most_of(means: Floats, sizes: Floats) -> float:
    """A count that hardly any zone and period reaches."""
    known = np.isfinite(means) & (sizes > 0)
    return float((means + 4 * np.sqrt(means + means**2 / np.where(known, sizes, 1.0)))[known].max(initial=0.0))


__all__ = ["Bursts"]
