"""The sieve loses nothing: the same maxima to the last bit, however it is set and on any number of threads."""

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import city, problems

import waspada as w
from waspada.chance import Plain, Room, Worlds
from waspada.scene import Limits, scene_of
from waspada.sieve import Settings, Sieve, groups_of

WORLDS = np.arange(70)


def scene_for(cases, score, windows, zones=None):
    return scene_of(cases, zones or w.Zones.circles(cases), score.model(cases), windows, Limits())


@pytest.fixture(scope="module")
def cases():
    return city(places=80, days=50, rate=0.4)


SCORES = {
    "permutation": lambda cases: w.Permutation(),
    "poisson": lambda cases: w.Poisson(),
    "expectation": lambda cases: w.ExpectationPoisson(np.full(cases.counts.shape, 0.4) * np.linspace(0.5, 1.5, cases.steps)),
    "bernoulli": lambda cases: w.Bernoulli(),
}
FRAMES = {
    "prospective": w.Windows(14),
    "long": w.Windows(40, shortest=3),
    "earlier": w.Windows(7, analyses=9),
    "retrospective": w.Windows.retrospective(10),
}


@pytest.mark.parametrize("score", list(SCORES))
@pytest.mark.parametrize("frame", list(FRAMES))
def test_maxima_are_the_same_to_the_last_bit(cases, score, frame):
    cases = w.Cases(cases.counts, cases.coordinates, population=cases.population, controls=np.ones_like(cases.counts))
    scene = scene_for(cases, SCORES[score](cases), FRAMES[frame])
    plain = Plain(Worlds(scene, 3), len(WORLDS), 1).highest(WORLDS)
    for threads, setting in [
        (1, Settings()),
        (2, Settings(groups=8, division=6)),
        (3, Settings(wide=True, floor=2.0)),
        (1, Settings(wide=False, groups=24, division=40, floor=9.0)),
    ]:
        assert np.array_equal(Sieve(Worlds(scene, 3), len(WORLDS), threads, setting).highest(WORLDS), plain)


@settings(max_examples=40)
@given(problems(), st.sampled_from(["prospective", "retrospective"]), st.booleans())
def test_awkward_worlds_are_sifted_right(problem, when, wide):
    counts, xy, _, _ = problem
    steps = counts.shape[1]
    windows = w.Windows(min(6, steps)) if when == "prospective" else w.Windows.retrospective(steps)
    scene = scene_for(w.Cases(np.minimum(counts, 300), xy), w.Permutation(), windows)
    worlds, few = Worlds(scene, 11), np.arange(9)
    assert np.array_equal(Sieve(worlds, 9, 1, Settings(wide=wide)).highest(few), Plain(worlds, 9, 1).highest(few))


def test_given_zones_pass_the_sieve_whole(cases):
    districts = [range(start, start + 8) for start in range(0, 80, 8)]
    scene = scene_for(cases, w.Poisson(), w.Windows(14), w.Zones.given(cases, districts))
    assert np.array_equal(Sieve(Worlds(scene, 3), 70, 2).highest(WORLDS), Plain(Worlds(scene, 3), 70, 1).highest(WORLDS))


def test_the_maximum_of_a_dealt_world_is_what_the_twin_finds_in_it():
    cases = city(places=25, days=30)
    scene = scene_for(cases, w.Permutation(), w.Windows(7))
    worlds = Worlds(scene, 8)
    sieve, room = Sieve(worlds, 5, 1).highest(np.arange(5)), Room(worlds, 10_000)
    lists = naive.circles(cases.coordinates, cases.population.values[:, 0, 0], 0.5)
    expected = naive.permutation(cases.counts)
    for number in range(5):
        dealt = room.deal(number, int(worlds.cases(5)[number]))
        world = np.zeros(cases.counts.shape, int)
        np.add.at(world, (scene.order[room.places[:dealt]], 29 - room.ages[:dealt]), 1)
        assert np.array_equal(world[:, -7:].sum(axis=0), cases.counts[:, -7:].sum(axis=0))  # as many cases a day as there were
        everything = naive.cylinders("conditional", world, expected, lists, naive.periods(30, 1, 7, True), cases.total)
        assert sieve[number] == pytest.approx(naive.best(everything).statistic, abs=1e-9)


def test_fewer_replications_are_the_first_of_more(cases):
    more = w.scan(cases, windows=w.Windows(14), replications=150, seed=4).evidence.maxima
    fewer = w.scan(cases, windows=w.Windows(14), replications=99, seed=4, threads=1, settings=Settings(groups=8)).evidence.maxima
    assert np.array_equal(more[:99], fewer) and len(set(more)) > 100


def test_exceedance_counts_what_the_full_run_counts(cases):
    full = w.scan(cases, windows=w.Windows(14), replications=199)
    fast = w.scan(cases, windows=w.Windows(14), replications=199, method="exceedance")
    assert fast.top.p_value == full.top.p_value and fast.top.gumbel_p is None and fast.evidence.method == "exceedance"


def test_sequential_stops_at_the_fiftieth_and_says_so():
    quiet = city(planted=False)
    full = w.scan(quiet, windows=w.Windows(14), replications=999)
    early = w.scan(quiet, windows=w.Windows(14), replications=999, method="sequential")
    done = early.evidence.done
    assert done < 999 and (full.evidence.maxima[:done] >= early.top.statistic - 1e-9).sum() == 50
    assert early.top.p_value == 50 / done and early.evidence.method == "sequential"


def test_groups_cover_every_period_once():
    from waspada.kernels.shapes import Frame

    for frame in (Frame(1, 1, 28, 28), Frame(30, 2, 9, 31), Frame(5, 1, 14, 18)):
        covered = [
            (end, length)
            for first, last, low, high, _, _ in groups_of(frame, 8 if frame.ends == 1 else 20)
            for end in range(first, last + 1)
            for length in range(low, high + 1)
            if end + length <= frame.span
        ]
        asked = [
            (end, length) for end in range(frame.ends) for length in range(frame.shortest, frame.longest + 1) if end + length <= frame.span
        ]
        assert sorted(covered) == asked


OLD_PROCESSOR = """
import warnings, waspada as w
from waspada.sieve import Settings
from worlds import city
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    found = w.scan(city(), windows=w.Windows(14), replications=70, threads=1, settings=Settings())
assert any("AVX-512" in str(each.message) for each in said)
print(found.evidence.maxima.tobytes().hex())
"""


@pytest.mark.long
@pytest.mark.parametrize("name, features", [("haswell", "+avx2,+fma"), ("x86-64", "+sse2")])
def test_an_older_processor_is_warned_and_finds_the_same_bits(tmp_path, name, features):
    import os
    import subprocess
    import sys
    from pathlib import Path

    here = w.scan(city(), windows=w.Windows(14), replications=70).evidence.maxima
    machine = {"NUMBA_CPU_NAME": name, "NUMBA_CPU_FEATURES": features, "NUMBA_CACHE_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", OLD_PROCESSOR],
        env={**os.environ, **machine, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == here.tobytes().hex()
