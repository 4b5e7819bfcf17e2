"""What decisions on the house hold of persons, and how long."""

from rukun.lib.marks import NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Permit": (mark(NONE, "book", "id at dpia found withdrawn_at reason"), mark(OFFICER, "book", "by")),
    "Assessment": (mark(NONE, "book", "id at name sha256"), mark(OFFICER, "book", "officer")),
    "Longer": (mark(NONE, "book", "id rule days reason at until withdrawn_at"), mark(OFFICER, "book", "officer")),
}
