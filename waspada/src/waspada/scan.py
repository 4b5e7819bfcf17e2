"""The scan: cases, zones, score and windows in, clusters out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from waspada.bursts import Bursts
from waspada.calendar import DAYS_IN_UNIT
from waspada.cases import Cases
from waspada.chance import Plain, Progress, Worlds, processors
from waspada.clumps import Clumped
from waspada.clusters import Cluster, Clusters, period
from waspada.inference import Evidence, recurrence, risk_interval
from waspada.kernels.ratio import CLOSE
from waspada.kernels.spread import spread_best_of_each
from waspada.kernels.walk import best_of_each
from waspada.model import Model
from waspada.scene import Limits, Scene, scene_of
from waspada.scores import Permutation, Score
from waspada.sieve import Settings, Sieve
from waspada.windows import Windows
from waspada.zones import Zones, positions

Direction = Literal["high", "low", "both"]
Method = Literal["monte-carlo", "sequential", "exceedance"]
Engine = Plain | Sieve | Clumped | Bursts
ENOUGH = 50  # a sequential scan stops when so many worlds have reached the statistic


@dataclass(frozen=True)
class Candidate:
    """The best cylinder of one list of zones, before anybody asked how surprising it is."""

    number: int
    size: int
    first_step: int
    stop_step: int
    observed: int
    expected: float
    statistic: float
    excess: float = 0.0  # variance beyond the mean, where the score knows of one

    @property
    def order(self) -> tuple[int, int, int]:
        """Of equals: fewer places, then the shorter period, then the lower index."""
        return (self.size, self.stop_step - self.first_step, self.number)


def scan(
    cases: Cases,
    zones: Zones | None = None,
    score: Score | None = None,
    windows: Windows | None = None,
    *,
    direction: Direction = "high",
    least: int = 2,
    least_low: int = 0,
    replications: int = 999,
    method: Method = "monte-carlo",
    seed: int = 1,
    overlap: str = "none",
    at_most: int | None = None,
    days_between: float | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> Clusters:
    """Find the clusters of ``cases``.

    zones: circles up to half of the weight if none are given. score: space-time permutation if none is given.
    windows: prospective, 1 to 28 steps, if none are given.
    direction: "high" (more than expected), "low" (silence) or "both". least, least_low: the fewest cases of a high or low cluster.
    replications: worlds of chance to hold the clusters against; 0 looks at the data only.
    method: "monte-carlo", "sequential" (stops early when nothing is remarkable) or "exceedance" (p alone, fast).
    overlap: "none" (secondary clusters share no place), "centres", "more-likely", "less-likely", "pairs" or "any".
    at_most: report no more clusters than this (exceedance: 1 unless you say more). settings: of the sieve, for measurements. days_between: days between analyses, for the recurrence interval; one step if None.
    The same seed gives the same numbers on any machine and any number of threads.
    """
    zones = Zones.circles(cases) if zones is None else zones
    windows = Windows(longest=min(28, cases.steps)) if windows is None else windows
    check(direction, method, least, replications, threads)
    model = (Permutation() if score is None else score).model(cases)
    if windows.whole and isinstance(score, Permutation | None):
        raise ValueError("a permutation needs places and times: it has no purely spatial scan")
    limits = Limits(direction != "low", direction != "high", max(least, 1), max(least_low, 0))
    scene = scene_of(cases, zones, model, windows, limits)
    threads = min(threads or processors(), max(1, replications))
    candidates = apart(ranked(scene, zones), zones, overlap)[: 1 if at_most is None and method == "exceedance" else at_most]
    evidence = gather(scene, candidates, replications, method, seed, threads, settings, progress)
    return clusters_of(cases, zones, windows, scene, model, candidates, evidence, days_between)


def check(direction: str, method: str, least: int, replications: int, threads: int | None) -> None:
    if direction not in ("high", "low", "both"):
        raise ValueError(f"direction: expected high, low or both, got {direction!r}")
    if method not in ("monte-carlo", "sequential", "exceedance"):
        raise ValueError(f"method: expected monte-carlo, sequential or exceedance, got {method!r}")
    if replications < 0 or least < 0:
        raise ValueError(f"replications ({replications}) and least ({least}) cannot be negative")
    if threads is not None and threads < 1:
        raise ValueError(f"threads: at least 1, got {threads}")


def ranked(scene: Scene, zones: Zones) -> list[Candidate]:
    """The best cylinder of every list, the strongest first; those within a hair of each other by their order."""
    ratios, found = np.zeros(zones.lists), np.zeros((zones.lists, 6))
    best_cylinders(scene, ratios, found)
    candidates = []
    for i in np.flatnonzero(found[:, 0] > 0):
        size, end, length, count, mean, excess = found[i]
        stop = scene.steps - int(end)
        candidates.append(
            Candidate(
                int(scene.list_order[i]), int(size), stop - int(length), stop, int(count), float(mean), float(ratios[i]), float(excess)
            )
        )
    candidates.sort(key=lambda c: (-c.statistic, c.order))
    first = 0
    while first < len(candidates):  # a run of ties: all within CLOSE of its highest
        last = first + 1
        while last < len(candidates) and candidates[first].statistic - candidates[last].statistic <= CLOSE:
            last += 1
        candidates[first:last] = sorted(candidates[first:last], key=lambda c: c.order)
        first = last
    return candidates


def best_cylinders(scene: Scene, ratios: NDArray[np.float64], found: NDArray[np.float64]) -> None:
    """Write each list's highest ratio, and its cylinder: size, end, length, count, mean, excess."""
    if scene.model.clumps is None:
        best_of_each(0, len(ratios), scene.counts, scene.ground, scene.means, scene.law, scene.seen, scene.tables(), ratios, found)
        return
    spread_best_of_each(scene.counts.astype(np.int64), scene.ground, scene.spread, scene.seen, scene.limits.bounds, ratios, found)


def apart(candidates: list[Candidate], zones: Zones, overlap: str) -> list[Candidate]:
    """Those that may stand beside the stronger ones already kept."""
    rules: dict[str, Callable[[set[int], int, set[int], int], bool]] = {
        "none": lambda kept, kept_centre, new, centre: kept.isdisjoint(new),
        "centres": lambda kept, kept_centre, new, centre: centre not in kept and kept_centre not in new,
        "more-likely": lambda kept, kept_centre, new, centre: centre not in kept,
        "less-likely": lambda kept, kept_centre, new, centre: kept_centre not in new,
        "pairs": lambda kept, kept_centre, new, centre: centre not in kept or kept_centre not in new,
        "any": lambda kept, kept_centre, new, centre: True,
    }
    if overlap not in rules:
        raise ValueError(f"overlap: expected one of {', '.join(rules)}, got {overlap!r}")
    if overlap == "none":
        return disjoint(candidates, zones)
    kept: list[tuple[Candidate, set[int], int]] = []
    for candidate in candidates:
        members, centre = set(zones.members_of(candidate.number, candidate.size).tolist()), int(zones.centres[candidate.number])
        if all(rules[overlap](old, old_centre, members, centre) for _, old, old_centre in kept):
            kept.append((candidate, members, centre))
    return [candidate for candidate, _, _ in kept]


def disjoint(candidates: list[Candidate], zones: Zones) -> list[Candidate]:
    taken, kept = np.zeros(zones.places, bool), []
    for candidate in candidates:
        members = zones.members_of(candidate.number, candidate.size)
        if not taken[members].any():
            taken[members] = True
            kept.append(candidate)
    return kept


def gather(
    scene: Scene,
    candidates: list[Candidate],
    replications: int,
    method: Method,
    seed: int,
    threads: int,
    settings: Settings | None,
    progress: Progress | None,
) -> Evidence:
    """The worlds of chance that the candidates are held against."""
    numbers = np.arange(replications)
    if not candidates or replications == 0:
        return Evidence(method, np.zeros(0), replications)
    engine = engine_for(scene, seed, replications, threads, settings)
    if method == "exceedance":
        reached = engine.reaching(candidates[-1].statistic - CLOSE, numbers, progress)
        return Evidence(method, reached, replications, full=False)
    if method == "sequential":
        return sequential(engine, candidates[0].statistic, replications, progress)
    return Evidence(method, engine.highest(numbers, progress), replications)


def engine_for(scene: Scene, seed: int, replications: int, threads: int, settings: Settings | None) -> Engine:
    """The sieve is for high ratios and pays from some size on; with or without it the numbers are the same."""
    small = len(scene.ground.members) * scene.chanced.ends * scene.chanced.longest < 40_000
    if scene.model.clumps is not None:
        clumped = Clumped(scene, seed, replications, threads)
        walked = scene.limits.low or scene.chanced.ends > 1 or (small and settings is None)
        return clumped if walked else Bursts(clumped, settings)
    worlds = Worlds(scene, seed)
    if scene.limits.low or worlds.empty or (small and settings is None):
        return Plain(worlds, replications, threads)
    return Sieve(worlds, replications, threads, settings)


def sequential(engine: Engine, statistic: float, replications: int, progress: Progress | None) -> Evidence:
    """Worlds until ENOUGH of them reached the statistic; where exactly does not depend on how many are done at once."""
    maxima = np.zeros(0)
    for first in range(0, replications, 64):
        batch = engine.highest(np.arange(first, min(first + 64, replications)))
        maxima = np.concatenate([maxima, batch])
        reached = np.flatnonzero(maxima >= statistic - CLOSE)
        if len(reached) >= ENOUGH:
            return Evidence("sequential", maxima[: reached[ENOUGH - 1] + 1], replications)
        if progress is not None:
            progress(len(maxima), replications)
    return Evidence("sequential", maxima, replications)


def clusters_of(
    cases: Cases,
    zones: Zones,
    windows: Windows,
    scene: Scene,
    model: Model,
    candidates: list[Candidate],
    evidence: Evidence,
    days_between: float | None,
) -> Clusters:
    days = days_between or cases.length * DAYS_IN_UNIT[cases.unit]
    where = positions(cases)
    found: list[Cluster] = []
    for candidate in candidates:
        p_value = evidence.p_value(candidate.statistic)
        if found and p_value is not None and p_value >= 1:
            break  # no world of chance was weaker
        found.append(cluster_of(candidate, cases, zones, windows, model, evidence, days, where))
    periods = periods_in(scene)
    return Clusters(tuple(found), evidence, zones.count, zones.count * periods, cases.total)


def periods_in(scene: Scene) -> int:
    frame = scene.seen
    return sum(max(0, min(frame.longest, frame.span - end) - frame.shortest + 1) for end in range(frame.ends))


def cluster_of(
    candidate: Candidate,
    cases: Cases,
    zones: Zones,
    windows: Windows,
    model: Model,
    evidence: Evidence,
    days: float,
    where: NDArray[np.float64],
) -> Cluster:
    rows = zones.members_of(candidate.number, candidate.size)
    first, stop = (0, cases.steps) if windows.whole else (candidate.first_step, candidate.stop_step)
    start, end = period(cases, first, stop)
    risk, low, high = risk_interval(model.kind, candidate.observed, candidate.expected, model.total, model.trials, candidate.excess)
    p_value = evidence.p_value(candidate.statistic)
    prospective = windows.prospective and not windows.whole
    centre = int(zones.centres[candidate.number])
    return Cluster(
        places=tuple(cases.ids[row] for row in rows),
        rows=tuple(int(row) for row in rows),
        start=start,
        end=end,
        first_step=first,
        stop_step=stop,
        observed=candidate.observed,
        expected=candidate.expected,
        relative_risk=risk,
        risk_low=low,
        risk_high=high,
        statistic=candidate.statistic,
        p_value=p_value,
        gumbel_p=evidence.gumbel_p(candidate.statistic),
        recurrence_interval_days=recurrence(p_value, days, windows.analyses) if prospective else None,
        radius=float(np.linalg.norm(where[rows] - where[centre], axis=1).max()) if centre >= 0 else None,
    )
