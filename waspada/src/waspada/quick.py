"""A quick answer when a report has just come in: only the zones that contain its place, against the threshold of the last replay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waspada.cases import BadData
from waspada.history import Past
from waspada.signals import Signal
from waspada.watch import WatchLooker
from waspada.zones import Zones


@dataclass(frozen=True)
class Answer:
    """signal: the strongest cylinder that contains the place, None if nothing there exceeds what is expected. threshold: of the replay."""

    signal: Signal | None
    threshold: float

    @property
    def alarm(self) -> bool:
        """Whether the signal exceeds the threshold."""
        return self.signal is not None and self.signal.statistic > self.threshold


class QuickCheck:
    """The state of one day, kept up to date report by report. Made once a day from a replayed ``Watch``; asked as often as one likes.

    A place takes part in few of the lists of zones; which, and from which size on, is looked up once. An answer walks these lists alone,
    with the same kernel, forecast and dispersion as the replay: it is the replay's answer restricted to the place.
    """

    def __init__(self, looker: WatchLooker, past: Past, threshold: float) -> None:
        self.looker, self.past, self.threshold = looker, past, threshold
        if looker.forecast.shape[1] == past.step:
            looker.foresee(past)
        if looker.forecast.shape[1] != past.steps:
            raise BadData(f"quick check: the watch stands at step {looker.forecast.shape[1] - 1}, the data at step {past.step}")
        self.counts, self.means = looker.windows(past)
        self.order, self.starts = by_place(looker.zones)
        self.lists = np.repeat(np.arange(looker.zones.lists), np.diff(looker.zones.starts))

    def add(self, place: int, age: int = 0, reports: int = 1) -> None:
        """Count reports of a place that happened ``age`` steps ago; a negative number takes them back.

        Until the next day's check begins they do not change what all places share.
        """
        self.row(place)
        lengths = self.looker.lengths
        if not age >= 0:
            raise BadData(f"quick check: place {place} cannot have reports {age} steps ago")
        if (self.counts[place, lengths > age] + reports < 0).any():
            raise BadData(f"quick check: place {place} has fewer than {-reports} reports to take back")
        self.counts[place, lengths > age] += reports

    def ask(self, place: int) -> Answer:
        """The strongest cylinder that contains the place and ends today."""
        zones = self.looker.zones
        where = self.order[self.starts[self.row(place)] : self.starts[place + 1]]
        numbers = self.lists[where]
        smallest = np.maximum(where - zones.starts[numbers] + 1, zones.smallest[numbers])
        signals = self.looker.signals(self.past, self.counts, self.means, numbers, smallest, most=1)
        return Answer(signals[0] if signals else None, self.threshold)

    def row(self, place: int) -> int:
        if not 0 <= place < self.looker.zones.places:
            raise BadData(f"quick check: there is no place {place}; rows go from 0 to {self.looker.zones.places - 1}")
        return place


def by_place(zones: Zones) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each place stands in the lists' members: positions sorted by place, and where each place's begin."""
    order = np.argsort(zones.members, kind="stable")
    return order, np.concatenate([[0], np.cumsum(np.bincount(zones.members, minlength=zones.places))]).astype(np.int64)
