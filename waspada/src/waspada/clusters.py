"""What a scan found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from waspada.cases import Cases
from waspada.inference import Evidence


@dataclass(frozen=True)
class Cluster:
    """Places and a period where more happened than expected, or less.

    start, end: first and last day, both included. first_step, stop_step: the same in steps, the stop not included.
    rows: the places' rows; the first is the circle's centre. radius: to the farthest place (kilometres for latitude and longitude).
    relative_risk, risk_low, risk_high: inside against outside, with 95 % bounds that do not account for the search.
    p_value, gumbel_p: None if there were no replications; recurrence_interval_days: None unless prospective.
    """

    places: tuple[str, ...]
    rows: tuple[int, ...]
    start: date
    end: date
    first_step: int
    stop_step: int
    observed: int
    expected: float
    relative_risk: float | None
    risk_low: float | None
    risk_high: float | None
    statistic: float
    p_value: float | None
    gumbel_p: float | None
    recurrence_interval_days: float | None
    radius: float | None

    @property
    def high(self) -> bool:
        """Whether more happened than expected."""
        return self.observed > self.expected


@dataclass(frozen=True, eq=False)
class Clusters:
    """The clusters, the strongest first, and the worlds of chance they were held against."""

    found: tuple[Cluster, ...]
    evidence: Evidence
    zones: int
    cylinders: int
    total: int

    def __iter__(self) -> Iterator[Cluster]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, index: int) -> Cluster:
        return self.found[index]

    @property
    def top(self) -> Cluster | None:
        """The most likely cluster, if anything stands out at all."""
        return self.found[0] if self.found else None


def period(cases: Cases, first_step: int, stop_step: int) -> tuple[date, date]:
    """First and last day of some steps."""
    return cases.first_day(first_step), cases.first_day(stop_step) - timedelta(days=1)
