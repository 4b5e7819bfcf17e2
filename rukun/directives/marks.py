"""What directives hold of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Directive": (
        mark(NONE, "directive", "id unit areas code last_day issued_at ended_at withdrawn_at"),
        mark(OFFICER, "directive", "issued_by"),
        mark(MAYBE, "directive", "text because"),
    ),
    "Addressee": (mark(NONE, "directive", "id directive"), mark(OFFICER, "directive", "officer acknowledged_at")),
}
