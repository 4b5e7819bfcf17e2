"""Scooters are lost at the market, until the parking is mended."""

from __future__ import annotations

from rukun.demo.season import Season
from rukun.demo.stories.telling import give, opened, step, told, understand
from rukun.fieldwork.models import Report
from rukun.problems.models import Problem
from rukun.problems.rules import Step


def scooters_at_the_market(season: Season) -> None:
    """The storyline of today: more scooters than usual vanish around Pasar; the response is under way."""
    place, reports = season.world.pasar, list[Report]()
    tales = (
        (
            9,
            19.0,
            "sari",
            "Motor hilang di belakang pasar",
            "Satu sepeda motor hilang dari belakang los ikan sekitar magrib. Lampu samping padam.",
        ),
        (
            8,
            20.2,
            "rahmi",
            "Motor hilang di parkiran surau",
            "Satu sepeda motor hilang dari parkiran surau saat salat magrib. Parkiran tidak dijaga.",
        ),
        (
            7,
            18.9,
            "sari",
            "Dua motor hilang pada hari pasar",
            "Dua sepeda motor hilang dari tepi jalan pasar antara pukul enam dan tujuh malam.",
        ),
        (6, 19.4, "rahmi", "Motor hilang di depan warung", "Satu sepeda motor hilang dari depan warung, kunci stang dirusak."),
        (
            4,
            19.1,
            "sari",
            "Motor hampir hilang di parkiran surau",
            "Penjaga kios melihat kunci stang motor dirusak; pelaku pergi ketika ditegur.",
        ),
    )
    for day, hour, who, title, facts in tales:
        told(season, who, place, day, hour, title, facts, "CRM-03", reports, spot="Pasar Aia Baliang", severity=3)

    def then(problem: Problem) -> None:
        step(season, "nofri", problem, 5, Step.ANALYSIS, "Semua terjadi antara magrib dan isya, dalam dua ratus meter dari pasar.")
        understand(
            season,
            "nofri",
            problem,
            5,
            "Parkiran surau dan tepi pasar tidak dijaga saat salat; tiga lampu samping padam sejak pekan lalu; jalan keluar ke jalan lingkar tidak terlihat dari pos.",
        )
        step(
            season, "nofri", problem, 4, Step.RESPONSE, "Jaga parkir saat magrib, nyalakan lampu, patroli singgah pukul 18.00 sampai 19.30."
        )
        give(
            season,
            "nofri",
            problem,
            4,
            "sari",
            "Ajak pengurus surau menunjuk penjaga parkir saat magrib",
            2,
            2,
            "Pengurus menunjuk dua pemuda, mulai Jumat.",
        )
        give(season, "nofri", problem, 2, "sari", "Kabari pemilik kios: parkir magrib sekarang dijaga", 3)
        give(season, "nofri", problem, 4, "rahmi", "Minta pengelola pasar menyalakan lampu samping", 2)
        give(season, "nofri", problem, 4, "fadli", "Singgah di jalan lingkar pukul 18.00–19.30 sampai akhir bulan", 12)

    opened(season, "nofri", 6, 21.0, reports, "Motor hilang di sekitar Pasar waktu magrib", "CRM-03", "GN", 3, then, owner="nofri")
