"""The planted storylines of the season, each a problem from its first sign to where it stands today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Code, Report
from rukun.lib import clock
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.problems.rules import Step

if TYPE_CHECKING:
    from rukun.demo.season import Season

ZONE = ZoneInfo("Asia/Jakarta")


def plant(season: Season) -> None:
    scooters_at_the_market(season)
    racing_on_the_ring_road(season)
    a_gate_between_two_jorong(season)
    a_watch_post_that_nobody_fills(season)
    water_at_sungai_alun(season)
    what_waits_this_morning(season)


def told(season: Season, who: str, place, day: int, hour: float, title: str, facts: str, code: str, kept: list[Report], chief: str = "nofri",
         stage: str = "GN", severity: int = 3, answer: str = "", basis: str = "told", spot: str = "") -> None:  # fmt: skip
    """A report that is read, assessed and answered a little later, and kept for the problem that it becomes."""

    def record() -> None:
        report = fieldwork.receive_report(
            season.actor(who), place, id=season.new_id(), title=title, facts=facts, basis=basis, code=code, place=spot,
            happened_at=clock.now() - timedelta(hours=3),
        )  # fmt: skip
        if report:
            kept.append(report)

    def respond() -> None:
        actor = season.actor(chief)
        fieldwork.open_report(actor, kept[-1])
        fieldwork.assess(actor, kept[-1], stage=stage, severity=severity, code=code)
        fieldwork.answer(actor, kept[-1], kind="acted", text=answer or "Terima kasih, kami tindak bersama warga.")

    season.plan(season.days_ago(day), hour, record)
    season.plan(season.days_ago(day), hour + 0.7, respond)


def opened(season: Season, chief: str, day: int, hour: float, reports: list[Report], title: str, code: str, stage: str, severity: int,
           then: Callable[[Problem], None] = lambda problem: None, owner: str | None = None) -> None:  # fmt: skip
    def deed() -> None:
        problem = problems.open_from_reports(
            season.actor(chief), reports[0], title=title, code=Code.objects.get(pk=code), stage=stage, severity=severity, reports=tuple(reports[1:]),
            owner=getattr(season.world, owner) if owner else None,
        )  # fmt: skip
        then(problem)

    season.plan(season.days_ago(day), hour, deed)


def on(season: Season, day: int, hour: float = 10) -> datetime:
    return datetime.combine(season.days_ago(day), datetime.min.time(), ZONE) + timedelta(hours=hour)


def step(season: Season, chief: str, problem: Problem, day: int, to: Step, note: str, **how: str) -> None:
    if on(season, day) <= datetime.combine(season.today, datetime.min.time(), ZONE) + timedelta(hours=23):
        with clock.at(on(season, day)):
            problems.move(season.actor(chief), fresh(problem), to=to, note=note, **how)


def understand(season: Season, chief: str, problem: Problem, day: int, why: str) -> None:
    with clock.at(on(season, day, 9)):
        now = fresh(problem)
        problems.describe(
            season.actor(chief),
            now,
            title=now.title,
            analysis=why,
            stage=now.stage,
            severity=now.severity,
            code=now.code,
            areas=list(now.areas.all()),
        )


def give(
    season: Season, chief: str, problem: Problem, day: int, who: str, text: str, days: int, done: int | None = None, result: str = ""
) -> None:
    with clock.at(on(season, day, 12)):
        action = problems.give_action(
            season.actor(chief),
            fresh(problem),
            text=text,
            officer=getattr(season.world, who),
            due=season.days_ago(day) + timedelta(days=days),
        )
    if done is not None:
        with clock.at(on(season, done, 16)):
            problems.finish_action(season.actor(who), action, result=result)


def fresh(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)


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
