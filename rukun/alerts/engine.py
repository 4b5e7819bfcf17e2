"""Where the engine is started: counts in, clusters out, in the worker alone. What is heavy is imported when it is needed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from rukun.alerts.counts import ALL, Book, Ground
from rukun.alerts.rules import BUDGET, LONGEST, WEEKS_NEEDED, Method, simple_rule, weeks_of

A_YEAR = 364
PROVISIONAL = 6.0  # where history is too short for a replay: the threshold that a year of simulated quiet seasons kept within the budget
LEAST_IN_GROUP = 12  # reports of a group in its history, below which only the sum of all groups is watched
PAST_WEEKS = 12


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
    threshold: float | None
    method: Method


@dataclass(frozen=True, slots=True)
class Settings:
    """With what a unit was watched; its digest stands with every alert."""

    learn: int
    keep_out: int
    lengths: tuple[int, ...]
    share: float = 0.25
    least: int = 3

    @classmethod
    def for_days(cls, days: int) -> "Settings":
        if days >= A_YEAR + 70:
            return cls(182, 28, (1, 2, 3, 4, 5, 7, 10, 14, 21, LONGEST))
        return cls(84, 14, (1, 2, 3, 4, 5, 7, 10, 14))

    @property
    def digest(self) -> str:
        from waspada.ledger import parameters_hash

        return parameters_hash(**{name: getattr(self, name) for name in self.__slots__})

    def detector(self, ground: Ground) -> Any:
        from waspada.watch import Watch

        return Watch(share=self.share, lengths=self.lengths, keep_out=self.keep_out, learn=self.learn, least=self.least)


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay of the past chose: a threshold for the budget, and how many alarms it gave on days it was not chosen on."""

    threshold: float
    alarms: int | None
    years: float | None


def streams(book: Book) -> dict[str, Any]:
    """The sum, and each group with enough of a history."""
    return {group: counts for group, counts in book.groups.items() if group == ALL or (group and counts.sum() >= LEAST_IN_GROUP)}


def looks(book: Book, on: date) -> tuple[list[Found], Settings]:
    """What stands out on the last day, without a threshold: the strongest of every stream."""
    settings = Settings.for_days(book.days)
    found = []
    for group, counts in streams(book).items():
        history = history_of(book, counts)
        looker = settings.detector(book.ground).begin(history.until(book.days - 2))
        found += [told(book, group, signal) for signal in looker.look(history.until(book.days - 1))]
    return sorted(found, key=lambda one: -(one.statistic or 0)), settings


def replayed(book: Book, budget: float = BUDGET) -> Replay:
    """A threshold at which all streams together give the budget, chosen on the older part, counted on the newer."""
    from waspada.alarms import calibrate, hold_out, replay

    settings = Settings.for_days(book.days)
    first = settings.learn + settings.keep_out + settings.lengths[-1] + 57
    if book.days - first < 120:
        return Replay(PROVISIONAL, None, None)
    traces = [replay(history_of(book, counts), settings.detector(book.ground), first) for counts in streams(book).values()]
    merged = replace(traces[0], name="all", looker=None, days=tuple(tuple(s for part in day for s in part) for day in zip(*(t.days for t in traces), strict=True)))
    half = first + (book.days - first) // 2
    held = hold_out(merged, half, budget)
    return Replay(calibrate(merged, budget).threshold, held.rate.events, held.rate.years)


def history_of(book: Book, counts: Any) -> Any:
    from waspada.cases import Cases
    from waspada.history import History

    cases = Cases(counts, book.ground.coordinates, book.ground.paths, book.start, latlong=True)
    return History(cases, book.visits if book.visits.any() else None)


def told(book: Book, group: str, signal: Any) -> Found:
    return Found(
        "" if group == ALL else group, tuple(book.ground.paths[row] for row in signal.rows), book.start + timedelta(days=signal.first_step),
        book.start + timedelta(days=signal.step), signal.observed, signal.expected, signal.statistic, None, Method.ENGINE,
    )  # fmt: skip


def simple(book: Book, on: date) -> list[Found]:
    """While history is short: seven days against the same of past weeks, by village and by district."""
    found = []
    for group, counts in streams(book).items():
        zones = [[row] for row in range(len(book.ground.paths))] + book.ground.districts
        for rows in zones:
            series = counts[rows].sum(axis=0)[::-1]
            weeks = [int(series[7 * number : 7 * number + 7].sum()) for number in range(min(PAST_WEEKS + 1, len(series) // 7))]
            usual = simple_rule(weeks[0], weeks[1:]) if weeks else None
            if usual is not None:
                paths = tuple(book.ground.paths[row] for row in rows)
                found.append(Found("" if group == ALL else group, paths, on - timedelta(days=6), on, weeks[0], usual, None, None, Method.SIMPLE))
    return apart(found)


def apart(found: list[Found]) -> list[Found]:
    """Of findings that share a place the one that stands out most, the smaller of equals, a group before the sum."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-(f.statistic or f.observed / max(f.expected, 0.5)), len(f.paths), f.group == "")):
        if all(set(one.paths).isdisjoint(other.paths) for other in kept):
            kept.append(one)
    return kept


def enough(book: Book | None, on: date) -> bool:
    return book is not None and weeks_of(book.start, on + timedelta(days=1)) >= WEEKS_NEEDED
