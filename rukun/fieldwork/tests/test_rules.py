"""What waits how long, and what a text is about: decided without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from rukun.fieldwork.rules import is_urgent, likeness, rises_at, words

SINCE = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "severity", "hours"),
    [("PG", 1, 24), ("AG", 3, 24), ("", None, 24), ("PG", 4, 1), ("AG", 5, 1), ("GN", 1, 1), ("GN", None, 1)],
)
def test_a_report_waits_a_day_and_an_urgent_one_an_hour(stage, severity, hours):
    assert rises_at(SINCE, stage, severity) == SINCE + timedelta(hours=hours)
    assert is_urgent(stage, severity) == (hours == 1)


def test_texts_are_as_alike_as_the_words_they_share():
    assert likeness("Motor hilang di surau", "Motor hilang di surau!") == 1.0
    assert likeness("Motor hilang", "Lampu padam") == 0.0
    assert likeness("Motor hilang magrib", "motor HILANG subuh") == 0.5
    assert likeness("di ke", "di ke") == 0.0  # nothing was said that could be compared


def test_words_are_what_is_left_without_signs_and_short_ones():
    assert words("Motor-nya hilang, di Surau.") == {"motor", "nya", "hilang", "surau"}
