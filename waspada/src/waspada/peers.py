"""What others use, as detectors that can be replayed beside ours: plain permutation scan, EARS C2, last year's same week."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from waspada.cases import Cases
from waspada.history import Past
from waspada.kernels.shapes import Means
from waspada.kernels.walk import best_of_each
from waspada.scan import scan
from waspada.scene import Limits, Scene, scene_of
from waspada.scores import Permutation
from waspada.signals import MOST, Signal, strongest_apart
from waspada.windows import Windows
from waspada.zones import Zones

Groups = Sequence[Sequence[int]]
WEEK = 7
COARSE = 12  # levels of the tables that spare logarithms: they are made anew every day


@dataclass(frozen=True)
class PermutationScan:
    """The space-time permutation scan as it is used every day (Kulldorff et al. 2005): raw counts, circles up to ``share`` of the cases.

    memory: steps of history that are looked at. longest: of the periods. p: if given, the statistic is the log likelihood ratio less what the highest of
    chance exceeds with this probability, so that the threshold 0 is "alarm at p <= ..."; found by ``replications`` worlds every ``again`` steps
    (it hardly changes within a month). None: the ratio itself.
    """

    share: float = 0.5
    longest: int = 28
    memory: int = 365
    p: float | None = 0.001
    replications: int = 999
    again: int = 28
    seed: int = 1
    threads: int | None = 1
    name: str = "permutation"

    def begin(self, past: Past) -> PermutationLooker:
        return PermutationLooker(self)


@dataclass
class PermutationLooker:
    """Zones and layout are made anew every ``again`` steps, counts and expectations every step."""

    scan: PermutationScan
    chosen: int = -(10**9)
    critical: float = 0.0
    zones: Zones | None = None
    scene: Scene | None = None

    def look(self, past: Past) -> list[Signal]:
        first = max(0, past.steps - self.scan.memory)
        if self.scene is None or self.zones is None or past.step - self.chosen >= self.scan.again or past.steps <= self.scan.memory:
            cases = past.cases().between(first, past.steps)
            if self.zones is None or past.step - self.chosen >= self.scan.again:
                self.zones, self.chosen = Zones.circles(cases, share=self.scan.share), past.step
                self.critical = 0.0 if self.scan.p is None else self.exceeded(cases, self.zones)
            windows = Windows(min(self.scan.longest, cases.steps))
            self.scene = scene_of(cases, self.zones, Permutation().model(cases), windows, Limits())
        else:
            self.scene = today(self.scene, past.counts[:, first:])
        return [replace(signal, first_step=signal.first_step + first, step=past.step) for signal in self.strongest(self.scene, self.zones)]

    def strongest(self, scene: Scene, zones: Zones) -> list[Signal]:
        """The strongest cylinders that share no place: what ``scan`` reports, without the rest."""
        ratios, found = np.zeros(zones.lists), np.zeros((zones.lists, 5))
        tables = scene.tables(levels=COARSE)
        best_of_each(0, zones.lists, scene.counts, scene.ground, scene.means, scene.law, scene.seen, tables, ratios, found)
        result: list[Signal] = []
        taken = np.zeros(zones.places, bool)
        for i in np.lexsort((scene.list_order, found[:, 2], found[:, 0], -ratios)):
            rows = zones.members_of(int(scene.list_order[i]), int(found[i, 0]))
            if found[i, 0] == 0 or len(result) == MOST:
                break
            if not taken[rows].any():
                taken[rows] = True
                first = scene.steps - int(found[i, 1]) - int(found[i, 2])
                result.append(
                    Signal(0, tuple(rows.tolist()), first, int(found[i, 3]), float(found[i, 4]), float(ratios[i]) - self.critical)
                )
        return result

    def exceeded(self, cases: Cases, zones: Zones) -> float:
        """The ratio just below which p is still too large."""
        peer = self.scan
        assert peer.p is not None
        evidence = scan(
            cases,
            zones,
            Permutation(),
            Windows(min(peer.longest, cases.steps)),
            replications=peer.replications,
            seed=peer.seed,
            threads=peer.threads,
        ).evidence
        if evidence.done == 0:
            return math.inf
        allowed = int(peer.p * (evidence.done + 1) + 1e-9) - 1  # p = (reached + 1) / (worlds + 1) <= p
        if allowed < 0:
            raise ValueError(f"permutation: {peer.replications} replications cannot give p = {peer.p}")
        return float(np.sort(evidence.maxima)[::-1][allowed])


def today(scene: Scene, counts: NDArray[np.int64]) -> Scene:
    """The same zones with another day's counts, for the permutation score: places x steps over the total."""
    total, span = float(counts.sum()), scene.chanced.span
    of_place, of_step = counts.sum(axis=1).astype(np.float64)[scene.order], counts.sum(axis=0).astype(np.float64)
    until = np.concatenate([[0.0], np.cumsum(of_step[::-1][:span])])
    return replace(
        scene,
        counts=np.ascontiguousarray(counts[scene.order, ::-1][:, :span], np.int32),
        means=Means(True, 1 / total if total else 0.0, of_place, until, scene.means.expected),
        law=scene.law._replace(total=total),
    )


@dataclass(frozen=True)
class EarsC2:
    """EARS C2 (Hutwagner et al. 2003): a day against mean and deviation of seven days that end two days before it, place by place or in groups.

    groups: lists of rows, districts say; None: each place for itself. floor: the least deviation, for quiet places have none.
    """

    groups: Groups | None = None
    window: int = 7
    guard: int = 2
    floor: float = 0.5
    name: str = "EARS C2"

    def begin(self, past: Past) -> GroupLooker:
        return GroupLooker(groups_of(self.groups, past.places), self)

    def judge(self, counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], int]:
        """Statistic, observed, expected of each group, and how many steps the period has."""
        past = counts[:, -self.guard - self.window - 1 : -self.guard - 1]
        mean, spread = past.mean(axis=1), past.std(axis=1, ddof=1)
        return (counts[:, -1] - mean) / np.maximum(spread, self.floor), counts[:, -1], mean, 1


@dataclass(frozen=True)
class LastYear:
    """The last seven days against the same seven days a year (52 weeks) ago: the difference of the square roots, twice, about one deviation each."""

    groups: Groups | None = None
    name: str = "last year's week"

    def begin(self, past: Past) -> GroupLooker:
        return GroupLooker(groups_of(self.groups, past.places), self)

    def judge(self, counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], int]:
        now = counts[:, -WEEK:].sum(axis=1)
        then = counts[:, -WEEK - 364 : -364].sum(axis=1) if counts.shape[1] >= 364 + WEEK else np.zeros(len(counts), np.int64)
        statistic = (np.sqrt(now + 0.375) - np.sqrt(then + 0.375)) * math.sqrt(2)
        return statistic, now, then.astype(np.float64), WEEK


def groups_of(groups: Groups | None, places: int) -> list[NDArray[np.int64]]:
    chosen = [[row] for row in range(places)] if groups is None else groups
    return [np.asarray(group, np.int64) for group in chosen]


@dataclass
class GroupLooker:
    """Judges each group by its own series."""

    groups: list[NDArray[np.int64]]
    judge_of: EarsC2 | LastYear
    rows: list[tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [tuple(int(row) for row in group) for group in self.groups]

    def look(self, past: Past) -> list[Signal]:
        counts = past.counts[:, -(364 + WEEK) :]
        series = np.array([counts[group].sum(axis=0) for group in self.groups])
        statistic, observed, expected, length = self.judge_of.judge(series)
        loud = np.argsort(-statistic, kind="stable")[:40]
        return strongest_apart(
            [
                Signal(past.step, self.rows[g], past.step - length + 1, int(observed[g]), float(expected[g]), float(statistic[g]))
                for g in loud
                if statistic[g] > 0 and observed[g] > 0
            ]
        )


def districts(coordinates: NDArray[np.float64], size: int = 10) -> list[list[int]]:
    """Groups of at most ``size`` neighbouring places: halved across the longer side until they are small enough."""
    result: list[list[int]] = []
    waiting = [np.arange(len(coordinates))]
    while waiting:
        rows = waiting.pop()
        if len(rows) <= size:
            result.append(sorted(int(row) for row in rows))
            continue
        axis = int(np.argmax(np.ptp(coordinates[rows], axis=0)))
        order = rows[np.argsort(coordinates[rows, axis], kind="stable")]
        waiting += [order[: len(order) // 2], order[len(order) // 2 :]]
    return sorted(result)
