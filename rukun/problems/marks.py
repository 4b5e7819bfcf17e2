"""What problems and their stories hold of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Problem": (
        mark(NONE, "public", "id number code stage severity step areas unit reports opened_at due reminded_on solved_at outcome"),
        mark(OFFICER, "service", "owner opened_by"),
        mark(MAYBE, "problem_text", "title analysis outcome_text"),
    ),
    "Action": (
        mark(NONE, "public", "id problem due given_at finished_at withdrawn_at"),
        mark(OFFICER, "service", "officer given_by"),
        mark(MAYBE, "problem_text", "text result withdrawn_because"),
    ),
    "Entry": (
        mark(NONE, "public", "id problem happening step day report action at"),
        mark(OFFICER, "service", "person officer"),
        mark(MAYBE, "problem_text", "text"),
    ),
    "Counter": (mark(NONE, "public", "id unit year last"),),
}
