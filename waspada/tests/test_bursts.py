"""Sifted or walked, a negative binomial world has the same maximum, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import city, problems

import waspada as w
from waspada.bursts import Bursts
from waspada.clumps import Clumped
from waspada.scene import Limits, scene_of
from waspada.sieve import Settings

WORLDS = np.arange(70)


@pytest.fixture(scope="module")
def scene():
    cases = city(places=80, days=50)
    means = np.full((80, 50), 0.3) * np.linspace(0.5, 1.5, 80)[:, None]
    score = w.NegativeBinomial(means, 0.8, np.linspace(0.0, 0.4, 80), 0.1, list("abcdefgh") * 10)
    return scene_of(cases, w.Zones.circles(cases), score.model(cases), w.Windows(20, shortest=2), Limits())


@pytest.fixture(scope="module")
def walked(scene):
    return Clumped(scene, 3, len(WORLDS), 1).highest(WORLDS)


@pytest.mark.parametrize(
    "threads, setting",
    [
        (1, Settings()),
        (2, Settings(groups=8, division=4)),
        (3, Settings(wide=True, floor=2.0)),
        (1, Settings(wide=False, groups=3, floor=30.0)),
    ],
)
def test_maxima_are_the_same_to_the_last_bit(scene, walked, threads, setting):
    sieve = Bursts(Clumped(scene, 3, len(WORLDS), threads), setting)
    assert np.array_equal(sieve.highest(WORLDS), walked)
    assert np.array_equal(sieve.highest(WORLDS[60:]), walked[60:])


def test_those_that_reach_a_statistic_are_found_and_no_others(scene, walked):
    middle = float(np.median(walked))
    found = Bursts(Clumped(scene, 3, len(WORLDS), 2)).reaching(middle, WORLDS)
    assert np.array_equal(found, np.where(walked >= middle, walked, 0.0)) and 0 < (found > 0).sum() < 70


@settings(max_examples=60)
@given(problems(), st.sampled_from([0.0, 0.01, 0.3, 4.0]), st.sampled_from([0.0, 0.5]), st.integers(1, 4), st.booleans())
def test_awkward_worlds_are_sifted_right(problem, dispersion, wander, least, wide):
    counts, xy, _, rng = problem
    baseline = np.minimum(rng.gamma(2.0, max(counts.mean(), 0.1) / 2, counts.shape), 50.0)
    baseline[rng.random(len(counts)) < 0.2] = 0.0
    cases = w.Cases(np.where(baseline > 0, np.minimum(counts, 300), 0), xy)
    score = w.NegativeBinomial(baseline, dispersion, wander * rng.random(len(counts)), wander * 0.3)
    windows = w.Windows(min(6, cases.steps)) if least < 4 else w.Windows.spatial()
    scene = scene_of(cases, w.Zones.circles(cases), score.model(cases), windows, Limits(least_high=least))
    few = np.arange(9)
    plain = Clumped(scene, 11, 9, 1).highest(few)
    assert np.array_equal(Bursts(Clumped(scene, 11, 9, 1), Settings(wide=wide)).highest(few), plain)


def test_a_scan_sifts_and_its_p_value_is_the_walks():
    cases = city(places=80, days=50)
    score = w.NegativeBinomial(np.full((80, 50), 0.15), 0.8, 0.1)
    full = w.scan(cases, None, score, w.Windows(20), replications=199)
    fast = w.scan(cases, None, score, w.Windows(20), replications=199, method="exceedance")
    assert fast.top.p_value == full.top.p_value and fast.top.gumbel_p is None
    scene = scene_of(cases, w.Zones.circles(cases), score.model(cases), w.Windows(20), Limits())
    assert np.array_equal(full.evidence.maxima, Clumped(scene, 1, 199, 1).highest(np.arange(199)))


def test_given_zones_that_begin_whole_are_sifted_too():
    cases = city(places=80, days=50)
    zones = w.Zones.given(cases, [range(start, start + 8) for start in range(0, 80, 8)])
    score = w.NegativeBinomial(np.full((80, 50), 0.15), 0.8, 0.1)
    scene = scene_of(cases, zones, score.model(cases), w.Windows(14), Limits())
    assert np.array_equal(Bursts(Clumped(scene, 3, 70, 2)).highest(WORLDS), Clumped(scene, 3, 70, 1).highest(WORLDS))
