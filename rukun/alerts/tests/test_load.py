"""Load against what is usual: spans, and arrows that chance alone does not draw."""

import math
import random

from rukun.alerts.load import Count, Exposure, arrows, side, tails, usual

OVER = Exposure(30, 182, 60, 364)


def count(now: int, before: int, weeks: int = 26) -> Count:
    each = [before // weeks] * weeks
    for extra in range(before % weeks):
        each[extra] += 1
    return Count(now, before, tuple(each))


def test_what_is_usual_is_a_span_round_the_mean():
    assert usual(count(0, 182), OVER) == (22, 38)
    assert usual(count(0, 0), OVER) == (0, 0)


def test_weeks_that_swing_make_the_span_wider():
    burst = Count(0, 182, (91, 91, *[0] * 24))
    low, high = usual(burst, OVER)
    assert (low, high)[0] == 0 and high > 50


def test_an_arrow_stands_for_what_chance_does_not_make():
    assert arrows([count(70, 182), count(32, 182), count(5, 182)], OVER) == [1, 0, -1]


def test_more_visits_alone_make_no_arrow():
    doubled = Exposure(30, 182, 140, 364)  # twice as many visits a day as before
    assert arrows([count(60, 182)], doubled) == [0]
    assert arrows([count(60, 182)], OVER) == [1]


def test_reports_that_rise_while_visits_fall_point_nowhere_against_each_other():
    assert side(count(29, 182), Exposure(30, 182, 20, 364))[0] == 0  # fewer a day, more a visit


def test_many_rows_of_chance_draw_an_arrow_on_one_page_in_twenty_at_most():
    chance = random.Random(7)

    def poisson(mean: float) -> int:
        limit, n, product = math.exp(-mean), 0, chance.random()
        while product > limit:
            n, product = n + 1, product * chance.random()
        return n

    pages = 0
    for _page in range(200):
        rows = []
        for _row in range(20):
            weeks = tuple(poisson(3.0) for _ in range(26))
            rows.append(Count(poisson(3.0 * 30 / 7), sum(weeks), weeks))
        pages += any(arrows(rows, OVER))
    assert pages <= 18  # 5 % of 200, and what chance adds to that


def test_the_tails_are_those_of_the_binomial_also_where_they_are_approximated():
    lower, upper = tails(3, 10, 0.3)
    assert round(lower, 4) == 0.6496
    assert round(upper, 4) == 0.6172
    near, _far = tails(1000, 4000, 0.25)
    assert abs(near - 0.5) < 0.02


def test_nothing_at_all_points_nowhere():
    assert arrows([count(0, 0)], OVER) == [0]
