"""What is expected is learned from history: places, weekdays, seasons, holidays, effort, and not from the cluster it shall reveal."""

from datetime import date, timedelta

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_spread import varied

import waspada as w
from waspada.baseline import blocks, fit
from waspada.dispersion import dispersion_of

MONDAY = date(2023, 1, 2)


def history(places=80, days=400, rate=0.3, dispersion=0.6, elasticity=0.8, seed=1, weekday=(1, 1, 1, 1, 1, 1.5, 0.5), spread=0.5):
    """Places of different levels; effort differs by place and week; Saturdays are busy, Sundays quiet."""
    rng = np.random.default_rng(seed)
    effort = 4 * np.exp(rng.normal(0, 0.6, (places, 1)) + np.repeat(rng.normal(0, 0.6, (places, days // 7 + 1)), 7, axis=1)[:, :days])
    level = rate * np.exp(rng.normal(0, spread, (places, 1)))
    means = level * np.array(weekday)[np.arange(days) % 7] * (effort / 4) ** elasticity
    counts = varied(rng, means, dispersion) if dispersion else rng.poisson(means)
    return w.Cases(counts, rng.random((places, 2)), tuple(f"p{i}" for i in range(places)), MONDAY), effort, means


def test_the_elasticity_of_effort_is_recovered_within_its_interval():
    inside = 0
    for seed in range(20):
        cases, effort, _ = history(elasticity=0.4, seed=seed)
        found = fit(cases, effort=effort)
        inside += abs(found.elasticity[0] - 0.4) <= 1.96 * found.elasticity_error[0]
        assert 0.01 < found.elasticity_error[0] < 0.08
    assert inside >= 16


def test_effort_sent_to_where_much_happens_is_not_taken_for_its_cause():
    rng = np.random.default_rng(4)
    level = 0.3 * np.exp(rng.normal(0, 0.8, (100, 1)))
    effort = level * np.exp(np.repeat(rng.normal(0, 0.5, (100, 60)), 7, axis=1))  # follows the level; reports do not follow it
    cases = w.Cases(rng.poisson(level * np.ones(420)), rng.random((100, 2)))
    assert fit(cases, effort=effort).elasticity[0] < 0.06


def test_effort_doubled_everywhere_changes_no_expectation():
    cases, effort, _ = history()
    one, two = fit(cases, effort=effort), fit(cases, effort=2 * effort)
    assert np.allclose(one.predict(cases.start, 400, effort), two.predict(cases.start, 400, 2 * effort), rtol=1e-9)


def test_more_effort_from_now_on_raises_what_is_expected():
    cases, effort, _ = history()
    found = fit(cases, effort=effort)
    usual, doubled = (found.predict(date(2024, 2, 6), 7, effort[:, :7] * factor) for factor in (1, 2))
    assert np.allclose(doubled / usual, 2 ** found.elasticity[0])


def test_days_without_effort_are_learned_apart():
    cases, effort, means = history(places=60, elasticity=0.8)
    rng = np.random.default_rng(5)
    idle = rng.random(effort.shape) < 0.15
    counts = np.where(idle, rng.poisson(means / (effort / 4) ** 0.8 * 0.1), cases.counts)
    found = fit(cases.with_counts(counts), effort=np.where(idle, 0.0, effort))
    assert found.elasticity[0] == pytest.approx(0.8, abs=0.1)
    assert found.describe()["no_effort_factor"][0] == pytest.approx(0.1, abs=0.04)
    assert (found.predict(MONDAY, 7, np.zeros((60, 7))) > 0).all()


def test_a_rare_day_without_effort_expects_little_and_never_nothing():
    cases, effort, _ = history(places=20)
    found = fit(cases, effort=effort)
    none = found.predict(MONDAY, 7, np.zeros((20, 7)))
    assert (none > 0).all() and (none < found.predict(MONDAY, 7, effort[:, :7])).all()


def test_two_channels_have_an_elasticity_each():
    rng = np.random.default_rng(3)
    effort = np.exp(np.repeat(rng.normal(0, 0.6, (80, 60, 2)), 7, axis=1))
    means = 0.4 * effort[:, :, 0] ** 0.9 * effort[:, :, 1] ** 0.2
    found = fit(w.Cases(rng.poisson(means), rng.random((80, 2))), effort=effort)
    assert found.elasticity == pytest.approx([0.9, 0.2], abs=0.05)


def test_expectations_come_near_the_truth():
    cases, effort, means = history(days=730, places=120)
    with_effort, without = fit(cases, effort=effort).predict(MONDAY, 730, effort), fit(cases).predict(MONDAY, 730)
    error = [np.abs(np.log(blocks(each, 7) / blocks(means, 7))).mean() for each in (with_effort, without)]
    assert error[0] < 0.12 and error[0] < error[1] / 3
    assert with_effort.sum() == pytest.approx(means.sum(), rel=0.02)


def test_weekdays_are_learned():
    found = fit(history()[0]).describe()["weekday_factors"]
    assert found["saturday"] == pytest.approx(1.5, rel=0.1) and found["sunday"] == pytest.approx(0.5, rel=0.15)
    assert next(iter(found)) == "monday" and np.mean(list(found.values())) == pytest.approx(1)


def test_season_and_trend_come_only_with_a_long_history():
    year = np.exp(0.5 * np.sin(2 * np.pi * np.arange(1100) / 365.25))
    rng = np.random.default_rng(6)
    cases = w.Cases(rng.poisson(0.4 * year, (50, 1100)), rng.random((50, 2)), start=MONDAY)
    assert fit(cases.between(0, 160)).calendar.harmonics == 0 and "trend" not in fit(cases.between(0, 160)).calendar.names
    assert fit(cases.between(0, 420)).calendar.harmonics == 1
    found = fit(cases)
    assert found.calendar.harmonics == 2
    ahead = found.predict(MONDAY + timedelta(days=1100), 180).sum(axis=0)
    assert np.corrcoef(ahead, np.exp(0.5 * np.sin(2 * np.pi * np.arange(1100, 1280) / 365.25)))[0, 1] > 0.9


def test_a_trend_is_not_followed_for_ever():
    rng = np.random.default_rng(7)
    cases = w.Cases(rng.poisson(np.linspace(0.2, 0.8, 500), (40, 500)), rng.random((40, 2)), start=MONDAY)
    found = fit(cases, season=0)
    assert found.describe()["trend_per_year"] > 1.5
    far = found.predict(MONDAY + timedelta(days=2000), 14).mean()
    assert far == pytest.approx(found.predict(MONDAY + timedelta(days=540), 14).mean(), rel=0.1)


def test_holidays_have_their_own_level():
    cases, _, means = history(dispersion=0)
    feast = [MONDAY + timedelta(days=d) for d in (30, 130, 230, 330)]
    eve = [day - timedelta(days=1) for day in feast]
    counts = cases.counts.copy()
    rng = np.random.default_rng(8)
    for day in (30, 130, 230, 330):
        counts[:, day] = rng.poisson(3 * means[:, day])
        counts[:, day - 1] = 0
    cases = cases.with_counts(counts)
    found = fit(cases, holidays={"feast": feast, "eve": eve, "never": [date(1999, 1, 1)]})
    factors = found.describe()["holiday_factors"]
    assert factors["feast"] == pytest.approx(3, rel=0.15) and factors["eve"] < 0.15 and "never" not in factors
    assert fit(cases, holidays=feast).describe()["holiday_factors"]["holiday"] == pytest.approx(3, rel=0.15)


def test_a_growing_cluster_does_not_raise_its_own_expectation():
    cases, _, _ = history()
    grown = cases.counts.copy()
    grown[:4, -28:] += np.arange(28)
    before, after = (fit(cases.with_counts(counts)).predict(date(2024, 1, 9), 28) for counts in (cases.counts, grown))
    assert np.array_equal(before, after)
    assert fit(cases.with_counts(grown), keep_out=0, robust=False).predict(date(2024, 1, 9), 28)[:4].sum() > 1.2 * before[:4].sum()


def test_a_past_outbreak_is_cut_down():
    cases, _, _ = history(spread=0.2)
    hit = cases.counts.copy()
    hit[10, 200:228] += 8
    calm = fit(cases).predict(MONDAY, 7)[10].sum()
    trusting, robust = fit(cases.with_counts(hit), robust=False), fit(cases.with_counts(hit))
    assert robust.set_aside > 150 and robust.dispersion < trusting.dispersion
    assert robust.predict(MONDAY, 7)[10].sum() < 1.25 * calm < trusting.predict(MONDAY, 7)[10].sum()


def test_a_quiet_history_loses_almost_nothing_to_robustness():
    cases, effort, _ = history(days=730)
    found = fit(cases, effort=effort)
    assert found.set_aside < 0.003 * found.events


def test_a_place_without_history_gets_its_districts_level():
    cases, _, _ = history(places=60, spread=0.1, elasticity=0.0, dispersion=0)
    counts = cases.counts.copy()
    counts[30:] *= 4  # the south has four times as much
    counts[45, :] = 0  # a new place
    districts = ["north"] * 30 + ["south"] * 30
    short = cases.with_counts(counts).between(393, 400)
    found = fit(short, groups=districts, keep_out=0)
    everywhere = fit(short, keep_out=0)
    assert found.rates[45] > 2 * everywhere.rates[45] and found.rates[45] > found.rates[:30].mean()
    assert found.rates[45] < found.rates[46:].mean() and (found.own >= 0).all() and (found.own <= 1).all()


def test_shrinkage_grows_as_history_shrinks():
    cases, _, _ = history()
    assert fit(cases.between(0, 56)).own.mean() < fit(cases).own.mean()


def test_what_places_have_in_common_is_weighed_against_a_half_life():
    rng = np.random.default_rng(9)
    cases = w.Cases(rng.poisson(np.repeat([0.2, 0.8], 300), (60, 600)), rng.random((60, 2)), start=MONDAY)
    recent = fit(cases, half_life=60, trend=False, season=0).predict(MONDAY, 7).mean()
    assert recent == pytest.approx(0.8, rel=0.1) and fit(cases, trend=False, season=0).predict(MONDAY, 7).mean() < 0.6


@pytest.mark.parametrize("dispersion", [0.2, 1.0, 3.0])
def test_dispersion_is_recovered(dispersion):
    cases, effort, _ = history(places=150, days=500, dispersion=dispersion)
    assert fit(cases, effort=effort).dispersion == pytest.approx(dispersion, rel=0.12)


def test_poisson_counts_have_next_to_no_dispersion():
    cases, effort, _ = history(places=150, days=500, dispersion=0)
    assert fit(cases, effort=effort).dispersion < 0.03


def test_levels_that_drift_are_noticed_and_those_that_do_not_are_not():
    rng = np.random.default_rng(12)
    steady, _, means = history(places=100, days=728, elasticity=0.0)
    calm = fit(steady, keep_out=0)
    assert calm.drift < 0.03 and calm.shared < 0.01
    own, common = rng.gamma(1 / 0.2, 0.2, (100, 26)), rng.gamma(1 / 0.1, 0.1, (4, 26))
    moved = np.repeat(own, 28, axis=1), np.repeat(np.repeat(common, 25, axis=0), 28, axis=1)
    alone = fit(steady.with_counts(varied(rng, means * moved[0], 0.6)), keep_out=0)
    assert alone.drift == pytest.approx(0.2, abs=0.06) and alone.shared < 0.03
    together = fit(steady.with_counts(varied(rng, means * moved[1], 0.6)), keep_out=0, groups=[i // 25 for i in range(100)])
    assert together.shared == pytest.approx(0.1, abs=0.06) and together.drift < 0.03
    assert together.score(steady).shared == together.shared


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.1, 0.8, 3.0]))
def test_no_other_dispersion_is_likelier(seed, truth):
    rng = np.random.default_rng(seed)
    means = rng.gamma(1.0, 1.0, 300)
    counts = varied(rng, means, truth)
    found = dispersion_of(counts, means)
    best = naive.negative_binomial_likelihood(counts, means, found)
    for other in (0.0, found * 0.9, found * 1.1, 0.01, 1.0, 10.0):
        assert best >= naive.negative_binomial_likelihood(counts, means, other) - 2e-3


def test_starting_from_yesterday_gives_todays_answer():
    cases, effort, _ = history()
    yesterday = fit(cases.between(0, 399), effort=effort[:, :399])
    cold, warm = fit(cases, effort=effort), fit(cases, effort=effort, previous=yesterday)
    assert np.allclose(cold.predict(MONDAY, 7), warm.predict(MONDAY, 7), rtol=0.01)
    assert warm.dispersion == pytest.approx(cold.dispersion, rel=0.03)


def test_a_short_history_says_how_long_it_is():
    found = fit(history()[0].between(0, 28 + 43))
    assert (found.weeks, found.needed, found.enough) == (6, 26, False)
    facts = found.describe()
    assert facts["weeks"] == 6 and facts["weeks_needed"] == 26 and not facts["enough"] and facts["last"] == "2023-02-13"
    assert fit(history()[0]).enough


@settings(max_examples=40)
@given(st.integers(1, 4), st.integers(1, 40), st.sampled_from([0.0, 0.1, 5.0]), st.integers(0, 99), st.booleans())
def test_any_history_gives_an_expectation_above_nothing(places, days, rate, seed, with_effort):
    rng = np.random.default_rng(seed)
    cases = w.Cases(rng.poisson(rate, (places, days)), rng.random((places, 2)), start=MONDAY)
    effort = rng.poisson(2.0, (places, days)) if with_effort else None
    found = fit(cases, effort=effort, keep_out=0)
    expected = found.predict(MONDAY, days + 9)
    assert expected.shape == (places, days + 9) and np.isfinite(expected).all() and (expected > 0).all()
    assert found.dispersion >= 0 and w.scan(cases, None, found.score(cases, effort), replications=5) is not None


def test_a_fitted_baseline_finds_what_is_planted_and_keeps_quiet_otherwise():
    cases, effort, _ = history(rate=0.15)
    found = fit(cases, effort=effort)
    recent, now = cases.between(372, 400), effort[:, 372:]
    zones = w.Zones.circles(recent, neighbours=15)
    assert w.scan(recent, zones, found.score(recent, now), replications=99).top.p_value > 0.02
    counts = recent.counts.copy()
    counts[zones.members_of(11, 4), -7:] += np.random.default_rng(1).poisson(1.2, (4, 7))
    for score in (found.score(recent, now), w.ExpectationPoisson(found.predict(recent.start, 28, now))):
        top = w.scan(recent.with_counts(counts), zones, score, replications=99).top
        assert 11 in top.rows and top.p_value == 0.01


def test_what_cannot_be_learned_from_is_named():
    cases, effort, _ = history(places=3, days=40)
    with pytest.raises(w.BadData, match="of 20 days 28 are kept out"):
        fit(cases.between(0, 20))
    with pytest.raises(w.BadData, match="month"):
        fit(w.Cases(cases.counts, cases.coordinates, unit="month"))
    bad = effort.copy()
    bad[1, 5] = -3
    with pytest.raises(w.BadData, match=r"'p1' cannot have -3\.0 on day 5"):
        fit(cases, effort=bad)
    with pytest.raises(w.BadData, match=r"\(2, 2\)"):
        fit(cases, effort=np.ones((2, 2)))
    found = fit(cases, effort=effort)
    with pytest.raises(w.BadData, match="'p2' cannot have nan"):
        found.predict(MONDAY, 1, [[1], [1], [np.nan]])
    with pytest.raises(w.BadData, match="2 channels"):
        found.predict(MONDAY, 1, np.ones((3, 1, 2)))
    with pytest.raises(w.BadData, match="without any"):
        fit(cases).predict(MONDAY, 1, np.ones((3, 1)))
    with pytest.raises(w.BadData, match="0 days"):
        found.predict(MONDAY, 0)
    with pytest.raises(w.BadData, match="half-life"):
        fit(cases, half_life=0)
    with pytest.raises(w.BadData, match="groups: 2 for 3"):
        fit(cases, groups=["a", "b"])
    with pytest.raises(w.BadData, match="season"):
        fit(cases, season=9)
