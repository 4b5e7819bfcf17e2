"""What was known when: counts and effort cut off at a day, so that a replay cannot look into the future."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waspada.cases import BadData, Cases, same_shape

Counts = NDArray[np.int64]
Known = Callable[[int], Counts]


@dataclass(frozen=True, eq=False)
class History:
    """Cases to be replayed day by day.

    cases: everything, as it is known in the end. effort: (places, steps), visits or officers on duty, known at the end of each step; or None.
    known: the counts (places, step + 1) as they stood at the end of a step, where reports come in late; None: each step was complete at its end.
    clean: the same with batches set aside and sources capped (``waspada.events``); None: as known.
    """

    cases: Cases
    effort: NDArray[np.float64] | None = None
    known: Known | None = None
    clean: Known | None = None

    def __post_init__(self) -> None:
        if self.effort is not None:
            effort = np.asarray(same_shape(self.effort, self.cases.counts.shape, "effort"), np.float64)
            for row, step in np.argwhere(~(np.isfinite(effort) & (effort >= 0)))[:1]:
                raise BadData(f"effort: place {self.cases.ids[row]!r} cannot have {effort[row, step]} in step {step}")
            object.__setattr__(self, "effort", effort)

    @property
    def steps(self) -> int:
        return self.cases.steps

    @property
    def per_year(self) -> float:
        """Steps in a year."""
        days = (self.cases.first_day(self.steps) - self.cases.start).days
        return 365.25 * self.steps / days

    @cached_property
    def beginning(self) -> Cases:
        return self.cases.between(0, 1)

    def until(self, step: int) -> Past:
        """All that was known at the end of a step."""
        if not 0 <= step < self.steps:
            raise BadData(f"step {step} lies outside the {self.steps} steps there are")
        return Past(self, step)


class Past:
    """What was known at the end of ``step``: nothing after it can be reached from here by its methods."""

    def __init__(self, history: History, step: int) -> None:
        self._history, self.step = history, step
        self._counts: Counts | None = None
        self._clean: Counts | None = None

    @property
    def steps(self) -> int:
        return self.step + 1

    @property
    def counts(self) -> Counts:
        """(places, steps), as reported."""
        if self._counts is None:
            known = self._history.known
            self._counts = self._history.cases.counts[:, : self.steps] if known is None else checked(known(self.step), self)
        return self._counts

    @property
    def clean(self) -> Counts:
        """(places, steps), without batches and with sources capped."""
        if self._clean is None:
            clean = self._history.clean
            self._clean = self.counts if clean is None else checked(clean(self.step), self)
        return self._clean

    @property
    def effort(self) -> NDArray[np.float64] | None:
        """(places, steps), or None."""
        effort = self._history.effort
        return None if effort is None else effort[:, : self.steps]

    def until(self, step: int) -> Past:
        """An earlier state of knowledge."""
        if step > self.step:
            raise BadData(f"step {step} lies after {self.step}")
        return self._history.until(step)

    def cases(self, counts: Counts | None = None) -> Cases:
        """The places and the calendar so far, with the counts as reported or with others."""
        like = self._history.cases
        values: Any = self.counts if counts is None else counts
        return Cases(values, like.coordinates, like.ids, like.start, like.unit, like.length, like.latlong)

    def cleaned(self) -> Past:
        """The same knowledge for a detector that takes counts as reported: the cleaned ones stand in their place."""
        past = Past(self._history, self.step)
        past._counts = past._clean = self.clean
        return past

    @property
    def places(self) -> int:
        return self._history.cases.places

    @property
    def per_year(self) -> float:
        return self._history.per_year

    @property
    def like(self) -> Cases:
        """The first step of the study: places and calendar, for dates."""
        return self._history.beginning


def checked(counts: Counts, past: Past) -> Counts:
    if counts.shape != (past.places, past.steps):
        raise BadData(f"history: expected {(past.places, past.steps)} counts at the end of step {past.step}, got {counts.shape}")
    return counts
