"""The acts of early detection, gathered."""

from rukun.alerts.services.keeping import calibrate, freeze, looked, note_rivals, set_budget, thaw, watch_of
from rukun.alerts.services.raising import raise_alert, remind, see_again
from rukun.alerts.services.triage import add_look, assign, confirm, judge, reopen, second

__all__ = [
    "add_look",
    "assign",
    "calibrate",
    "confirm",
    "freeze",
    "judge",
    "looked",
    "note_rivals",
    "raise_alert",
    "remind",
    "reopen",
    "second",
    "see_again",
    "set_budget",
    "thaw",
    "watch_of",
]
