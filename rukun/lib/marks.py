"""What each field holds of persons, and how long: every room says it in its own marks.py, and a test misses no field.

MARKS = {"Visit": (mark(MAYBE, "visit_text", "place narrative"), mark(OFFICER, "visit", "officer recorded_by"), …)}

The first word: NONE says nothing of a person. OFFICER says something of somebody in service. MAYBE is text or a place in which a
resident might be recognised. YES is meant to say who somebody is. The second names a row of the retention table (care/rules.py).
"""

from collections.abc import Mapping
from typing import NamedTuple

NONE, OFFICER, MAYBE, YES = "none", "officer", "maybe", "yes"


class Mark(NamedTuple):
    personal: str
    keep: str
    fields: tuple[str, ...]


Marks = Mapping[str, tuple[Mark, ...]]


def mark(personal: str, keep: str, fields: str) -> Mark:
    return Mark(personal, keep, tuple(fields.split()))


MARKS: Marks = {
    "Worker": (mark(NONE, "job", "name seen_at"),),
    "Schedule": (mark(NONE, "public", "job due_at"),),
}
