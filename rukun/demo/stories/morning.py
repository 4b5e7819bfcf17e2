"""What waits this morning: reports that nobody has read yet."""

from __future__ import annotations

from datetime import timedelta

from rukun.demo.season import Season
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock


def what_waits_this_morning(season: Season) -> None:
    """Reports of the last hours that nobody has read yet."""
    tales = (
        (
            0,
            6.8,
            "rahmi",
            season.world.pasar,
            "Motor hilang lagi di parkiran surau",
            "Kemarin sekitar pukul 18.30 satu sepeda motor hilang dari parkiran surau. Pemilik belum melapor ke Polsek.",
            "CRM-03",
            "Surau Baru",
        ),
        (
            0,
            5.9,
            "fadli",
            season.world.jalan_lingkar,
            "Knalpot brong sampai pukul dua, tiga malam",
            "Tiga malam berturut-turut belasan motor berputar di jalan lingkar sampai pukul dua.",
            "ORD-01",
            "Jalan lingkar",
        ),
        (
            1,
            20.3,
            "dasril",
            season.world.balai_tangah,
            "Spanduk gapura dicoret lagi",
            "Spanduk di gapura dicoret lagi; belum ada yang berkumpul.",
            "CON-07",
            "Gapura",
        ),
        (
            1,
            16.1,
            "rahmi",
            season.world.sapan,
            "Ternak hilang dari kandang tepi sungai",
            "Seekor kerbau hilang dari kandang tepi sungai, tali dipotong. Ini yang kedua bulan ini.",
            "CRM-01",
            "Tepi sungai",
        ),
    )
    for day, hour, who, place, title, facts, code, spot in tales:

        def record(who=who, place=place, title=title, facts=facts, code=code, spot=spot) -> None:
            fieldwork.receive_report(
                season.actor(who), place, id=season.new_id(), title=title, facts=facts, basis="told", code=code, place=spot,
                happened_at=clock.now() - timedelta(hours=9),
            )  # fmt: skip

        season.plan(season.days_ago(day), hour, record)
