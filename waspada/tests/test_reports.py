"""Single reports: what was entered by a day, batches as one, one busy person once a week."""

import numpy as np
import pytest

import waspada as w
from waspada.events import Events
from waspada.history import History
from waspada.reports import history_of


def history(rows, days=60, places=4, **options):
    """rows: place, day, source, entered."""
    place, day, source, entered = np.array(rows).T
    counts = np.zeros((places, days), int)
    np.add.at(counts, (place, day), 1)
    cases = w.Cases(counts, np.arange(places * 2).reshape(places, 2))
    return history_of(Events(place, day, source, entered), cases, **options)


def test_late_reports_are_not_known_before_they_are_entered():
    h = history([(0, 10, 1, 10), (0, 10, 2, 14), (1, 12, 3, 12)])
    assert [int(h.until(step).counts.sum()) for step in (9, 10, 12, 13, 14)] == [0, 1, 2, 2, 3]
    assert h.until(14).counts[0, 10] == 2 and h.until(59).counts.sum() == 3


def test_one_source_counts_once_a_week_among_neighbours_and_another_counts_too():
    h = history([(0, 10, 1, 10), (1, 12, 1, 12), (0, 16, 1, 16), (0, 17, 1, 17), (0, 12, 2, 12)])
    assert h.until(59).counts.sum() == 5 and h.until(59).clean.sum() == 3
    assert np.argwhere(h.until(59).clean).tolist() == [[0, 10], [0, 12], [0, 17]]


def test_far_apart_a_source_counts_in_each_group():
    rows = [(0, 10, 1, 10), (3, 11, 1, 11)]
    assert history(rows).until(59).clean.sum() == 1
    assert history(rows, groups=[[0, 1], [2, 3]]).until(59).clean.sum() == 2


def test_a_batch_counts_once_in_a_place():
    rows = [(0, d, 7, d) for d in range(0, 30, 8)] + [(p, 40 - p, 7, 41) for p in (0, 1) for _ in range(8)]
    clean = history(rows, gap=1).until(59).clean
    assert clean[:, 35:].sum() == 2 and history(rows).until(59).counts[:, 35:].sum() == 16


def test_what_is_decided_does_not_depend_on_what_comes_later():
    rng = np.random.default_rng(5)
    day = np.sort(rng.integers(0, 60, 200))
    rows = np.column_stack([rng.integers(0, 4, 200), day, rng.integers(0, 12, 200), np.minimum(day + rng.integers(0, 4, 200), 59)])
    whole = history(rows.tolist())
    for step in (20, 35, 50):
        part = history(rows[rows[:, 3] <= step].tolist())
        assert (whole.until(step).clean == part.until(step).clean).all()
        assert (history(rows.tolist()).until(step).clean == whole.until(step).clean).all()  # asked for out of turn
        assert (whole.until(step).clean <= whole.until(step).counts).all()


def test_without_sources_nothing_is_cleaned():
    cases = w.Cases(np.ones((2, 30), int), np.eye(2))
    h = history_of(Events(np.array([0, 1]), np.array([3, 4])), cases)
    assert h.clean is None and h.known is None and (h.until(10).clean == h.until(10).counts).all()


def test_counts_of_another_shape_are_refused():
    cases = w.Cases(np.ones((2, 30), int), np.eye(2))
    with pytest.raises(w.BadData, match="expected"):
        _ = History(cases, known=lambda step: np.ones((2, 3), int)).until(10).counts
