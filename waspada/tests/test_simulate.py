"""A made world is what it says it is, and the same for the same seed."""

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import waspada as w
from waspada.baseline import fit
from waspada.simulate import ORIGINS, Change, Outbreak, Poison, world


def lively(seed=3, **other):
    return world(seed, 60, 500, batches=8, prolific=0.5, poisons=2, outbreaks=3, changes=2, **other)


def test_the_same_seed_is_the_same_world():
    one, two, other = lively(), lively(), lively(4)
    for name in ("place", "day", "source", "entered"):
        assert np.array_equal(getattr(one.events, name), getattr(two.events, name))
    assert np.array_equal(one.effort, two.effort) and one.outbreaks == two.outbreaks and one.outbreaks != other.outbreaks


def test_everything_planted_is_there_and_marked():
    made = lively()
    number = np.bincount(made.origin, minlength=len(ORIGINS))
    assert (number > 0).all() and number[4] == 40 and made.counts.sum() == len(made.events) == number.sum()
    for cause, outbreak in enumerate(made.outbreaks):
        mine = (made.origin == 1) & (made.cause == cause)
        assert mine.any() and set(made.events.place[mine]) <= set(outbreak.places)
        assert made.events.day[mine].min() >= outbreak.start >= 365 and made.events.day[mine].max() < outbreak.stop
    assert len(set(made.events.source[made.origin == 3])) == 1
    assert len({(s, d) for s, d in zip(made.events.source[made.origin == 2], made.events.day[made.origin == 2], strict=True)}) < 30


def test_a_given_outbreak_grows_as_told():
    outbreak = Outbreak((1, 2), 100, days=20, size=4000, growth=1.1)
    made = world(1, 5, 200, outbreaks=[outbreak])
    by_day = np.bincount(made.events.day[made.origin == 1], minlength=200)
    assert by_day.sum() == pytest.approx(4000, rel=0.06) and by_day[:100].sum() == 0 == by_day[120:].sum()
    assert by_day[110:120].sum() / by_day[100:110].sum() == pytest.approx(1.1**10, rel=0.1)
    assert outbreak.by_day().sum() == pytest.approx(4000)


def test_effort_drives_what_is_reported_as_it_was_told():
    made = world(2, 200, 500, rate=0.4, elasticity=0.6, changes=[Change((0, 1), 250, 2.0)])
    assert made.effort[0, 250:].mean() / made.effort[0, :250].mean() == pytest.approx(2, rel=0.25)
    found = fit(made.cases(), effort=made.effort)
    assert abs(found.elasticity[0] - 0.6) < 3 * found.elasticity_error[0] < 0.1
    assert found.dispersion == pytest.approx(0.5, rel=0.15)


def test_rate_and_variation_are_as_told():
    made = world(5, 150, 400, rate=0.3, dispersion=1.0, effort=0.0)
    assert made.counts.mean() == pytest.approx(0.3, rel=0.1) and made.expected.mean() == pytest.approx(0.3, rel=0.05)
    over = ((made.counts - made.expected) ** 2 - made.expected).sum() / (made.expected**2).sum()
    assert over == pytest.approx(1.0, rel=0.15)
    assert (made.effort == 1).all()


def test_poison_and_batches_shrink_when_counted():
    made = lively()
    raw = count_of(made.counts)
    counted = made.counted()
    assert count_of(counted.counts) < raw and counted.batches and counted.capped
    poisoned = made.poisons[0]
    days, places = slice(poisoned.start, poisoned.start + poisoned.days), list(poisoned.places)
    assert counted.counts[places, days].sum() < made.counts[places, days].sum()
    found = {(batch.source, batch.entered) for batch in counted.batches}
    planted = {(s, d) for s, d in zip(made.events.source[made.origin == 2], made.events.day[made.origin == 2], strict=True)}
    assert len(planted & found) >= 0.7 * len(planted)


def count_of(counts):
    return int(counts.sum())


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 60), st.booleans())
def test_small_worlds_exist_too(seed, places, days, eventful):
    much = {"batches": 50, "prolific": 1.0, "poisons": 1, "outbreaks": 1, "changes": 1} if eventful else {}
    made = world(seed, places, days, **much)
    assert made.cases().counts.shape == (places, days) and made.places == places and isinstance(made, w.World)


def test_an_empty_world():
    made = world(1, 4, 30, rate=0.0)
    assert len(made.events) == 0 and made.counts.sum() == 0 and made.counted().counts.sum() == 0


def test_what_cannot_be_planted_is_named():
    with pytest.raises(w.BadData, match="no place 9"):
        world(1, 5, 50, outbreaks=[Outbreak((1, 9), 3)])
    with pytest.raises(w.BadData, match="day 80 of 50"):
        world(1, 5, 50, poisons=[Poison((1,), 80)])
    with pytest.raises(w.BadData, match="rate cannot be -1"):
        world(1, 5, 50, rate=-1)
    with pytest.raises(w.BadData, match="0 places"):
        world(1, 0, 50)


TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "waspada" / "tutorial.md"


def test_the_tutorial_prints_what_it_says():
    section = TUTORIAL.read_text().split("## Reports that people send")[1].split("\n## ")[0]
    code = "import waspada as w\n" + "\n".join(re.findall(r"```python\n(.*?)```", section, re.S))
    said = re.findall(r"^(?:# |.*print\(.*?\)\s+# )(.*)$", code, re.M)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue().splitlines() == said and len(said) == 6
