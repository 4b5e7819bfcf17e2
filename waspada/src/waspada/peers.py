"""What others use, as detectors that can be replayed beside ours: plain permutation scan, EARS C2, last year's same week."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waspada.history import Past
from waspada.signals import Signal, strongest_apart
from waspada.windows import Windows
from waspada.zones import Zones

Groups = Sequence[Sequence[int]]
WEEK = 7


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
    scan: PermutationScan
    chosen: int = -(10**9)
    critical: float = 0.0
    zones: Zones | None = None

    def look(self, past: Past) -> list[Signal]:
        from waspada.scan import scan
        from waspada.scores import Permutation

        peer = self.scan
        first = max(0, past.steps - peer.memory)
        cases = past.cases().between(first, past.steps)
        if past.step - self.chosen >= peer.again or self.zones is None:
            self.zones = Zones.circles(cases, share=peer.share)
            self.chosen = past.step
            self.critical = 0.0 if peer.p is None else self.exceeded(cases)
        found = scan(cases, self.zones, Permutation(), Windows(min(peer.longest, cases.steps)), replications=0)
        return [Signal(past.step, c.rows, c.first_step + first, c.observed, c.expected, c.statistic - self.critical) for c in found][:8]

    def exceeded(self, cases) -> float:  # type: ignore[no-untyped-def]
        """The ratio just below which p is still too large."""
        from waspada.scan import scan
        from waspada.scores import Permutation

        peer = self.scan
        assert peer.p is not None
        evidence = scan(
            cases, self.zones, Permutation(), Windows(min(peer.longest, cases.steps)), replications=peer.replications, seed=peer.seed,
            threads=peer.threads,
        ).evidence  # fmt: skip
        if evidence.done == 0:
            return math.inf
        allowed = int(peer.p * (evidence.done + 1) + 1e-9) - 1  # p = (reached + 1) / (worlds + 1) <= p
        if allowed < 0:
            raise ValueError(f"permutation: {peer.replications} replications cannot give p = {peer.p}")
        return float(np.sort(evidence.maxima)[::-1][allowed])


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
