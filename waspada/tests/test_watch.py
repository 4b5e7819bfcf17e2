"""Our detector: its kernel against the slow twin, a time split that holds, and quick answers that are the replay's own."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns import Level, town

import waspada as w
from waspada.alarms import replay
from waspada.history import History
from waspada.kernels.watch import restless, spread, strongest
from waspada.noise import common_swing, groups_of
from waspada.quick import QuickCheck
from waspada.watch import Watch, backwards


@st.composite
def problems(draw):
    places, steps = draw(st.integers(1, 8)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    coordinates = rng.integers(0, 3, (places, 2)).astype(float) if draw(st.booleans()) else rng.random((places, 2))
    counts = rng.poisson(draw(st.sampled_from([0.0, 0.1, 1.0, 20_000.0])), (places, steps))
    means = rng.gamma(1, draw(st.sampled_from([0.05, 1.0, 15_000.0])), (places, steps)) + 1e-9
    lengths = np.unique(rng.integers(1, steps + 1, 3))
    zones = w.Zones.circles(w.Cases(counts, coordinates), neighbours=draw(st.integers(1, places)))
    group = groups_of(places)
    shape = (group.max() + 1, len(lengths))
    alpha = rng.gamma(1, draw(st.sampled_from([0.0, 0.1, 2.0])), shape) if draw(st.booleans()) else np.zeros(shape)
    return zones, counts, means, lengths, group, alpha, rng.random(zones.lists) + 0.5, draw(st.sampled_from([1.5, 10.0, 1e9]))


@given(problems())
def test_the_strongest_cylinder_is_the_slow_twins(problem):
    zones, counts, means, lengths, group, alpha, unrest, risk = problem
    summed = backwards(counts.astype(float), lengths), backwards(means, lengths)
    scores, found = np.zeros(zones.lists), np.zeros((zones.lists, 4))
    strongest(
        zones.starts, zones.members, np.arange(zones.lists), zones.smallest, group, *summed, alpha, unrest, risk, 2, 0.0, scores, found
    )
    best = naive.strongest(zones, counts, means, lengths, group, alpha, unrest, risk, 2)
    assert np.allclose(scores, best, rtol=1e-9, atol=1e-9 * max(1.0, counts.max(initial=0)))
    for number in np.flatnonzero(found[:, 0] > 0):
        rows, length = zones.members_of(number, int(found[number, 0])), lengths[int(found[number, 1])]
        assert found[number, 2] == counts[rows, -length:].sum()
        assert found[number, 3] == pytest.approx(means[rows, -length:].sum())


@given(problems())
def test_errors_are_added_up_by_class_as_the_slow_twin_does(problem):
    zones, counts, means, lengths, group, alpha, _, _ = problem
    summed = backwards(counts.astype(float), lengths), backwards(means, lengths)
    excess, square, cells = np.zeros(alpha.shape), np.zeros(alpha.shape), np.zeros(alpha.shape, np.int64)
    spread(zones.starts, zones.members, np.arange(zones.lists), zones.smallest, group, *summed, excess, square, cells)
    pearson, tried = np.zeros(zones.lists), np.zeros(zones.lists, np.int64)
    restless(zones.starts, zones.members, zones.smallest, group, *summed, alpha, pearson, tried)
    slow = [np.zeros(alpha.shape) for _ in range(3)]
    by_list = np.zeros(zones.lists)
    for number, size, j, count, mean in naive.ending_now(zones, counts, means, lengths):
        at = group[size], j
        slow[0][at] += (count - mean) ** 2 - mean
        slow[1][at] += mean**2
        slow[2][at] += 1
        by_list[number] += (count - mean) ** 2 / (mean + alpha[at] * mean**2)
    scale = max(1.0, float(counts.max(initial=0)) ** 2)
    assert np.allclose(excess, slow[0], rtol=1e-9, atol=1e-9 * scale) and np.allclose(square, slow[1])
    assert (cells == slow[2]).all() and tried.sum() == cells.sum()
    assert np.allclose(pearson, by_list, rtol=1e-9, atol=1e-9 * scale)


def small_watch(**changes):
    settings = {"share": 0.3, "lengths": (1, 3, 7, 14), "keep_out": 14, "learn": 100, "memory": 200, "fit": Level, **changes}
    return Watch(**settings)


def test_an_outbreak_is_found_where_it_is_and_a_quiet_town_is_less_loud():
    plain = replay(town(), small_watch(), 300)
    loud = replay(town(outbreak=(5, 450, 14, 4.0)), small_watch(), 300)
    before, after = (max(s.statistic for d in t.days[150:165] for s in d) for t in (plain, loud))
    top = max((s for d in loud.days[150:165] for s in d), key=lambda s: s.statistic)
    assert after > before + 3 and 5 in top.rows and 449 <= top.first_step <= 463


def test_the_future_changes_nothing_that_was_said_before():
    history = town()
    later = town()
    later.cases.counts[:, 400:] = 9
    first, second = (replay(h, small_watch(), 300, 400) for h in (history, later))
    assert first.days == second.days


def test_a_detector_cannot_ask_for_what_is_not_known_yet():
    past = town().until(200)
    assert past.counts.shape == past.clean.shape == (30, 201)
    with pytest.raises(w.BadData, match="201 lies after 200"):
        past.until(201)


def test_counts_known_later_are_used_as_they_stood():
    base = town()
    seen = []

    def known(step):
        seen.append(step)
        counts = base.cases.counts[:, : step + 1].copy()
        counts[:, -2:] = 0  # everything comes in two days late
        return counts

    history = History(base.cases, known=known)
    trace = replay(history, small_watch(), 300, 310)
    assert max(seen) == 309 and trace.days != replay(base, small_watch(), 300, 310).days


def test_swings_that_all_places_share_are_taken_out():
    rng = np.random.default_rng(1)
    forecast = np.full((20, 60), 0.5)
    counts = rng.poisson(forecast)
    counts[:, -1] = 2
    factor = common_swing(counts, forecast, 0.5)
    assert factor[-1] > 2 and abs(factor[:-1].mean() - 1) < 0.15 and (common_swing(counts, forecast, 0.0) == 1).all()


@pytest.mark.parametrize("steps, words", [(150, "needs"), (200, "needs")])
def test_too_short_a_history_is_an_error_that_says_how_much_is_needed(steps, words):
    with pytest.raises(w.BadData, match=words):
        Watch(fit=Level).begin(town(days=300).until(steps))


def test_impossible_settings_and_effort_are_refused_by_name():
    with pytest.raises(ValueError, match="lengths"):
        Watch(lengths=(3, 1))
    with pytest.raises(ValueError, match="relative risk"):
        Watch(risk=1.0)
    history = town()
    bad = np.ones(history.cases.counts.shape)
    bad[4, 7] = -2
    with pytest.raises(w.BadData, match=r"'p4' cannot have -2.0 in step 7"):
        History(history.cases, bad)


def test_a_quick_answer_is_the_replays_own_for_that_place():
    history = town(outbreak=(5, 450, 14, 4.0), effort=True)
    trace = replay(history, small_watch(), 300, 460)
    check = QuickCheck(trace.looker, history.until(459), threshold=1.0)
    best = trace.days[-1][0]
    answer = check.ask(best.rows[0])
    assert answer.signal == best and answer.alarm
    for place in range(30):
        signal = check.ask(place).signal
        assert signal is None or (place in signal.rows and signal.statistic <= best.statistic + 1e-9)


def test_a_quick_answer_follows_each_report():
    history = town()
    trace = replay(history, small_watch(), 300, 401)
    check = QuickCheck(trace.looker, history.until(400), threshold=2.0)
    before = check.ask(7).signal
    for _ in range(6):
        check.add(7)
    after = check.ask(7).signal
    assert after is not None and after.statistic > (before.statistic if before else 0) + 2 and check.ask(7).alarm
    check.add(7, reports=-6)
    assert check.ask(7).signal == before
    with pytest.raises(w.BadData, match="take back"):
        check.add(7, reports=-1000)
    with pytest.raises(w.BadData, match="no place 30"):
        check.ask(30)


def test_a_quick_check_of_another_day_is_refused():
    history = town()
    trace = replay(history, small_watch(), 300, 401)
    with pytest.raises(w.BadData, match="step 400"):
        QuickCheck(trace.looker, history.until(380), 1.0)
    QuickCheck(trace.looker, history.until(401), 1.0)  # the next day: its forecast is made on the way
