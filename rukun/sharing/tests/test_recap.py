"""An officer's own month: for her alone, every number with what it is counted of and when."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.sharing.rules import recap as rules
from rukun.sharing.rules.recap import Figure, Part, Recap

MARCH = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def march(world, met, told):
    """Sari's March up to the 20th: three visits, one of them a Jumat Curhat, two reports of which one is answered and its problem solved."""
    with clock.at(MARCH):
        met(world.sari, made_at=MARCH - timedelta(days=1), promises=(("Lapor PU", date(2026, 3, 10)), ("Datang lagi", date(2026, 3, 30))))
        met(world.sari, made_at=MARCH - timedelta(days=2), nothing_said=True, concerns=(), area=world.aia_baliang_ateh)
        met(world.sari, kind="listening", people=21, made_at=MARCH - timedelta(days=3), concerns=(("a b", None), ("c d", None)))
        met(world.sari, made_at=MARCH - timedelta(days=40))
        met(world.sari, made_at=MARCH, practice=True)
        met(world.rahmi, made_at=MARCH)
        first = told(world.sari, happened_at=MARCH - timedelta(days=4))
        told(world.sari, title="Lain lagi", happened_at=MARCH - timedelta(days=5))
        nofri = world.actor(world.nofri)
        fieldwork.answer(nofri, first, kind="acted", text="Ditindak.")
        problems.open_from_reports(nofri, first, title="Motor hilang", code="CRM-03", stage="GN", severity=3, owner=world.nofri)
    return first


def figures(page) -> dict[tuple[str, str], tuple[int, int | None]]:
    return {(part.key, figure.label): (figure.count, figure.of) for part in page.context["recap"].parts for figure in part.figures}


def test_every_number_says_what_it_is_counted_of(world, march, client):
    client.force_login(world.sari.account)
    with clock.at(MARCH):
        page = client.get("/rekap/?bulan=2026-03")
    told = figures(page)
    assert told["jenis", "Semua kunjungan"] == (3, None)
    assert told["jenis", "Kunjungan dengan hal yang disampaikan warga"] == (2, 3)
    assert told["tempat", "Pasar, Aia Baliang"] == (2, 3)
    assert told["sesi", "Pertemuan yang jumlah orangnya dicatat"] == (1, 1)
    assert told["laporan", "Dijawab"] == (1, 2)
    assert told["laporan", "Masuk ke masalah yang dibuka"] == (1, 2)
    assert told["laporan", "Masuk ke masalah yang sudah selesai"] == (0, 2)
    assert told["janji", "Belum ditepati, sudah lewat harinya"] == (1, 2)
    text = page.content.decode()
    assert "Dihitung untuk 1–20 Maret 2026, keadaan 20 Maret 2026. Hanya Anda yang melihat halaman ini." in text
    assert "Dihitung dari 3 kunjungan, 1–20 Maret 2026." in text
    assert "21 orang pada 1 pertemuan yang dicatat jumlahnya; 2 hal disampaikan pada 1 pertemuan." in text


def test_a_solved_problem_is_counted(world, march, client):
    from rukun.audit.door import maintenance

    with maintenance("test.solve"):
        Problem.objects.update(step="solved", solved_at=MARCH, outcome="agreed")
    client.force_login(world.sari.account)
    with clock.at(MARCH):
        assert figures(client.get("/rekap/"))["laporan", "Masuk ke masalah yang sudah selesai"] == (1, 2)


def test_a_corrected_visit_counts_once(world, met, client):
    with clock.at(MARCH):
        visit = met(world.sari, made_at=MARCH)
        fieldwork.correct_visit(world.actor(world.sari), visit, kind="visit", made_at=MARCH, nothing_said=True)
        client.force_login(world.sari.account)
        assert figures(client.get("/rekap/"))["jenis", "Semua kunjungan"] == (1, None)


def test_nobody_sees_the_month_of_another(world, march, client):
    for person in (world.nofri, world.hendra, world.rahmi):
        client.force_login(person.account)
        for kind in ("", f"{world.sari.pk}/", "rekap.pdf/"):
            page = client.get(f"/rekap/{kind}", {"bulan": "2026-03", "petugas": world.sari.pk, "officer": world.sari.pk})
            assert page.status_code == 404 or (page.status_code == 200 and page.context["recap"].officer == str(person))
        assert client.get(f"/rekap/{world.sari.pk}/").status_code == 404
    for person in (world.lina, world.putri, world.yusuf, world.tomi):
        client.force_login(person.account)
        assert [client.get(f"/rekap/{kind}").status_code for kind in ("", "rekap.pdf", "rekap.csv")] == [403, 403, 403]


@pytest.mark.parametrize("asked", ["", "2026-13", "x", "2026-99-1", "9999-01", "0000-01", "²026-03", "2026-03-01"])
def test_a_month_that_cannot_be_is_the_running_one(world, client, asked):
    client.force_login(world.sari.account)
    with clock.at(MARCH):
        assert client.get("/rekap/", {"bulan": asked}).context["chosen"] == "2026-03"


def test_on_paper_it_is_one_pdf(world, march, client):
    client.force_login(world.sari.account)
    with clock.at(MARCH):
        paper = client.get("/rekap/rekap.pdf?bulan=2026-03")
    assert paper.content.startswith(b"%PDF") and paper["Content-Disposition"] == 'attachment; filename="rekap-2026-03.pdf"'
    assert "no-store" in paper["Cache-Control"]


def test_excel_opens_the_table(world, march, client):
    client.force_login(world.sari.account)
    with clock.at(MARCH):
        content = client.get("/rekap/rekap.csv?bulan=2026-03").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["bagian", "uraian", "jumlah", "dari", "dihitung dari", "periode", "keadaan"]
    assert ["Laporan dan kelanjutannya", "Dijawab", "1", "2", "2 laporan", "1–20 Maret 2026", "20 Maret 2026"] in rows


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_of_the_table_is_a_formula(name):
    told = Recap("Sari", "Polsek", "Maret", "1–20 Maret", "20 Maret", (Part("tempat", "Tempat", (Figure(name, 1, 1),), "1"),))
    cell = list(csv.reader(io.StringIO(rules.table(told).lstrip("\ufeff")), delimiter=";"))[1][1]
    assert cell == f"'{name}"


def test_the_days_that_are_counted():
    assert rules.days_of(date(2026, 2, 1), date(2026, 3, 20)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert rules.days_of(date(2026, 3, 1), date(2026, 3, 20)) == (date(2026, 3, 1), date(2026, 3, 20))
    assert rules.months_back(date(2026, 1, 31), 3) == [date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)]


def test_the_records_page_leads_to_the_month_and_to_bos(world, client):
    client.force_login(world.sari.account)
    page = client.get("/catatan/").content.decode()
    assert "/rekap/" in page and "/bos/" in page
