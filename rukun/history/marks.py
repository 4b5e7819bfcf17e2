"""What past incidents hold of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Batch": (
        mark(NONE, "public", "id channel source file sha256 mapping owner at done_at counts reasons withdrawn_at"),
        mark(OFFICER, "service", "brought_by"),
    ),
    "Share": (mark(NONE, "public", "id batch path count"),),
    "Incident": (
        mark(NONE, "public", "id batch channel source reference area path precision happened_on happened_time code stage severity"),
        mark(MAYBE, "history_text", "text latitude longitude"),
    ),
    "Change": (mark(NONE, "public", "id batch incident"), mark(MAYBE, "history_text", "before")),
}
