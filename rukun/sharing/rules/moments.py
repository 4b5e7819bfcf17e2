"""Days and hours as people write them in WhatsApp: "Senin, 2 Maret 2026 pukul 09.00 WIB", "02-03-2026 jam 9 pagi"."""

import re
from datetime import date, time, timedelta

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
OTHER_DAYS = {
    "jum'at": "jumat",
    "jum’at": "jumat",
    "ahad": "minggu",
    "sanayan": "senin",
    "salasa": "selasa",
    "kamih": "kamis",
    "jumaik": "jumat",
}
MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "maret": 3, "mar": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agust": 8, "agu": 8, "ags": 8, "agt": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12, "des": 12,
}  # fmt: skip
NAMED = re.compile(
    r"(?<!\d)(\d{1,2})\s*[-/ ]?\s*("
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\b\.?(?:\s*[-/,]?\s*(\d{4}|\d{2})(?![\d:]|\.\d))?",
    re.I,
)
DIGITS = re.compile(r"(?<![\d.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
WEEKDAY = re.compile(r"\b(" + "|".join([*DAYS, *OTHER_DAYS]) + r")\b", re.I)
RELATIVE = (
    (re.compile(r"\bhari\s+ini\b|\btadi\s+(?:pagi|siang|sore)\b|\bbarusan\b", re.I), 0),
    (re.compile(r"\bkemar[ie]n\b|\bkmrn\b|\btadi\s+malam\b|\bmalam\s+tadi\b|\bsemalam\b", re.I), 1),
)
CLOCK = re.compile(
    r"(?:\b(?:pukul|pukua|pkl|jam)\b\s*\.?\s*:?\s*(\d{1,2})(?:\s*[.:]\s*(\d{2}))?(?!\d)|(?<![\d.:/-])(\d{1,2})[.:](\d{2})(?![\d.:])(?=\s*(?:wib|wita|wit\b|s\s*/?\s*d|sd\b|sampai|hingga|[-–]|$)))"
    r"(?:\s*(?:s\s*/?\s*d|s\.d\.?|sd|sampai|hingga|[-–])\s*(?:dengan\s*)?(?:\d{1,2}[.:]\d{2}|selesai))?(?:\s*(wib|wita|wit)\b)?(?:\s*(pagi|siang|sore|malam|dini\s+hari|subuh))?",
    re.I,
)  # fmt: skip
ZONE = re.compile(r"\b(WIB|WITA|WIT)\b")


def day_in(text: str, today: date) -> date | None:
    """The first day that a text names; without a year, the latest that is not after today. None where it names none that exists."""
    for pattern, order in ((ISO, (3, 2, 1)), (NAMED, (1, 2, 3)), (DIGITS, (1, 3, 4))):
        if found := pattern.search(text):
            day, month, year = (found[group] for group in order)
            return made(int(day), MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0), year, today)
    return None


def made(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this <= today else date(today.year - 1, month, day)
    except ValueError:
        return None


def day_around(text: str, today: date) -> date | None:
    """Today or yesterday, where a text says so."""
    return next((today - timedelta(days=back) for pattern, back in RELATIVE if pattern.search(text)), None)


def weekday_in(text: str) -> int | None:
    """The day of the week that a text names, 0 for Monday."""
    if not (found := WEEKDAY.search(text)):
        return None
    word = found[1].lower()
    return DAYS.index(OTHER_DAYS.get(word, word))


def clock_in(text: str) -> time | None:
    """The first hour that a text names: "pukul 09.00 WIB", "jam 9 malam", "19.30 s/d 21.00 WIB"."""
    for found in CLOCK.finditer(text):
        hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
        part = (found[6] or "").lower()
        if (part == "malam" and 6 <= hour < 12) or (part == "sore" and hour < 12) or (part == "siang" and 1 <= hour <= 4):
            hour += 12
        if hour == 24:
            hour = 0
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None


def zone_in(text: str) -> str:
    """WIB, WITA or WIT, where a text names it."""
    found = ZONE.search(text)
    return found[1] if found else ""


def without_moment(text: str) -> str:
    """What a line says besides a day and an hour."""
    for pattern in (ISO, NAMED, DIGITS, CLOCK, WEEKDAY, ZONE):
        text = pattern.sub(" ", text)
    text = re.sub(r"\b(pada|hari|tanggal|tgl|pukul|pkl|jam|waktu|s\s*/?\s*d|selesai|ini)\b", " ", text, flags=re.I)
    return re.sub(r"[\s,:;/.\-–()]+", " ", text).strip()


def without_clock(text: str) -> str:
    """What stands before a day or an hour: "lapau simpang" of "lapau simpang pukul 09.00 WIB"."""
    cut = min((found.start() for pattern in (ISO, NAMED, DIGITS, CLOCK) if (found := pattern.search(text))), default=len(text))
    return re.sub(r"\b(pada|hari|tanggal|tgl|pukul|jam)\s*$", "", text[:cut].strip(" ,"), flags=re.I).strip(" ,")
