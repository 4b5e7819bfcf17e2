"""The highest ratio in worlds where chance alone is at work: the same numbers for any number of threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from waspada.kernels.deal import deal, tally
from waspada.kernels.walk import best_of_all
from waspada.scene import Scene, deck_of

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Progress = Callable[[int, int], None]


def processors() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(work: Callable[[int, Longs], None], batches: Iterable[Longs], threads: int) -> None:
    """Give the batches to threads, each with a number of its own; the kernels let go of Python's lock."""
    waiting, lock, failures = iter(batches), threading.Lock(), list[Exception]()

    def toil(number: int) -> None:
        try:
            while not failures:
                with lock:
                    batch = next(waiting, None)
                if batch is None:
                    return
                work(number, batch)
        except Exception as error:  # handed to the caller's thread
            failures.append(error)

    others = [threading.Thread(target=toil, args=(number,)) for number in range(1, threads)]
    for thread in others:
        thread.start()
    toil(0)
    for thread in others:
        thread.join()
    if failures:
        raise failures[0]


class Worlds:
    """Worlds of chance by number: world 7 of a seed is always the same world."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.seed = scene, seed % 2**63
        self.empty = scene.expected_in_span <= 0 or (scene.law.kind != 1 and scene.law.total <= 0)
        self.deck = None if self.empty else deck_of(scene)

    def cases(self, worlds: int) -> Longs:
        """How many cases each of the first worlds has within the span (of cards: how many are drawn)."""
        scene = self.scene
        if self.deck is None:
            return np.zeros(worlds, np.int64)
        if self.deck.way == 2:
            return np.full(worlds, self.deck.drawn.sum(), np.int64)
        rng = np.random.Generator(np.random.Philox(self.seed))
        if scene.law.kind == 1:
            return rng.poisson(scene.expected_in_span, worlds).astype(np.int64)
        return rng.binomial(int(scene.law.total), min(1.0, scene.expected_in_span / scene.law.total), worlds).astype(np.int64)


class Plain:
    """Walks every zone of every world: exact, for high and low ratios, and the yardstick of the sieve."""

    def __init__(self, worlds: Worlds, count: int, threads: int) -> None:
        self.worlds, self.threads = worlds, threads
        self.cases = worlds.cases(count)
        self.tables = worlds.scene.tables()

    def highest(self, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio in each of these worlds."""
        if self.worlds.empty:
            return np.zeros(len(numbers))
        result = np.zeros(len(self.cases))
        done = [0]
        rooms = [Room(self.worlds, int(self.cases.max(initial=0))) for _ in range(self.threads)]

        def work(thread: int, batch: Longs) -> None:
            for number in batch:
                result[number] = self.highest_of(rooms[thread], int(number))
            done[0] += len(batch)
            if progress is not None:
                progress(done[0], len(numbers))

        share_out(work, np.array_split(numbers, max(1, len(numbers) // 4)), self.threads)
        return result[numbers]

    def reaching(self, statistic: float, numbers: Longs, progress: Progress | None = None) -> Floats:
        """The highest ratio of the worlds that reach the statistic, 0 for the others."""
        found = self.highest(numbers, progress)
        return np.where(found >= statistic, found, 0.0)

    def highest_of(self, room: Room, number: int) -> float:
        scene = self.worlds.scene
        dealt = room.deal(number, int(self.cases[number]))
        tally(room.places, room.ages, dealt, 1, room.table)
        best = best_of_all(room.table, scene.ground, scene.means, scene.law, scene.chanced, self.tables, 0.0, 1)
        tally(room.places, room.ages, dealt, -1, room.table)
        return float(best)


class Room:
    """One thread's own memory to deal a world in."""

    def __init__(self, worlds: Worlds, most_cases: int) -> None:
        assert worlds.deck is not None
        scene = worlds.scene
        self.seed, self.deck = worlds.seed, worlds.deck
        self.table = np.zeros((scene.places, -(-scene.chanced.span // 16) * 16), np.int32)  # whole vectors
        self.places, self.ages = np.zeros(most_cases, np.int32), np.zeros(most_cases, np.int32)
        self.cards = np.arange(len(self.deck.places))
        self.swapped = np.zeros(most_cases if self.deck.way == 2 else 0, np.int64)

    def deal(self, number: int, cases: int) -> int:
        return int(deal(self.seed, number, cases, self.deck, self.cards, self.swapped, self.places, self.ages))
