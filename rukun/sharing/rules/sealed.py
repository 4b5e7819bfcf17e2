"""What never travels in words: kinds of which only a number is shared, and points on the map."""

import re
from collections.abc import Iterable

SEALED_GROUPS = ("VUL", "ELC")
SEALED_CODES = frozenset({"CON-06"})
NUMBERS = re.compile(r"^([LK])[\s.-]*([0-9A-F]{4})[\s.-]*([0-9A-F]{4})$")
POINT = re.compile(r"(?<![\d.,])[-+]?\d{1,2}[.,]\d{3,}\s*°?\s*[NSUL]?\s*[,;/ ]\s*[-+]?\d{2,3}[.,]\d{3,}\s*°?\s*[EWBT]?(?![\d])", re.I)
DEGREES = re.compile(r"\d{1,3}\s*°\s*\d{1,2}\s*['′’][^,;\n]{0,12}?[,; ]+\s*\d{1,3}\s*°\s*\d{1,2}\s*['′’]\s*[\d.,]*\s*[\"″”]?\s*[EWBT]*")
MAP_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.[a-z.]+|google\.[a-z.]+/maps)\S*", re.I)
INSTEAD = "(titik lokasi hanya di aplikasi)"


def is_sealed(codes: Iterable[str | None]) -> bool:
    """Whether any of these kinds is one of which only a number may be shared: VUL-*, ELC-*, CON-06."""
    return any(code and (code.split("-")[0] in SEALED_GROUPS or code in SEALED_CODES) for code in codes)


def without_points(text: str) -> str:
    """The text with coordinates and links to a map taken out."""
    for pattern in (MAP_LINK, DEGREES, POINT):
        text = pattern.sub(INSTEAD, text)
    return text


def number_of(letter: str, key: str) -> str:
    """A record's number for people: "L-9C3F-2A17". The end of its key, since the beginning is the time."""
    digits = key.replace("-", "").upper()[-8:]
    return f"{letter}-{digits[:4]}-{digits[4:]}"


def key_of(number: str) -> tuple[str, str] | None:
    """The letter and the end of the key, however the number was typed; None for what is no number."""
    found = NUMBERS.match(number.strip().upper().removeprefix("NO").lstrip(". "))
    return (found[1], (found[2] + found[3]).lower()) if found else None
