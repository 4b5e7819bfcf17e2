"""What a row of territory data can say, and what is wrong with one that says nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row was read."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class BadRow(ValueError):
    """A row that can't be read: where it stands, why, and what to do about it."""

    def __init__(self, place: Place, why: str, remedy: str, row: str = "") -> None:
        super().__init__(f"{place}: {why}. {remedy}")
        self.place, self.why, self.remedy, self.row = place, why, remedy, row


class NothingToRead(ValueError):
    """A file or folder holds no territory data at all."""


# What becomes of a bad row: the strict answer raises it, the other sets it aside.
OnBad = Callable[[BadRow], None]


def strict(bad: BadRow) -> None:
    raise bad


@dataclass(frozen=True, slots=True)
class Named:
    """An area exists and is called so."""

    place: Place
    code: str
    name: str
    kind: str = ""  # "" where the source doesn't say: the rules do
    parent: str = ""  # code of what lies above, "" where only the code itself says it


@dataclass(frozen=True, slots=True)
class Measured:
    place: Place
    code: str
    km2: float


@dataclass(frozen=True, slots=True)
class Counted:
    place: Place
    code: str
    people: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The middle of an area."""

    place: Place
    code: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Outlined:
    """The border of an area: rings of (longitude, latitude) as published, mended later."""

    place: Place
    code: str
    polygons: list[list[list[tuple[float, float]]]]
    digest: str  # of what was published
    mended: tuple[str, ...] = ()


Row = Named | Measured | Counted | Placed | Outlined


NEAR = 0.05  # degrees: two middles of the same area, reckoned in different ways, agree within five kilometres


def agree(one: Row, other: Row) -> bool:
    """Whether two files say the same of an area; of its middle, roughly the same."""
    match one, other:
        case Named(), Named():
            return (one.name, one.kind, one.parent) == (other.name, other.kind, other.parent)
        case Measured(), Measured():
            return one.km2 == other.km2
        case Counted(), Counted():
            return one.people == other.people
        case Placed(), Placed():
            return abs(one.longitude - other.longitude) < NEAR and abs(one.latitude - other.latitude) < NEAR
        case Outlined(), Outlined():
            return one.digest == other.digest
    return False
