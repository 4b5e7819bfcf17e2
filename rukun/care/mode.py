"""Practice or real: `RUKUN_MODE=real` asks for it, the doctor's permit allows it, and only both together are it."""

import hashlib
import time
from pathlib import Path

from django.conf import settings
from django.db import Error

from rukun.care.models import Permit

REMEMBERED = 60.0  # seconds: a page must not ask the database for what changes twice a year
_known: tuple[float, bool] = (0.0, False)


def is_real() -> bool:
    """Asked afresh; for whoever decides on it."""
    return settings.MODE == "real" and permit() is not None


def is_practice() -> bool:
    """For every page: what was so within the last minute."""
    global _known
    if settings.MODE != "real":
        return True
    asked, real = _known
    if time.monotonic() - asked > REMEMBERED or not asked:
        try:
            real = is_real()
        except Error:  # a house without tables, or without a database, is not a real one
            real = False
        _known = (time.monotonic(), real)
    return not real


def permit() -> Permit | None:
    """The one that stands: not withdrawn, and given under the assessment that lies in the data folder now."""
    found = Permit.objects.filter(withdrawn_at=None).first()
    return found if found and found.dpia == digest(assessment_file()) else None


def assessment_file() -> Path | None:
    """The signed assessment, put into the data folder as dpia.pdf or dpia.md."""
    return next((file for name in ("dpia.pdf", "dpia.md") if (file := Path(settings.DATA) / name).is_file()), None)


def digest(file: Path | None) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else ""
