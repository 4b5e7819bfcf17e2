"""Reads a text once and says what may be kept of it."""

from bisect import bisect_left, bisect_right

from rukun.guard.kinds import PLACEHOLDERS, Finding, Reading
from rukun.guard.names import names
from rukun.guard.numbers import apart, numbers
from rukun.guard.signs import signs
from rukun.guard.subjects import subjects, without
from rukun.guard.tokens import Words, tokens

ROUNDS = 6  # what was replaced may uncover what stood beside it


def read(text: str, *, kind: str = "report") -> Reading:
    """What of a text may be stored. `kind` is "report" or "visit": a visit may say that nothing was said."""
    clean, replaced, words = replace(text)
    refused = subjects(words)
    found = [*replaced, *map(Origins(replaced).of, refused)]
    found += [Finding(name, 0, len(text)) for name in signs(words, kind)]
    offered = clean
    for _round in range(ROUNDS):
        if not refused:
            break
        offered, _again, left = replace(without(offered, refused))
        refused = subjects(left)
    if refused:
        offered = ""
    return Reading(clean=clean, findings=tuple(sorted(found, key=lambda one: (one.start, -one.end))), offered=offered)


def replace(text: str) -> tuple[str, list[Finding], Words]:
    """The text with placeholders, what they stand for, and its words; again, until nothing more is found."""
    found: list[Finding] = []
    clean, words = text, tokens(text)
    for _round in range(ROUNDS):
        fresh = identities(clean, words)
        if not fresh:
            break
        found = apart([*found, *map(Origins(found).of, fresh)])
        clean = masked(text, found)
        words = tokens(clean)
    return clean, found, words


def identities(text: str, words: Words) -> list[Finding]:
    """Numbers before names: a name stands beside a number more often than inside one."""
    return apart([*numbers(text), *names(words)])


def masked(text: str, found: list[Finding]) -> str:
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], PLACEHOLDERS[one.kind]]
        at = one.end
    return "".join([*parts, text[at:]])


class Origins:
    """Where a part of the clean text stood in the text as typed."""

    def __init__(self, found: list[Finding]) -> None:
        self.starts: list[int] = []  # of each placeholder, in the clean text
        self.found = found
        shift = 0
        for one in found:
            self.starts.append(one.start + shift)
            shift += len(PLACEHOLDERS[one.kind]) - (one.end - one.start)

    def of(self, one: Finding) -> Finding:
        if not self.found:
            return one
        return Finding(one.kind, self.back(one.start, after=False), self.back(one.end, after=True))

    def back(self, place: int, *, after: bool) -> int:
        number = (bisect_left if after else bisect_right)(self.starts, place) - 1
        if number < 0:
            return place
        before = self.found[number]
        end = self.starts[number] + len(PLACEHOLDERS[before.kind])
        if place < end:
            return before.end if after else before.start
        return before.end + place - end
