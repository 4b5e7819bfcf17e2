"""Water at Sungai Alun, which is not over."""

from __future__ import annotations

from rukun.demo.season import Season
from rukun.demo.stories.telling import give, opened, step, told, understand
from rukun.fieldwork.models import Report
from rukun.problems.models import Problem
from rukun.problems.rules import Step


def water_at_sungai_alun(season: Season) -> None:
    """In another Polsek: what an officer of Aia Baliang must never see."""
    place, reports = season.world.alun_ilia, list[Report]()
    told(
        season,
        "wendra",
        place,
        15,
        19.5,
        "Air batang naik, kayu hanyut",
        "Muka air naik satu setengah meter sesudah hujan sore; kayu besar tersangkut di jembatan gantung.",
        "ENV-01",
        reports,
        chief="yeni",
        stage="AG",
        severity=4,
    )
    told(
        season,
        "joko",
        place,
        14,
        7.5,
        "Jembatan gantung miring",
        "Satu tali jembatan gantung kendur sesudah kayu tersangkut; anak sekolah tetap menyeberang.",
        "ENV-01",
        reports,
        chief="yeni",
        stage="AG",
        severity=4,
    )

    def then(problem: Problem) -> None:
        step(season, "yeni", problem, 13, Step.ANALYSIS, "Kayu menumpuk di pilar tengah setiap hujan besar.")
        understand(season, "yeni", problem, 13, "Tumpukan kayu di hulu tidak diangkut; jembatan tidak punya penanda batas muatan.")
        step(season, "yeni", problem, 12, Step.RESPONSE, "BPBD mengangkut kayu; jembatan dibatasi sampai diperiksa.")
        give(
            season,
            "yeni",
            problem,
            12,
            "wendra",
            "Antar petugas BPBD memeriksa tali jembatan",
            4,
            9,
            "Diperiksa, dibatasi lima orang sekali lewat.",
        )
        give(season, "yeni", problem, 12, "joko", "Jaga penyeberangan anak sekolah pagi hari sampai tali diganti", 21)

    opened(season, "yeni", 14, 10.0, reports, "Jembatan gantung Alun Ilia saat air naik", "ENV-01", "AG", 4, then, owner="yeni")
