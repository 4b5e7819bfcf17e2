"""Racing on the ring road, and a watch post that nobody fills."""

from __future__ import annotations

from rukun.demo.season import Season
from rukun.demo.stories.telling import give, opened, step, told, understand
from rukun.fieldwork.models import Report
from rukun.problems.models import Problem
from rukun.problems.rules import Step


def racing_on_the_ring_road(season: Season) -> None:
    """Solved in the dry months: the young drivers got a track and a time, the road got humps."""
    place, reports = season.world.jalan_lingkar, list[Report]()
    for day, hour in ((118, 22.5), (116, 23.0), (111, 22.8)):
        told(
            season,
            "fadli",
            place,
            day,
            hour,
            "Balapan liar di jalan lingkar",
            "Belasan motor berpacu di jalan lingkar, warga surau dan anak kecil terganggu tidurnya.",
            "ORD-01",
            reports,
            stage="AG",
            severity=3,
        )

    def then(problem: Problem) -> None:
        step(season, "nofri", problem, 108, Step.ANALYSIS, "Selalu malam Minggu, selalu lurus tanpa polisi tidur.")
        understand(
            season,
            "nofri",
            problem,
            107,
            "Jalan baru, lurus dan sepi; tidak ada tempat lain untuk berkumpul; orang tua tahu tetapi segan menegur.",
        )
        step(season, "nofri", problem, 106, Step.RESPONSE, "Bengkel SMK membuka lintasan Sabtu sore; nagari memasang polisi tidur.")
        give(
            season,
            "nofri",
            problem,
            106,
            "fadli",
            "Sepakati jam lintasan dengan bengkel SMK dan pemuda",
            10,
            99,
            "Lintasan dibuka Sabtu 15.00–17.30, diawasi guru.",
        )
        give(
            season,
            "nofri",
            problem,
            106,
            "nofri",
            "Surati wali nagari tentang polisi tidur di dua titik",
            14,
            95,
            "Terpasang di dua titik dengan dana nagari.",
        )
        step(season, "nofri", problem, 90, Step.ASSESSMENT, "Tiga malam Minggu tanpa balapan; tanya warga surau.")
        step(season, "nofri", problem, 80, Step.SOLVED, "Sebulan tenang menurut warga surau dan penjaga malam.", outcome="cause_removed",
             outcome_text="Lintasan Sabtu sore memberi tempat, polisi tidur menutup jalan lurus.")  # fmt: skip

    opened(season, "nofri", 110, 9.0, reports, "Balapan liar malam Minggu di jalan lingkar", "ORD-01", "AG", 3, then, owner="nofri")


def a_watch_post_that_nobody_fills(season: Season) -> None:
    """Forgotten: opened, never given to anybody, past its day."""
    place, reports = season.world.guguak, list[Report]()
    told(
        season,
        "rahmi",
        place,
        58,
        10.0,
        "Poskamling kosong sejak panen",
        "Pos ronda tidak diisi sejak panen, jadwal kosong, lampu pos mati. Warga minta senter dan jadwal baru.",
        "SVC-02",
        reports,
        stage="PG",
        severity=2,
    )
    opened(season, "nofri", 57, 10.0, reports, "Poskamling Guguak tidak diisi", "SVC-02", "PG", 2)
