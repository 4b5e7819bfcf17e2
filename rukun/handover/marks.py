"""What handovers hold of those in service, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Handover": (
        mark(OFFICER, "service", "giver taker decided_by"),
        mark(MAYBE, "handover_note", "note"),
        mark(NONE, "public", "id unit at"),
    ),
    "Item": (mark(NONE, "public", "id handover promise action problem"),),
}
