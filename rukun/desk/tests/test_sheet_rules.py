"""Periods, proposals and comparisons: values in, words out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from rukun.desk.sheet import period
from rukun.desk.sheet.document import is_shielded
from rukun.desk.sheet.rules import Forwarded, Late, compared, middle, proposals, why

WIB = "Asia/Jakarta"
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)  # a Wednesday, ten in the morning


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("span", "on", "first", "last", "words"),
    [
        ("hari", date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 25), "Rabu, 25 November 2026"),
        ("minggu", date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29), "Minggu ke-48, 23–29 November 2026"),
        ("minggu", date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 6), "Minggu ke-49, 30 November–6 Desember 2026"),
        ("bulan", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "Desember 2026"),
        ("bulan", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "Februari 2028"),
    ],
)
def test_a_period_holds_its_day(span, on, first, last, words):
    found = period.of(span, on, WIB)
    assert (found.first, found.last, found.words()) == (first, last, words)
    assert found.before.last == first - timedelta(days=1) and found.after.first == last + timedelta(days=1)


@pytest.mark.parametrize(("span", "on"), [("tahun", ""), ("", "besok"), ("minggu", "2026-13-40"), ("minggu", "9999-12-31")])
def test_nonsense_and_what_has_not_begun_mean_this_week(span, on):
    assert period.asked(span, on, date(2026, 11, 25), WIB).first == date(2026, 11, 23)


def test_a_day_long_before_any_record_is_no_error():
    assert period.asked("bulan", "0001-01-01", date(2026, 11, 25), WIB).before.first < date(2000, 1, 1)


def test_a_running_week_is_compared_with_as_much_of_the_one_before():
    week = period.of("minggu", date(2026, 11, 25), WIB)
    assert week.runs(NOW) and week.until(NOW) == NOW and week.same_share(NOW) == NOW - timedelta(days=7)
    past = week.before
    assert not past.runs(NOW) and past.until(NOW) == week.begins and past.same_share(NOW) == past.before.ends


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (63, 58, "belum jelas beda dari sebelumnya (58)"),
        (6, 3, "belum jelas beda dari sebelumnya (3)"),
        (0, 0, "belum jelas beda dari sebelumnya (0)"),
        (40, 10, "lebih banyak dari sebelumnya (10)"),
        (10, 40, "lebih sedikit dari sebelumnya (40)"),
    ],
)
def test_what_chance_alone_could_set_apart_is_called_about_the_same(now, before, words):
    assert compared(now, before) == words


def test_the_middle_of_nothing_is_no_number():
    assert middle([]) is None
    assert middle([1.0, 9.0, 2.0]) == 2 and middle([1.0, 2.0, 4.0, 90.0]) == 3


def test_three_decisions_of_different_kinds_the_heaviest_first():
    late = [Late("Ternak hilang", 3, 2, True, 0), Late("Kios dibobol", 5, 4, True, 2), Late("Lampu padam", 9, 3, False, 0)]
    asked = proposals(late, [Forwarded("Dinas PU", 2, 30), Forwarded("BPBD", 1, 3)], ["Guguak Sapan"], [])
    assert len(asked) == 3
    assert asked[0].startswith("Tentukan siapa yang memegang “Lampu padam”") and "lewat 9 hari" in asked[0]
    assert asked[1] == "Bantuan atau tenggat baru untuk “Kios dibobol”: lewat 5 hari dari tenggat."
    assert asked[2] == "Surat kepada Dinas PU: 2 laporan, yang terlama 30 hari lalu, belum ada kabar."


def test_fewer_kinds_give_the_next_of_each_and_nothing_gives_nothing():
    late = [Late(f"Masalah {number}", number, 3, True, 0) for number in range(1, 6)]
    assert [text.split("”")[0].split("“")[1] for text in proposals(late, [], [], [])] == ["Masalah 5", "Masalah 4", "Masalah 3"]
    assert proposals([], [Forwarded("BPBD", 1, 3)], [], []) == []
    assert "dan 2 lagi" in proposals([], [], ["A", "B", "C", "D", "E"], [])[0]


@pytest.mark.parametrize(
    ("serving", "away", "until", "last", "words"),
    [
        (0, 0, "", None, "belum ada petugas"),
        (1, 1, "3 Des", None, "petugasnya tidak di tempat sampai 3 Des"),
        (2, 2, "", date(2026, 1, 1), "petugasnya tidak di tempat"),
        (2, 1, "3 Des", None, "ada petugas, belum tercatat berkunjung"),
        (1, 0, "", date(2026, 1, 1), "ada petugas; sebabnya tidak tercatat"),
    ],
)
def test_why_a_place_was_not_reached(serving, away, until, last, words):
    assert why(serving=serving, away=away, until=until, last=last) == words


@pytest.mark.parametrize(("code", "so"), [("VUL-01", True), ("ELC-05", True), ("CON-06", True), ("CON-05", False), ("CRM-03", False)])
def test_what_leaves_the_house_as_a_number_alone(code, so):
    assert is_shielded(code) is so
