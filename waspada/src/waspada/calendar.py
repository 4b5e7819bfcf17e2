"""Steps of days, months and years, and the dates they stand for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

DAYS_IN_YEAR = 365.25
DAYS_IN_UNIT = {"day": 1.0, "month": DAYS_IN_YEAR / 12, "year": DAYS_IN_YEAR}


def advance(start: date, unit: str, count: int) -> date:
    """The day ``count`` units after ``start``; the 31st becomes the last day of a shorter month."""
    if unit == "day":
        return start + timedelta(days=count)
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def units_between(start: date, day: date, unit: str) -> int:
    """How many whole units lie between ``start`` and ``day``."""
    if unit == "day":
        return (day - start).days
    months = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
    return months // 12 if unit == "year" else months


def day_lengths(start: date, unit: str, length: int, steps: int) -> NDArray[np.int64]:
    """The days of each step."""
    if unit == "day":
        return np.full(steps, length, np.int64)
    return np.diff([advance(start, unit, step * length).toordinal() for step in range(steps + 1)])
