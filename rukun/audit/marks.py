"""What the book holds of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Entry": (
        mark(NONE, "book", "id at role purpose act object path unit simulated commitment leaf tag idx"),
        mark(OFFICER, "book", "actor"),
    ),
    "Payload": (mark(NONE, "book_details", "entry salt"), mark(MAYBE, "book_details", "body")),
    "Checkpoint": (mark(NONE, "book", "size root at note"),),
    "Tile": (mark(NONE, "book", "number root"),),
}
