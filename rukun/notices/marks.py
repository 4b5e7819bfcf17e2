"""What notices and choices hold of those in service, and how long."""

from rukun.lib.marks import NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Notice": (mark(NONE, "notice", "id kind about key urgent at read_at"), mark(OFFICER, "notice", "officer")),
    "Choice": (mark(OFFICER, "own_choice", "officer quiet_from quiet_until email confirmed_at digest_on"),),
}
