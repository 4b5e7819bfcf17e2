"""The sentence on top of a desk: numbers in, words out."""

from datetime import date

import pytest
from django.utils import translation

from rukun.desk import rules

NOTHING = {"late_promises": 0, "late_actions": 0, "due_today": 0, "answers": 0}
QUIET = {"unread": 0, "late": 0, "unowned": 0, "actions": 0}


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"late_promises": 1, "due_today": 2, "answers": 1},
            "Satu janji lewat tenggat, dua hal untuk hari ini atau besok dan satu jawaban atas laporan Anda.",
        ),
        ({"late_actions": 12}, "12 tindakan lewat tenggat."),
        ({}, "Sekarang tidak ada yang menunggu Anda. Hari yang baik untuk datang ke tempat yang lama tidak dikunjungi."),
    ],
)
def test_what_waits_for_an_officer(counts, sentence):
    assert rules.field_lead(**NOTHING | counts) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"unread": 4, "late": 3, "unowned": 1},
            "Empat laporan belum dibaca, tiga masalah lewat tenggat dan satu masalah belum ada yang memegang.",
        ),
        ({"actions": 1}, "Satu tindakan lewat tenggat."),
        ({}, "Semua laporan sudah dibaca, tidak ada masalah yang lewat tenggat, dan semuanya ada yang memegang."),
    ],
)
def test_what_waits_for_a_chief(counts, sentence):
    assert rules.command_lead(**QUIET | counts) == sentence


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ({"works": False, "dead": 0, "waiting": 0}, "Tidak ada pekerja yang hidup"),
        ({"works": True, "dead": 1, "waiting": 0}, "Satu pekerjaan gagal lima kali"),
        ({"works": True, "dead": 0, "waiting": 3}, "Semua baik; tiga"),
        ({"works": True, "dead": 0, "waiting": 0}, "Semua baik; antrean kosong."),
    ],
)
def test_how_the_machine_is(state, begins):
    assert rules.machine_lead(**state).startswith(begins)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((1, 3, 12), "Tiga dari 12 tempat belum dikunjungi lebih dari 30 hari dan satu tempat belum pernah tercatat dikunjungi."),
        ((0, 0, 12), "Semua tempat dikunjungi dalam 30 hari terakhir."),
        ((0, 0, 0), "Belum ada tempat yang terdaftar di wilayah Anda."),
    ],
)
def test_where_we_have_not_been(counts, sentence):
    assert rules.areas_lead(*counts) == sentence


def test_the_week_of_an_analyst():
    assert (
        rules.analyst_lead(reports=2, problems=5, late=1)
        == "Dua laporan dalam tujuh hari terakhir, lima masalah terbuka dan satu di antaranya lewat tenggat."
    )


def test_days_since_a_visit_that_never_was_are_no_number():
    assert rules.since(None, date(2026, 11, 10)) is None
    assert rules.since(date(2026, 11, 1), date(2026, 11, 10)) == 9
