"""Single reports before they are counts: who sent them and when they were entered, so that one busy person is not a cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases

Longs = NDArray[np.int64]
Batches = Literal["one", "spread", "keep"]
PRIOR_DAYS = 5  # working days of anybody that stand beside an account's own
LONGEST_GAP = 28


@dataclass(frozen=True, eq=False)
class Events:
    """Reports, one a row: where and when something happened, which account told of it, and on which day it was entered.

    place: rows of places. day: days from the study's first. source: any labels; None: every report has a source of its own.
    entered: days from the study's first; None: entered on the day itself.
    """

    place: Longs
    day: Longs
    source: NDArray[Any] | None = None
    entered: Longs | None = None

    def __post_init__(self) -> None:
        place = whole("place", self.place)
        for name in ("day", "entered"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else whole(name, value, len(place)))
        object.__setattr__(self, "place", place)
        if self.source is not None:
            labels = np.asarray(self.source)
            if labels.shape != place.shape:
                raise BadData(f"source: {labels.shape} of them for {len(place)} events")
            object.__setattr__(self, "source", labels)

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class Capped:
    """So many reports of one account, in one group of places on one day, of which only some were counted."""

    source: Any
    group: Any
    day: int
    sent: int
    counted: int


@dataclass(frozen=True)
class Batch:
    """Reports that one account entered on one day, far more than it usually does; ``chance`` is the tail's probability."""

    source: Any
    entered: int
    size: int
    usual: float
    chance: float
    counted: int


@dataclass(frozen=True, eq=False)
class Counted:
    """Counts, (places, days), and the account of what was left out of them."""

    counts: Longs
    capped: tuple[Capped, ...] = ()
    batches: tuple[Batch, ...] = ()
    left_out: int = field(default=0)

    def cases(self, coordinates: ArrayLike, ids: Sequence[str] = (), start: date = date(2000, 1, 1), **other: Any) -> Cases:
        """The counts as cases, with whatever else ``Cases`` takes."""
        return Cases(self.counts, np.asarray(coordinates, np.float64), tuple(ids), start, **other)


def count(
    events: Events,
    places: int,
    days: int,
    *,
    cap: int | None = 1,
    every: int = 1,
    groups: Sequence[Any] | None = None,
    batches: Batches = "one",
    threshold: float = 1e-4,
    least: int = 5,
    variation: float = 0.5,
) -> Counted:
    """Count events, each account at most ``cap`` times per group of places in ``every`` days, batches as one.

    every: 1 lets an account speak once a day; 7 with zones as groups holds back one that writes about its quarter every day.
    groups: (places,) the zone of each place within which an account is capped; by default each place is its own. cap None: no limit.
    A batch is a day on which an account entered at least ``least`` reports and so many that a negative binomial count with the mean of
    its other working days (drawn towards all accounts' by five days' worth) and dispersion ``variation`` reaches it with a probability
    below ``threshold``. batches: "one" counts a batch once in each place, on the first day that it names there; "spread" lays those of
    its reports that bear the day of entry itself evenly over the days since the account's entry before (at most 28), and does not cap
    them; "keep" only tells of it.
    Raises BadData for a place or a day that does not exist, naming the event.
    """
    if (cap is not None and cap < 1) or every < 1 or least < 2 or not 0 < threshold < 1 or variation < 0:
        raise ValueError(f"count: impossible cap {cap}, every {every}, least {least}, threshold {threshold} or variation {variation}")
    if batches not in ("one", "spread", "keep"):
        raise ValueError(f"batches: expected one, spread or keep, got {batches!r}")
    inside("place", events.place, places)
    inside("day", events.day, days)
    group_names = list(range(places)) if groups is None else list(groups)
    if len(group_names) != places:
        raise BadData(f"groups: {len(group_names)} for {places} places")
    counts = np.zeros((places, days), np.int64)
    if events.source is None or len(events) == 0:
        np.add.at(counts, (events.place, events.day), 1)
        return Counted(counts)
    labels, source = np.unique(events.source, return_inverse=True)
    accounts = Accounts(labels, source.astype(np.int64))
    day, kept, exempt, found = unbatched(events, accounts, batches, threshold, least, variation)
    capped: tuple[Capped, ...] = ()
    if cap is not None:
        capped = at_most(events, accounts, day, kept, exempt, group_names, cap, every)
    np.add.at(counts, (events.place[kept], day[kept]), 1)
    return Counted(counts, capped, found, int(len(events) - kept.sum()))


@dataclass(frozen=True, eq=False)
class Accounts:
    """Who sent each event, as a number, and the numbers' names."""

    labels: NDArray[Any]
    source: Longs

    def name(self, number: int) -> Any:
        return self.labels[number].item() if isinstance(self.labels[number], np.generic) else self.labels[number]


def unbatched(
    events: Events, accounts: Accounts, way: Batches, threshold: float, least: int, variation: float
) -> tuple[Longs, NDArray[np.bool_], NDArray[np.bool_], tuple[Batch, ...]]:
    """Days as they shall count, which events count, which are spread already, and the batches found."""
    entered = events.day if events.entered is None else events.entered
    day, kept, exempt = events.day.copy(), np.ones(len(events), bool), np.zeros(len(events), bool)
    base, width = int(entered.min()), int(np.ptp(entered)) + 1
    keys, which, sizes = np.unique(accounts.source * width + (entered - base), return_inverse=True, return_counts=True)
    source_of = keys // width
    working = np.bincount(source_of)
    sent = np.bincount(source_of, weights=sizes)
    large = np.flatnonzero(sizes >= least)
    anybody = np.maximum((sent.sum() - sizes[large]) / max(working.sum() - 1, 1), 1.0)
    usual = (sent[source_of[large]] - sizes[large] + PRIOR_DAYS * anybody) / (working[source_of[large]] - 1 + PRIOR_DAYS)
    chance = tail(sizes[large], usual, variation)
    found = []
    rows_by_key = np.argsort(which, kind="stable")
    edges = np.concatenate([[0], np.cumsum(sizes)])
    for key, mean, odds in zip(large, usual, chance, strict=True):
        if odds >= threshold:
            continue
        rows = rows_by_key[edges[key] : edges[key + 1]]
        if way == "one":
            order = rows[np.lexsort((events.day[rows], events.place[rows]))]
            _, first = np.unique(events.place[order], return_index=True)
            kept[rows] = False
            kept[order[first]] = True
        elif way == "spread":
            until = int(keys[key] % width) + base
            before = int(keys[key - 1] % width) + base if key and source_of[key - 1] == source_of[key] else until - LONGEST_GAP
            gap = max(min(until - before, LONGEST_GAP, until + 1), 1)
            undated = rows[events.day[rows] == until]
            day[undated] = until - (np.arange(len(undated)) * gap) // max(len(undated), 1)
            exempt[undated] = True
        name = accounts.name(int(source_of[key]))
        found.append(Batch(name, int(keys[key] % width) + base, len(rows), float(mean), float(odds), int(kept[rows].sum())))
    return day, kept, exempt, tuple(found)


def at_most(
    events: Events,
    accounts: Accounts,
    day: Longs,
    kept: NDArray[np.bool_],
    exempt: NDArray[np.bool_],
    groups: list[Any],
    cap: int,
    every: int,
) -> tuple[Capped, ...]:
    """Keep an event if fewer than ``cap`` of its account and group were kept in the ``every`` days up to it; changes ``kept``."""
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    labels = list(names)
    group = np.array([names[name] for name in groups], np.int64)[events.place]
    rows = np.flatnonzero(kept & ~exempt)
    order = rows[np.lexsort((rows, day[rows], group[rows], accounts.source[rows]))]
    sent: dict[tuple[int, int, int], list[int]] = {}
    recent: deque[int] = deque(maxlen=cap)
    whose = (-1, -1)
    for row, source, where, when in zip(
        *(each.tolist() for each in (order, accounts.source[order], group[order], day[order])), strict=True
    ):
        if (source, where) != whose:
            whose = (source, where)
            recent.clear()
        counted = len(recent) < cap or recent[0] <= when - every
        if counted:
            recent.append(when)
        else:
            kept[row] = False
        tally = sent.setdefault((source, where, when), [0, 0])
        tally[0] += 1
        tally[1] += counted
    return tuple(
        Capped(accounts.name(source), labels[where], when, all_of_them, counted)
        for (source, where, when), (all_of_them, counted) in sent.items()
        if counted < all_of_them
    )


def tail(sizes: Longs, means: NDArray[np.float64], variation: float) -> NDArray[np.float64]:
    """The probability of a count of at least ``sizes``: negative binomial, Poisson where nothing varies more."""
    from scipy.special import betainc, gammainc  # slow to import, and only large entries need it

    if variation == 0:
        return np.asarray(gammainc(sizes, means), np.float64)
    part = variation * means
    return np.asarray(betainc(sizes, 1 / variation, part / (1 + part)), np.float64)


def whole(name: str, values: ArrayLike, length: int | None = None) -> Longs:
    array = np.asarray(values)
    if array.size == 0:
        array = array.astype(np.int64)
    if array.ndim != 1 or (length is not None and len(array) != length):
        raise BadData(f"{name}: expected {'one a row' if length is None else length}, got the shape {array.shape}")
    if array.dtype.kind not in "iuf":
        raise BadData(f"{name}: expected whole numbers, got {array.dtype}")
    for row in np.flatnonzero(~(np.isfinite(array) & (array == np.floor(array))))[:1]:
        raise BadData(f"{name}: event {row} has {array[row]}; a whole number is needed")
    return array.astype(np.int64)


def inside(name: str, values: Longs, stop: int) -> None:
    for row in np.flatnonzero((values < 0) | (values >= stop))[:1]:
        raise BadData(f"{name}: event {row} has {name} {values[row]}, there are 0 to {stop - 1}")
