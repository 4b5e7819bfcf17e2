"""The negative binomial score finds what its slow twin finds, in worlds that are as overdispersed as they say."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_scan import WINDOWS, agree
from worlds import city, problems

import waspada as w
from waspada.clumps import Clumped
from waspada.scene import Limits, scene_of


def varied(rng, means, dispersion):
    """Negative binomial counts, as a Poisson number with a gamma rate."""
    return rng.poisson(means * rng.gamma(1 / dispersion, dispersion, means.shape))


@given(
    problems(),
    st.sampled_from(["prospective", "retrospective", "at least two", "whole"]),
    st.sampled_from(["high", "low", "both"]),
    st.sampled_from([0.0, 0.01, 0.3, 4.0]),
    st.sampled_from([0.0, 0.5]),
)
def test_negative_binomial_agrees_with_its_twin(problem, when, direction, dispersion, wander):
    counts, xy, _, rng = problem
    baseline = rng.gamma(2.0, max(counts.mean(), 0.1) / 2, counts.shape)
    own = dispersion * rng.random(counts.shape) if dispersion == 4.0 else np.full(counts.shape, dispersion)
    windows, periods = WINDOWS[when](counts.shape[1])
    cases = w.Cases(counts, xy)
    levels, shared = wander * rng.random(len(counts)), wander * 0.3
    lists = naive.circles(xy, np.ones(len(xy)), neighbours=3)
    everything = naive.spread_cylinders(
        counts, baseline, own, lists, periods, direction != "low", direction != "high", 3, wander=levels, shared=shared
    )
    score = w.NegativeBinomial(baseline, own if dispersion == 4.0 else dispersion, levels, shared)
    zones = w.Zones.circles(cases, neighbours=3)
    agree(w.scan(cases, zones, score, windows, direction=direction, least=3, replications=0), naive.best(everything))


def test_without_dispersion_it_is_the_expectation_score():
    cases = city()
    baseline = np.full(cases.counts.shape, 0.15) * np.linspace(0.5, 1.5, 60)
    plain = w.scan(cases, None, w.ExpectationPoisson(baseline), w.Windows(14), replications=0).top
    same = w.scan(cases, None, w.NegativeBinomial(baseline, 0.0), w.Windows(14), replications=0).top
    assert same == plain
    nearly = w.scan(cases, None, w.NegativeBinomial(baseline, 1e-13), w.Windows(14), replications=0).top
    assert nearly.rows == plain.rows and nearly.statistic == pytest.approx(plain.statistic, abs=1e-9)


def test_the_more_counts_vary_the_less_a_cluster_says():
    cases = city()
    baseline = np.full(cases.counts.shape, 0.15)
    tops = [w.scan(cases, None, w.NegativeBinomial(baseline, a), w.Windows(14), replications=0).top for a in (0.0, 0.5, 2.0)]
    assert tops[0].statistic > tops[1].statistic > tops[2].statistic
    assert tops[2].risk_low < tops[2].relative_risk < tops[2].risk_high


def test_maxima_are_the_same_on_any_number_of_threads():
    cases = city()
    score = w.NegativeBinomial(np.full(cases.counts.shape, 0.15), 0.8)
    runs = [w.scan(cases, None, score, w.Windows(14), replications=n, threads=t).evidence.maxima for n, t in ((60, 1), (60, 3), (99, 2))]
    assert np.array_equal(runs[0], runs[1]) and np.array_equal(runs[0], runs[2][:60]) and len(set(runs[0])) > 50


def dealt(scene, worlds, seed=5):
    engine = Clumped(scene, seed, worlds, 1)
    tables = np.zeros((worlds, *scene.counts.shape), np.int64)
    for number in range(worlds):
        engine.deal(number, tables[number])
    return tables


def test_worlds_have_the_mean_the_variance_and_the_zeros_of_a_negative_binomial():
    cases = city(places=12, days=10, rate=0.0, planted=False)
    means = np.linspace(0.05, 3.0, 120).reshape(12, 10)
    scene = scene_of(cases, w.Zones.circles(cases), w.NegativeBinomial(means, 0.7).model(cases), w.Windows(6), Limits())
    drawn, m = dealt(scene, 4000), means[scene.order][:, ::-1][:, :6]
    variance = m + 0.7 * m**2
    assert (np.abs(drawn.mean(axis=0) - m) < 5 * np.sqrt(variance / 4000)).all()
    assert np.allclose(drawn.var(axis=0).sum(), variance.sum(), rtol=0.04)
    zero = (1 + 0.7 * m) ** (-1 / 0.7)
    assert (np.abs((drawn == 0).mean(axis=0) - zero) < 5 * np.sqrt(zero * (1 - zero) / 4000)).all()


def test_levels_wander_together_with_all_days_of_a_place():
    cases = city(places=8, days=9, rate=0.0, planted=False)
    means, wander = np.full((8, 9), 1.5), np.linspace(0.0, 0.6, 8)
    scene = scene_of(cases, w.Zones.circles(cases), w.NegativeBinomial(means, 0.5, wander).model(cases), w.Windows(9), Limits())
    drawn = dealt(scene, 6000).sum(axis=2)
    assert np.allclose(drawn.mean(axis=0), 13.5, rtol=0.03)
    assert np.allclose(drawn.var(axis=0), 13.5 + 0.5 * 9 * 1.5**2 * (1 + wander[scene.order]) + wander[scene.order] * 13.5**2, rtol=0.15)


def test_groups_wander_together():
    cases = city(places=8, days=9, rate=0.0, planted=False)
    score = w.NegativeBinomial(np.full((8, 9), 1.5), 0.0, 0.1, 0.4, list("aabbbbcc"))
    scene = scene_of(cases, w.Zones.circles(cases), score.model(cases), w.Windows(9), Limits())
    drawn = np.empty((6000, 8))
    drawn[:, scene.order] = dealt(scene, 6000).sum(axis=2)
    assert np.allclose(drawn.mean(axis=0), 13.5, rtol=0.04)
    assert np.allclose(drawn.var(axis=0), 13.5 + (1.1 * 1.4 - 1) * 13.5**2, rtol=0.15)
    together = np.cov(drawn.T) / 13.5**2
    assert together[2:6, 2:6][~np.eye(4, dtype=bool)] == pytest.approx(0.4, abs=0.06) and abs(together[0, 2:]).max() < 0.05


def test_the_maximum_of_a_dealt_world_is_what_the_twin_finds_in_it():
    cases = city(places=15, days=12, planted=False)
    means = np.full((15, 12), 0.4) * np.linspace(0.5, 2, 15)[:, None]
    scene = scene_of(cases, w.Zones.circles(cases), w.NegativeBinomial(means, 1.2).model(cases), w.Windows(5), Limits())
    found = Clumped(scene, 8, 5, 2).highest(np.arange(5))
    lists = naive.circles(cases.coordinates, cases.population.values[:, 0, 0], 0.5)
    for number, table in enumerate(dealt(scene, 5, 8)):
        world = np.zeros((15, 12), int)
        world[scene.order, -5:] = table[:, ::-1]
        everything = naive.spread_cylinders(world, means, np.full((15, 12), 1.2), lists, naive.periods(12, 1, 5, True))
        assert found[number] == pytest.approx(naive.best(everything).statistic, abs=1e-9)


def test_a_purely_spatial_world_is_dealt_day_by_day():
    cases = city(places=6, days=9, rate=0.0, planted=False)
    means = np.linspace(0.1, 2.0, 54).reshape(6, 9)
    scene = scene_of(cases, w.Zones.circles(cases), w.NegativeBinomial(means, 1.5).model(cases), w.Windows.spatial(), Limits())
    drawn = dealt(scene, 6000)[:, :, 0]
    whole = means[scene.order]
    assert np.allclose(drawn.mean(axis=0), whole.sum(axis=1), rtol=0.05)
    assert np.allclose(drawn.var(axis=0), (whole + 1.5 * whole**2).sum(axis=1), rtol=0.15)


def test_a_place_that_expects_nothing_is_named():
    cases = w.Cases([[0, 3], [1, 0]], [[0, 0], [1, 1]], ("left", "right"))
    with pytest.raises(w.BadData, match=r"'left' has 3 cases in step 1"):
        w.scan(cases, None, w.NegativeBinomial([[1, 0], [1, 1]], 0.5), replications=0)
    with pytest.raises(w.BadData, match=r"'right' cannot have -0.5 in step 0"):
        w.scan(cases, None, w.NegativeBinomial(np.ones((2, 2)), [[0.5], [-0.5]]), replications=0)
    with pytest.raises(w.BadData, match=r"'right' cannot have nan"):
        w.scan(cases, None, w.NegativeBinomial(np.ones((2, 2)), 0.1, [0, np.nan]), replications=0)
    with pytest.raises(w.BadData, match="shared: expected a number from 0, got -1"):
        w.scan(cases, None, w.NegativeBinomial(np.ones((2, 2)), 0.1, 0.1, -1), replications=0)
    with pytest.raises(w.BadData, match=r"dispersion.*\(3,\)"):
        w.scan(cases, None, w.NegativeBinomial(np.ones((2, 2)), [1, 2, 3]), replications=0)


def test_nothing_at_all_is_no_cluster():
    cases = w.Cases(np.zeros((3, 4), int), np.arange(6.0).reshape(3, 2))
    found = w.scan(cases, None, w.NegativeBinomial(np.zeros((3, 4)), 1.0), replications=9)
    assert found.top is None


def rates(nulls, dispersion=0.8, wander=0.0, worlds=199, seed=0):
    """How often rank p and Gumbel p fall to 0.05 where nothing is."""
    rng, alarms = np.random.default_rng(seed), np.zeros(2)
    xy = rng.random((20, 2))
    means = rng.gamma(2.0, 0.25, (20, 1)) * np.ones((20, 12))
    for null in range(nulls):
        levels = rng.gamma(1 / wander, wander, (20, 1)) if wander else 1.0
        cases = w.Cases(varied(rng, means * levels, dispersion), xy)
        zones = w.Zones.circles(cases, share=0.5, weights=means.sum(axis=1))
        found = w.scan(cases, zones, w.NegativeBinomial(means, dispersion, wander), w.Windows(4), replications=worlds, seed=null, threads=1)
        alarms += [found.top is not None and found.top.p_value <= 0.05, found.top is not None and found.top.gumbel_p <= 0.05]
    return alarms / nulls


def test_false_alarms_are_about_as_many_as_they_say():
    assert 0.02 <= rates(300)[0] <= 0.085  # 300 nulls: within three deviations of 5 %


@pytest.mark.long
@pytest.mark.parametrize("wander", [0.0, 0.2])
def test_false_alarms_of_four_thousand_nulls(wander):
    rank, gumbel = rates(4000, wander=wander)
    print(f"negative binomial, wander {wander}: rank {rank:.4f}, Gumbel {gumbel:.4f}")
    assert 0.04 <= rank <= 0.06
