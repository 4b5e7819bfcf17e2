"""Worlds whose truth is known: reports as they really come, with effort, bursts, batches and busybodies, and outbreaks planted in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waspada.cases import BadData, Cases
from waspada.events import Batches, Counted, Events, count

Array = NDArray[np.float64]
Longs = NDArray[np.int64]
ORIGINS = ("background", "outbreak", "batch", "prolific", "poison")


@dataclass(frozen=True)
class Outbreak:
    """Extra cases in some places from day ``start`` on, for ``days`` days: ``size`` of them are expected in all.

    growth: what each day has more than the one before, as a factor: 1 level, 1.2 a fifth more every day.
    """

    places: tuple[int, ...]
    start: int
    days: int = 14
    size: float = 12.0
    growth: float = 1.0

    @property
    def stop(self) -> int:
        """The day after its last."""
        return self.start + self.days

    def by_day(self) -> Array:
        """(days,) expected extra cases."""
        share = self.growth ** np.arange(self.days, dtype=np.float64)
        return np.asarray(self.size * share / share.sum())


@dataclass(frozen=True)
class Poison:
    """``events`` invented reports from ``accounts`` accounts in some places, from ``start`` on for ``days`` days."""

    places: tuple[int, ...]
    start: int
    days: int = 3
    events: int = 20
    accounts: int = 2


@dataclass(frozen=True)
class Change:
    """From day ``start`` on the effort in some places is multiplied by ``factor``."""

    places: tuple[int, ...]
    start: int
    factor: float


@dataclass(frozen=True, eq=False)
class World:
    """A world and its truth.

    coordinates: (places, 2) in kilometres. effort: (places, days). expected: (places, days) of cases when nothing is going on.
    events: all reports; origin: which of ``ORIGINS`` each comes from; cause: the number of its outbreak or poisoning, else -1.
    outbreaks, poisons, changes: what was planted. A batch's reports bear the day of their entry.
    """

    seed: int
    start: date
    days: int
    coordinates: Array
    effort: Array
    expected: Array
    dispersion: float
    elasticity: float
    events: Events
    origin: Longs
    cause: Longs
    outbreaks: tuple[Outbreak, ...] = ()
    poisons: tuple[Poison, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    @property
    def places(self) -> int:
        """How many places."""
        return len(self.coordinates)

    @property
    def ids(self) -> tuple[str, ...]:
        """A name for each place."""
        return tuple(f"p{place}" for place in range(self.places))

    @cached_property
    def counts(self) -> Longs:
        """(places, days) of all reports, nothing capped."""
        counts = np.zeros((self.places, self.days), np.int64)
        np.add.at(counts, (self.events.place, self.events.day), 1)
        return counts

    def cases(self) -> Cases:
        """All reports as they came."""
        return Cases(self.counts, self.coordinates, self.ids, self.start)

    @property
    def districts(self) -> tuple[str, ...]:
        """(places,) the square of 30 km that a place lies in."""
        return tuple(f"{x}/{y}" for x, y in (self.coordinates // 30).astype(int).tolist())

    def counted(self, cap: int | None = 1, every: int = 1, batches: Batches = "one", by_district: bool = False) -> Counted:
        """Reports with accounts capped, in each place or in each district, and batches recognised."""
        groups = self.districts if by_district else None
        return count(self.events, self.places, self.days, cap=cap, every=every, groups=groups, batches=batches)


def world(
    seed: int,
    places: int = 100,
    days: int = 730,
    *,
    start: date = date(2023, 1, 2),
    rate: float = 0.05,
    spread: float = 0.5,
    dispersion: float = 0.5,
    season: float = 0.2,
    weekday: float = 0.2,
    effort: float = 0.4,
    elasticity: float = 0.7,
    changes: int | Sequence[Change] = 0,
    batches: float = 0.0,
    batch_size: float = 12.0,
    prolific: float = 0.0,
    poisons: int | Sequence[Poison] = 0,
    outbreaks: int | Sequence[Outbreak] = 0,
    accounts: int = 8,
    settled: int = 365,
) -> World:
    """Make a world; the same seed and settings make the same one.

    rate: mean cases a place and day. spread: deviation of the logarithm of places' levels. dispersion: of a place and day, variance =
    mean + dispersion x mean^2. season, weekday: amplitudes (logarithm) of the year and the week. effort: deviation of the logarithm of
    effort, between places and again between weeks of one place; elasticity: the power by which cases follow it.
    changes: effort that doubles or halves for good in a neighbourhood: how many, or which. batches: how many a year, of ``batch_size``
    reports on average, entered on one day by one account. prolific: reports a day, on average, of one account, which writes about the
    ten places round it in moods of about a month. poisons, outbreaks: how many at random after day ``settled``, or which.
    accounts: who report in a place. Raises BadData for what cannot be, naming the place or day.
    """
    if places < 1 or days < 1 or accounts < 1:
        raise BadData(f"world: {places} places, {days} days, {accounts} accounts; each is at least 1")
    much = {"rate": rate, "dispersion": dispersion, "batches": batches, "batch_size": batch_size, "prolific": prolific, "effort": effort}
    for name, value in {**much, "spread": spread, "season": season, "weekday": weekday, "elasticity": elasticity}.items():
        if not (np.isfinite(value) and value >= 0):
            raise BadData(f"world: {name} cannot be {value}")
    rng = np.random.default_rng(seed)
    xy = land(rng, places)
    near = Near(xy)
    late = min(settled, max(days - 30, 0))
    turned = tuple(changes) if not isinstance(changes, int) else random_changes(rng, near, changes, late, days)
    worked = efforts(rng, places, days, effort, turned)
    level = np.exp(rng.normal(0, spread, (places, 1)))
    level *= rate / max(level.mean(), 1e-300)
    ordinal = start.toordinal() + np.arange(days)
    yearly = season * np.sin(2 * np.pi * (ordinal / 365.25 + rng.random()))
    weekly = (weekday * rng.normal(0, 1, 7))[ordinal % 7]
    expected = level * np.exp(yearly + weekly - np.log(np.exp(yearly + weekly).mean())) * worked**elasticity
    shaken = expected * rng.gamma(1 / dispersion, dispersion, expected.shape) if dispersion > 0 else expected
    outbroken = tuple(outbreaks) if not isinstance(outbreaks, int) else random_outbreaks(rng, near, outbreaks, late, days)
    poisoned = tuple(poisons) if not isinstance(poisons, int) else random_poisons(rng, near, poisons, late, days)
    parts = [background(rng, shaken, accounts)]
    parts += [outbreak_reports(rng, each, number, places, days, accounts) for number, each in enumerate(outbroken)]
    parts += [batch_reports(rng, places, days, batches, batch_size, accounts)]
    parts += [prolific_reports(rng, near, days, prolific, places * accounts)]
    next_account = places * accounts + 1
    for number, each in enumerate(poisoned):
        parts.append(poison_reports(rng, each, number, places, days, next_account))
        next_account += each.accounts
    rows = np.concatenate(parts)
    rows = rows[np.lexsort((rows[:, 0], rows[:, 1]))]
    events = Events(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 1])
    return World(
        seed, start, days, xy, worked, expected, dispersion, elasticity, events, rows[:, 3], rows[:, 4], outbroken, poisoned, turned
    )


@dataclass(frozen=True, eq=False)
class Near:
    """Who lives next to whom."""

    coordinates: Array

    def round(self, place: int, number: int) -> tuple[int, ...]:
        """A place and its nearest, so many in all."""
        distance = ((self.coordinates - self.coordinates[place]) ** 2).sum(axis=1)
        return tuple(int(row) for row in np.argsort(distance, kind="stable")[:number])

    def somewhere(self, rng: np.random.Generator, fewest: int, most: int) -> tuple[int, ...]:
        return self.round(int(rng.integers(len(self.coordinates))), int(rng.integers(fewest, most + 1)))


def land(rng: np.random.Generator, places: int) -> Array:
    """A third of the places scattered over 300 km, the others in clumps."""
    centres = rng.random((max(4, places // 200), 2)) * 300
    clumped = centres[rng.integers(0, len(centres), places)] + rng.normal(0, 10, (places, 2))
    return np.asarray(np.where((rng.random(places) < 0.3)[:, None], rng.random((places, 2)) * 300, clumped))


def efforts(rng: np.random.Generator, places: int, days: int, deviation: float, changes: Sequence[Change]) -> Array:
    """(places, days): each place's usual effort times each week's luck, changed where it was changed; about 1 on average."""
    weeks = np.repeat(rng.normal(0, deviation, (places, -(-days // 7))), 7, axis=1)[:, :days]
    result = np.exp(rng.normal(0, deviation, (places, 1)) + weeks - deviation**2)
    for change in changes:
        exists(change.places, change.start, places, days)
        result[np.array(change.places), change.start :] *= change.factor
    return np.asarray(result)


def exists(members: Sequence[int], start: int, places: int, days: int) -> None:
    for place in members:
        if not 0 <= place < places:
            raise BadData(f"world: there is no place {place}, only 0 to {places - 1}")
    if not members or not 0 <= start < days:
        raise BadData(f"world: nothing can start in {len(members)} places on day {start} of {days}")


def random_changes(rng: np.random.Generator, near: Near, number: int, late: int, days: int) -> tuple[Change, ...]:
    return tuple(Change(near.somewhere(rng, 5, 20), int(rng.integers(late, days)), float(rng.choice([0.5, 2.0]))) for _ in range(number))


def random_outbreaks(rng: np.random.Generator, near: Near, number: int, late: int, days: int) -> tuple[Outbreak, ...]:
    starts = rng.integers(late, max(days - 21, late + 1), number)
    return tuple(Outbreak(near.somewhere(rng, 3, 10), int(start), 21, float(rng.integers(12, 31)), 1.05) for start in np.sort(starts))


def random_poisons(rng: np.random.Generator, near: Near, number: int, late: int, days: int) -> tuple[Poison, ...]:
    return tuple(Poison(near.somewhere(rng, 1, 4), int(rng.integers(late, max(days - 3, late + 1)))) for _ in range(number))


def reports(place: Longs, day: Longs, source: Longs, origin: str, cause: int = -1) -> Longs:
    """(events, 5): place, day, source, origin, cause."""
    return np.column_stack([place, day, source, np.full(len(place), ORIGINS.index(origin)), np.full(len(place), cause)]).astype(np.int64)


def background(rng: np.random.Generator, expected: Array, accounts: int) -> Longs:
    counts = rng.poisson(expected)
    place, day = (np.repeat(index, counts.ravel()) for index in (axis.ravel() for axis in np.indices(counts.shape)))
    return reports(place, day, place * accounts + rng.integers(0, accounts, len(place)), "background")


def outbreak_reports(rng: np.random.Generator, outbreak: Outbreak, number: int, places: int, days: int, accounts: int) -> Longs:
    exists(outbreak.places, outbreak.start, places, days)
    extra = rng.poisson(outbreak.by_day())
    day = outbreak.start + np.repeat(np.arange(outbreak.days), extra)
    place = rng.choice(np.array(outbreak.places), len(day))
    source = place * accounts + rng.integers(0, accounts, len(day))
    seen = day < days
    return reports(place[seen], day[seen], source[seen], "outbreak", number)


def batch_reports(rng: np.random.Generator, places: int, days: int, yearly: float, size: float, accounts: int) -> Longs:
    number = int(rng.poisson(yearly * days / 365.25))
    sizes = 3 + rng.poisson(max(size - 3, 0), number)
    place, day = np.repeat(rng.integers(0, places, number), sizes), np.repeat(rng.integers(0, days, number), sizes)
    return reports(place, day, place * accounts, "batch")


def prolific_reports(rng: np.random.Generator, near: Near, days: int, daily: float, account: int) -> Longs:
    beat = np.array(near.somewhere(rng, 10, 10))
    moods = np.repeat(rng.gamma(0.5, 2.0, -(-days // 30)), 30)[:days]
    day = np.repeat(np.arange(days), rng.poisson(daily * moods))
    return reports(rng.choice(beat, len(day)), day, np.full(len(day), account), "prolific")


def poison_reports(rng: np.random.Generator, poison: Poison, number: int, places: int, days: int, account: int) -> Longs:
    exists(poison.places, poison.start, places, days)
    day = np.minimum(poison.start + rng.integers(0, poison.days, poison.events), days - 1)
    source = account + rng.integers(0, poison.accounts, poison.events)
    return reports(rng.choice(np.array(poison.places), poison.events), day, source, "poison", number)
