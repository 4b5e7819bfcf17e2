"""A unit's past lived through again, day by day: which threshold keeps the budget, and what would have been raised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rukun.alerts.counts import ALL, Book
from rukun.alerts.engine import Eye, Found, apart
from rukun.alerts.rules import Rule, alike, goes_on

REPLAYED = 364  # days of the past that are lived through
LEAST = 120  # days below which no threshold is chosen
PROVISIONAL = (
    (30, 6.0),
    (100, 7.5),
    (300, 9.5),
    (10**9, 11.5),
)  # places, threshold: by bench/alerts.py quiet, until a replay chooses; 300 in between
A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a replay chose, and how many alarms it gave on days it was not chosen on."""

    threshold: float
    days: int
    alarms: int | None
    years: float | None
    rivals: dict[str, float]


@dataclass
class Standing:
    """A cluster as it goes on: when it was news, and when it was last seen."""

    first: Found
    places: frozenset[str]
    last: date
    days: int = 1


def provisional(places: int) -> float:
    return next(threshold for most, threshold in PROVISIONAL if places <= most)


def choose(eye: Eye, budget: float) -> Chosen:
    """A threshold at which all streams together keep the budget: chosen on the whole of the replay, counted on the newer half."""
    first = max(eye.parameters.first + 1, eye.book.days - REPLAYED)
    days = eye.book.days - first
    if days < LEAST or not eye.is_ready:
        return Chosen(provisional(len(eye.book.ground.paths)), max(days, 0), None, None, {})
    from waspada.alarms import calibrate, hold_out

    merged = merge(eye, {group: trace(eye, group, first) for group in eye.streams}, first)
    held = hold_out(merged, first + days // 2, budget)
    years = (eye.book.days - held.first) / A_YEAR
    return Chosen(calibrate(merged, budget).threshold, days, held.rate.events, years, rivals(eye, budget, first))


def trace(eye: Eye, group: str, first: int) -> Any:
    from waspada.alarms import replay

    return replay(eye.history(group), eye.detector, first)


def merge(eye: Eye, traces: dict[str, Any], first: int) -> Any:
    """One trace of all streams. Groups stay apart, as if each had places of its own; the sum of all is told only where it shares no place with
    a group, for then it tells of the same."""
    places = len(eye.book.ground.paths)
    whole = traces.pop(ALL, None)
    days = []
    for step in range(eye.book.days - first):
        signals, taken = [], set[int]()
        for number, each in enumerate(traces.values(), start=1):
            for signal in each.days[step]:
                if eye.book.ground.is_ours(signal.rows):
                    taken |= set(signal.rows)
                    signals.append(replace(signal, rows=tuple(row + number * places for row in signal.rows)))
        if whole is not None:
            signals += [
                signal
                for signal in whole.days[step]
                if eye.book.ground.is_ours(signal.rows) and (strong(signal, signals) or taken.isdisjoint(signal.rows))
            ]
        days.append(tuple(sorted(signals, key=lambda s: -s.statistic)))
    like = whole if whole is not None else next(iter(traces.values()))
    return replace(like, name="all", looker=None, days=tuple(days))


def strong(signal: Any, others: Iterable[Any]) -> bool:
    """Whether the sum stands out more than any group does."""
    return all(signal.statistic > other.statistic for other in others)


def rival_detectors(eye: Eye) -> dict[str, Any]:
    """The simple rules, over the districts that commanders know; the one on last year where there is a last year to speak of."""
    from waspada.peers import EarsC2, LastYear

    groups = list(eye.book.ground.districts.values())
    found: dict[str, Any] = {Rule.EARS_C2: EarsC2(groups)}
    if eye.book.days >= 364 + 7 + LEAST:
        found[Rule.LAST_YEAR] = LastYear(groups)
    return found


def rivals(eye: Eye, budget: float, first: int) -> dict[str, float]:
    """The thresholds at which the simple rules keep the same budget."""
    from waspada.alarms import calibrate, replay

    chosen = {}
    for rule, detector in rival_detectors(eye).items():
        begin = max(first, 364 + 7) if rule == Rule.LAST_YEAR else first
        traces = {group: replay(eye.history(group), detector, begin) for group in eye.streams}
        chosen[str(rule)] = round(calibrate(merge(eye, traces, begin), budget).threshold, 4)
    return chosen


def rivals_say(eye: Eye, thresholds: dict[str, float]) -> list[tuple[str, str, tuple[str, ...], Any]]:
    """What the simple rules say of the last day: rule, group, places, the signal."""
    said = []
    for rule, detector in rival_detectors(eye).items():
        if str(rule) not in thresholds:
            continue
        for group in eye.streams:
            past = eye.history(group).until(eye.book.days - 1)
            for signal in detector.begin(past).look(past):
                if signal.statistic > thresholds[str(rule)] and eye.book.ground.is_ours(signal.rows):
                    paths = tuple(eye.book.ground.paths[row] for row in signal.rows)
                    said.append((str(rule), "" if group == ALL else group, paths, signal))
    return said


def relive(book: Book, threshold: float, since: date, until: date) -> list[Standing]:
    """What would have been raised between two days with the settings of the last of them: each cluster once, as alerts are."""
    eye = Eye.of(book.until(until))
    first = max(eye.parameters.first + 1, (since - book.start).days)
    if not eye.is_ready or first >= eye.book.days:
        return []
    traces = {group: trace(eye, group, first) for group in eye.streams}
    standing: list[Standing] = []
    for step in range(eye.book.days - first):
        loud = [
            eye.told(group, signal)
            for group, each in traces.items()
            for signal in each.days[step]
            if signal.statistic > threshold and eye.book.ground.is_ours(signal.rows)
        ]
        link(standing, apart(loud), book.day(first + step))
    return standing


def link(standing: list[Standing], found: Sequence[Found], on: date) -> None:
    for one in found:
        known = next((s for s in standing if is_same(s, one, on)), None)
        if known is None:
            standing.append(Standing(one, frozenset(one.paths), on))
        else:
            known.places, known.last, known.days = known.places | set(one.paths), on, known.days + (known.last < on)


def is_same(standing: Standing, one: Found, on: date) -> bool:
    return alike(standing.first.group, one.group) and goes_on(standing.places, standing.last, one.paths, one.since, on)


def settings_of(book: Book) -> str:
    return Eye.of(book).parameters.digest
