"""Zones are what their limits say, in an order that no tie can shake."""

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import city, problems

import waspada as w
from waspada import near


@given(problems(most_places=12), st.floats(0.05, 1), st.floats(0, 3), st.integers(1, 12))
def test_circles_are_those_of_the_twin(problem, share, radius, neighbours):
    counts, xy, _, _ = problem
    zones = w.Zones.circles(w.Cases(counts, xy), share=share, radius=radius, neighbours=neighbours)
    lists = [zones.members_of(i, zones.starts[i + 1] - zones.starts[i]).tolist() for i in range(zones.lists)]
    assert lists == naive.circles(xy, counts.sum(axis=1), share, radius, neighbours)


@pytest.mark.parametrize("limits", [{"neighbours": 20}, {"share": 0.1}, {"radius": 2.0}, {"share": 0.3, "neighbours": 50}])
def test_the_tree_and_the_full_sort_agree_on_a_lattice(monkeypatch, limits):
    xy = np.array([[i, j] for i in range(15) for j in range(15)] + [[7, 7]] * 40, float)
    cases = w.Cases(np.ones((len(xy), 1), int), xy)
    full = w.Zones.circles(cases, **limits)
    monkeypatch.setattr(near, "DENSE", 10)
    tree = w.Zones.circles(cases, **limits)
    assert np.array_equal(full.members, tree.members) and np.array_equal(full.starts, tree.starts)


def test_kilometres_hold_on_the_globe():
    cases = w.Cases(np.ones((3, 1), int), [[0, 179.9], [0, -179.9], [1, 179.9]], latlong=True)  # 22 km across the date line, 111 km north
    assert w.Zones.circles(cases, radius=23).count == 5
    assert w.Zones.circles(cases, radius=22).count == 3


def test_only_the_zones_that_contain_one_place():
    cases = city()
    zones = w.Zones.circles(cases, share=0.3)
    some = zones.containing(17)
    every = {
        tuple(sorted(zones.members_of(i, size))) for i in range(zones.lists) for size in range(1, zones.starts[i + 1] - zones.starts[i] + 1)
    }
    those = {
        tuple(sorted(some.members_of(i, size)))
        for i in range(some.lists)
        for size in range(some.smallest[i], some.starts[i + 1] - some.starts[i] + 1)
    }
    assert those == {zone for zone in every if 17 in zone}
    whole, part = (w.scan(cases, z, windows=w.Windows(14), replications=0).top for z in (zones, some))
    assert whole == part  # the city's cluster holds place 17


def test_districts_are_zones_by_name_or_row():
    cases = city()
    zones = w.Zones.given(cases, [["p1", "p2"], [3, 4, 5]])
    assert zones.count == 2 and zones.members_of(1, 3).tolist() == [3, 4, 5]
    for wrong in ([["nowhere"]], [[99]], [[1, 1]], [[]]):
        with pytest.raises(w.BadData, match="group 0"):
            w.Zones.given(cases, wrong)


@pytest.mark.parametrize("limits", [{"share": 0}, {"share": 1.2}, {"radius": -1}, {"neighbours": 0}, {"radius": float("nan")}])
def test_limits_that_cannot_be_are_refused(limits):
    with pytest.raises(ValueError, match=next(iter(limits))):
        w.Zones.circles(city(), **limits)


@pytest.mark.parametrize("place", [-1, 60, "p3"])
def test_a_place_that_is_not_there_has_no_zones_but_an_error(place):
    with pytest.raises(w.BadData, match=f"no place {place!r}"):
        w.Zones.circles(city()).containing(place)
