"""A text as words, in one pass."""

import re
from functools import cached_property
from itertools import accumulate

from rukun.guard.kinds import PLACEHOLDERS

# a placeholder is one token and never read again; then words, then any other sign by itself
TOKEN = r"(?:" + "|".join(re.escape(mark) for mark in PLACEHOLDERS.values()) + r"|[^\W_]+(?:['’][^\W_]+)?|[^\w\s]|_|\n)"
PIECE = re.compile(TOKEN + r"[^\S\n]*")  # with the gap behind it, so that together they are the whole text
STOPS = frozenset(".;!?\n")


def is_word(said: str) -> bool:
    """Neither a sign nor a placeholder, and no number."""
    return said[0].isalpha()


class Words:
    """The words of a text in columns, each looked through at the speed of C; one of them by its number."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = PIECE.findall(text)
        self.text = [piece.rstrip() or "\n" for piece in pieces] if "\n" in text else list(map(str.rstrip, pieces))
        self.low = list(map(str.casefold, self.text))
        self.start = list(accumulate(map(len, pieces[:-1]), initial=first_sign(text))) if pieces else []

    def __len__(self) -> int:
        return len(self.text)

    def end(self, place: int) -> int:
        return self.start[place] + len(self.text[place])

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """From which word to which each sentence goes, the sign that ends it left out."""
        found, begin = [], 0
        for place in [number for number, sign in enumerate(self.text) if sign in STOPS]:
            if ends_sentence(self, place):
                if place > begin:
                    found.append((begin, place))
                begin = place + 1
        if begin < len(self.text):
            found.append((begin, len(self.text)))
        return found

    def among(self, wanted: frozenset[str]) -> list[int]:
        """The places of these words."""
        return [place for place, said in enumerate(self.low) if said in wanted]


def first_sign(text: str) -> int:
    """Where the gap before the first word ends; a new line is a word here."""
    return next((place for place, sign in enumerate(text) if sign == "\n" or not sign.isspace()), 0)


def tokens(text: str) -> Words:
    return Words(text)


def ends_sentence(words: Words, place: int) -> bool:
    """A full stop between digits, after an abbreviation of one or two letters, or inside a word ends nothing."""
    if words.text[place] != ".":
        return words.text[place] in STOPS
    if place + 1 >= len(words.text) or words.text[place + 1] == "\n":
        return True
    if words.start[place + 1] == words.start[place] + 1:
        return False
    if words.low[place + 1] in {"yg", "yang", "nan"}:
        return True  # “galian C. yg ribut itu …”: a new thought
    before = words.low[place - 1] if place else ""
    return before not in ABBREVIATED and not (len(before) == 1 and before.isalpha())


ABBREVIATED = frozenset(
    {"jl", "jln", "gg", "no", "sdr", "sdri", "dt", "st", "hj", "an", "bpk", "dr", "tn", "ny", "alm", "kel", "rp", "tgl"}
)


def clauses(words: Words, begin: int, end: int) -> list[tuple[int, int]]:
    """The parts of a sentence between commas, colons and dashes that stand by themselves."""
    found, start = [], begin
    for place in range(begin, end):
        if words.text[place] in ",:–" and not inside_number(words, place):
            if place > start:
                found.append((start, place))
            start = place + 1
    if start < end:
        found.append((start, end))
    return found


def inside_number(words: Words, place: int) -> bool:
    if not 0 < place < len(words) - 1:
        return False
    before, after = words.text[place - 1], words.text[place + 1]
    return before[0].isdigit() and after[0].isdigit() and words.start[place + 1] == words.start[place] + 1
