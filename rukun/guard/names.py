"""Names of persons: after a word that announces one, and given names that many bear."""

from rukun.guard.kinds import Finding
from rukun.guard.lexicon import (
    ADDRESS,
    CALLED,
    CAPITAL_ADDRESS,
    COMMON,
    COUNTED,
    GIVEN,
    INSIDE,
    NAMED,
    PARTS,
    PLACES,
    PREFIXES,
    RANKS,
    ROLES,
    TIMES,
    said,
)
from rukun.guard.places import named_places
from rukun.guard.tokens import Token, ends_sentence

LONGEST = 5  # words of one name
HEADS = frozenset({"kepala", "wali"})  # “Kepala Jorong Elfian” names a person, “Jorong Elfian” a place


# a name begins after one of these, or is one of them; the other words are not looked at
TELLING = ADDRESS | CAPITAL_ADDRESS | COUNTED | NAMED | CALLED | ROLES | RANKS | GIVEN | said("an a atas jorong nagari")


def names(words: list[Token]) -> list[Finding]:
    loud = shouted(words)
    inside = named_places(words)
    found: list[Finding] = []
    ahead = 0
    for place in [number for number, word in enumerate(words) if word[1] in TELLING]:
        if place < ahead:
            continue
        start = announced(words, place, loud)
        if words[place].low in RANKS:
            ahead = rank_and_name(words, place + 1, loud)
            continue
        if start is None and place not in inside and is_given(words, place, loud):
            start = place
        end = whole(words, start, loud) if start is not None else 0
        if start is None or end <= start:
            continue
        found.append(Finding("name", words[start].start, words[end - 1].end))
        ahead = end
    return found


def rank_and_name(words: list[Token], at: int, loud: bool) -> int:
    """A colleague is named with a rank, in the open; where that name ends."""
    end = at
    while end < len(words) and end - at < 3 and capital(words[end], loud) and words[end].low not in PLACES:
        end += 1
    return end


def shouted(words: list[Token]) -> bool:
    """All in capitals: then a capital says nothing."""
    letters = [word for word in words[:200] if word.is_word and len(word.text) > 1]
    return len(letters) > 3 and sum(word.text.isupper() for word in letters) > 0.7 * len(letters)


def capital(word: Token, loud: bool) -> bool:
    return word.is_word and word.is_title and not loud


def announced(words: list[Token], place: int, loud: bool) -> int | None:
    """Where the name begins that this word announces, if it announces one."""
    word = words[place]
    low = word.low
    if low in COUNTED and place and words[place - 1].text[0].isdigit():
        return None
    if low in ADDRESS or (low in CAPITAL_ADDRESS and title_follows(words, place, loud)):
        at = skip(words, place + 1, ".:")
        return at if at < len(words) and after_address(words, at, loud, small=low in ADDRESS) else None
    if low in NAMED or (low in CALLED and colon_follows(words, place)):
        at = skip(words, place + 1, ":")
        at = at + 1 if at < len(words) and words[at].low == "si" else at
        return at if at < len(words) and could_be(words[at], loud, small=True, initials=True) else None
    if low in CALLED:
        return place + 1 if place + 1 < len(words) and after_called(words, place + 1, loud) else None
    if (behalf := on_behalf(words, place)) is not None:
        plain = low == "an" and behalf == place + 1  # without its full stop, “an” is a word of other tongues
        return behalf if behalf < len(words) and could_be(words[behalf], loud, small=not plain) else None
    if low in {"jorong", "nagari"} and place and words[place - 1].low in HEADS and place + 1 < len(words) and words[place + 1].low in GIVEN:
        return place + 1 if capital(words[place + 1], loud) else None
    if low in ROLES:
        at = skip(words, place + 1, ":")
        known = at < len(words) and words[at].low not in ADDRESS
        if known and (capital(words[at], loud) or (at > place + 1 and words[at].low in GIVEN) or is_given(words, at, loud)):
            return at if could_be(words[at], loud, small=at > place + 1) else None
    return None


def after_address(words: list[Token], at: int, loud: bool, *, small: bool) -> bool:
    word = words[at]
    if word.low in ADDRESS or word.low in CAPITAL_ADDRESS:
        return False  # “bapak H. Sabaruddin”: the second word of address announces it
    if capital(word, loud):
        return could_be(word, loud, small=False)
    return small and could_be(word, loud, small=True) and word.start != words[at - 1].end


def after_called(words: list[Token], at: int, loud: bool) -> bool:
    """“namanya riko”, “nama Rahmat”; “nama ibu saya” and “nama kegiatan” announce nobody."""
    word = words[at]
    if word.low == "si" or not could_be(word, loud, small=True):
        return False
    return capital(word, loud) or word.low in GIVEN or words[at - 1].low != "nama"


def on_behalf(words: list[Token], place: int) -> int | None:
    """“an. …”, “a.n …”, “a/n …”, “atas nama …”: where the name begins."""
    low = words[place].low
    following = [word.low for word in words[place + 1 : place + 4]]
    if low == "an":
        return skip(words, place + 1, ".:")
    if low == "a" and len(following) > 1 and following[0] in (".", "/") and following[1] in ("n", "an"):
        return skip(words, place + 3, ".:")
    if low == "atas" and following[:1] == ["nama"]:
        return skip(words, place + 2, ":")
    return None


def skip(words: list[Token], at: int, signs: str) -> int:
    return at + 1 if at < len(words) and words[at].text in signs else at


def title_follows(words: list[Token], place: int, loud: bool) -> bool:
    at = skip(words, place + 1, ".")
    return at < len(words) and capital(words[at], loud) and not (words[place].low == "h" and at == place + 1)


def colon_follows(words: list[Token], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].text == ":"


def could_be(word: Token, loud: bool, *, small: bool, initials: bool = False) -> bool:
    """Whether a word may be somebody's name: no role, no place, no time, no verb; written small only where that is enough."""
    if not word.is_word or word.is_mark or word.low in COMMON or word.low in PLACES or word.low in TIMES or len(word.text) > 25:
        return False
    if word.text.isupper() and 1 < len(word.text) <= 3 and not loud and not initials:
        return False  # BK, LSM, SPKT: an office, not a person
    if word.low in ADDRESS or any(letter.isdigit() for letter in word.text):
        return False
    if capital(word, loud):
        return True
    if word.low in GIVEN or word.low in PARTS:
        return True
    return small and len(word.text) > 2 and not word.low.startswith(PREFIXES) and not is_passive(word.low)


def is_passive(low: str) -> bool:
    """“dipukul”, “kehilangan”, “rumahnya”: forms of verbs and things."""
    return (low.startswith("di") and len(low) > 5) or (low.startswith("ke") and low.endswith("an")) or low.endswith(("nya", "kan"))


def is_given(words: list[Token], place: int, loud: bool) -> bool:
    """A given name by itself; written small only where it opens no sentence about something else."""
    word = words[place]
    if word.low not in GIVEN or word.is_mark:
        return False
    return capital(word, loud) or word.low not in AMBIGUOUS


AMBIGUOUS = said(
    "akbar agung made sari putra surya mega maya indra fajar suci lestari rani citra bambang sukma salim ria okta juli januar arif karim aman ramadhan mitra galih "
    "murni amir rio isa umi nur dia eva ita lia meri mira muhammad basir mahdi dahlia kurnia rahma jamal komar kiki nia adi eri eka eko tri dwi ina iis "
    "icha dani reza rita hani soleh gilang ujang intan tini toni anas hafiz kartini fitri fitria febri saiful santoso"
) - {"eko", "toni", "reza", "rita", "anas", "dani"}


def whole(words: list[Token], start: int, loud: bool) -> int:
    """Where the name ends: capitals go on, small words only where they are known as names."""
    end = start + 1
    begun_with_capital = capital(words[start], loud)
    while end < len(words) and end - start < LONGEST:
        word = words[end]
        if word.low in INSIDE and end + 1 < len(words):
            following = skip(words, end + 1, ".")
            if following < len(words) and capital(words[following], loud):
                end = following + 1
                continue
            break
        known = word.low in PARTS and capital(word, loud)
        if not word.is_word or word.is_mark or not (known or could_be(word, loud, small=False)):
            break
        if begun_with_capital and not capital(word, loud):
            break
        if ends_sentence(words, end - 1):
            break
        end += 1
    if not begun_with_capital and end == start + 1 and end < len(words) and known_after(words[end]) and on_behalf_before(words, start):
        end += 1
    return end


def known_after(word: Token) -> bool:
    return could_be(word, False, small=True) and word.low not in PLACES


def on_behalf_before(words: list[Token], start: int) -> bool:
    """“an rina marlina”: both words are hers."""
    return any(words[before].low in ("an", "n", "nama") for before in range(max(0, start - 2), start))
