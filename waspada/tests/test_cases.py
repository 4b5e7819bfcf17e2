"""Data that cannot be what they claim are refused, and the message names the place and the value; dates are kept."""

from datetime import date

import numpy as np
import pytest

import waspada as w

XY = [[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]]
IDS = ("north", "south", "west")


def made(counts=None, xy=XY, ids=IDS, **more):
    return w.Cases(np.ones((3, 4)) if counts is None else counts, xy, ids, **more)


def with_value(value):
    counts = np.ones((3, 4))
    counts[1, 2] = value
    return counts


@pytest.mark.parametrize("value", [-1, np.nan, 1.5, np.inf, 2.0**40])
def test_a_count_that_cannot_be_is_named(value):
    with pytest.raises(w.BadData, match=r"'south'.*step 2"):
        made(with_value(value))


@pytest.mark.parametrize(
    "more, words",
    [
        ({"ids": ("north", "south", "north")}, "'north'.*twice"),
        ({"xy": [[0, 0], [91, 0], [0, 2]], "latlong": True}, "'south'.*91"),
        ({"xy": [[0, 0], [1, 181], [0, 2]], "latlong": True}, "'south'.*181"),
        ({"xy": [[0, 0], [np.nan, 0], [0, 2]]}, "'south'.*nan"),
        ({"xy": XY[:2]}, "coordinates"),
        ({"ids": ("north",)}, "1 names for 3 places"),
        ({"start": date(9999, 12, 30)}, "4 steps from 9999-12-30 .* after the year 9999"),
        ({"start": date(9990, 1, 1), "unit": "year", "length": 5}, "after the year 9999"),
        ({"population": w.Population([1.0, -2.0, 3.0])}, "'south'.*-2"),
        ({"population": w.Population([1.0, 3.0])}, "2 places"),
        ({"controls": np.ones((3, 5))}, "controls"),
        ({"strata": np.ones((3, 4, 2))}, "'north'.*1.*2"),
        ({"unit": "week"}, "week"),
    ],
)
def test_what_does_not_fit_is_refused(more, words):
    with pytest.raises(w.BadData, match=words):
        made(**more)


def test_cases_where_nobody_lives_are_an_error_in_the_data():
    with pytest.raises(w.BadData, match="'south'"):
        w.scan(made(population=w.Population([1.0, 0.0, 3.0])), score=w.Poisson(), windows=w.Windows(2))
    with pytest.raises(w.BadData, match=r"'west'.*nan"):
        w.scan(made(), score=w.ExpectationPoisson(np.vstack([np.ones((2, 4)), np.full((1, 4), np.nan)])), windows=w.Windows(2))


@pytest.mark.parametrize(
    "unit, length, first, last",
    [("day", 7, "2024-01-22", "2024-01-28"), ("month", 1, "2024-04-01", "2024-04-30"), ("year", 1, "2027-01-01", "2027-12-31")],
)
def test_steps_end_on_the_day_before_the_next(unit, length, first, last):
    from waspada.clusters import period

    cases = made(start=date(2024, 1, 1), unit=unit, length=length)
    assert tuple(day.isoformat() for day in period(cases, 3, 4)) == (first, last)


def test_a_part_of_the_study_keeps_its_dates():
    part = made(start=date(2024, 1, 1), unit="month").between(1, 3)
    assert part.steps == 2 and part.start == date(2024, 2, 1)
    with pytest.raises(w.BadData):
        made().between(2, 9)


def test_the_arrays_given_stay_as_they_were():
    counts = np.ones((3, 4), np.int64)
    w.scan(made(counts), windows=w.Windows(2), replications=9)
    assert (counts == 1).all()


def test_a_place_is_found_by_name_or_row_and_missed_by_name():
    cases = w.Cases([[1], [2]], [[0, 0], [1, 1]], ("left", "right"))
    assert cases.index("right") == 1 and cases.index(0) == 0
    for wrong in ("middle", 2, -1):
        with pytest.raises(w.BadData, match=f"no place {wrong!r} among the 2"):
            cases.index(wrong)
