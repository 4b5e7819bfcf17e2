"""What the tables of the phone hold of persons, and how long. An item holds no word of what was recorded: that is the record's."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Device": (
        mark(NONE, "device", "id label key pepper seal_key enrolled_at leased_until seen_at clock sent schema revoked_at"),
        mark(OFFICER, "device", "officer revoked_by"),
    ),
    "Renewal": (
        mark(NONE, "device", "id device why asked_at confirmed_at expires_at used_at"),
        mark(OFFICER, "device", "asked_by confirmed_by"),
    ),
    "Item": (
        mark(NONE, "item", "id device kind schema seq sha256 answer client_at monotonic received_at uncertain practice"),
        mark(OFFICER, "item", "officer"),
    ),
    "Handed": (
        mark(
            NONE,
            "handed",
            "id device unit kind schema seq sha256 code happened_at uncertain client_at practice handed_at state record ended_at",
        ),
        mark(OFFICER, "handed", "officer ended_by"),
        mark(MAYBE, "handed", "content said"),
    ),
    "Upload": (
        mark(NONE, "upload", "id device item length sha256 sealed offset state reason begun_at ended_at"),
        mark(MAYBE, "upload", "alt"),
    ),
    "Dispute": (
        mark(NONE, "problem_text", "id problem field item at decided_at taken"),
        mark(OFFICER, "problem_text", "officer decided_by"),
        mark(MAYBE, "problem_text", "stands came"),
    ),
}
