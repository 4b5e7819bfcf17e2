"""What areas and units hold of persons: nothing."""

from rukun.lib.marks import NONE, Marks, mark

MARKS: Marks = {
    "Area": (
        mark(
            NONE, "public",
            "id code name kind level path parent latitude longitude population area_km2 time_zone valid_from valid_until successor",
        ),
    ),
    "Outline": (mark(NONE, "public", "area geometry west south east north repaired digest"),),
    "PublicPlace": (mark(NONE, "public", "id area name kind latitude longitude valid_from valid_until"),),
    "Import": (mark(NONE, "public", "id at path files counts skipped"),),
    "Unit": (mark(NONE, "public", "id code name kind parent path phone time_zone closed_on"),),
    "Jurisdiction": (mark(NONE, "public", "id unit area valid_from valid_until"),),
}  # fmt: skip
