"""The acts of the field, gathered: what officers record and what becomes of it."""

from rukun.fieldwork.guarded import AboutPersons
from rukun.fieldwork.services.erasing import erase_report, erase_visit
from rukun.fieldwork.services.photos import add_photos, describe_photo, erase_photo, expire_photos, remove_photo
from rukun.fieldwork.services.reports import (
    answer,
    assess,
    correct_report,
    escalate,
    is_due_to_rise,
    next_desk,
    open_report,
    receive_report,
)
from rukun.fieldwork.services.retention import blank_promises, blank_reports, blank_visits, expire_visits, unpin_reports
from rukun.fieldwork.services.shared import AlreadyCorrected, NotPossible, OtherContent, older_versions
from rukun.fieldwork.services.visits import VISIT_READ, correct_visit, hand_over_promise, keep_promise, receive_visit, reopen_promise

__all__ = [
    "VISIT_READ",
    "AboutPersons",
    "AlreadyCorrected",
    "NotPossible",
    "OtherContent",
    "add_photos",
    "answer",
    "assess",
    "blank_promises",
    "blank_reports",
    "blank_visits",
    "correct_report",
    "correct_visit",
    "describe_photo",
    "erase_photo",
    "erase_report",
    "erase_visit",
    "escalate",
    "expire_photos",
    "expire_visits",
    "hand_over_promise",
    "is_due_to_rise",
    "keep_promise",
    "next_desk",
    "older_versions",
    "open_report",
    "receive_report",
    "receive_visit",
    "remove_photo",
    "reopen_promise",
    "unpin_reports",
]
