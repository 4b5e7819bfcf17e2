"""A text as words, in one pass."""

import re
from typing import NamedTuple

from rukun.guard.kinds import PLACEHOLDERS

# a placeholder is one token and never read again; then words, then any other sign by itself
TOKEN = re.compile("|".join(re.escape(mark) for mark in PLACEHOLDERS.values()) + r"|[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|_|\n")
STOPS = frozenset(".;!?\n")


class Token(NamedTuple):
    """A word, a sign or a placeholder, and where it stands."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return len(self.text) > 1 and self.text[0] == "["

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_title(self) -> bool:
        """Begins with a capital."""
        return self.text[0].isupper()


def tokens(text: str) -> list[Token]:
    new = tuple.__new__  # what Token(…) does, without its wrapper: a long text has a hundred thousand of them
    return [new(Token, (said := found[0], said.casefold(), *found.span())) for found in TOKEN.finditer(text)]


def ends_sentence(words: list[Token], place: int) -> bool:
    """A full stop between digits, after an abbreviation of one or two letters, or inside a word ends nothing."""
    word = words[place]
    if word.text != ".":
        return word.text in STOPS
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or following.text == "\n":
        return True
    if following.start == word.end:
        return False
    if following.low in {"yg", "yang", "nan"}:
        return True  # “galian C. yg ribut itu …”: a new thought
    before = words[place - 1].low if place else ""
    return before not in ABBREVIATED and not (len(before) == 1 and before.isalpha())


ABBREVIATED = frozenset(
    {"jl", "jln", "gg", "no", "sdr", "sdri", "dt", "st", "hj", "an", "bpk", "dr", "tn", "ny", "alm", "kel", "rp", "tgl"}
)


def sentences(words: list[Token]) -> list[tuple[int, int]]:
    """From which token to which each sentence goes, the sign that ends it left out."""
    found, begin = [], 0
    for place in [number for number, word in enumerate(words) if word[0] in STOPS]:
        if ends_sentence(words, place):
            if place > begin:
                found.append((begin, place))
            begin = place + 1
    if begin < len(words):
        found.append((begin, len(words)))
    return found


def clauses(words: list[Token], begin: int, end: int) -> list[tuple[int, int]]:
    """The parts of a sentence between commas, colons and dashes that stand by themselves."""
    found, start = [], begin
    for place in range(begin, end):
        if words[place].text in ",:–" and not inside_number(words, place):
            if place > start:
                found.append((start, place))
            start = place + 1
    if start < end:
        found.append((start, end))
    return found


def inside_number(words: list[Token], place: int) -> bool:
    if not 0 < place < len(words) - 1:
        return False
    before, after = words[place - 1], words[place + 1]
    return before.text[0].isdigit() and after.text[0].isdigit() and after.start == words[place].end
