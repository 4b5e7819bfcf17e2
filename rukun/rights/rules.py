"""What people may ask of their data, and within how long they are answered: three times 24 hours (UU 27/2022)."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CLOCK = timedelta(hours=72)
LAST_CALL = timedelta(hours=24)  # before it is over, whoever answers is told
MARGIN = 60  # letters shown on either side of what was found


class Kind(TextChoices):
    EXPORT = "export", _("To see their data")
    CORRECT = "correct", _("To have it corrected")
    ERASE = "erase", _("To have it erased")
    OBJECT = "object", _("To object to its use")


class Outcome(TextChoices):
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Granted in part")
    NOTHING = "nothing", _("Nothing was found")
    REFUSED = "refused", _("Refused")


class Decision(TextChoices):
    ERASED = "erased", _("Erased")
    CORRECTED = "corrected", _("The author corrects it")
    KEPT = "kept", _("Stays, with a reason")


def due(received_at: datetime) -> datetime:
    return received_at + CLOCK


def excerpt(text: str, words: str) -> str:
    """What stands around the first place where it was found."""
    at = max(text.casefold().find(words.casefold()), 0)
    begin, end = max(at - MARGIN, 0), at + len(words) + MARGIN
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
