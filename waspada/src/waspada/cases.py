"""What happened, where and when: counts per place and time step, checked once, here, so that everything below may trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.calendar import advance, day_lengths

Unit = Literal["day", "month", "year"]


class BadData(ValueError):
    """The data cannot be what they claim to be; the message names the place and the value."""


@dataclass(frozen=True, eq=False)
class Population:
    """People at risk by place, date and stratum; straight lines between the dates, level before the first and after the last.

    ``values`` is (places,), (places, dates) or (places, dates, strata). A date counts from the beginning of its day.
    """

    values: NDArray[np.float64]
    dates: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        values = np.asarray(self.values, np.float64)
        if not 1 <= values.ndim <= 3:
            raise BadData(f"population: expected places, dates and strata, got {values.ndim} dimensions")
        while values.ndim < 3:
            values = values[..., None]
        dates = tuple(self.dates)
        if len(dates) != values.shape[1] and not (not dates and values.shape[1] == 1):
            raise BadData(f"population: {values.shape[1]} columns for {len(dates)} dates")
        if list(dates) != sorted(set(dates)):
            raise BadData("population: dates must rise, each once")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "dates", dates)

    @property
    def strata(self) -> int:
        return len(self.values[0, 0]) if self.values.size else 1


@dataclass(frozen=True, eq=False)
class Cases:
    """Counts per place (row) and time step (column), where the places lie, and, where it is known, who lives there.

    counts: (places, steps), whole numbers from 0.
    coordinates: (places, 2): x and y in any unit, or latitude and longitude in degrees with ``latlong=True``.
    ids: a name for each place; "0", "1", ... if none are given.
    start: the first day of the first step; ``unit`` and ``length`` say how long a step is (7 days: unit "day", length 7).
    population: for the Poisson score. controls: (places, steps), for the Bernoulli score.
    strata: (places, steps, strata), the counts by stratum (age and sex, say); they add up to ``counts``.
    """

    counts: NDArray[np.int64]
    coordinates: NDArray[np.float64]
    ids: tuple[str, ...] = ()
    start: date = date(2000, 1, 1)
    unit: Unit = "day"
    length: int = 1
    latlong: bool = False
    population: Population | None = None
    controls: NDArray[np.int64] | None = None
    strata: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        counts, coordinates = np.asarray(self.counts), np.asarray(self.coordinates, np.float64)
        if counts.ndim != 2:
            raise BadData(f"counts: expected (places, steps), got the shape {counts.shape}")
        ids = tuple(str(i) for i in self.ids) or tuple(str(i) for i in range(len(counts)))
        check_ids(ids, len(counts))
        check_coordinates(coordinates, ids, self.latlong)
        put("ids", ids)
        put("coordinates", coordinates)
        put("counts", whole_numbers(counts, ids, "count"))
        if self.unit not in ("day", "month", "year"):
            raise BadData(f"unit: expected day, month or year, got {self.unit!r}")
        if self.length < 1:
            raise BadData(f"length: a step takes at least one {self.unit}, got {self.length}")
        try:
            self.first_day(self.steps)
        except (OverflowError, ValueError):
            raise BadData(f"start: {self.steps} steps from {self.start} on end after the year 9999, where the calendar ends") from None
        if self.controls is not None:
            put("controls", whole_numbers(same_shape(self.controls, counts.shape, "controls"), ids, "number of controls"))
        if self.strata is not None:
            put("strata", check_strata(self.strata, self.counts, ids))
        if self.population is not None:
            check_population(self.population, self)

    @property
    def places(self) -> int:
        """How many places."""
        return int(self.counts.shape[0])

    @property
    def steps(self) -> int:
        """How many steps of time."""
        return int(self.counts.shape[1])

    @property
    def total(self) -> int:
        """All cases."""
        return int(self.counts.sum())

    def first_day(self, step: int) -> date:
        """The day on which a step begins; ``first_day(steps)`` is the day after the study."""
        return advance(self.start, self.unit, step * self.length)

    @property
    def days(self) -> NDArray[np.int64]:
        """How many days each step has."""
        return day_lengths(self.start, self.unit, self.length, self.steps)

    def index(self, place: int | str) -> int:
        """The row of a place, given its name or its row."""
        row = place if isinstance(place, int) else self.rows.get(place, -1)
        if not 0 <= row < self.places:
            raise BadData(f"there is no place {place!r} among the {self.places}")
        return row

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each name."""
        return {name: row for row, name in enumerate(self.ids)}

    def between(self, first: int, stop: int) -> Cases:
        """The same places, the steps from ``first`` up to, not including, ``stop``."""
        if not 0 <= first < stop <= self.steps:
            raise BadData(f"steps {first} to {stop} lie outside the {self.steps} steps there are")

        def cut(array: NDArray[np.int64] | None) -> NDArray[np.int64] | None:
            return None if array is None else array[:, first:stop]

        return replace(
            self, counts=self.counts[:, first:stop], start=self.first_day(first), controls=cut(self.controls), strata=cut(self.strata)
        )

    def with_counts(self, counts: ArrayLike) -> Cases:
        """The same places and calendar with other counts; strata are left behind."""
        return replace(self, counts=np.asarray(counts), strata=None)


def check_ids(ids: Sequence[str], places: int) -> None:
    if len(ids) != places:
        raise BadData(f"ids: {len(ids)} names for {places} places")
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise BadData(f"ids: the place {name!r} stands there twice")
        seen.add(name)


def check_coordinates(coordinates: NDArray[np.float64], ids: Sequence[str], latlong: bool) -> None:
    if coordinates.shape != (len(ids), 2):
        raise BadData(f"coordinates: expected {(len(ids), 2)}, got the shape {coordinates.shape}")
    bad = ~np.isfinite(coordinates).all(axis=1)
    if latlong:
        bad |= (np.abs(coordinates[:, 0]) > 90) | (np.abs(coordinates[:, 1]) > 180)
    for row in np.flatnonzero(bad)[:1]:
        what = "latitude and longitude" if latlong else "coordinates"
        raise BadData(f"coordinates: place {ids[row]!r} cannot lie at {what} {coordinates[row, 0]}, {coordinates[row, 1]}")


def same_shape(array: ArrayLike, shape: tuple[int, ...], what: str) -> NDArray[Any]:
    array = np.asarray(array)
    if array.shape != shape:
        raise BadData(f"{what}: expected the shape {shape}, got {array.shape}")
    return array


def whole_numbers(array: NDArray[Any], ids: Sequence[str], what: str) -> NDArray[np.int64]:
    """The array as int64, or an error that names the first place and value that is no whole number from 0."""
    if array.dtype.kind not in "iuf":
        raise BadData(f"{what}: expected numbers, got {array.dtype}")
    with np.errstate(invalid="ignore"):
        bad = ~((array >= 0) & (array <= 2**31 - 1) & (array == np.floor(array)))
    for row, step in np.argwhere(bad.reshape(len(array), -1))[:1]:
        value = array.reshape(len(array), -1)[row, step]
        raise BadData(f"{what}: place {ids[row]!r} has {value} in step {step}; a {what} is a whole number from 0")
    return np.ascontiguousarray(array, np.int64)


def check_strata(strata: ArrayLike, counts: NDArray[np.int64], ids: Sequence[str]) -> NDArray[np.int64]:
    array = np.asarray(strata)
    if array.ndim != 3 or array.shape[:2] != counts.shape:
        raise BadData(f"strata: expected {counts.shape} and strata, got the shape {array.shape}")
    whole = whole_numbers(array, ids, "count")
    for row, step in np.argwhere(whole.sum(axis=2) != counts)[:1]:
        raise BadData(f"strata: place {ids[row]!r} has {counts[row, step]} cases in step {step}, its strata {whole[row, step].sum()}")
    return whole


def check_population(population: Population, cases: Cases) -> None:
    values = population.values
    if len(values) != cases.places:
        raise BadData(f"population: {len(values)} places, counts: {cases.places}")
    for row, column, stratum in np.argwhere(~(np.isfinite(values) & (values >= 0)))[:1]:
        raise BadData(f"population: place {cases.ids[row]!r} cannot have {values[row, column, stratum]} people")
    if cases.strata is not None and cases.strata.shape[2] != population.strata:
        raise BadData(f"population: {population.strata} strata, counts: {cases.strata.shape[2]}")
    if cases.strata is None and population.strata > 1:
        raise BadData(f"population: {population.strata} strata, but the counts have none")
