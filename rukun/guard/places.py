"""Where a text says where and when: what is kept of it whatever else is left out, and what is no name of a person."""

from rukun.guard.lexicon import COMMON, DWELLINGS, GIVEN, PLACES, PREPOSITIONS, TIMES
from rukun.guard.tokens import Token


def chain(words: list[Token], place: int) -> int:
    """Where the name of a place ends that begins with this word: Surau Nurul Iman, jl lingkar, RT 03 RW 07."""
    end = place + 1
    while end < len(words) and end - place <= 8:
        word = words[end]
        if not (word.low in PLACES or word.text[0].isdigit() or is_proper(word) or abbreviates(words, place, end)):
            break
        end += 1
    if end == place + 1 and end < len(words) and words[end].is_word and words[end].low not in COMMON and words[end].low not in TIMES:
        end += 1  # written small: the next word names it
        if end < len(words) and words[end].low in GIVEN:
            end += 1
    return end


def is_proper(word: Token) -> bool:
    return word.is_word and (word.is_title or len(word.text) == 1) and word.low not in COMMON


def abbreviates(words: list[Token], place: int, end: int) -> bool:
    """The full stop of “Jl. Melati”."""
    return words[end].text == "." and end == place + 1 < len(words) - 1 and words[place].low in {"jl", "jln", "gg", "no"}


def named_places(words: list[Token]) -> set[int]:
    """The words that stand in the name of a place: jalan Ahmad is no person."""
    inside: set[int] = set()
    place = 0
    while place < len(words):
        if words[place].low in PLACES:
            end = chain(words, place)
            inside.update(range(place, end))
            place = end
        else:
            place += 1
    return inside


def facts(words: list[Token], begin: int, end: int) -> set[int]:
    """Where and when, within these bounds: “di Pasar Aia Baliang”, “Senin pukul 09.00”, “besok pagi”."""
    kept: set[int] = set()
    place = begin
    while place < end:
        word = words[place]
        if word.low in PREPOSITIONS and (to := place_after(words, place, end)):
            kept.update(range(place, to))
            place = to
        elif word.low in TIMES:
            to = moment(words, place, end)
            kept.update(range(place, to))
            place = to
        else:
            place += 1
    return kept


def place_after(words: list[Token], place: int, end: int) -> int:
    """Where the place ends that a preposition opens; 0 where it opens none, or a home."""
    at = place + 1
    while at < end and words[at].low in PREPOSITIONS:
        at += 1
    if at >= end or words[at].low in DWELLINGS:
        return 0
    if words[at].low in PLACES:
        return min(chain(words, at), end)
    if words[at].low in TIMES:
        return moment(words, at, end)
    if words[at].is_title and words[at].low not in COMMON and words[place].low != "pada":
        while at < end and words[at].is_title:
            at += 1
        return at
    return 0


def moment(words: list[Token], place: int, end: int) -> int:
    """A time goes on over numbers, the dot between them and further words of time."""
    at = place + 1
    while at < end and (
        words[at].low in TIMES or words[at].text[0].isdigit() or (words[at].text in ".-/" and digit_follows(words, at, end))
    ):
        at += 1
    return at


def digit_follows(words: list[Token], at: int, end: int) -> bool:
    return at + 1 < end and words[at + 1].text[0].isdigit()
