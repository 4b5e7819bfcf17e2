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
from rukun.guard.tokens import Words, ends_sentence, is_word

LONGEST = 5  # words of one name
HEADS = frozenset({"kepala", "wali"})  # “Kepala Jorong Elfian” names a person, “Jorong Elfian” a place


# a name begins after one of these, or is one of them; the other words are not looked at
NOBODY = COMMON | PLACES | TIMES | ADDRESS
TELLING = ADDRESS | CAPITAL_ADDRESS | COUNTED | NAMED | CALLED | ROLES | RANKS | GIVEN | said("an a atas jorong nagari")


def names(words: Words) -> list[Finding]:
    loud = shouted(words)
    inside = named_places(words)
    found: list[Finding] = []
    ahead = 0
    for place in words.among(TELLING):
        if place < ahead:
            continue
        start = announced(words, place, loud)
        if words.low[place] in RANKS:
            ahead = rank_and_name(words, place + 1, loud)
            continue
        if start is None and place not in inside and is_given(words, place, loud):
            start = place
        end = whole(words, start, loud) if start is not None else 0
        if start is None or end <= start:
            continue
        found.append(Finding("name", words.start[start], words.end(end - 1)))
        ahead = end
    return found


def rank_and_name(words: Words, at: int, loud: bool) -> int:
    """A colleague is named with a rank, in the open; where that name ends."""
    end = at
    while end < len(words) and end - at < 3 and capital(words.text[end], loud) and words.low[end] not in PLACES:
        end += 1
    return end


def shouted(words: Words) -> bool:
    """All in capitals: then a capital says nothing."""
    letters = [said for said in words.text[:200] if said[0].isalpha() and len(said) > 1]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.7 * len(letters)


def capital(said: str, loud: bool) -> bool:
    return not loud and said[0].isupper() and is_word(said)


def announced(words: Words, place: int, loud: bool) -> int | None:
    """Where the name begins that this word announces, if it announces one."""
    low = words.low[place]
    if low in COUNTED and place and words.text[place - 1][0].isdigit():
        return None
    if low in ADDRESS or (low in CAPITAL_ADDRESS and title_follows(words, place, loud)):
        at = skip(words, place + 1, ".:")
        return at if at < len(words) and after_address(words, at, loud, small=low in ADDRESS) else None
    if low in NAMED or (low in CALLED and colon_follows(words, place)):
        at = skip(words, place + 1, ":")
        at = at + 1 if at < len(words) and words.low[at] == "si" else at
        return at if at < len(words) and could_be(words, at, loud, small=True, initials=True) else None
    if low in CALLED:
        return place + 1 if place + 1 < len(words) and after_called(words, place + 1, loud) else None
    if (behalf := on_behalf(words, place)) is not None:
        plain = low == "an" and behalf == place + 1  # without its full stop, “an” is a word of other tongues
        return behalf if behalf < len(words) and could_be(words, behalf, loud, small=not plain) else None
    if low in {"jorong", "nagari"} and place and words.low[place - 1] in HEADS and place + 1 < len(words) and words.low[place + 1] in GIVEN:
        return place + 1 if capital(words.text[place + 1], loud) else None
    if low in ROLES:
        at = skip(words, place + 1, ":")
        known = at < len(words) and words.low[at] not in ADDRESS
        if known and (capital(words.text[at], loud) or (at > place + 1 and words.low[at] in GIVEN) or is_given(words, at, loud)):
            return at if could_be(words, at, loud, small=at > place + 1) else None
    return None


def after_address(words: Words, at: int, loud: bool, *, small: bool) -> bool:
    low = words.low[at]
    if low in ADDRESS or low in CAPITAL_ADDRESS:
        return False  # “bapak H. Sabaruddin”: the second word of address announces it
    if capital(words.text[at], loud):
        return could_be(words, at, loud, small=False)
    return small and could_be(words, at, loud, small=True) and words.start[at] != words.end(at - 1)


def after_called(words: Words, at: int, loud: bool) -> bool:
    """“namanya riko”, “nama Rahmat”; “nama ibu saya” and “nama kegiatan” announce nobody."""
    low = words.low[at]
    if low == "si" or not could_be(words, at, loud, small=True):
        return False
    return capital(words.text[at], loud) or low in GIVEN or words.low[at - 1] != "nama"


def on_behalf(words: Words, place: int) -> int | None:
    """“an. …”, “a.n …”, “a/n …”, “atas nama …”: where the name begins."""
    low = words.low[place]
    if low == "an":
        return skip(words, place + 1, ".:")
    following = words.low[place + 1 : place + 4]
    if low == "a" and len(following) > 1 and following[0] in (".", "/") and following[1] in ("n", "an"):
        return skip(words, place + 3, ".:")
    if low == "atas" and following[:1] == ["nama"]:
        return skip(words, place + 2, ":")
    return None


def skip(words: Words, at: int, signs: str) -> int:
    return at + 1 if at < len(words) and words.text[at] in signs else at


def title_follows(words: Words, place: int, loud: bool) -> bool:
    at = skip(words, place + 1, ".")
    return at < len(words) and capital(words.text[at], loud) and not (words.low[place] == "h" and at == place + 1)


def colon_follows(words: Words, place: int) -> bool:
    return place + 1 < len(words) and words.text[place + 1] == ":"


def could_be(words: Words, at: int, loud: bool, *, small: bool, initials: bool = False) -> bool:
    """Whether a word may be somebody's name: no role, no place, no time, no verb; written small only where that is enough."""
    said, low = words.text[at], words.low[at]
    if not is_word(said) or low in NOBODY or len(said) > 25:
        return False
    if 1 < len(said) <= 3 and said.isupper() and not loud and not initials:
        return False  # BK, LSM, SPKT: an office, not a person
    if not said.isalpha() and any(map(str.isdigit, said)):
        return False
    if capital(said, loud):
        return True
    if low in GIVEN or low in PARTS:
        return True
    return small and len(said) > 2 and not low.startswith(PREFIXES) and not is_passive(low)


def is_passive(low: str) -> bool:
    """“dipukul”, “kehilangan”, “rumahnya”: forms of verbs and things."""
    return (low.startswith("di") and len(low) > 5) or (low.startswith("ke") and low.endswith("an")) or low.endswith(("nya", "kan"))


def is_given(words: Words, place: int, loud: bool) -> bool:
    """A given name by itself; written small only where it opens no sentence about something else."""
    low = words.low[place]
    return low in GIVEN and (capital(words.text[place], loud) or low not in AMBIGUOUS)


AMBIGUOUS = said(
    "akbar agung made sari putra surya mega maya indra fajar suci lestari rani citra bambang sukma salim ria okta juli januar arif karim aman ramadhan mitra galih "
    "murni amir rio isa umi nur dia eva ita lia meri mira muhammad basir mahdi dahlia kurnia rahma jamal komar kiki nia adi eri eka eko tri dwi ina iis "
    "icha dani reza rita hani soleh gilang ujang intan tini toni anas hafiz kartini fitri fitria febri saiful santoso"
) - {"eko", "toni", "reza", "rita", "anas", "dani"}


def whole(words: Words, start: int, loud: bool) -> int:
    """Where the name ends: capitals go on, small words only where they are known as names."""
    end = start + 1
    begun_with_capital = capital(words.text[start], loud)
    while end < len(words) and end - start < LONGEST:
        said, low = words.text[end], words.low[end]
        if low in INSIDE and end + 1 < len(words):
            following = skip(words, end + 1, ".")
            if following < len(words) and capital(words.text[following], loud):
                end = following + 1
                continue
            break
        known = low in PARTS and capital(said, loud)
        if not is_word(said) or not (known or could_be(words, end, loud, small=False)):
            break
        if begun_with_capital and not capital(said, loud):
            break
        if ends_sentence(words, end - 1):
            break
        end += 1
    if not begun_with_capital and end == start + 1 and end < len(words) and known_after(words, end) and on_behalf_before(words, start):
        end += 1
    return end


def known_after(words: Words, at: int) -> bool:
    return could_be(words, at, False, small=True) and words.low[at] not in PLACES


def on_behalf_before(words: Words, start: int) -> bool:
    """“an rina marlina”: both words are hers."""
    return any(words.low[before] in ("an", "n", "nama") for before in range(max(0, start - 2), start))
