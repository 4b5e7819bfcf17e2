"""The sheet as a tree of plain values: gathered once, then drawn as a page, on paper, or as a message."""

from dataclasses import dataclass, field
from datetime import date, datetime

from rukun.desk.sheet.period import Period

NOTHING = "–"  # stands where there is no number to give
SHIELDED = ("VUL", "ELC")  # groups of which a message that leaves the house says no more than a number
SHIELDED_CODES = frozenset({"CON-06"})


def is_shielded(code: str) -> bool:
    return code[:3] in SHIELDED or code in SHIELDED_CODES


@dataclass(frozen=True, slots=True)
class Item:
    """One matter: its words, where, and what is to be said of it; the number that stands for it where the words may not."""

    title: str
    place: str
    note: str
    url: str
    number: str = ""
    shielded: bool = False
    days: int | None = None  # late by, or waiting since


@dataclass(frozen=True, slots=True)
class Unreached:
    """A place, when somebody last came, and why not since."""

    name: str
    above: str
    url: str
    days: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is of; how it was before, and how sure that is, in words."""

    value: str
    label: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that is asked for; proposed by rule, or in the words of whoever signs the sheet."""

    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it."""

    unit: str
    asked_of: str  # "Kapolres", "Kapolsek"
    period: Period
    made_at: datetime
    known_until: datetime
    lead: str
    decisions: list[Asked]
    worded: bool  # the decisions were worded by somebody, no longer proposed
    solved: list[Item]
    late: list[Item]
    unreached: list[Unreached]
    places: int
    long: int  # days without a visit after which a place is named
    unanswered: list[Item]
    figures: list[Figure]
    source: str
    notes: list[str] = field(default_factory=list)
    today: date | None = None
