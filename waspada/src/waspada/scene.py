"""Cases, zones, score and windows, laid out for the kernels: neighbours near in memory, time running backwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waspada.cases import BadData, Cases
from waspada.kernels.deal import alias
from waspada.kernels.ratio import reachable
from waspada.kernels.shapes import Bounds, Deck, Frame, Ground, Law, Means, Spread, Tables
from waspada.model import Model
from waspada.windows import Windows
from waspada.zones import Zones

KINDS = {"conditional": 0, "expectation": 1, "bernoulli": 2, "overdispersed": 3}
LEVELS = 48
STEP = 0.5


@dataclass(frozen=True, eq=False)
class Limits:
    """What may be a cluster: high ones, low ones, and how many cases each must have at least."""

    high: bool = True
    low: bool = False
    least_high: int = 2
    least_low: int = 0

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.high, self.low, self.least_high, self.least_low)


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything a kernel needs. ``order`` and ``list_order`` lead back to the user's rows and lists."""

    ground: Ground
    means: Means
    law: Law
    seen: Frame  # the periods looked at in the data
    chanced: Frame  # those looked at in the worlds of chance: earlier analyses had their own last steps
    counts: NDArray[np.int32]
    limits: Limits
    order: NDArray[np.int64]
    list_order: NDArray[np.int64]
    model: Model
    steps: int
    spread: Spread | None

    @property
    def places(self) -> int:
        return len(self.counts)

    @property
    def expected_in_span(self) -> float:
        if self.means.separable:
            return self.means.scale * float(self.means.weights.sum() * self.means.until[-1])
        return float(self.means.expected.sum())

    def tables(self, floor: float = 0.0, levels: int = LEVELS) -> Tables:
        limits = self.limits
        if self.law.kind != 1 and self.law.total <= 0:
            limits = Limits(high=False)
        return Tables(
            *reachable(self.law, floor, STEP, levels, self.expected_in_span, limits.high, limits.low, limits.least_high, limits.least_low)
        )


def scene_of(cases: Cases, zones: Zones, model: Model, windows: Windows, limits: Limits) -> Scene:
    if zones.places != cases.places:
        raise BadData(f"zones: made for {zones.places} places, but there are {cases.places}")
    counts = cases.counts
    if windows.whole:
        counts, model = counts.sum(axis=1, keepdims=True), model.as_one_step()
    steps = counts.shape[1]
    seen, chanced = frames(windows, steps)
    order = along_a_curve(cases.coordinates)
    rank = np.empty(cases.places, np.int32)
    rank[order] = np.arange(cases.places, dtype=np.int32)
    list_order = np.argsort(np.where(zones.centres >= 0, rank[zones.centres], 0), kind="stable")
    return Scene(
        ground=ground_of(zones, rank, list_order),
        means=means_of(model, order, chanced.span),
        law=Law(KINDS[model.kind], float(model.total), float(model.trials)),
        seen=seen,
        chanced=chanced,
        counts=np.ascontiguousarray(counts[order, ::-1][:, : chanced.span], np.int32),
        limits=limits,
        order=order,
        list_order=list_order,
        model=model,
        steps=steps,
        spread=spread_of(model, order, chanced.span),
    )


def frames(windows: Windows, steps: int) -> tuple[Frame, Frame]:
    """The periods in the data and in the worlds of chance."""
    longest = min(windows.longest, steps)
    if windows.shortest > longest:
        raise BadData(f"windows: the shortest period has {windows.shortest} steps, the study {steps}")
    if windows.prospective and not windows.whole:
        if windows.analyses > steps - windows.shortest + 1:
            raise BadData(f"windows: {windows.analyses} analyses do not fit into {steps} steps")
        span = min(steps, longest + windows.analyses - 1)
        return Frame(1, windows.shortest, longest, span), Frame(windows.analyses, windows.shortest, longest, span)
    frame = Frame(steps - windows.shortest + 1, windows.shortest, longest, steps)
    return frame, frame


def along_a_curve(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """The places along a Morton curve, so that those near each other lie near in memory."""
    if len(points) == 0:
        return np.zeros(0, np.int64)
    extent = max(float(np.ptp(points, axis=0).max()), 1e-300)
    cells = np.minimum((points - points.min(axis=0)) / extent * 65535, 65535).astype(np.uint64)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        cells = (cells | (cells << np.uint64(shift))) & np.uint64(mask)
    return np.argsort(cells[:, 0] | (cells[:, 1] << np.uint64(1)), kind="stable")


def ground_of(zones: Zones, rank: NDArray[np.int32], list_order: NDArray[np.int64]) -> Ground:
    sizes = np.diff(zones.starts)[list_order]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    members = np.empty(starts[-1], np.int32)
    for first in range(0, len(sizes), 4096):  # in parts, for the indices take more room than the members
        lists = slice(first, first + 4096)
        at = starts[first : first + 4097]
        source = np.repeat(zones.starts[:-1][list_order[lists]] - at[:-1], sizes[lists]) + np.arange(at[0], at[-1])
        members[at[0] : at[-1]] = rank[zones.members[source]]
    return Ground(starts, members, np.ascontiguousarray(zones.smallest[list_order]))


def means_of(model: Model, order: NDArray[np.int64], span: int) -> Means:
    none, nowhere = np.zeros(1), np.zeros((1, 1))
    if model.separable:
        until = np.concatenate([[0.0], np.cumsum(model.shares[::-1][:span])])
        return Means(True, model.scale, np.ascontiguousarray(model.weights[order]), until, nowhere)
    return Means(False, 0.0, none, none, np.ascontiguousarray(model.expected[order][:, ::-1][:, :span]))


def spread_of(model: Model, order: NDArray[np.int64], span: int) -> Spread | None:
    clumps = model.clumps
    if clumps is None:
        return None
    excess = clumps.dispersion * clumps.expected**2
    if excess.shape != model.expected.shape:
        excess = excess.sum(axis=1, keepdims=True)

    def laid(array: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ascontiguousarray(array[order][:, ::-1][:, :span])

    return Spread(laid(model.expected), laid(excess), np.ascontiguousarray(clumps.wander[order]), clumps.shared)


def deck_of(scene: Scene) -> Deck:
    """How the model deals a world of chance, in the scene's order of places and ages."""
    span, shuffle = scene.chanced.span, scene.model.shuffle
    few, none = np.zeros(1, np.uint32), np.zeros(1, np.int32)
    no_edges = np.zeros(1, np.int64)
    if shuffle is None:
        means = scene.means
        if means.separable:
            odds, other = alias(means.weights)
            age_odds, age_other = alias(np.diff(means.until))
            return Deck(0, span, odds, other, age_odds, age_other, none, none, no_edges, no_edges, none)
        odds, other = alias(means.expected.ravel())
        return Deck(1, span, odds, other, few, none, none, none, no_edges, no_edges, none)
    rank = np.empty(scene.places, np.int32)
    rank[scene.order] = np.arange(scene.places, dtype=np.int32)
    if len(shuffle.steps) == 0:  # a card is a cell of the data before any steps were joined
        steps = scene.model.expected.shape[1] if scene.steps > 1 else shuffle.cells // scene.places
        ages = scene.steps - 1 - (shuffle.cards % steps if scene.steps > 1 else np.zeros_like(shuffle.cards))
        return Deck(2, span, few, none, few, none, rank[shuffle.cards // steps], ages.astype(np.int32), shuffle.edges, shuffle.drawn, none)
    drawn, positions = [], []
    for stratum, first in enumerate(np.concatenate([[0], np.cumsum(shuffle.drawn)[:-1]])):
        age = scene.steps - 1 - shuffle.steps[first : first + shuffle.drawn[stratum]]
        recent = np.sort(age[age < span])  # the cases before the span need no place
        positions.append(recent.astype(np.int32))
        drawn.append(len(recent))
    cards = rank[shuffle.cards]
    unsaid = np.full(len(cards), -1, np.int32)
    at = np.concatenate([*positions, none])
    return Deck(2, span, few, none, few, none, cards, unsaid, shuffle.edges, np.array(drawn, np.int64), at)
