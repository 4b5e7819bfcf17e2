"""What the wording of a sheet holds of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Wording": (
        mark(NONE, "decisions", "id unit span first at undone_at"),
        mark(OFFICER, "decisions", "by"),
        mark(MAYBE, "decisions", "texts"),
    ),
}
