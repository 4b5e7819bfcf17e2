"""What is recorded in the field and what must be filled in; pure, no query in it."""

from datetime import datetime, timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class VisitKind(TextChoices):
    VISIT = "visit", _("Visit (sambang)")
    MEETING = "meeting", _("Face-to-face meeting")
    LISTENING = "listening", _("Jumat Curhat (listening session)")
    OUTREACH = "outreach", _("Outreach (penyuluhan)")
    EVENT = "event", _("Presence at a community event")
    WATCH_POST = "watch_post", _("Neighbourhood watch post")
    COORDINATION = "coordination", _("Three-pillar coordination")
    SERVICE = "service", _("Police service")


class PlaceKind(TextChoices):
    HOUSEHOLD = "household", _("Home")
    BOARDING = "boarding", _("Boarding house")
    BUSINESS = "business", _("Place of business")
    SCHOOL = "school", _("School")
    WORSHIP = "worship", _("Place of worship")
    LAPAU = "lapau", _("Lapau or coffee stall")
    OFFICE = "office", _("Nagari or village office")
    PUBLIC = "public", _("Public place")


class Basis(TextChoices):
    SAW = "saw", _("I saw it myself")
    TOLD = "told", _("Residents told me")
    RUMOUR = "rumour", _("A rumour going round")


class Stage(TextChoices):
    """Perkap stages of a disturbance: potensi, ambang, gangguan nyata."""

    POTENTIAL = "PG", _("Potential")
    THRESHOLD = "AG", _("Threshold")
    ACTUAL = "GN", _("Actual")


class Severity(IntegerChoices):
    SLIGHT = 1, _("1, slight")
    MINOR = 2, _("2, minor")
    MODERATE = 3, _("3, moderate")
    SERIOUS = 4, _("4, serious")
    GRAVE = 5, _("5, grave")


class AnswerKind(TextChoices):
    ACTED = "acted", _("Acted on")
    ANSWERED = "answered", _("Answered")
    FORWARDED = "forwarded", _("Forwarded")
    NOTED = "noted", _("Noted")


SOURCE_GRADES = "ABCDEF"  # A reliable … F cannot be judged
CONTENT_GRADES = "123456"  # 1 confirmed … 6 cannot be judged
REMOVED = "—"  # what stands where a text was made unreadable
UNREAD_LIMIT = timedelta(hours=24)
URGENT_LIMIT = timedelta(hours=1)


def is_urgent(stage: str, severity: int | None) -> bool:
    """Whether a report may wait an hour at most: an actual disturbance, or severity 4 to 5."""
    return stage == Stage.ACTUAL or (severity or 0) >= Severity.SERIOUS


def rises_at(since: datetime, stage: str, severity: int | None) -> datetime:
    """When a report that nobody has read goes one level up: 24 hours after `since`, one hour where it is urgent."""
    return since + (URGENT_LIMIT if is_urgent(stage, severity) else UNREAD_LIMIT)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: shared words over all words (Jaccard 1901), words of three letters and more."""
    first, second = words(one), words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def words(text: str) -> set[str]:
    """The lower-case words of three letters and more."""
    cleaned = "".join(letter.lower() if letter.isalnum() else " " for letter in text)
    return {word for word in cleaned.split() if len(word) >= 3}
