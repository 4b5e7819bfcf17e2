"""The sheet: what stands on it, for whom, and that no officer has a row of his own."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.desk import services
from rukun.desk.jobs import retain
from rukun.desk.models import Wording
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.problems import services as problems

SHEET = "/lembar/"


@pytest.fixture
def opened(world, told):
    """A problem in Pasar: `opened("Motor hilang")`; any argument may be another."""

    def open_(title: str, who=None, where=None, chief=None, code="CRM-03", **how):
        report = told(who or world.sari, where or world.pasar, title, code)
        said = {"title": title, "code": code, "stage": "GN", "severity": 3} | how
        return problems.open_from_reports(world.actor(chief or world.nofri), report, **said)

    return open_


def solve(world, problem, chief, words: str):
    actor = world.actor(chief)
    problems.describe(actor, problem, analysis="Parkiran gelap.")
    problems.move(actor, problem, to="analysis", note="")
    problems.move(actor, problem, to="response", note="")
    problems.finish_action(
        actor, problems.give_action(actor, problem, text="Lampu", officer=chief, due=problem.unit.today()), result="Menyala."
    )
    problems.move(actor, problem, to="assessment", note="")
    problems.move(actor, problem, to="solved", note="", outcome="cause_removed", outcome_text=words)


def test_a_kasat_reads_what_is_solved_late_unreached_unanswered_and_to_be_decided(world, opened, told, visited, page):
    solve(world, opened("Parit ke halaman"), world.nofri, "Gotong royong Minggu pagi.")
    held = opened("Motor hilang di sekitar Pasar", owner=world.nofri)
    problems.give_action(world.actor(world.nofri), held, text="Nyalakan lampu", officer=world.rahmi, due=date(2026, 12, 1))
    opened("Ternak hilang", severity=5)
    told(world.rahmi, world.guguak, "Pos ronda kosong", "SVC-02")
    visited(world.sari, world.pasar, 1)
    now = clock.now()
    assert "Parit ke halaman" in page(world.dewi, SHEET) and "Gotong royong Minggu pagi." in page(world.dewi, SHEET)
    with clock.at(now + timedelta(days=31)):
        sheet = page(world.dewi, SHEET)
    for words in (
        "lewat tenggat", "Iptu Nofri Hasan; berikutnya: Nyalakan lampu", "belum ada yang memegang; tidak ada tindakan yang berjalan",
        "Tentukan siapa yang memegang “Ternak hilang”", "Pos ronda kosong", "di meja Kanit Binmas", "Nagari Tibarau Mudiak", "belum ada petugas",
        "31 hari" if "31 hari" in sheet else "32 hari", "Polres Rimbo Data",
    ):  # fmt: skip
        assert words in sheet, words


def test_a_finished_period_stands_as_it_was_when_it_ended(world, opened, page):
    late = opened("Motor hilang", severity=5)
    with clock.at(clock.now() + timedelta(days=21)):
        solve(world, late, world.nofri, "Lampu.")
        assert (
            "Motor hilang" in page(world.nofri, f"{SHEET}?rentang=minggu&pada=2026-11-17").split("Lewat tenggat")[1].split("</section>")[0]
        )
        this = page(world.nofri, SHEET)
        assert "Motor hilang" in this.split("Selesai, dan bagaimana")[1].split("Lewat tenggat")[0]


def test_the_number_beneath_says_of_what_over_which_days_and_how_it_was(world, told, visited, page):
    for days in range(8, 12):
        with clock.at(clock.now() - timedelta(days=days)):
            told(world.sari, world.pasar, f"Laporan {days}")
    fieldwork.answer(world.actor(world.nofri), told(world.sari, world.pasar, "Motor hilang"), kind="noted", text="Ya.")
    visited(world.sari, world.pasar, 0)
    with clock.at(clock.now() + timedelta(hours=1)):
        sheet = page(world.nofri, SHEET)
    assert "laporan; 1 di antaranya dijawab" in sheet and "yang dijawab terlalu sedikit (1)" in sheet
    assert "kunjungan, di 1 dari 14 tempat" in sheet and "belum jelas beda dari sebelumnya (" in sheet
    assert "n = 1 laporan dari 1 orang, 1 kunjungan." in sheet and "Kurun ini masih berjalan" in sheet


def test_no_officer_has_a_row_of_his_own(world, told, visited, page):
    for who in (world.sari, world.rahmi):
        told(who, world.pasar, f"Laporan {who.pk}")
        visited(who, world.pasar, 1)
    sheet = page(world.nofri, SHEET).split("<main")[1].split("</main>")[0]
    for name in ("Sari", "Rahmi", "Fadli", "Dasril"):
        assert name not in sheet


def test_an_absence_is_said_without_its_reason(world, visited, page):
    visited(world.rahmi, world.guguak, 40)
    officers.record_absence(system("test"), world.rahmi, reason="sick", valid_from=date(2026, 11, 9), valid_until=date(2026, 11, 20))
    sheet = page(world.nofri, SHEET)
    assert "petugasnya tidak di tempat sampai 20 Nov" in sheet and "sakit" not in sheet and "40 hari" in sheet


def test_decisions_are_worded_by_hand_for_one_period_and_taken_back(world, opened, page, signed_in):
    opened("Motor hilang")
    sent = {"satuan": world.res_rd.path, "rentang": "minggu", "pada": "2026-11-09"}
    assert "Usulan menurut aturan" in page(world.dewi, SHEET)
    client = signed_in(world.dewi)
    client.post(
        f"{SHEET}keputusan/", sent | {"putusan1": "Satu tim ke Pasar, 12–18 November.", "putusan2": "", "putusan3": "Surat ke Dinas PU."}
    )
    client.post(f"{SHEET}keputusan/", sent | {"putusan1": "Dua tim ke Pasar."})
    sheet = page(world.dewi, SHEET)
    assert "Dua tim ke Pasar." in sheet and "Ditulis oleh AKP Dewi Lestari" in sheet
    assert "Dua tim ke Pasar." not in page(world.dewi, f"{SHEET}?rentang=bulan") and "Dua tim" not in page(world.nofri, SHEET)
    client = signed_in(world.dewi)
    client.post(f"{SHEET}keputusan/urungkan/", sent)
    assert "Satu tim ke Pasar" in page(world.dewi, SHEET)
    signed_in(world.dewi).post(f"{SHEET}keputusan/urungkan/", sent)
    signed_in(world.dewi).post(f"{SHEET}keputusan/urungkan/", sent)
    assert "Usulan menurut aturan" in page(world.dewi, SHEET)
    assert Entry.objects.filter(act="summary.decide").count() == 2 and Entry.objects.filter(act="summary.undo").count() == 2
    assert "tim" not in str(Entry.objects.filter(act="summary.decide")[0].details)


def test_a_decision_that_is_too_long_is_refused_and_what_was_written_is_still_there(world, signed_in):
    sent = {"satuan": world.res_rd.path, "rentang": "minggu", "pada": "2026-11-09", "putusan1": "panjang " * 60}
    answer = signed_in(world.dewi).post(f"{SHEET}keputusan/", sent)
    assert answer.status_code == 422 and "panjang panjang" in answer.content.decode() and not Wording.objects.exists()


def test_a_decision_about_people_is_refused_and_a_name_in_one_is_not_kept(world, signed_in):
    sent = {"satuan": world.res_rd.path, "rentang": "minggu", "pada": "2026-11-09"}
    client = signed_in(world.dewi)
    assert client.post(f"{SHEET}keputusan/", sent | {"putusan1": "Data siapa yang ikut unjuk rasa."}).status_code == 422
    assert client.post(f"{SHEET}keputusan/", sent | {"putusan1": "Hubungi Pak Budi 0812-3456-7890."}).status_code == 302
    assert "0812" not in str(Wording.objects.get().texts)


@pytest.mark.parametrize(
    ("key", "status"), [("sari", 403), ("lina", 403), ("putri", 403), ("yusuf", 403), ("tomi", 403), ("nofri", 200), ("ratna", 200)]
)
def test_the_sheet_is_for_those_who_command(world, signed_in, key, status):
    client = signed_in(getattr(world, key))
    assert client.get(SHEET).status_code == status and client.get(f"{SHEET}pdf/").status_code == status


def test_the_sheet_of_another_unit_does_not_exist(world, signed_in, page):
    for who, unit in ((world.nofri, world.res_rd), (world.nofri, world.sek_la), (world.dewi, world.sek_pc), (world.yeni, world.sek_kr)):
        client = signed_in(who)
        for address in (SHEET, f"{SHEET}pdf/"):
            assert client.get(f"{address}?satuan={unit.path}").status_code == 404
        for deed in ("keputusan/", "keputusan/urungkan/"):
            assert client.post(f"{SHEET}{deed}", {"satuan": unit.path, "putusan1": "x"}).status_code == 404
    assert "Polsek Lembah Alun" in page(world.dewi, f"{SHEET}?satuan={world.sek_la.path}")
    with pytest.raises(PermissionDenied):
        services.decide(world.actor(world.nofri), world.res_rd, span="minggu", first=date(2026, 11, 9), texts=["x"])
    with pytest.raises(PermissionDenied):
        services.decide(world.actor(world.putri), world.res_rd, span="minggu", first=date(2026, 11, 9), texts=["x"])


def test_a_neighbours_problem_is_on_nobody_elses_sheet(world, opened, page):
    opened("Kerbau hilang di Alun", world.joko, world.alun_ilia, world.yeni)
    with clock.at(clock.now() + timedelta(days=40)):
        assert "Kerbau hilang" not in page(world.nofri, SHEET)
        assert "Kerbau hilang" in page(world.dewi, SHEET)


@pytest.mark.parametrize("query", ["rentang=tahun", "pada=besok", "pada=9999-99-99", "pada=0001-01-01&rentang=bulan"])
def test_a_bent_address_shows_a_sheet_all_the_same(world, signed_in, query):
    assert signed_in(world.nofri).get(f"{SHEET}?{query}").status_code == 200


def test_the_message_gives_of_what_is_shielded_a_number_alone(world, opened, page):
    for title, code in (
        ("Ibu dipukul di rumah", "VUL-01"),
        ("Amplop dibagikan", "ELC-01"),
        ("Izin rumah ibadah dipersoalkan", "CON-06"),
        ("Motor hilang", "CRM-03"),
    ):
        opened(title, code=code, severity=5)
    with clock.at(clock.now() + timedelta(days=20)):
        sheet = page(world.nofri, SHEET)
    message = re.search(r"<textarea id=\"teks\"[^>]*>(.*?)</textarea>", sheet)[1]
    assert "Motor hilang" in message and message.count("SEK-KR/2026/") >= 3
    for words in ("Ibu dipukul", "Amplop", "ibadah"):
        assert words not in message
    assert "Lembar Polsek Koto Rimbo" in message and "https://wa.me/?text=" in sheet


def test_old_decisions_go(world):
    services.decide(world.actor(world.dewi), world.res_rd, span="minggu", first=date(2026, 11, 9), texts=["Satu tim."])
    for years, left in ((1, 1), (3, 0)):
        with clock.at(clock.now() + timedelta(days=years * 365)):
            retain.call()
            assert Wording.objects.count() == left


def test_taking_the_sheet_away_is_in_the_book(world, signed_in):
    answer = signed_in(world.dewi).get(f"{SHEET}pdf/?rentang=bulan&pada=2026-10-01")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert 'filename="lembar-res-rd-2026-10-01.pdf"' in answer.headers["Content-Disposition"]
    assert Entry.objects.get(act="summary.export").details == {"first": "2026-10-01", "span": "bulan"}
