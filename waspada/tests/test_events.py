"""Reports become counts: one busy account is not a cluster, and a backlog entered in one go is not a bad day."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import waspada as w
from waspada.events import count, tail

reports = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 2)), max_size=40)


def events_of(rows, entered=None):
    place, day, source = (np.array([row[i] for row in rows], int) for i in range(3))
    return w.Events(place, day, np.array([f"account {s}" for s in source]), entered)


@given(reports, st.integers(1, 4), st.integers(1, 4))
def test_caps_agree_with_the_twin(rows, cap, every):
    found = count(events_of(rows), 4, 5, cap=cap, every=every, batches="keep")
    expected = naive.capped_counts(*zip(*rows, strict=True), 4, 5, cap, every) if rows else np.zeros((4, 5))
    assert np.array_equal(found.counts, expected)
    assert found.left_out == len(rows) - expected.sum() == sum(each.sent - each.counted for each in found.capped)


def test_what_was_capped_is_told_by_name():
    found = count(events_of([(1, 2, 7)] * 3 + [(1, 2, 8), (0, 2, 7)]), 2, 3)
    assert found.counts[1, 2] == 2 and found.counts[0, 2] == 1
    (capped,) = found.capped
    assert (capped.source, capped.group, capped.day, capped.sent, capped.counted) == ("account 7", 1, 2, 3, 1)


def test_an_account_can_be_capped_within_a_zone():
    found = count(events_of([(0, 1, 5), (1, 1, 5), (2, 1, 5)]), 3, 2, groups=["north", "north", "south"])
    assert found.counts[:, 1].tolist() == [1, 0, 1] and found.capped[0].group == "north"


def test_without_sources_everything_counts():
    found = count(w.Events([0, 0, 0], [1, 1, 1]), 1, 2)
    assert found.counts.tolist() == [[0, 3]] and found.left_out == 0
    assert count(w.Events([], []), 1, 2).counts.sum() == 0 == count(w.Events([], [], []), 1, 2).counts.sum()


def backlog():
    """An account that enters a report every other day, and on day 40 thirty of the last month; others who enter one now and then."""
    calm = [(0, day, 0) for day in range(0, 60, 2)] + [(1, day, 1) for day in range(60)]
    bulk = [(place, day, 0) for place in (0, 2) for day in range(10, 40, 2)]
    rows = calm + bulk
    return rows, np.array([day for _, day, _ in calm] + [40] * len(bulk))


def test_a_backlog_entered_on_one_day_counts_once_in_each_place():
    rows, entered = backlog()
    found = count(events_of(rows, entered), 3, 60, cap=None)
    (batch,) = found.batches
    assert (batch.source, batch.entered, batch.size, batch.counted) == ("account 0", 40, 31, 2)
    assert batch.chance < 1e-4 and 0.9 < batch.usual < 1.1
    assert found.counts[2].sum() == 1 and found.counts[2, 10] == 1 and found.counts[1].sum() == 60


def test_a_backlog_without_dates_is_spread_over_the_days_since_the_last_entry():
    calm = [(0, day, 0) for day in range(0, 40, 3)]
    rows = calm + [(1, 51, 0)] * 12
    found = count(events_of(rows), 2, 60, batches="spread")
    assert found.left_out == 0 and found.counts[1].tolist() == [0] * 40 + [1] * 12 + [0] * 8
    assert count(events_of(rows), 2, 60, cap=None, batches="keep").counts[1, 51] == 12


def test_who_always_enters_many_does_not_enter_a_batch():
    rng = np.random.default_rng(1)
    rows = [(0, day, 0) for day in range(60) for _ in range(rng.poisson(9) + 1)]
    assert count(events_of(rows), 1, 60, cap=None).batches == ()


def test_the_tail_is_that_of_drawn_counts():
    rng = np.random.default_rng(2)
    drawn = rng.poisson(3.0 * rng.gamma(2.0, 0.5, 200_000))
    assert tail(np.array([6]), np.array([3.0]), 0.5)[0] == pytest.approx((drawn >= 6).mean(), abs=0.004)
    assert tail(np.array([6]), np.array([3.0]), 0.0)[0] == pytest.approx((rng.poisson(3.0, 200_000) >= 6).mean(), abs=0.003)


@given(reports, st.sampled_from(["one", "spread", "keep"]))
def test_no_report_is_ever_counted_twice(rows, batches):
    found = count(events_of(rows), 4, 5, batches=batches, least=2, threshold=0.5)
    assert found.counts.sum() + found.left_out == len(rows) and (found.counts >= 0).all()


def test_what_cannot_be_is_named():
    with pytest.raises(w.BadData, match="event 1 has place 9"):
        count(w.Events([0, 9], [0, 0]), 3, 5)
    with pytest.raises(w.BadData, match="event 0 has day -2"):
        count(w.Events([0], [-2]), 3, 5)
    with pytest.raises(w.BadData, match=r"event 1 has 0\.5"):
        w.Events([0, 0], [1, 0.5])
    with pytest.raises(w.BadData, match="entered: expected 2"):
        w.Events([0, 0], [1, 1], entered=[1])
    with pytest.raises(ValueError, match="twice"):
        count(w.Events([0], [0]), 1, 1, batches="twice")


def test_counts_become_cases():
    cases = count(w.Events([0, 1], [0, 1], ["a", "a"]), 2, 2).cases([[0, 0], [1, 1]], ("x", "y"))
    assert isinstance(cases, w.Cases) and cases.total == 2 and cases.ids == ("x", "y")
