"""What requests hold of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, YES, Marks, mark

MARKS: Marks = {
    "Request": (
        mark(
            NONE,
            "request",
            "id number unit kind received_at due_at searched_at answered_at outcome article export_asked_at export_approved_at",
        ),
        mark(YES, "request_name", "name contact words"),
        mark(MAYBE, "request", "answer"),
        mark(OFFICER, "request", "opened_by answered_by export_asked_by export_approved_by"),
    ),
    "Hit": (mark(NONE, "request", "id request thing key decision decided_at"), mark(MAYBE, "request", "reason")),
}
