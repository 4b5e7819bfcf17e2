"""What wordings and ticks hold of those in service, and how long."""

from rukun.lib.marks import NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Wording": (mark(NONE, "public", "id unit kind text earlier changed_at"), mark(OFFICER, "service", "changed_by")),
    "Copied": (mark(NONE, "visit", "id record at"), mark(OFFICER, "visit", "officer")),
}
