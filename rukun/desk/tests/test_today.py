"""Today: what waits for each hat, and nothing of anybody else's."""

from datetime import date, timedelta

import pytest

from rukun.access.scope import system
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.problems import services as problems

EVERYBODY = (
    "sari", "rahmi", "fadli", "dasril", "nofri", "budi", "dewi", "hendra", "ratna", "joko", "lina", "putri", "yusuf", "mira", "tomi",
)  # fmt: skip


def make_problem(world, report, **how):
    words = {"title": "Motor hilang di sekitar Pasar", "code": "CRM-03", "stage": "GN", "severity": 3}
    return problems.open_from_reports(world.actor(world.nofri), report, **words | how)


@pytest.mark.parametrize("key", EVERYBODY)
def test_every_hat_has_a_desk_with_a_sentence_on_top(world, page, key):
    assert 'class="lead"' in page(getattr(world, key))


def test_an_officer_sees_her_promises_actions_and_answers(world, told, visited, page):
    nofri, report = world.actor(world.nofri), told(world.sari, world.pasar, "Motor hilang di belakang pasar")
    visited(world.sari, world.pasar, 5, promises=(("Tanyakan lampu pasar", date(2026, 11, 8)),))
    problems.give_action(nofri, make_problem(world, report), text="Ajak pengurus surau", officer=world.sari, due=date(2026, 11, 11))
    fieldwork.answer(nofri, report, kind="acted", text="Malam ini patroli singgah.")
    desk = page(world.sari)
    assert "Satu janji lewat tenggat, satu hal untuk hari ini atau besok dan satu jawaban atas laporan Anda." in desk
    assert desk.index("Tanyakan lampu pasar") < desk.index("Ajak pengurus surau") and "Malam ini patroli singgah." in desk
    for other in (world.rahmi, world.joko):
        assert not any(words in page(other) for words in ("Tanyakan lampu pasar", "Ajak pengurus surau", "patroli singgah"))


def test_an_answer_leaves_the_desk_after_a_week(world, told, page):
    fieldwork.answer(
        world.actor(world.nofri), told(world.sari, world.pasar, "Motor hilang"), kind="acted", text="Malam ini patroli singgah."
    )
    with clock.at(clock.now() + timedelta(days=8)):
        assert "patroli singgah" not in page(world.sari)


def test_a_chief_sees_what_nobody_has_read_and_what_is_late(world, told, page):
    first = told(world.sari, world.pasar, "Motor hilang di belakang pasar")
    told(world.rahmi, world.guguak, "Pos ronda kosong", "SVC-02")
    problem = make_problem(world, first)
    problems.give_action(world.actor(world.nofri), problem, text="Nyalakan lampu", officer=world.rahmi, due=date(2026, 11, 12))
    assert "Dua laporan belum dibaca dan satu masalah belum ada yang memegang." in page(world.nofri)
    with clock.at(clock.now() + timedelta(days=40)):
        desk = page(world.nofri)
        assert "satu masalah lewat tenggat dan satu tindakan lewat tenggat." in desk and "Nyalakan lampu" in desk
        assert "Nyalakan lampu" not in page(world.yeni)


def test_a_chief_sees_who_is_away_and_where_nobody_serves(world, page):
    officers.record_absence(system("test"), world.rahmi, reason="sick", valid_from=date(2026, 11, 9), valid_until=date(2026, 11, 20))
    desk = page(world.nofri)
    assert "Bripka Rahmi Anjani" in desk and "Guguak Sapan" in desk


def test_a_chief_who_was_given_something_finds_it_too(world, told, page):
    problem = make_problem(world, told(world.sari, world.pasar, "Motor hilang"))
    problems.give_action(world.actor(world.budi), problem, text="Surati wali nagari", officer=world.nofri, due=date(2026, 11, 12))
    assert "Surati wali nagari" in page(world.nofri)


def test_an_operator_is_told_where_her_records_lie(world, page):
    assert "tersimpan pada petugas yang Anda wakili" in page(world.lina)


def test_the_keepers_of_book_and_machine_see_no_report_and_no_problem(world, told, page):
    make_problem(world, told(world.sari, world.pasar, "Motor hilang di belakang pasar"))
    for key in ("yusuf", "mira", "tomi"):
        desk = page(getattr(world, key))
        assert "Motor hilang" not in desk and "Kotak masuk" not in desk and "Papan" not in desk


@pytest.mark.parametrize(
    ("key", "seen", "unseen"),
    [
        ("sari", ("Catat", "Wilayah", "Papan"), ("Kotak masuk", "Buku</a>", "Petugas")),
        ("nofri", ("Kotak masuk", "Papan", "Wilayah"), ("Mesin",)),
        ("tomi", ("Petugas", "Mesin"), ("Catatan", "Papan")),
        ("yusuf", ("Buku",), ("Papan", "Mesin")),
    ],
)
def test_each_hat_has_its_tabs(world, page, key, seen, unseen):
    tabs = page(getattr(world, key)).split('class="tabs"')[1].split("</nav>")[0]
    assert all(word in tabs for word in seen) and not any(word in tabs for word in unseen)


def test_whoever_holds_no_role_is_told_whom_to_ask(world, page):
    officers.relieve(system("test"), world.sari.assignments.get(), on=date(2026, 11, 10))
    assert "Hari ini Anda tidak memegang peran." in page(world.sari)


def test_nobody_reads_a_desk_without_signing_in(client, world):
    assert client.get("/").status_code == 302
