"""What the index holds of persons, and how long: as long as the text from which its words come."""

from rukun.lib.marks import MAYBE, NONE, Marks, mark

MARKS: Marks = {"Entry": (mark(NONE, "report_text", "id kind key"), mark(MAYBE, "report_text", "terms"))}
