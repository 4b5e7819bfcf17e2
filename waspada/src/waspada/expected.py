"""How many cases each place and step would have if chance alone were at work."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from waspada.cases import BadData, Cases, Population

Array = NDArray[np.float64]


def poisson_expected(cases: Cases) -> Array:
    """(places, steps): each stratum's cases shared out by its people and days, as indirect standardisation does."""
    if cases.population is None:
        raise BadData("the Poisson score needs a population")
    people = person_days(cases.population, cases)
    by_stratum = cases.counts[:, :, None] if cases.strata is None else cases.strata
    cases_of = by_stratum.sum(axis=(0, 1)).astype(np.float64)
    people_of = people.sum(axis=(0, 1))
    for stratum in np.flatnonzero((people_of == 0) & (cases_of > 0))[:1]:
        raise BadData(f"population: stratum {stratum} has {int(cases_of[stratum])} cases but nobody lives in it")
    rate = np.divide(cases_of, people_of, out=np.zeros_like(cases_of), where=people_of > 0)
    expected: Array = people @ rate
    nobody_there(cases, expected)
    return expected


def nobody_there(cases: Cases, expected: Array) -> None:
    """Cases where none can be expected are an error in the data, not a cluster."""
    for row, step in np.argwhere((expected <= 0) & (cases.counts > 0))[:1]:
        raise BadData(f"place {cases.ids[row]!r} has {cases.counts[row, step]} cases in step {step} but expects {expected[row, step]}")


def separable_population(cases: Cases) -> Array | None:
    """Each place's weight, if the population does not change in time."""
    population = cases.population
    if population is None or population.values.shape[1] > 1:
        return None
    weights: Array = poisson_expected(cases).sum(axis=1)
    return weights


def person_days(population: Population, cases: Cases) -> Array:
    """(places, steps, strata): the population of each step, times its days; straight lines between the population's dates."""
    edges = np.array([cases.first_day(step).toordinal() for step in range(cases.steps + 1)], np.float64)
    if population.values.shape[1] == 1:
        return population.values * np.diff(edges)[None, :, None]
    lived = np.array([lived_until(edge, population.dates) for edge in edges])
    return np.asarray(np.einsum("pds,td->pts", population.values, np.diff(lived, axis=0)))


def lived_until(day: float, dates: tuple[date, ...]) -> Array:
    """How much each date's population weighs in all that was lived from the first date until a day (before it: negative)."""
    knots = np.array([d.toordinal() for d in dates], np.float64)
    weight = np.zeros(len(knots))
    weight[0] += min(day - knots[0], 0.0)
    weight[-1] += max(day - knots[-1], 0.0)
    for left in range(len(knots) - 1):
        span = knots[left + 1] - knots[left]
        part = min(max(day - knots[left], 0.0), span)
        weight[left] += part - part * part / (2 * span)
        weight[left + 1] += part * part / (2 * span)
    return weight
