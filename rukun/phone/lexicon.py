"""The guard's words for its small twin on the phone, which hints without a network; taken from the guard itself, never copied."""

from typing import Any

from rukun.guard import cues, kinds, numbers, signs, tokens

CUES = (
    "CHOICE", "CONTEST", "NUMBERS", "OUTRIGHT", "POLITICAL", "WATCHED", "PERSONS", "TRAITS", "PEOPLES", "ABOUT", "NEUTRAL", "EVENT", "LEADS",
    "LAND", "HOLDS",
)  # fmt: skip
SIGNS = (
    "DANGER", "NOW", "BLOWS", "CRIES", "NOT_YET", "RETURNED", "LOST", "OVER", "BEFORE", "LONG_AGO", "GOODS", "GIVEN_OUT", "VOTES", "ENVELOPE",
)  # fmt: skip


def lexicon() -> dict[str, Any]:
    """Lists as words between spaces: half the size on the way, and the phone makes sets of them."""

    def told(words: frozenset[str] | set[str]) -> str:
        return " ".join(sorted(words))

    return {
        "placeholders": dict(kinds.PLACEHOLDERS),
        "sentences": {kind: str(sentence) for kind, sentence in kinds.SENTENCES.items()},
        "regions": told(numbers.REGIONS),
        "units": told(numbers.UNITS),
        "words": {name: told(getattr(cues, name)) for name in CUES}
        | {name: told(getattr(signs, name)) for name in SIGNS}
        | {"ABBREVIATED": told(tokens.ABBREVIATED)},
        "groups": [[kind, told(group), told(watched), told(excused)] for kind, group, watched, excused in cues.GROUPS],
        "pairs": {"rising": [list(pair) for pair in signs.RISING], "outright": [list(pair) for pair in signs.OUTRIGHT]},
    }
