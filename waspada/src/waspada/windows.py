"""Which periods are looked at: those alive on the last step, all of them, or the whole study at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Windows:
    """Periods of ``shortest`` to ``longest`` steps.

    prospective: only periods that end with the last step (what is going on now); otherwise all within the study.
    whole: one period, the study itself: a purely spatial scan.
    analyses: how many analyses, one a step and this one included, the p-value shall account for (prospective only).
    """

    longest: int = 28
    shortest: int = 1
    prospective: bool = True
    whole: bool = False
    analyses: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.shortest <= self.longest:
            raise ValueError(f"windows: expected 1 <= shortest <= longest, got {self.shortest} and {self.longest}")
        if self.analyses < 1 or (self.analyses > 1 and (self.whole or not self.prospective)):
            raise ValueError(f"windows: {self.analyses} analyses; earlier ones exist only for prospective windows, and at least this one")

    @classmethod
    def spatial(cls) -> Windows:
        """The whole study as one period."""
        return cls(longest=1, prospective=False, whole=True)

    @classmethod
    def retrospective(cls, longest: int, shortest: int = 1) -> Windows:
        """All periods of these lengths, wherever they lie."""
        return cls(longest=longest, shortest=shortest, prospective=False)
