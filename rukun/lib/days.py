"""Reads a day, or the time of a day, as people and programs write it. Never guesses: day before month, four digits of a year."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache

from django.utils.translation import gettext as _

# 2021-05-12 · 12/05/2021 · 12-05-2021 · 12.05.2021 · 12 Mei 2021 · 20210512; what follows after a T or a space is a time, and is left
USUAL = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y/%m/%d", "%Y%m%d")
MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari january jan", "februari february pebruari feb peb", "maret march mar", "april apr", "mei may", "juni june jun",
         "juli july jul", "agustus august agu agt aug", "september sep sept", "oktober october okt oct", "november nopember nov nop",
         "desember december des dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s+", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z]+")
TAIL = re.compile(r"(?<=\d)T\d{2}.*$|\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[A-Z]{3,4})?$")  # a time behind the day
CLOCK = re.compile(r"(?:.*\d[T\s])?(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*(?:WIB|WITA|WIT|Z|[+-]\d{2}:?\d{2}))?", re.IGNORECASE)
SERIAL = range(18_264, 73_050)  # what a spreadsheet makes of the days from 1950 to 2099


class NotADay(ValueError):
    """This text is no day, or could be two."""


class NotATime(ValueError):
    """This text is no time of a day."""


@lru_cache(maxsize=20_000)
def day_of(text: str, formats: Sequence[str] = USUAL) -> date:
    """The day that is meant; raises NotADay with a reason."""
    text = " ".join(text.split())
    written = TAIL.sub("", WEEKDAY.sub("", text))
    plain = WORD.sub(lambda word: str(MONTHS.get(word[0].lower(), word[0])), written)
    for candidate in dict.fromkeys((written, plain)):
        for form in formats:
            try:
                return datetime.strptime(candidate, form).date()
            except ValueError:
                continue
    if text.isdigit() and int(text) in SERIAL:
        raise NotADay(_("“%s” is a spreadsheet's number of a day") % text)
    raise NotADay(_("“%s” is no day that we can read") % text[:40])


def time_of(text: str) -> time | None:
    """The time of a day, alone or behind a day; None where there is none; raises NotATime."""
    text = " ".join(text.split())
    if not text:
        return None
    found = CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise NotATime(_("“%s” is no time of a day") % text[:40])
    return time(int(found[1]), int(found[2]))
