"""What a quiet day would bring: expected counts by place and day, learned from a history that need not have been quiet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases
from waspada.dispersion import Levels, dispersion_of, shrunk, surplus
from waspada.effects import Design, Effects, estimate
from waspada.effort import Effort
from waspada.scene import along_a_curve
from waspada.scores import NegativeBinomial, numbered
from waspada.seasons import Calendar

Array = NDArray[np.float64]
Holidays = Collection[date] | Mapping[str, Collection[date]]
BLOCK = 7  # days over which a past outbreak is recognised: single days are too sparse for that
MONTH = 28
NEIGHBOURS = 25
BELIEF = 3.5  # deviations


@dataclass(frozen=True, eq=False)
class Baseline:
    """Expected counts per place and day, and how much counts vary round them.

    rates: (places,) a place's cases a day when everything else is as usual; own: (places,) how much of it is the place's own history
    (1) and how much its group's (0); doubt: (places,) the variance of a rate relative to its square. between: how much places differ.
    dispersion: of a place and day: variance = mean + dispersion x mean^2. drift: how much a place's level varies from month to month,
    as a variance relative to its square; shared: how much neighbours' levels do so together. neighbourhoods: (places,) who is a neighbour.
    elasticity, elasticity_error: per channel of effort, by what power reports follow it; empty if no effort was given.
    needed: how many weeks of history it should rest on; first, last: the days of that history.
    events: the cases in it; set_aside: how many of them were taken out as belonging to outbreaks.
    """

    ids: tuple[str, ...]
    first: date
    last: date
    needed: int
    rates: Array
    own: Array
    doubt: Array
    between: float
    dispersion: float
    drift: float
    shared: float
    neighbourhoods: NDArray[np.int64]
    calendar: Calendar
    effort: Effort
    coefficients: Array
    errors: Array
    events: int
    set_aside: float

    @property
    def weeks(self) -> int:
        """Whole weeks of history."""
        return ((self.last - self.first).days + 1) // 7

    @property
    def enough(self) -> bool:
        """Whether there are as many weeks as needed."""
        return self.weeks >= self.needed

    @property
    def elasticity(self) -> Array:
        """(channels,) the power by which reports follow effort."""
        first = len(self.calendar.names)
        return self.coefficients[first : first + self.effort.channels]

    @property
    def elasticity_error(self) -> Array:
        """(channels,) its standard error."""
        first = len(self.calendar.names)
        return self.errors[first : first + self.effort.channels]

    def predict(self, start: date, days: int, effort: ArrayLike | None = None) -> Array:
        """(places, days) of expected cases from ``start`` on, always above 0.

        effort: (places, days) or (places, days, channels) in the unit of the history; without it, each place's usual effect of effort.
        Raises BadData for an effort of another shape, below 0 or not a number.
        """
        if days < 1:
            raise BadData(f"baseline: cannot predict {days} days")
        times = len(self.calendar.names)
        by_time = np.exp(self.calendar.columns(start, days) @ self.coefficients[:times])
        level = self.rates[:, None] * by_time[None, :]
        return np.asarray(level * self.effort.factors(effort, days, self.coefficients[times:], self.ids))

    def score(self, cases: Cases, effort: ArrayLike | None = None) -> NegativeBinomial:
        """The score for a scan of these cases: this baseline over their own days, with all the doubt that is in it."""
        expected = self.predict(cases.start, cases.steps, effort)
        return NegativeBinomial(expected, self.dispersion, self.doubt + self.drift, self.shared, self.neighbourhoods.tolist())

    def describe(self) -> dict[str, Any]:
        """Plain facts, ready for JSON: history, factors, elasticity with its standard error, how much counts vary."""
        times = len(self.calendar.names)
        named = {name: (float(b), float(e)) for name, b, e in zip(self.calendar.names, self.coefficients, self.errors, strict=False)}
        return {
            "weeks": self.weeks,
            "weeks_needed": self.needed,
            "enough": self.enough,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "events": self.events,
            "events_set_aside": round(self.set_aside, 1),
            "weekday_factors": self.calendar.weekday_factors(self.coefficients),
            "season_peak_to_mean": self.calendar.season_peak(self.coefficients),
            "trend_per_year": float(np.exp(named["trend"][0])) if "trend" in named else None,
            "holiday_factors": {n.removeprefix("holiday "): float(np.exp(b)) for n, (b, _) in named.items() if n.startswith("holiday ")},
            "elasticity": [float(b) for b in self.elasticity],
            "elasticity_error": [float(e) for e in self.elasticity_error],
            "no_effort_factor": [float(np.exp(b)) for b in self.coefficients[times + self.effort.channels :]],
            "dispersion": self.dispersion,
            "drift": self.drift,
            "shared": self.shared,
            "between_places": self.between,
            "own_history_share": float(self.own.mean()),
        }


def fit(
    cases: Cases,
    *,
    effort: ArrayLike | None = None,
    holidays: Holidays = (),
    groups: Sequence[Any] | None = None,
    season: bool | int | None = None,
    trend: bool | None = None,
    keep_out: int = 28,
    half_life: float | None = None,
    needed: int = 26,
    robust: bool = True,
    previous: Baseline | None = None,
) -> Baseline:
    """Learn what to expect from counts by day.

    effort: (places, days) or (places, days, channels): visits, officers on duty, whatever reports depend on; any unit, 0 allowed.
    holidays: dates, or kinds of them by name, each with an effect of its own. groups: (places,) the district of each place, towards whose
    rate places with little history are pulled, without it all places are one; and whose levels may drift together, without it some 25
    neighbours.
    season: harmonics of the year, by default 0 below 52 weeks of history, 1 below 104, else 2. trend: by default from 26 weeks on.
    keep_out: so many of the last days teach nothing, lest a growing cluster hide itself. half_life: days after which a day counts half.
    robust: place-weeks far beyond what the rest explains count as expected, as Farrington's weights nearly have it.
    previous: yesterday's baseline of the same places: starts from there, quicker, same answer within its tolerance.
    Raises BadData if steps are not days, if nothing is left to learn from, or for impossible effort (naming place and value).
    """
    if cases.unit != "day" or cases.length != 1:
        raise BadData(f"baseline: needs steps of one day, got {cases.length} {cases.unit}")
    length = cases.steps - keep_out
    if keep_out < 0 or length < 1:
        raise BadData(f"baseline: of {cases.steps} days {keep_out} are kept out, nothing is left to learn from")
    if half_life is not None and not half_life > 0:
        raise BadData(f"baseline: a half-life cannot be {half_life} days")
    counts = cases.counts[:, :length].astype(np.float64)
    end = cases.first_day(length)
    calendar = Calendar.of(cases.start, end, holidays, season, trend)
    pull = Effort.of(effort, cases, length)
    design = design_of(calendar, pull, cases.start, length)
    weights = np.ones(length) if half_life is None else 0.5 ** (np.arange(length)[::-1] / half_life)
    labels = numbered(groups, cases.places)
    if previous is not None and (previous.ids != cases.ids or previous.coefficients.shape != design.middle.shape):
        previous = None
    kept, state = counts, learn(counts, weights, design, labels, None) if previous is None else remembered(previous, design)
    for turn in range(4):
        before, beyond = kept.sum(), None
        if robust:
            kept, beyond = without_outbreaks(counts, state.expected, state.dispersion)
        if abs(before - kept.sum()) <= 1e-3 * before and (turn > 0 or previous is None):
            break
        state = learn(kept, weights, design, labels, state.effects.coefficients, beyond)
    coefficients = state.effects.coefficients
    times = len(calendar.names)
    near = neighbours(cases.coordinates) if groups is None else labels
    drift, shared = drifts(kept, state.expected, state.dispersion, near)
    return Baseline(
        ids=cases.ids,
        first=cases.start,
        last=end - timedelta(days=1),
        needed=needed,
        rates=state.levels.rates,
        own=state.levels.own,
        doubt=state.levels.doubt,
        between=state.levels.between,
        dispersion=state.dispersion,
        drift=drift,
        shared=shared,
        neighbourhoods=near,
        calendar=calendar,
        effort=replace(pull, usual=pull.usual_factors(coefficients[times:]), features=np.zeros((0, 0, 0))),
        coefficients=coefficients,
        errors=state.effects.errors,
        events=int(counts.sum()),
        set_aside=float(counts.sum() - kept.sum()),
    )


@dataclass(frozen=True, eq=False)
class State:
    """One pass of learning."""

    effects: Effects
    levels: Levels
    expected: Array
    dispersion: float


def learn(
    counts: Array, weights: Array, design: Design, groups: NDArray[np.int64], start: Array | None, beyond: NDArray[np.bool_] | None = None
) -> State:
    effects = estimate(counts, weights, design, start)
    factors = design.factors(effects.coefficients)
    exposures = np.broadcast_to((factors * weights).sum(axis=1), (len(counts),))
    cases = (counts * weights).sum(axis=1)
    none = np.ones(len(counts))
    levels = shrunk(cases, exposures, groups, none)
    expected = levels.rates[:, None] * factors
    dispersion = dispersion_of(*((counts, expected) if beyond is None else (counts[~beyond], expected[~beyond])))
    if dispersion > 0:
        noise = 1 + dispersion * (expected**2).sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300)
        levels = shrunk(cases, exposures, groups, noise)
        expected = levels.rates[:, None] * factors
    return State(effects, levels, expected, dispersion)


def remembered(previous: Baseline, design: Design) -> State:
    """What yesterday's baseline thinks of this history."""
    levels = Levels(previous.rates, previous.own, previous.doubt, previous.between)
    expected = previous.rates[:, None] * design.factors(previous.coefficients)
    return State(Effects(previous.coefficients, previous.errors), levels, expected, previous.dispersion)


def neighbours(coordinates: Array) -> NDArray[np.int64]:
    """(places,) neighbourhoods of about 25 places, cut from a curve through all of them."""
    numbers = np.empty(len(coordinates), np.int64)
    numbers[along_a_curve(coordinates)] = np.arange(len(coordinates)) * max(1, len(coordinates) // NEIGHBOURS) // max(len(coordinates), 1)
    return numbers


def drifts(counts: Array, expected: Array, dispersion: float, near: NDArray[np.int64]) -> tuple[float, float]:
    """How much levels vary from month to month, of each place and of neighbours together, as variances relative to the square."""
    count, mean, excess = blocks(counts, MONTH), blocks(expected, MONTH), dispersion * blocks(expected**2, MONTH)
    drift = surplus(count, mean, excess)
    order = np.argsort(near, kind="stable")
    edges = np.flatnonzero(np.diff(near[order], prepend=-1))
    together = [np.add.reduceat(each[order], edges, axis=0) for each in (count, mean, excess + drift * mean**2)]
    shared = surplus(*together)
    return max(drift - shared, 0.0), shared


def blocks(array: Array, days: int) -> Array:
    """Sums over whole blocks of days, the first days left over if they do not fill one."""
    spare = array.shape[1] % days if array.shape[1] >= days else 0
    days = min(days, array.shape[1])
    return np.asarray(array[:, spare:].reshape(len(array), -1, days).sum(axis=2))


def without_outbreaks(counts: Array, expected: Array, dispersion: float) -> tuple[Array, NDArray[np.bool_]]:
    """Counts in which each place-week beyond belief is scaled to what was expected, and the cells of those weeks.

    Belief ends 3.5 deviations above the mean, corrected for skewness (Cornish and Fisher): less than one in a thousand quiet weeks.
    """
    days = counts.shape[1]
    before_end = np.minimum(np.arange(days)[::-1] // BLOCK, max(days // BLOCK, 1) - 1)
    number = before_end[0] - before_end
    edges = np.flatnonzero(np.diff(number, prepend=-1))
    observed, mean = np.add.reduceat(counts, edges, axis=1), np.add.reduceat(expected, edges, axis=1)
    excess = dispersion * np.add.reduceat(expected**2, edges, axis=1)
    deviation = np.sqrt(mean + excess)
    within = np.divide(excess, mean, out=np.zeros_like(mean), where=mean > 0)
    limit = mean + BELIEF * deviation + (BELIEF**2 - 1) / 6 * (1 + 2 * within)
    if not (observed > limit).any():
        return counts, np.zeros(counts.shape, bool)
    share = np.where(observed > limit, mean / np.maximum(observed, 1), 1.0)[:, number]
    return counts * share, share < 1


def design_of(calendar: Calendar, effort: Effort, start: date, days: int) -> Design:
    """Calendar and effort side by side, with what is thought of them beforehand."""
    return Design(
        of_time=calendar.columns(start, days),
        of_cell=effort.features,
        middle=np.concatenate([np.zeros(len(calendar.names)), effort.middle]),
        spread=np.concatenate([calendar.spread, effort.spread]),
        low=np.concatenate([np.full(len(calendar.names), -5.0), effort.low]),
        high=np.concatenate([np.full(len(calendar.names), 5.0), effort.high]),
    )
