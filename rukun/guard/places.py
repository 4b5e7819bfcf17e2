"""Where a text says where and when: what is kept of it whatever else is left out, and what is no name of a person."""

from rukun.guard.lexicon import COMMON, DWELLINGS, GIVEN, PLACES, PREPOSITIONS, TIMES
from rukun.guard.tokens import Words, is_word


def chain(words: Words, place: int) -> int:
    """Where the name of a place ends that begins with this word: Surau Nurul Iman, jl lingkar, RT 03 RW 07."""
    end = place + 1
    while end < len(words) and end - place <= 8:
        said, low = words.text[end], words.low[end]
        if not (low in PLACES or said[0].isdigit() or is_proper(said, low) or abbreviates(words, place, end)):
            break
        end += 1
    if end == place + 1 and end < len(words) and is_word(words.text[end]) and words.low[end] not in COMMON and words.low[end] not in TIMES:
        end += 1  # written small: the next word names it
        if end < len(words) and words.low[end] in GIVEN:
            end += 1
    return end


def is_proper(said: str, low: str) -> bool:
    return is_word(said) and (said[0].isupper() or len(said) == 1) and low not in COMMON


def abbreviates(words: Words, place: int, end: int) -> bool:
    """The full stop of “Jl. Melati”."""
    return words.text[end] == "." and end == place + 1 < len(words) - 1 and words.low[place] in {"jl", "jln", "gg", "no"}


def named_places(words: Words) -> set[int]:
    """The words that stand in the name of a place: jalan Ahmad is no person."""
    inside: set[int] = set()
    end = 0
    for place in words.among(PLACES):
        if place >= end:
            end = chain(words, place)
            inside.update(range(place, end))
    return inside


def facts(words: Words, begin: int, end: int) -> set[int]:
    """Where and when, within these bounds: “di Pasar Aia Baliang”, “Senin pukul 09.00”, “besok pagi”."""
    kept: set[int] = set()
    to = begin
    for place, low in enumerate(words.low[begin:end], begin):
        if place < to:
            continue
        if low in PREPOSITIONS and (after := place_after(words, place, end)):
            to = after
        elif low in TIMES:
            to = moment(words, place, end)
        else:
            continue
        kept.update(range(place, to))
    return kept


def place_after(words: Words, place: int, end: int) -> int:
    """Where the place ends that a preposition opens; 0 where it opens none, or a home."""
    at = place + 1
    while at < end and words.low[at] in PREPOSITIONS:
        at += 1
    if at >= end or words.low[at] in DWELLINGS:
        return 0
    if words.low[at] in PLACES:
        return min(chain(words, at), end)
    if words.low[at] in TIMES:
        return moment(words, at, end)
    if words.text[at][0].isupper() and words.low[at] not in COMMON and words.low[place] != "pada":
        while at < end and words.text[at][0].isupper():
            at += 1
        return at
    return 0


def moment(words: Words, place: int, end: int) -> int:
    """A time goes on over numbers, the dot between them and further words of time."""
    at = place + 1
    while at < end and (
        words.low[at] in TIMES or words.text[at][0].isdigit() or (words.text[at] in ".-/" and digit_follows(words, at, end))
    ):
        at += 1
    return at


def digit_follows(words: Words, at: int, end: int) -> bool:
    return at + 1 < end and words.text[at + 1][0].isdigit()
