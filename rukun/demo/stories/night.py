"""Races that move from nagari to nagari: one report each, and only together more than usual. Nobody has looked yet."""

from __future__ import annotations

from rukun.demo.season import Season
from rukun.demo.stories.telling import told
from rukun.fieldwork.models import Report


def races_from_nagari_to_nagari(season: Season) -> None:
    """What the watch finds by itself: no officer has seen more than two of these."""
    world, reports = season.world, list[Report]()
    tales = (
        (5, 6.5, "fadli", world.simpang, "Balapan liar di jalan Simpang", "Belasan motor berpacu di jalan lurus sampai pukul satu malam."),
        (4, 7.1, "dasril", world.balai_tangah, "Balapan pindah ke Balai Tangah", "Sesudah isya belasan motor berpacu di depan pasar lama."),
        (3, 6.8, "dasril", world.lubuak, "Motor berpacu di jalan Lubuak", "Pemuda dari beberapa nagari berpacu; warga surau terganggu."),
        (2, 7.4, "rahmi", world.guguak, "Balapan liar di jalan Guguak", "Motor berpacu dari pukul sebelas; jalannya lurus dan sepi."),
        (
            1,
            6.6,
            "rahmi",
            world.aia_baliang_bawah,
            "Suara balapan sampai subuh",
            "Warga tidak tidur; pemuda berkumpul di tepi jalan bawah.",
        ),
    )
    for day, hour, who, place, title, facts in tales:
        told(
            season,
            who,
            place,
            day,
            hour,
            title,
            facts,
            "ORD-01",
            reports,
            stage="AG",
            severity=2,
            answer="Terima kasih, kami cocokkan dengan laporan lain.",
        )
