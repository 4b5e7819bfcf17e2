"""The labelled texts are what they say: enough, each in its half, no text twice."""

import pytest

from rukun.guard.tests.texts import HALVES, half_of, texts


@pytest.mark.parametrize("half", HALVES)
def test_a_text_stands_in_the_half_that_its_own_words_decide(half):
    assert {half_of(one.text) for one in texts(half)} == {half}


def test_there_are_five_hundred_and_none_twice():
    everything = [one.text for half in (*HALVES, "later", "fresh") for one in texts(half)]
    assert len(everything) == len(set(everything)) >= 500


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_label_and_many_texts_without_any(half):
    found = {label for one in texts(half) for label in (*one.labels, *(kind for kind, _from, _to in one.marks))}
    assert found >= {
        "nik", "phone", "email", "plate", "account", "handle", "name", "bare", "preference", "profiling", "protest", "press", "ngo",
        "union", "land_party", "religion_group", "election_money", "emergency", "empty", "keep", "drop",
    }  # fmt: skip
    assert sum(not one.labels and not one.marks for one in texts(half)) >= 50
