"""How fresh a proof must be before the house may be real, and how long each kind of data is kept."""

from dataclasses import dataclass
from datetime import timedelta

KEEPER = timedelta(days=7)  # an outside keeper has acknowledged a checkpoint
BACKUP = timedelta(hours=24)
REHEARSAL = timedelta(days=90)
VERIFIED = timedelta(hours=36)
RETAINED = timedelta(hours=36)
DISK_FREE = 2 * 1024**3
MONTH = 30.44  # days


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of data is kept, counted from what, and what becomes of it then."""

    days: int
    since: str
    then: str


def months(count: int) -> int:
    return round(count * MONTH)


# The one table; docs/reference/retention.md shows it and a test holds the two equal. 0 days: kept as long as what it belongs to.
KEEP: dict[str, Rule] = {
    "visit_text": Rule(months(6), "the visit", "the text is erased; place, day and kind stay"),
    "promise_text": Rule(months(6), "the day it was kept; never while it is open", "the text is erased; the days and who held it stay"),
    "visit": Rule(months(24), "the visit, and the end of its promises", "counted by area, day and kind, then deleted"),
    "report_text": Rule(months(24), "the last answer, or the receipt where nobody answered; never while a problem of it is unsolved",
                        "the text is erased; code, area and day stay"),
    "history_text": Rule(months(24), "the day its file came in", "text and point are erased; area, day and kind stay"),
    "coordinates": Rule(90, "the last answer, or the receipt; never while a problem of it is unsolved", "erased; the area stays"),
    "photo": Rule(months(6), "the record, or the last answer to it; never while a problem of it is unsolved", "file and row are deleted"),
    "problem_text": Rule(months(24), "the day it was solved", "the text is erased; kind, places, steps and outcome stay"),
    "alert_text": Rule(months(24), "the verdict", "the text is erased; places, figures and verdict stay"),
    "handover_note": Rule(months(24), "the handover", "the note is erased; who passed what to whom stays"),
    "request": Rule(months(12), "the answer to the request", "deleted; the book keeps that it was answered"),
    "request_name": Rule(0, "the answer to the request", "erased in the act of answering"),
    "sign_in_sheet": Rule(90, "its use or its last day", "deleted"),
    "absence": Rule(months(24), "its last day", "deleted"),
    "notice": Rule(90, "the telling; 30 days once it was read", "deleted"),
    "own_choice": Rule(0, "the officer's own word", "kept until it is removed, or the officer leaves"),
    "directive": Rule(months(60), "its last day", "deleted, with who acknowledged it"),
    "decisions": Rule(months(24), "the last day of the period", "deleted"),
    "device": Rule(months(24), "the day it was revoked", "deleted, with who let it in"),
    "item": Rule(400, "its coming", "deleted; the record's own key tells the same"),
    "handed": Rule(60, "the end of it; never while it waits", "deleted; what it became has its own day, and what was sealed goes once it was taken in"),
    "upload": Rule(60, "its beginning", "the row is deleted, with what never became a photo"),
    "session": Rule(1, "the last page", "deleted"),
    "attempt": Rule(90, "the attempt", "deleted, address included"),
    "job": Rule(30, "its end", "deleted"),
    "book_details": Rule(5 * 365, "the entry", "the details are erased; the sealed leaf stays"),
    "backup": Rule(35, "the backup", "deleted"),
    "service": Rule(0, "the officer's service", "kept: who served where, and with which order"),
    "public": Rule(0, "–", "kept: says nothing of any person"),
    "book": Rule(0, "–", "kept: a leaf without its details says what was done, when and by which key"),
}  # fmt: skip


def shortened(text: str) -> dict[str, int]:
    """RUKUN_KEEP, such as "visit_text=90 photo=30"; never longer than the table, never an unknown word."""
    wanted = {}
    for part in text.replace(",", " ").split():
        name, _, days = part.partition("=")
        if name not in KEEP or not days.isdigit() or not 0 < int(days) <= KEEP[name].days:
            raise ValueError(f"RUKUN_KEEP: {part!r} is none; a kind of data, =, and days no longer than docs/reference/retention.md says")
        wanted[name] = int(days)
    return wanted
