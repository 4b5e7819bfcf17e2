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
from waspada.kernels.watch import peaks, spread, strongest
from waspada.noise import common_swing, groups_of, penalties
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
    return zones, counts, means, lengths, group, alpha, rng.random(shape) * draw(st.sampled_from([0, 2])), rng.random(zones.lists) + 0.5


@given(problems())
def test_the_strongest_cylinder_is_the_slow_twins(problem):
    zones, counts, means, lengths, group, alpha, penalty, unrest = problem
    summed = backwards(counts.astype(float), lengths), backwards(means, lengths)
    scores, found = np.zeros(zones.lists), np.zeros((zones.lists, 4))
    strongest(
        zones.starts, zones.members, np.arange(zones.lists), zones.smallest, group, *summed, alpha, penalty, unrest, 2, 0.0, scores, found
    )
    best = naive.strongest(zones, counts, means, lengths, group, alpha, penalty, unrest, 2)
    assert np.allclose(scores, best, rtol=1e-9, atol=1e-9 * max(1.0, counts.max(initial=0)))
    for number in np.flatnonzero(found[:, 0] > 0):
        rows, length = zones.members_of(number, int(found[number, 0])), lengths[int(found[number, 1])]
        assert found[number, 2] == counts[rows, -length:].sum()
        assert found[number, 3] == pytest.approx(means[rows, -length:].sum())


@given(problems())
def test_errors_are_added_up_by_class_as_the_slow_twin_does(problem):
    zones, counts, means, lengths, group, alpha, _, unrest = problem
    summed = backwards(counts.astype(float), lengths), backwards(means, lengths)
    excess, square, cells = np.zeros(alpha.shape), np.zeros(alpha.shape), np.zeros(alpha.shape, np.int64)
    spread(zones.starts, zones.members, np.arange(zones.lists), zones.smallest, group, *summed, excess, square, cells)
    highest, pearson, tried = np.zeros(alpha.shape), np.zeros(zones.lists), np.zeros(zones.lists, np.int64)
    peaks(zones.starts, zones.members, zones.smallest, group, *summed, alpha, unrest, 2, highest, pearson, tried)
    slow = [np.zeros(alpha.shape) for _ in range(4)]
    for number, size, j, count, mean in naive.ending_now(zones, counts, means, lengths):
        at = group[size], j
        slow[0][at] += (count - mean) ** 2 - mean
        slow[1][at] += mean**2
        slow[2][at] += 1
        if count > mean and count >= 2:
            slow[3][at] = max(slow[3][at], naive.surprise(count, mean, alpha[at]) / unrest[number])
    scale = max(1.0, float(counts.max(initial=0)) ** 2)
    assert np.allclose(excess, slow[0], rtol=1e-9, atol=1e-9 * scale) and np.allclose(square, slow[1])
    assert (cells == slow[2]).all() and tried.sum() == cells.sum()
    assert np.allclose(highest, slow[3], rtol=1e-9, atol=1e-9 * max(1.0, counts.max(initial=0)))


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


def test_penalties_are_what_rare_days_reach_and_smallest_at_zero():
    rng = np.random.default_rng(2)
    highest = rng.exponential(1.0, (20_000, 2, 3)) + np.array([[0.0], [2.0]])[None]
    found = penalties(highest)
    assert found.min() == 0 and np.allclose(found[1] - found[0], 2, atol=0.3)


@pytest.mark.parametrize("steps, words", [(150, "needs"), (200, "needs")])
def test_too_short_a_history_is_an_error_that_says_how_much_is_needed(steps, words):
    with pytest.raises(w.BadData, match=words):
        Watch(fit=Level).begin(town(days=300).until(steps))


def test_impossible_settings_and_effort_are_refused_by_name():
    with pytest.raises(ValueError, match="lengths"):
        Watch(lengths=(3, 1))
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
