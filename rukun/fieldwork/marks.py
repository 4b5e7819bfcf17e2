"""What visits and reports hold of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Code": (mark(NONE, "public", "code group label_id label_en disturbance mediation lead"),),
    "Visit": (
        mark(NONE, "visit", "id area kind place_kind made_at time_uncertain received_at people topics nothing_said practice corrects identity_removed"),
        mark(OFFICER, "visit", "officer recorded_by"),
        mark(MAYBE, "visit_text", "place narrative"),
    ),
    "Concern": (mark(NONE, "visit", "id visit code report"), mark(MAYBE, "visit_text", "text")),
    "Promise": (mark(NONE, "visit", "id visit due kept_on"), mark(OFFICER, "visit", "holder"), mark(MAYBE, "promise_text", "text outcome")),
    "Tally": (mark(NONE, "public", "path day code stage kind level n"),),
    "VisitCount": (mark(NONE, "public", "id area day kind contacts people silent"),),
    "Report": (
        mark(
            NONE, "public",
            "id area unit happened_at time_uncertain received_at basis code other_codes stage severity source_grade content_grade practice desk desk_since"
            " risen_from corrects identity_removed",
        ),
        mark(OFFICER, "service", "officer recorded_by assessed_by"),
        mark(MAYBE, "report_text", "title facts opinion place"),
        mark(MAYBE, "coordinates", "latitude longitude"),
    ),
    "Photo": (mark(NONE, "photo", "id visit report sha256 width height size added_at"), mark(MAYBE, "photo", "alt")),
    "Reading": (mark(NONE, "public", "id report at"), mark(OFFICER, "service", "officer")),
    "Answer": (mark(NONE, "public", "id report kind at"), mark(OFFICER, "service", "officer"), mark(MAYBE, "report_text", "text forwarded_to")),
}  # fmt: skip
