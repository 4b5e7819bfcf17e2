"""Quiet hours and digests: hours in, yes or no out."""

from datetime import UTC, date, datetime, time

import pytest

from rukun.notices.rules import digest_due, is_quiet

NIGHT = (time(21), time(6))


@pytest.mark.parametrize(
    ("at", "hours", "quiet"),
    [
        (time(20, 59), NIGHT, False),
        (time(21), NIGHT, True),
        (time(0), NIGHT, True),
        (time(5, 59), NIGHT, True),
        (time(6), NIGHT, False),
        (time(13), (time(12), time(14)), True),
        (time(14), (time(12), time(14)), False),
        (time(3), (time(6), time(6)), False),
    ],
)
def test_quiet_hours_may_pass_midnight_or_be_none(at, hours, quiet):
    assert is_quiet(at, *hours) is quiet


@pytest.mark.parametrize(
    ("hour", "last", "hours", "due"),
    [
        (5, None, NIGHT, False),
        (6, None, NIGHT, True),
        (20, date(2026, 11, 9), NIGHT, True),
        (20, date(2026, 11, 10), NIGHT, False),
        (22, None, NIGHT, False),
        (3, None, (time(8), time(8)), False),
        (13, None, (time(12), time(14)), False),
        (14, None, (time(12), time(14)), True),
    ],
)
def test_a_digest_goes_out_once_a_day_when_it_is_no_longer_quiet(hour, last, hours, due):
    assert digest_due(datetime(2026, 11, 10, hour, tzinfo=UTC), last, *hours) is due
