"""What can be told, and how its subject is found again: rooms above declare both when they are ready, so that this floor knows none.

    kinds.declare("report.answered", _("Your report has been answered"))
    kinds.about("report", find)        find(actor, keys) -> {key: Subject}, of those alone that this actor may see now

A notice keeps a reference and never the words of what it tells of; they are fetched when it is shown.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from rukun.access.scope import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    sentence: str | Promise
    while_open: bool = False  # not worth showing once its subject is settled


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice leads to, as it is at this moment."""

    title: str
    url: str
    settled: bool = False  # kept, finished, over


Find = Callable[[Actor, Collection[str]], Mapping[str, Subject]]

KINDS: dict[str, Kind] = {}
FINDERS: dict[str, Find] = {}


class UnknownKind(LookupError):
    """A notice of a kind that no room has declared: most likely a slip of the pen."""


def declare(name: str, sentence: str | Promise, *, while_open: bool = False) -> None:
    KINDS[name] = Kind(name, sentence, while_open)


def about(noun: str, find: Find) -> None:
    FINDERS[noun] = find
