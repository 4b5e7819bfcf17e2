"""What a row of territory data can say, and what is wrong with one that says nothing."""

from dataclasses import dataclass

from rukun.lib.table import BadRow, OnBad, Place, strict

__all__ = [
    "BadRow", "Counted", "Measured", "Named", "NothingToRead", "OnBad", "Outlined", "Place", "Placed", "Row", "agree", "strict",
]  # fmt: skip


class NothingToRead(ValueError):
    """A file or folder holds no territory data at all."""


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
