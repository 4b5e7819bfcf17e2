"""From maxima to p-values, and from worlds of chance to a rate of false alarms."""

import math

import numpy as np
import pytest
from worlds import city

import waspada as w
from waspada.chance import Room, Worlds
from waspada.inference import Evidence, recurrence, risk_interval
from waspada.scene import Limits, scene_of


def test_rank_gumbel_and_sequential_by_hand():
    maxima = np.array([1.0, 2.0, 3.0, 4.0])
    evidence = Evidence("monte-carlo", maxima, 4)
    assert evidence.p_value(3.0) == 3 / 5 and evidence.p_value(9.0) == 1 / 5
    beta = maxima.std(ddof=1) * math.sqrt(6) / math.pi
    assert evidence.gumbel_p(3.0) == pytest.approx(1 - math.exp(-math.exp(-(3.0 - (2.5 - 0.5772156649 * beta)) / beta)), rel=1e-9)
    assert evidence.gumbel_p(900.0) >= 0 and Evidence("monte-carlo", np.zeros(0), 0).p_value(1.0) is None
    assert Evidence("monte-carlo", np.ones(5), 5).gumbel_p(2.0) is None
    assert Evidence("sequential", maxima, 99).p_value(3.0) == 2 / 4


def test_recurrence_is_days_over_p():
    assert recurrence(0.01, 1, 1) == 100 and recurrence(0.5, 365.25, 1) == 730.5 and recurrence(None, 1, 1) is None
    assert recurrence(0.05, 1, 10) == pytest.approx(1 / (1 - 0.95**0.1)) and recurrence(1.0, 1, 5) == 1


def test_relative_risk_lies_in_its_interval():
    risk, low, high = risk_interval("conditional", 236, 176.22, 1175, 0)
    assert low < risk < high and round(risk, 2) == 1.42
    assert risk_interval("expectation", 0, 2.0, 0, 0)[:2] == (0.0, 0.0)
    assert risk_interval("conditional", 5, 1.0, 5, 0)[0] is None
    risk, low, high = risk_interval("bernoulli", 8, 4.0, 20, 60)
    assert low < risk < high


@pytest.mark.parametrize("score", [w.Permutation(), w.Poisson(), w.ExpectationPoisson(np.full((60, 60), 0.15))])
def test_worlds_have_the_expected_cases_everywhere(score):
    cases = city(planted=False)
    scene = scene_of(cases, w.Zones.circles(cases, neighbours=1), score.model(cases), w.Windows(10), Limits())
    worlds = Worlds(scene, 5)
    room, seen = Room(worlds, 10_000), np.zeros(scene.counts.shape)
    for number, n in enumerate(worlds.cases(400)):
        dealt = room.deal(number, int(n))
        np.add.at(seen, (room.places[:dealt], room.ages[:dealt]), 1 / 400)
    expected = score.model(cases).per_step[scene.order][:, ::-1][:, :10]
    for axis in (0, 1):
        difference, sums = seen.sum(axis=axis) - expected.sum(axis=axis), expected.sum(axis=axis)
        assert (np.abs(difference) <= 5 * np.sqrt(sums / 400)).all()


def rates(score_of, nulls, worlds=199, seed=0):
    """How often rank p, Gumbel p and the sequential p fall to 0.05 where nothing is."""
    rng, alarms = np.random.default_rng(seed), np.zeros(3)
    xy = rng.random((20, 2))
    people = w.Population(rng.integers(50, 200, 20).astype(float))
    for null in range(nulls):
        counts = rng.multinomial(120, np.repeat(people.values[:, 0, 0], 12) / (12 * people.values.sum())).reshape(20, 12)
        cases = w.Cases(counts, xy, population=people)
        zones, windows = w.Zones.circles(cases, share=0.5), w.Windows(4)
        found = w.scan(cases, zones, score_of(), windows, replications=worlds, seed=null, threads=1)
        early = found.evidence.maxima[: 50 * 4]
        reached = np.flatnonzero(early >= found.top.statistic - 1e-9)
        sequential = 50 / (reached[49] + 1) if len(reached) >= 50 else (len(reached) + 1) / (worlds + 1)
        alarms += [found.top.p_value <= 0.05, found.top.gumbel_p <= 0.05, sequential <= 0.05]
    return alarms / nulls


def test_false_alarms_are_about_as_many_as_they_say():
    assert 0.02 <= rates(w.Poisson, 300)[0] <= 0.085  # 300 nulls: within three deviations of 5 %


@pytest.mark.long
@pytest.mark.parametrize("score", [w.Poisson, w.Permutation])
def test_false_alarms_of_four_thousand_nulls(score):
    rank, gumbel, sequential = rates(score, 4000)
    print(f"{score.__name__}: rank {rank:.4f}, Gumbel {gumbel:.4f}, sequential {sequential:.4f}")
    assert 0.04 <= rank <= 0.06
