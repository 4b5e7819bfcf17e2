"""News and what goes on, thresholds for a budget, honest rates."""

import naive
import numpy as np
import pytest
from towns import town

import waspada as w
from waspada.alarms import Alarm, Link, Trace, alarm_rate, alarms, calibrate, days_in_alarm, hold_out, replay
from waspada.peers import EarsC2, LastYear, PermutationScan, districts
from waspada.rates import Rate, clopper_pearson, garwood
from waspada.signals import Signal, strongest_apart


def seen(step, rows=(1, 2, 3), statistic=5.0, length=3):
    return Signal(step, tuple(rows), step - length + 1, 6, 1.5, statistic)


def trace(*signals, first=0, stop=100):
    days = tuple(tuple(s for s in signals if s.step == step) for step in range(first, stop))
    return Trace("test", first, days, 365.25)


def raised(*signals, **options):
    return [(a.raised, a.last, a.seen) for a in alarms(trace(*signals), 4.0, **options)]


def test_a_cluster_seen_on_many_days_is_told_once():
    assert raised(*[seen(day) for day in range(10, 20)]) == [(10, 19, 10)]


def test_a_cluster_that_grows_and_moves_is_the_same_while_it_shares_most_places():
    assert raised(seen(10, (1, 2)), seen(11, (1, 2, 3, 4)), seen(12, (3, 4, 5)), seen(13, (3, 4, 5, 6))) == [(10, 13, 4)]


def test_other_places_are_news_on_the_same_day():
    assert raised(seen(10, (1, 2)), seen(11, (1, 2)), seen(11, (7, 8, 9))) == [(10, 11, 2), (11, 11, 1)]


def test_silence_holds_for_a_week_and_then_it_is_news():
    assert raised(seen(10), seen(17)) == [(10, 17, 2)]
    assert raised(seen(10), seen(18)) == [(10, 10, 1), (18, 18, 1)]
    assert raised(seen(10), seen(12), silence=0, shared=1.0) == [(10, 12, 2)]  # the periods overlap
    assert raised(seen(10), seen(14), silence=0) == [(10, 10, 1), (14, 14, 1)]


def test_a_long_period_that_reaches_back_tells_of_the_old_cluster():
    assert raised(seen(10), seen(30, length=25)) == [(10, 30, 2)]


def test_below_the_threshold_nothing_is_said_and_a_threshold_may_change_by_day():
    days = trace(seen(10, statistic=4.0), seen(50, statistic=6.0))
    assert [a.raised for a in alarms(days, 4.0)] == [50]
    limits = np.where(np.arange(100) < 40, 3.0, 7.0)
    assert [(a.raised, a.threshold) for a in alarms(days, limits)] == [(10, 3.0)]


def test_an_alarm_keeps_what_was_said_then_and_remembers_its_peak():
    alarm = alarms(trace(seen(10), seen(11, (2, 3, 4), 9.0)), 4.0)[0]
    assert (alarm.statistic, alarm.rows, alarm.peak, alarm.latest) == (5.0, (1, 2, 3), 9.0, frozenset({2, 3, 4}))


def test_linking_day_by_day_is_the_same_as_linking_a_trace():
    rng = np.random.default_rng(4)
    signals = [
        seen(int(d), rng.choice(12, 3, replace=False).tolist(), float(s)) for d, s in zip(range(100), rng.exponential(4, 100), strict=False)
    ]
    link = Link()
    for step in range(100):
        link.day([s for s in signals if s.step == step], 4.0)
    assert link.alarms == alarms(trace(*signals), 4.0) and isinstance(link.alarms[0], Alarm)


def busy(seed, days=2000, scale=2.0):
    """A signal every third day, somewhere, exponentially strong: the higher the threshold, the fewer alarms, by a known law."""
    rng = np.random.default_rng(seed)
    return trace(*[seen(d, (int(rng.integers(500)),), float(rng.exponential(scale)), 1) for d in range(0, days, 3)], stop=days)


def test_the_threshold_meets_the_budget_on_days_it_has_not_seen():
    true = 2.0 * np.log(365.25 / 3 / 12)
    found = [calibrate(busy(seed), 12).threshold for seed in range(20)]
    assert abs(np.mean(found) - true) < 0.25
    later = alarm_rate([busy(seed) for seed in range(100, 110)], float(np.mean(found)))
    assert 0.8 < later.per_year / 12 < 1.25


def test_a_tie_is_let_through_as_a_whole_or_not_at_all_whichever_comes_nearer():
    tied = trace(*[seen(d, (d,), 4.0 if d % 8 else 5.0, 1) for d in range(0, 360, 2)], stop=365)
    found = calibrate(tied, 40)
    assert found.threshold == 4.0 and found.rate.events == 45


def test_held_out_alarms_are_counted_under_thresholds_of_the_past_alone():
    history = busy(1)
    louder = Trace("test", 0, (*history.days[:1000], *(busy(2, 1000, 6.0).days)), 365.25)
    first, second = hold_out(history, 1000, again=None), hold_out(louder, 1000, again=None)
    assert first.thresholds[0] == second.thresholds[0] and second.rate.events > first.rate.events
    rolling = hold_out(history, 1000, again=100, memory=500)
    assert len(rolling.calibrations) == 10 and len(rolling.thresholds) == 1000


def test_a_trace_with_too_few_signals_says_that_the_budget_was_not_reached():
    quiet = calibrate(trace(seen(10)), 12)
    assert not quiet.reached and quiet.rate.events == 1
    assert not calibrate(trace(), 12).reached
    with pytest.raises(ValueError, match="budget"):
        calibrate(trace(), 0)


def test_days_in_alarm_are_counted_apart_from_news():
    assert days_in_alarm(trace(*[seen(day) for day in range(10, 20)]), 4.0) == 0.1


@pytest.mark.parametrize("events", [0, 1, 3, 12, 40])
def test_the_exact_interval_is_the_slow_twins(events):
    assert garwood(events) == pytest.approx(naive.garwood(events), abs=1e-6)


def test_a_rate_says_how_sure_it_is():
    assert str(Rate(12, 1.0)) == "12.0 a year (6.2-21.0; 12 in 1.00 years)"
    assert clopper_pearson(0, 10)[0] == 0 and clopper_pearson(10, 10)[1] == 1 and clopper_pearson(0, 0) == (0.0, 1.0)
    assert clopper_pearson(5, 10) == pytest.approx((0.187086, 0.812914), abs=1e-6)


def test_signals_of_a_day_share_no_place():
    kept = strongest_apart([seen(1, (1, 2), 5.0), seen(1, (2, 3), 6.0), seen(1, (4,), 5.0), seen(1, (4, 5), 5.0)])
    assert [s.rows for s in kept] == [(2, 3), (4,)]


def test_the_others_can_be_replayed_with_the_same_machinery():
    history = town(days=480, outbreak=(5, 460, 14, 5.0))
    groups = districts(history.cases.coordinates, 6)
    for detector in (PermutationScan(p=0.01, replications=99), EarsC2(), EarsC2(groups), LastYear(groups)):
        told = replay(history, detector, 440)
        late = [s for day in told.days[20:] for s in day]
        assert late and max(late, key=lambda s: s.statistic).step >= 460
        assert all(s.step == 440 + n and s.first_step <= s.step for n, day in enumerate(told.days) for s in day)


def test_the_permutation_peer_is_the_plain_scan():
    history = town(days=120)
    day = replay(history, PermutationScan(p=None, memory=100), 110, 111).days[0][0]
    cases = history.cases.between(11, 111)
    top = w.scan(cases, None, w.Permutation(), w.Windows(28), replications=0).top
    assert (day.statistic, day.rows, day.first_step) == (top.statistic, top.rows, top.first_step + 11)


def test_districts_are_neighbours_and_cover_every_place_once():
    groups = districts(np.random.default_rng(1).random((57, 2)), 10)
    assert sorted(row for group in groups for row in group) == list(range(57)) and max(map(len, groups)) <= 10
    assert districts(np.zeros((25, 2)), 10) != []


@pytest.mark.parametrize("first, stop", [(0, 10), (10, 10), (10, 999)])
def test_a_replay_outside_the_history_is_refused(first, stop):
    with pytest.raises(ValueError, match="replay"):
        replay(town(days=50), EarsC2(), first, stop)
