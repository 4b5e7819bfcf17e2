"""The scan finds what its slow twin finds: the same cylinder and the same ratio."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import city, problems

import waspada as w

WINDOWS = {
    "prospective": lambda steps: (w.Windows(min(4, steps)), naive.periods(steps, 1, min(4, steps), True)),
    "retrospective": lambda steps: (w.Windows.retrospective(min(5, steps)), naive.periods(steps, 1, min(5, steps), False)),
    "at least two": lambda steps: (w.Windows.retrospective(steps, min(2, steps)), naive.periods(steps, min(2, steps), steps, False)),
    "whole": lambda steps: (w.Windows.spatial(), [(0, steps)]),
}


def agree(found, expected):
    if expected is None:
        assert found.top is None
        return
    top = found.top
    assert top is not None
    assert top.statistic == pytest.approx(expected.statistic, rel=1e-9, abs=1e-9)
    assert (top.first_step, top.stop_step, top.observed) == (expected.first, expected.stop, expected.observed)
    assert top.rows == expected.places
    assert top.expected == pytest.approx(expected.expected, rel=1e-9)


@given(problems(), st.sampled_from(["prospective", "retrospective", "at least two"]), st.sampled_from(["high", "low", "both"]))
def test_permutation_agrees_with_its_twin(problem, when, direction):
    counts, xy, _, _ = problem
    windows, periods = WINDOWS[when](counts.shape[1])
    cases = w.Cases(counts, xy)
    lists = naive.circles(xy, counts.sum(axis=1), 0.5)
    everything = naive.cylinders(
        "conditional", counts, naive.permutation(counts), lists, periods, counts.sum(), high=direction != "low", low=direction != "high"
    )
    agree(w.scan(cases, windows=windows, direction=direction, replications=0), naive.best(everything))


@given(problems(), st.sampled_from(list(WINDOWS)), st.sampled_from(["high", "both"]), st.floats(0.1, 1.0))
def test_poisson_agrees_with_its_twin(problem, when, direction, share):
    counts, xy, people, _ = problem
    counts = counts * (people > 0)[:, None]
    if people.sum() == 0:
        people = people + 1
    windows, periods = WINDOWS[when](counts.shape[1])
    cases = w.Cases(counts, xy, population=w.Population(people))
    expected = naive.poisson(counts, people, np.ones(counts.shape[1]))
    lists = naive.circles(xy, expected.sum(axis=1), share)
    everything = naive.cylinders("conditional", counts, expected, lists, periods, counts.sum(), low=direction == "both")
    found = w.scan(cases, w.Zones.circles(cases, share=share), w.Poisson(), windows, direction=direction, replications=0)
    agree(found, naive.best(everything))


@given(problems(), st.sampled_from(list(WINDOWS)), st.sampled_from(["high", "low", "both"]))
def test_expectation_agrees_with_its_twin(problem, when, direction):
    counts, xy, _, rng = problem
    baseline = rng.gamma(2.0, max(counts.mean(), 0.1) / 2, counts.shape)
    windows, periods = WINDOWS[when](counts.shape[1])
    cases = w.Cases(counts, xy)
    lists = naive.circles(xy, np.ones(len(xy)), neighbours=3)
    everything = naive.cylinders(
        "expectation", counts, baseline, lists, periods, 0, high=direction != "low", low=direction != "high", least=3
    )
    found = w.scan(
        cases, w.Zones.circles(cases, neighbours=3), w.ExpectationPoisson(baseline), windows, direction=direction, least=3, replications=0
    )
    agree(found, naive.best(everything))


@given(problems(), st.sampled_from(list(WINDOWS)), st.sampled_from(["high", "low", "both"]))
def test_bernoulli_agrees_with_its_twin(problem, when, direction):
    counts, xy, _, rng = problem
    counts = np.minimum(counts, 40)
    controls = rng.integers(0, 4, counts.shape)
    everybody = counts + controls
    windows, periods = WINDOWS[when](counts.shape[1])
    cases = w.Cases(counts, xy, controls=controls)
    expected = everybody * (counts.sum() / max(everybody.sum(), 1))
    lists = naive.circles(xy, everybody.sum(axis=1), 0.5)
    everything = naive.cylinders(
        "bernoulli", counts, expected, lists, periods, counts.sum(), everybody.sum(), high=direction != "low", low=direction != "high"
    )
    agree(w.scan(cases, None, w.Bernoulli(), windows, direction=direction, replications=0), naive.best(everything))


def test_counts_beyond_two_bytes_are_counted():
    counts = np.full((4, 5), 40_000)
    counts[2, 3:] = 90_000
    cases = w.Cases(counts, [[0, 0], [0, 1], [5, 0], [5, 1]])
    top = w.scan(cases, windows=w.Windows(3), replications=0).top
    assert top.rows == (2,) and top.observed == 180_000


def test_a_planted_cluster_is_found_and_a_quiet_city_stays_quiet():
    loud = w.scan(city(), windows=w.Windows(14), replications=199)
    assert "p17" in loud.top.places and loud.top.p_value == 1 / 200 and loud.top.end.isoformat() == "2024-02-29"
    quiet = w.scan(city(planted=False), windows=w.Windows(14), replications=199)
    assert quiet.top.p_value > 0.05


def test_secondary_clusters_share_no_place():
    seen = set()
    for cluster in w.scan(city(), windows=w.Windows(14), replications=19):
        assert seen.isdisjoint(cluster.rows)
        seen |= set(cluster.rows)


@pytest.mark.parametrize("overlap", ["centres", "more-likely", "less-likely", "pairs", "any"])
def test_looser_rules_keep_more_clusters_and_the_same_top(overlap):
    strict = w.scan(city(), windows=w.Windows(14), replications=0)
    loose = w.scan(city(), windows=w.Windows(14), replications=0, overlap=overlap)
    assert len(loose) >= len(strict) and loose.top == strict.top


def test_strata_of_the_permutation_are_expected_apart():
    rng = np.random.default_rng(3)
    strata = rng.poisson(0.7, (6, 8, 2))
    counts, xy = strata.sum(axis=2), rng.random((6, 2))
    expected = naive.permutation(strata[:, :, 0]) + naive.permutation(strata[:, :, 1])
    lists = naive.circles(xy, counts.sum(axis=1), 0.5)
    everything = naive.cylinders("conditional", counts, expected, lists, naive.periods(8, 1, 4, True), counts.sum())
    found = w.scan(w.Cases(counts, xy, strata=strata), windows=w.Windows(4), replications=20)
    agree(found, naive.best(everything))


def test_a_scan_of_all_places_together_is_purely_temporal():
    cases = city()
    top = w.scan(cases, w.Zones.everywhere(cases), w.Poisson(), w.Windows.retrospective(20), replications=99).top
    expected = naive.poisson(cases.counts, cases.population.values[:, 0, 0], np.ones(60))
    everything = naive.cylinders(
        "conditional", cases.counts, expected, [list(range(60))], naive.periods(60, 1, 20, False), cases.total, whole_only=True
    )
    best = naive.best(everything)
    assert top.statistic == pytest.approx(best.statistic, abs=1e-9) and (top.first_step, top.stop_step) == (best.first, best.stop)


def test_what_cannot_be_asked_is_refused():
    cases = city()
    with pytest.raises(ValueError, match="sideways"):
        w.scan(cases, direction="sideways")
    with pytest.raises(ValueError, match="permutation"):
        w.scan(cases, windows=w.Windows.spatial(), replications=9)
    with pytest.raises(ValueError, match="61"):
        w.scan(cases, windows=w.Windows(90, shortest=61))
