"""The one place that imports the engine: counts in, clusters out, in the worker alone. What is heavy is imported when it is needed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from rukun.alerts.counts import ALL, Book
from rukun.alerts.rules import Method, alike

LEAST_IN_GROUP = 8  # reports of a group in its history, below which only the sum of all groups is watched
WEEK = 7


@dataclass(frozen=True, slots=True)
class Found:
    """Places and days in which more of a group was reported than expected."""

    group: str  # "" for all together
    paths: tuple[str, ...]
    since: date
    until: date
    observed: int
    expected: float
    statistic: float | None
    method: Method = Method.ENGINE


@dataclass(frozen=True, slots=True)
class Parameters:
    """With what a unit is watched; the digest stands with every alert and in the book."""

    learn: int
    keep_out: int
    lengths: tuple[int, ...]
    share: float
    least: int = 3
    most_places: int = 60
    effort_days: int = WEEK
    account_days: int = 7
    engine: str = "waspada 0.1.0"

    @classmethod
    def fit_for(cls, book: Book) -> "Parameters":
        """A long history teaches for half a year before it is judged by; a short one as long as it can."""
        share = 0.25 if len(book.ground.paths) < 100 else 0.1
        if book.days >= 434:
            return cls(182, 28, (1, 2, 3, 4, 5, 7, 10, 14, 21, 28), share)
        return cls(84, 14, (1, 2, 3, 4, 5, 7, 10, 14), share)

    @property
    def digest(self) -> str:
        from waspada.ledger import parameters_hash

        return parameters_hash(**asdict(self))

    @property
    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "lengths": list(self.lengths)}

    @property
    def first(self) -> int:
        """The first step that can be judged."""
        from waspada.noise import LEAST_DAYS

        return self.learn + self.keep_out + max(self.lengths) + LEAST_DAYS

    def detector(self, book: Book) -> Any:
        """Circles that grow, and the districts as commanders know them."""
        from waspada.watch import Watch
        from waspada.zones import Zones

        known = book.groups.get(ALL)
        weights = None if known is None else known[:, : self.first].sum(axis=1) + 0.5
        cases = cases_of(book, book.visits[:, :1].astype("int64"))
        circles = Zones.circles(cases, share=self.share, neighbours=self.most_places, weights=weights)
        zones = together(circles, Zones.given(cases, list(book.ground.districts.values())))
        return Watch(zones=zones, lengths=self.lengths, keep_out=self.keep_out, learn=self.learn, least=self.least)


def cases_of(book: Book, counts: Any) -> Any:
    import numpy as np

    from waspada.cases import Cases

    return Cases(counts, np.array(book.ground.coordinates), book.ground.paths, book.start, latlong=True)


def together(one: Any, other: Any) -> Any:
    import numpy as np

    from waspada.zones import Zones

    return Zones(
        one.places,
        np.concatenate([one.starts, other.starts[1:] + one.starts[-1]]),
        np.concatenate([one.members, other.members]),
        np.concatenate([one.smallest, other.smallest]),
        np.concatenate([one.centres, other.centres]),
    )


@dataclass(frozen=True)
class Eye:
    """A unit's book with the settings to look at it."""

    book: Book
    parameters: Parameters

    @classmethod
    def of(cls, book: Book) -> "Eye":
        return cls(book, Parameters.fit_for(book))

    @cached_property
    def detector(self) -> Any:
        return self.parameters.detector(self.book)

    @cached_property
    def streams(self) -> dict[str, Any]:
        """The sum, and each group with enough of a history, in a settled order."""
        known = sorted(self.book.groups.items())
        return {group: counts for group, counts in known if group == ALL or (group and int(counts.sum()) >= LEAST_IN_GROUP)}

    @cached_property
    def effort(self) -> Any:
        """Visits of the last seven days, for each place and day; None where nobody recorded any."""
        import numpy as np

        visits = self.book.visits
        if not visits.any():
            return None
        until = np.cumsum(np.pad(visits, ((0, 0), (self.parameters.effort_days, 0))), axis=1)
        return until[:, self.parameters.effort_days :] - until[:, : -self.parameters.effort_days]

    def history(self, group: str) -> Any:
        from waspada.history import History

        return History(cases_of(self.book, self.streams[group]), self.effort)

    @cached_property
    def is_ready(self) -> bool:
        """Whether there is history enough for one day to be judged."""
        return self.book.days > self.parameters.first + 1 and bool(self.streams)

    def looks(self) -> list[Found]:
        """What stands out on the last day, the strongest first, without a threshold."""
        found = []
        for group in self.streams:
            history = self.history(group)
            looker = self.detector.begin(history.until(self.book.days - 2))
            found += [
                self.told(group, signal)
                for signal in looker.look(history.until(self.book.days - 1))
                if self.book.ground.is_ours(signal.rows)
            ]
        return sorted(found, key=strength)

    def told(self, group: str, signal: Any) -> Found:
        book = self.book
        return Found(
            "" if group == ALL else group,
            tuple(book.ground.paths[row] for row in signal.rows),
            book.day(signal.first_step),
            book.day(signal.step),
            signal.observed,
            signal.expected,
            signal.statistic,
        )


def strength(found: Found) -> tuple[float, int, bool]:
    return (-(found.statistic or found.observed / max(found.expected, 0.5)), len(found.paths), found.group == "")


def apart(found: Iterable[Found]) -> list[Found]:
    """Of findings that share a place and may tell of the same the one that stands out most; bundles, not floods."""
    kept: list[Found] = []
    for one in sorted(found, key=strength):
        if all(set(one.paths).isdisjoint(other.paths) or not alike(one.group, other.group) for other in kept):
            kept.append(one)
    return kept
