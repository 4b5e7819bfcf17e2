"""What a detector says on a day, and what a detector is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from waspada.history import Past


@dataclass(frozen=True)
class Signal:
    """Places where more happens than expected, as a detector sees it at the end of ``step``.

    rows: the places' rows. first_step: the first step of the period. statistic: the higher, the more remarkable; only the detector's own
    threshold gives it a meaning.
    """

    step: int
    rows: tuple[int, ...]
    first_step: int
    observed: int
    expected: float
    statistic: float


class Looker(Protocol):
    """A detector at work: asked once for each step, in order, with all that was known at its end."""

    def look(self, past: Past) -> list[Signal]:
        """The strongest signals that share no place, the strongest first."""
        ...


class Detector(Protocol):
    """A way of finding clusters, as it can be replayed: ``begin`` is handed what was known before the first step that is replayed."""

    @property
    def name(self) -> str: ...

    def begin(self, past: Past) -> Looker: ...


MOST = 8  # signals a day that are kept: more at once are a change of everything, not clusters


def strongest_apart(candidates: list[Signal], most: int = MOST) -> list[Signal]:
    """The strongest that share no place; of equals the fewer places, then the shorter period, then the lower row."""
    taken: set[int] = set()
    kept: list[Signal] = []
    for signal in sorted(candidates, key=lambda s: (-s.statistic, len(s.rows), -s.first_step, s.rows)):
        if taken.isdisjoint(signal.rows):
            kept.append(signal)
            taken.update(signal.rows)
            if len(kept) == most:
                break
    return kept
