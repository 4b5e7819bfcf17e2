"""Pages: at the door, about oneself, and about those who serve."""

from rukun.officers.views.door import end_everywhere, me, no_password, use_sheet, wear
from rukun.officers.views.people import (
    absence,
    assign,
    change,
    end_absence,
    enrol,
    leave,
    officer,
    officer_file,
    people,
    relieve,
    uncovered,
)
from rukun.officers.views.sheets import confirm, invite, reissue, revoke

__all__ = [
    "absence", "assign", "change", "confirm", "end_absence", "end_everywhere", "enrol", "invite", "leave", "me", "no_password",
    "officer", "officer_file", "people", "reissue", "relieve", "revoke", "uncovered", "use_sheet", "wear",
]  # fmt: skip
