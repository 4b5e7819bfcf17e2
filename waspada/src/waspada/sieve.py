"""How the sieve is set: groups of periods, blocks of zones, the floor; none of it changes a result."""

from __future__ import annotations

import math
import os
import warnings
from dataclasses import dataclass

import llvmlite.binding
import numpy as np
from numpy.typing import NDArray

from waspada.chance import Longs, Plain, Progress, Room, Worlds, share_out
from waspada.kernels.deal import tally
from waspada.kernels.shapes import Frame
from waspada.kernels.sieve import blocks_of, fill, search, set_limits, sift
from waspada.kernels.vectors import BYTES, ROWS
from waspada.kernels.walk import best_of_all
from waspada.scene import Scene

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """What can be set by hand, for tests and measurements; None leaves it to the data."""

    groups: int | None = None
    division: int | None = None
    wide: bool | None = None  # counts of two bytes
    floor: float | None = None


def groups_of(frame: Frame, at_most: int) -> NDArray[np.int64]:
    """Groups of periods: end ages (both included), lengths (both included), and the hull they cover.

    Lengths are joined in ranges of about equal ratio; with many ends, as many neighbouring ends as a tenth of the length.
    """
    ratio = 1.0
    while True:
        ranges = [(low, high) for low, high in lengths_in(frame, ratio)]
        if len(ranges) <= at_most:
            break
        ratio += 0.01
    groups = []
    for low, high in ranges:
        width = 1 if frame.ends == 1 else max(1, low // 10)
        for end in range(0, min(frame.ends, frame.span - low + 1), width):
            last = min(end + width, frame.ends, frame.span - low + 1) - 1
            groups.append((end, last, low, high, end, min(last + high, frame.span)))
    return np.array(groups, np.int64).reshape(-1, 6)


def lengths_in(frame: Frame, ratio: float) -> list[tuple[int, int]]:
    ranges, low = [], frame.shortest
    while low <= frame.longest:
        high = min(frame.longest, max(low, int(low * ratio + 1e-9)))
        ranges.append((low, high))
        low = high + 1
    return ranges


def aligned(shape: tuple[int, ...], dtype: type) -> NDArray[np.unsignedinteger]:
    """An array of zeros that begins at a cache line."""
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.zeros(size + BYTES, np.uint8)
    start = -room.ctypes.data % BYTES
    return room[start : start + size].view(dtype).reshape(shape)


def warn_if_slow() -> None:
    """Say once that the processor has no wide vectors: the numbers are the same, they take longer."""
    features = os.environ.get("NUMBA_CPU_FEATURES") or llvmlite.binding.get_host_cpu_features().flatten()
    if "+avx512bw" not in features:
        warnings.warn("this processor has no AVX-512: the scan is as exact, but slower", RuntimeWarning, stacklevel=2)


class Sieve:
    """Worlds of chance, many at once, walked only where the sieve lets something through."""

    def __init__(self, worlds: Worlds, count: int, threads: int, settings: Settings | None = None) -> None:
        warn_if_slow()
        settings = settings or Settings()
        self.worlds, self.threads, self.scene = worlds, threads, worlds.scene
        self.cases = worlds.cases(count)
        scene = self.scene
        most = most_expected(scene)
        wide = most + 4 * math.sqrt(most) > 250 if settings.wide is None else settings.wide
        self.dtype: type = np.uint16 if wide else np.uint8
        self.lanes = BYTES // np.dtype(self.dtype).itemsize
        wanted = settings.groups or (8 if most < 8 else 16 if most < 40 else 24 if most < 400 else 32)
        self.groups = groups_of(scene.chanced, wanted)
        self.nested = scene.chanced.ends == 1
        self.cores = np.column_stack([self.groups[:, 1], self.groups[:, 0] + self.groups[:, 2]])
        self.tiles = -(-len(self.groups) // ROWS)
        self.of_list, self.ends = blocks_of(scene.ground, settings.division or (8 if most < 8 else 24 if most < 400 else 48))
        self.limits = aligned((self.tiles, len(self.ends), ROWS), self.dtype)
        self.weight_before = np.zeros(len(self.ends))
        self.rows = [self.rows_of(tile) for tile in range(self.tiles)]
        self.rooms: list[SieveRoom] = []
        self.settings = settings

    def rows_of(self, tile: int) -> tuple[Longs, Longs]:
        """For each age, the rows of a tile that count it: where they begin in a list, and the list."""
        offsets, rows = [0], []
        for age in range(self.scene.chanced.span):
            hulls = self.groups[tile * ROWS : (tile + 1) * ROWS, 4:]
            holding = [row for row, (start, stop) in enumerate(hulls) if start <= age < stop]
            rows += holding[:1] if self.nested else holding
            offsets.append(len(rows))
        return np.array(offsets, np.int64), np.array(rows, np.int64)

    def highest(self, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio in each of these worlds, exactly."""
        result = np.zeros(len(self.cases))
        if self.worlds.empty or len(numbers) == 0:
            return result[numbers]
        floor = self.pilot() if self.settings.floor is None else self.settings.floor
        first = min(len(numbers), max(64, self.lanes * self.threads))
        self.above(floor, numbers[:first], result, progress)
        known = np.sort(np.where(result[numbers[:first]] >= floor, result[numbers[:first]], floor))
        todo = np.concatenate([numbers[:first][result[numbers[:first]] < floor], numbers[first:]])
        if self.settings.floor is None and len(todo):
            floor = float(min(known[int(0.03 * first)] - 1e-6, known.mean() - 1.45 * known.std()))
        while len(todo):
            floor = max(floor, 0.0)
            self.above(floor, todo, result, progress)
            todo = todo[result[todo] < floor]
            floor = floor - 1.0 if floor > 1.0 else 0.0
        return result[numbers]

    def reaching(self, statistic: float, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio of the worlds that reach the statistic, 0 for the others: all that a rank needs."""
        result = np.zeros(len(self.cases))
        if not self.worlds.empty:
            self.above(max(statistic - 1e-6, 0.0), numbers, result, progress)
        return np.where(result >= statistic, result, 0.0)[numbers]

    def pilot(self) -> float:
        """A floor that most worlds will exceed: from the maxima of some lists in a few worlds."""
        scene = self.scene
        frame = scene.chanced
        stride = max(1, len(scene.ground.members) * frame.ends * frame.longest // 1_000_000)
        tables, found = scene.tables(), np.zeros(min(8, len(self.cases)))

        def look(thread: int, numbers: Longs) -> None:
            room = Room(self.worlds, int(self.cases.max(initial=0)))
            for number in numbers:
                dealt = room.deal(int(number), int(self.cases[number]))
                tally(room.places, room.ages, dealt, 1, room.table)
                found[number] = best_of_all(room.table, scene.ground, scene.means, scene.law, scene.chanced, tables, 0.0, stride)
                tally(room.places, room.ages, dealt, -1, room.table)

        share_out(look, np.array_split(np.arange(len(found)), self.threads), self.threads)
        return max(0.0, float(np.mean(found) - 1.2 * np.std(found)))

    def above(self, floor: float, numbers: Longs, result: Floats, progress: Progress | None = None) -> None:
        """Write the highest ratio of each world that has one above the floor; the others get a number below it."""
        scene = self.scene
        self.tables = scene.tables(floor)
        share_out(
            lambda thread, lists: set_limits(
                int(lists[0]),
                int(lists[-1]) + 1,
                scene.ground,
                scene.means,
                self.tables,
                self.of_list,
                self.ends,
                self.cores,
                self.limits,
                self.weight_before,
            ),
            [part for part in np.array_split(np.arange(len(scene.ground.starts) - 1), 8) if len(part)],
            self.threads,
        )
        while len(self.rooms) < self.threads:
            self.rooms.append(SieveRoom(self))
        lanes, done = self.lanes, [0]

        def work(thread: int, batch: Longs) -> None:
            result[batch] = self.rooms[thread].highest(batch)
            done[0] += len(batch)
            if progress is not None:
                progress(done[0], len(numbers))

        share_out(work, [numbers[i : i + lanes] for i in range(0, len(numbers), lanes)], self.threads)


class SieveRoom:
    """One thread's own memory."""

    def __init__(self, sieve: Sieve) -> None:
        scene, most = sieve.scene, int(sieve.cases.max(initial=0))
        self.sieve = sieve
        self.room = Room(sieve.worlds, most)
        self.places, self.ages = np.zeros((sieve.lanes, most), np.int32), np.zeros((sieve.lanes, most), np.int32)
        self.tile = aligned((scene.places, ROWS, sieve.lanes), sieve.dtype)
        self.sums = aligned((ROWS, sieve.lanes), sieve.dtype)
        self.passed = np.zeros(len(scene.ground.starts) - 1, np.uint64)
        self.passed_block = np.zeros(len(sieve.ends), np.uint64)

    def highest(self, batch: Longs) -> Floats:
        sieve, scene, room = self.sieve, self.sieve.scene, self.room
        dealt = np.zeros(len(batch), np.int64)
        for lane, number in enumerate(batch):
            room.places, room.ages = self.places[lane], self.ages[lane]
            dealt[lane] = room.deal(int(number), int(sieve.cases[number]))
        self.passed[:], self.passed_block[:] = 0, 0
        for tile, (offsets, rows) in enumerate(sieve.rows):
            fill(self.tile, self.places, self.ages, dealt, offsets, rows, sieve.nested)
            sift(self.tile, scene.ground, sieve.of_list, sieve.ends, sieve.limits[tile], self.sums, self.passed, self.passed_block)
        found = np.zeros(len(batch))
        for lane in range(len(batch)):
            tally(self.places[lane], self.ages[lane], dealt[lane], 1, room.table)
            found[lane] = search(
                lane,
                self.passed,
                self.passed_block,
                room.table,
                scene.ground,
                scene.means,
                scene.law,
                scene.chanced,
                sieve.tables,
                sieve.groups,
                sieve.of_list,
                sieve.ends,
                sieve.limits,
                sieve.weight_before,
            )
            tally(self.places[lane], self.ages[lane], dealt[lane], -1, room.table)
        return found


def most_expected(scene: Scene) -> float:
    """The largest expectation of any zone and period, roughly from above."""
    means, frame = scene.means, scene.chanced
    if means.separable:
        longest = float((means.until[frame.longest :] - means.until[: len(means.until) - frame.longest]).max())
        weight = means.scale * longest * means.weights
    else:
        until = np.concatenate([[0.0], np.cumsum(means.expected.sum(axis=0))])
        best = int(np.argmax(until[frame.longest :] - until[: len(until) - frame.longest]))
        weight = means.expected[:, best : best + frame.longest].sum(axis=1)
    sums = np.add.reduceat(weight[scene.ground.members], scene.ground.starts[:-1]) if len(scene.ground.members) else np.zeros(1)
    return float(sums.max(initial=0.0))


__all__ = ["Plain", "Settings", "Sieve"]
