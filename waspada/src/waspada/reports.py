"""From single reports to a history that can be replayed: what was entered by each day, batches as one, each source once a week."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import Cases
from waspada.events import Events, count
from waspada.history import Counts, History
from waspada.peers import districts

RECENT = 182  # days of entries from which batches are recognised


def history_of(
    events: Events, cases: Cases, effort: ArrayLike | None = None, *, gap: int = 7, groups: list[list[int]] | None = None
) -> History:
    """A history of ``waspada.events.Events`` in the places and days of ``cases``.

    Raw counts are all reports entered by a day. Clean counts take a batch as one report in each place, and of each source no second report from the same
    group of places (by default districts of ten neighbours) within ``gap`` days: one busy person is not a cluster.
    Both look back only: what is counted on a day does not change what was counted before.
    """
    clean = Cleaner(events, cases, groups or districts(cases.coordinates), gap)
    late = events.entered is not None and bool((events.entered > events.day).any())
    raw = clean.raw if late else None
    whole = None if effort is None else np.asarray(effort, np.float64)
    return History(cases, whole, known=raw, clean=clean.clean if events.source is not None else None)


class Cleaner:
    """Counts as they stood at the end of a step. Steps may be asked for in any order; in rising order each is counted once."""

    def __init__(self, events: Events, cases: Cases, groups: list[list[int]], gap: int) -> None:
        entered = events.day if events.entered is None else np.maximum(events.entered, events.day)
        order = np.lexsort((events.day, entered))
        self.shape = cases.counts.shape
        self.place, self.day, self.entered = events.place[order], events.day[order], entered[order]
        self.source = None if events.source is None else events.source[order]
        self.until = np.searchsorted(self.entered, np.arange(cases.steps), side="right")
        self.gap = gap
        self.group = np.zeros(cases.places, np.int64)
        for number, members in enumerate(groups):
            self.group[members] = number
        self.kept = np.zeros(len(order), bool)
        self.decided = 0  # steps whose entries have been decided
        self.last: dict[tuple[int, int], int] = {}

    def raw(self, step: int) -> Counts:
        return self.counted(np.arange(self.until[step]), step)

    def clean(self, step: int) -> Counts:
        while self.decided <= step:
            self.decide(self.decided)
            self.decided += 1
        return self.counted(np.flatnonzero(self.kept[: self.until[step]]), step)

    def counted(self, rows: NDArray[np.int64], step: int) -> Counts:
        days = step + 1
        cells = np.bincount(self.place[rows] * days + self.day[rows], minlength=self.shape[0] * days)
        return cells.reshape(self.shape[0], days).astype(np.int64)

    def decide(self, step: int) -> None:
        """Which of the reports entered on a day count."""
        first = int(self.until[step - 1]) if step else 0
        rows = self.without_batches(np.arange(first, int(self.until[step])), step)
        assert self.source is not None
        for row in rows:
            key = (int(self.source[row]), int(self.group[self.place[row]]))
            before, now = self.last.get(key), int(self.day[row])
            if before is None or abs(now - before) >= self.gap:
                self.kept[row] = True
                self.last[key] = now if before is None else max(before, now)

    def without_batches(self, rows: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """Of a batch only the first report of each place."""
        assert self.source is not None
        sizes = np.unique(self.source[rows], return_counts=True)
        large = sizes[0][sizes[1] >= 5]
        if len(large) == 0:
            return rows
        recent = slice(int(self.until[max(step - RECENT, 0)]), int(self.until[step]))
        seen = Events(self.place[recent], self.day[recent], self.source[recent], self.entered[recent])
        told = count(seen, self.shape[0], self.shape[1], cap=None).batches
        batches = {int(batch.source) for batch in told if batch.entered == step}
        kept, places = [], set[tuple[int, int]]()
        for row in rows:
            key = (int(self.source[row]), int(self.place[row]))
            if key[0] not in batches or key not in places:
                kept.append(int(row))
            places.add(key)
        return np.array(kept, np.int64)
