"""What a free text may not hold: identities are replaced, persons are refused as a subject, what is urgent or empty is said."""

from rukun.guard.kinds import Finding, Reading
from rukun.guard.reading import read
from rukun.guard.signs import sounds_dangerous

__all__ = ["Finding", "Reading", "read", "sounds_dangerous"]
