"""What early detection holds of persons, and how long."""

from rukun.lib.marks import MAYBE, NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Alert": (
        mark(
            NONE,
            "public",
            "id kind stage method unit watched number areas group report since until observed sources serving expected statistic threshold calibration "
            "parameters reason provisional raised_at last_seen due reminded verdict judged_at problem",
        ),
        mark(OFFICER, "service", "owner confirmed_by judged_by"),
        mark(MAYBE, "alert_text", "verdict_reason"),
    ),
    "Sighting": (mark(NONE, "public", "id alert on observed sources expected statistic"),),
    "Look": (mark(NONE, "public", "id alert at"), mark(OFFICER, "service", "officer"), mark(MAYBE, "alert_text", "text")),
    "Second": (mark(NONE, "public", "id alert at verdict"), mark(OFFICER, "service", "officer"), mark(MAYBE, "alert_text", "reason")),
    "Calibration": (mark(NONE, "public", "id unit on at threshold budget parameters digest days weeks alarms years rivals"),),
    "Watch": (mark(NONE, "public", "id unit budget version calibration weeks looked_on"),),
    "Freeze": (mark(NONE, "public", "id unit first last reason at withdrawn_at"),),
    "Rival": (mark(NONE, "public", "id unit rule group path on last_seen observed expected"),),
}
