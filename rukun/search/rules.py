"""Words as they are looked for: stems, the places a row belongs to, and what is no question to ask here; pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rukun.guard import read

WORD = re.compile(r"[a-z0-9]+")
MOST = 8  # words of a question
SHORT = 3  # letters from which on the beginning of a word finds it
# said everywhere, telling nothing
STOP = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "dengan",
        "untuk",
        "pada",
        "adalah",
        "itu",
        "ini",
        "ada",
        "oleh",
        "atau",
        "dalam",
        "akan",
        "sudah",
        "telah",
        "juga",
        "para",
        "si",
        "sang",
        "agar",
        "karena",
        "saat",
        "sebagai",
        "tidak",
        "belum",
        "masih",
        "lagi",
        "saja",
        "bisa",
        "dapat",
        "ia",
        "dia",
        "mereka",
        "kami",
        "kita",
        "saya",
        "anda",
        "nya",
        "pun",
        "the",
        "of",
        "and",
        "in",
        "at",
        "to",
    ]
)
# where the stemmer goes two ways with one word, or takes a piece of a name for an ending
KNOWN = {
    "kelahi": "kelahi", "berkelahi": "kelahi", "perkelahian": "kelahi", "nagari": "nagari", "kenagarian": "nagari", "balai": "balai",
    "masalah": "masalah", "permasalahan": "masalah", "bermasalah": "masalah", "curanmor": "curanmor", "pemalakan": "palak", "dipalak": "palak",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: stems that all must be there, the last perhaps only begun."""

    stems: tuple[str, ...]

    def finds(self, word: str) -> bool:
        """Whether this word of a text is one that was asked for."""
        stems = stems_of(word)
        return bool(stems) and (stems[0] in self.stems or self.begins(stems[0]))

    def begins(self, stem: str) -> bool:
        return bool(self.stems) and len(self.stems[-1]) >= SHORT and stem.startswith(self.stems[-1])


def question(text: str) -> Question:
    return Question(tuple(dict.fromkeys(stems_of(text)))[:MOST])


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers, accents taken off."""
    return WORD.findall(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower())


def stems_of(text: str) -> list[str]:
    return [stem(word) for word in words_of(text) if word not in STOP]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    if word in KNOWN or word.isdigit() or len(word) < SHORT:
        return KNOWN.get(word, word)
    return stemmer().stemWord(word) or word


@lru_cache(maxsize=1)
def stemmer():  # type: ignore[no-untyped-def]  # the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("indonesian")


# --- where a row stands, as words that no text can hold ----------------------------------------------------------------------------


def places(areas: Iterable[str], unit: str, author: int | None, widths: tuple[tuple[int, ...], tuple[int, ...]]) -> list[str]:
    """Everything a row lies in: each area above its areas, each unit above its unit, its author."""
    area_lengths, unit_lengths = widths
    found = {"_a"} if areas else set()
    for path in areas:
        found |= {f"_a{path[:length]}" for length in area_lengths if length <= len(path)}
    found |= {f"_u{unit[:length]}" for length in unit_lengths if unit and length <= len(unit)}
    if author is not None:
        found.add(f"_o{author}")
    return sorted(found)


# --- what is not asked here --------------------------------------------------------------------------------------------------------

REFUSED_NUMBERS = frozenset({"nik", "phone", "email", "plate", "account", "handle"})


def refusals(text: str) -> set[str]:
    """What in a question looks for a person: "number", "name" or "subject"; empty where it looks for a matter or a place."""
    kinds = {finding.kind: finding for finding in read(text).findings}
    found = set()
    if REFUSED_NUMBERS & set(kinds):
        found.add("number")
    if "name" in kinds:
        found.add("name")
    if any(finding.refused for finding in kinds.values()):
        found.add("subject")
    return found
