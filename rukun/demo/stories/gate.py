"""A gate between two jorong, talked over until it stands open."""

from __future__ import annotations

from rukun.demo.season import Season
from rukun.demo.stories.telling import give, opened, step, told, understand
from rukun.fieldwork.models import Report
from rukun.problems.models import Problem
from rukun.problems.rules import Step


def a_gate_between_two_jorong(season: Season) -> None:
    """Two groups of young men, one gate: agreed at the wali nagari's, now being judged."""
    place, reports = season.world.gapura_lamo, list[Report]()
    told(
        season,
        "dasril",
        place,
        41,
        15.0,
        "Gapura batas jorong jadi bahan ejekan",
        "Letak gapura baru dipersoalkan; pemuda dua jorong saling mengejek di lapau.",
        "CON-02",
        reports,
        stage="AG",
        severity=4,
    )
    told(
        season,
        "dasril",
        place,
        38,
        20.5,
        "Spanduk di gapura dicoret",
        "Spanduk di gapura dicoret pada malam hari; kedua kelompok berkumpul sampai larut.",
        "CON-07",
        reports,
        stage="AG",
        severity=4,
    )

    def then(problem: Problem) -> None:
        step(season, "nofri", problem, 36, Step.ANALYSIS, "Bukan gapuranya: letaknya dianggap memindahkan batas lama.")
        understand(
            season, "nofri", problem, 35, "Batas lama tidak pernah dituliskan; gapura dibangun tanpa bermusyawarah dengan jorong sebelah."
        )
        step(season, "nofri", problem, 35, Step.RESPONSE, "Musyawarah di kantor wali nagari dengan ninik mamak kedua jorong.")
        give(
            season,
            "nofri",
            problem,
            35,
            "dasril",
            "Undang ninik mamak, wali jorong, dan pemuda kedua jorong bermusyawarah",
            5,
            31,
            "Hadir semua; batas lama disepakati dan ditulis.",
        )
        give(
            season,
            "nofri",
            problem,
            30,
            "dasril",
            "Dampingi pemuda mengecat ulang gapura bersama",
            14,
            20,
            "Dicat bersama, dengan nama kedua jorong.",
        )
        step(season, "nofri", problem, 12, Step.ASSESSMENT, "Dua pekan tenang; tanyakan kepada kedua wali jorong.")

    opened(season, "nofri", 37, 9.0, reports, "Gapura batas Gapura Lamo dan Lubuak", "CON-02", "AG", 4, then, owner="nofri")
