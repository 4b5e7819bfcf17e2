"""What others recorded about Nusa Contoh, brought in from two files; and two residents who asked about their data."""

import csv
import random
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from rukun.demo.season import Season
from rukun.fieldwork import services as fieldwork
from rukun.history import bringing
from rukun.history.rules import Channel
from rukun.lib import clock
from rukun.rights import services as rights

COLUMNS = ("reference", "date", "time", "area", "code", "stage", "severity", "text")
VILLAGES = (
    "99.01.01.2001",
    "99.01.01.2001",
    "99.01.01.2002",
    "99.01.01.2003",
    "99.01.01.2006",
    "99.01.02.2001",
    "99.01.02.2002",
    "99.71.01.1001",
)
LARGER = ("99.01.01", "99.01.02", "99.01")  # of some, the paper says no more than the district
TOLD = (
    ("CRM-03", "GN", 3, "Satu motor hilang dari parkiran."), ("CRM-03", "GN", 3, "Motor hilang saat salat magrib."),
    ("CRM-01", "GN", 2, "Dua ekor ternak hilang dari kandang."), ("ORD-02", "AG", 2, "Balap liar pada malam Minggu."),
    ("CON-02", "AG", 3, "Dua jorong berselisih soal batas."), ("ENV-01", "GN", 4, "Banjir merendam jalan nagari."),
    ("CRM-05", "GN", 3, "Perkelahian di lapau, dilerai warga."), ("SVC-02", "PG", 1, "Pos ronda kosong lebih dari sebulan."),
)  # fmt: skip
RESIDENT = "Sutan Marajo"


def plant(season: Season) -> None:
    season.plan(season.days_ago(60), 9, partial(brought, season, "Arsip Polres Rimbo Data", Channel.HISTORY, 64))
    season.plan(season.days_ago(59), 9, partial(brought, season, "LP Polres Rimbo Data", Channel.LP, 40))
    season.plan(season.days_ago(15), 10, lambda: heard(season))
    season.plan(season.days_ago(20), 9, lambda: answered(season))
    season.plan(season.days_ago(1), 9, lambda: asked(season))


def brought(season: Season, source: str, channel: Channel, count: int) -> None:
    """By whoever administers, from a table as a Polres might keep it."""
    chance, first = random.Random(source), date(season.today.year - 2, 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{source.casefold().replace(' ', '-')}.csv")
        with file.open("w", newline="", encoding="utf-8") as table:
            rows = csv.writer(table)
            rows.writerow(COLUMNS)
            for number in range(1, count + 1):
                code, stage, severity, text = chance.choice(TOLD if channel == Channel.HISTORY else TOLD[:3])
                area = chance.choice(VILLAGES if chance.random() < 0.8 else LARGER)
                day = first + timedelta(days=chance.randrange(500))
                rows.writerow([number, day, "", area, code, stage, severity, text if channel == Channel.HISTORY else ""])
        wanted = bringing.Wanted(file, source=source, channel=str(channel), unit=season.world.res_rd)
        bringing.bring_in(season.actor("tomi"), wanted, rejected=None)


def heard(season: Season) -> None:
    """A name that no rule knows for one: it stands in a record until somebody asks."""
    fieldwork.receive_visit(
        season.actor("rahmi"), season.world.pasar, id=season.new_id(), kind="visit", made_at=clock.now(), place_kind="lapau", place="Lapau simpang",
        people=2, concerns=((f"Kata {RESIDENT}, pos ronda kosong sejak Lebaran.", "SVC-02"),),
    )  # fmt: skip


def answered(season: Season) -> None:
    """Asked, looked for, and answered the day after: nothing is kept of him."""
    mira, unit = season.actor("mira"), rights.unit_of(season.actor("mira"))
    assert unit is not None
    request = rights.receive(
        mira,
        unit,
        kind="export",
        name="Rangkayo Basa",
        contact="datang sendiri",
        words="Apakah nama saya ada di sini?",
        received_at=clock.now(),
    )
    rights.search(mira, request)
    with clock.at(clock.now() + timedelta(hours=23)):
        rights.answer(mira, request, outcome="nothing", answer="Nama Anda tidak ditemukan dalam catatan kami.")


def asked(season: Season) -> None:
    """Found in one visit; the file waits for the auditor's word, and the clock runs."""
    mira, unit = season.actor("mira"), rights.unit_of(season.actor("mira"))
    assert unit is not None
    request = rights.receive(
        mira, unit, kind="export", name=RESIDENT, contact="lewat wali nagari", words="Saya ingin melihat apa yang dicatat tentang saya.",
        received_at=clock.now(),
    )  # fmt: skip
    rights.search(mira, request)
    rights.ask_export(mira, request)
