"""The days of a baseline: weekday, season, trend and holidays as columns of a regression."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from waspada.calendar import DAYS_IN_YEAR
from waspada.cases import BadData

Array = NDArray[np.float64]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BEYOND = 60  # days past the history after which the trend stays level


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which columns there are, and how a day fills them."""

    names: tuple[str, ...]
    spread: Array  # of the normal prior round 0
    end: date  # the day after the history
    harmonics: int
    holidays: Mapping[str, frozenset[date]]

    @classmethod
    def of(
        cls,
        start: date,
        end: date,
        holidays: Collection[date] | Mapping[str, Collection[date]],
        season: bool | int | None,
        trend: bool | None,
    ) -> Calendar:
        """What a history of this length can teach; fewer columns when it is short."""
        days = (end - start).days
        harmonics = (0 if days < 52 * 7 else 1 if days < 104 * 7 else 2) if season is None else int(season)
        if not 0 <= harmonics <= 6:
            raise BadData(f"season: expected 0 to 6 harmonics, got {season}")
        kinds = holidays if isinstance(holidays, Mapping) else {"holiday": holidays}
        free = {name: frozenset(dates) for name, dates in kinds.items() if any(start <= day < end for day in dates)}
        names = list(WEEKDAYS) if days >= 14 else []
        names += [f"{wave}{n}" for n in range(1, harmonics + 1) for wave in ("sin", "cos")]
        names += ["trend"] if (days >= 26 * 7 if trend is None else trend) else []
        names += [f"holiday {name}" for name in free]
        wide = {"trend": 0.5}
        spread = [0.5 if n in WEEKDAYS or n[:3] in ("sin", "cos") else wide.get(n, 1.0) for n in names]
        return cls(tuple(names), np.array(spread), end, harmonics, free)

    def columns(self, start: date, days: int) -> Array:
        """(days, columns) from ``start`` on."""
        ordinals = start.toordinal() + np.arange(days)
        columns = np.zeros((days, len(self.names)))
        for column, name in enumerate(self.names):
            if name in WEEKDAYS:
                columns[:, column] = (ordinals + 6) % 7 == WEEKDAYS.index(name)
            elif name == "trend":
                columns[:, column] = np.minimum(ordinals - self.end.toordinal(), BEYOND) / DAYS_IN_YEAR
            elif name.startswith("holiday "):
                columns[:, column] = np.isin(ordinals, [day.toordinal() for day in self.holidays[name.removeprefix("holiday ")]])
            else:
                angle = 2 * np.pi * int(name[3:]) * ordinals / DAYS_IN_YEAR
                columns[:, column] = np.sin(angle) if name.startswith("sin") else np.cos(angle)
        return columns

    def weekday_factors(self, coefficients: Array) -> dict[str, float]:
        """Each weekday against the mean of the seven."""
        if "monday" not in self.names:
            return {}
        values = np.exp(coefficients[:7])
        return {name: float(value) for name, value in zip(WEEKDAYS, values / values.mean(), strict=True)}

    def season_peak(self, coefficients: Array) -> float | None:
        """The year's highest day against its mean."""
        if self.harmonics == 0:
            return None
        picked = [column for column, name in enumerate(self.names) if name[:3] in ("sin", "cos")]
        year = np.exp(self.columns(date(2001, 1, 1), 365)[:, picked] @ coefficients[picked])
        return float(year.max() / year.mean())
