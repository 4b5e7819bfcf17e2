"""The guard read by its labelled texts, and by texts that nobody has written."""

import random
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rukun import guard
from rukun.guard.kinds import PLACEHOLDERS, REFUSED, SENTENCES
from rukun.guard.tests.measure import measure
from rukun.guard.tests.texts import texts

EVERYTHING = [*texts("open"), *texts("held"), *texts("later"), *texts("fresh")]


@pytest.mark.parametrize("half", ["open", "held", "later", "fresh"])
def test_identities_are_found_as_often_as_promised(half):
    found = measure(texts(half))
    for kind in ("nik", "phone"):
        assert found[kind].recall >= 0.99, kind
    assert found["name"].recall >= 0.80
    assert all(found[kind].precision >= 0.90 for kind in PLACEHOLDERS), {kind: found[kind].precision for kind in PLACEHOLDERS}


@pytest.mark.parametrize("half", ["open", "held", "later", "fresh"])
def test_persons_as_a_subject_are_refused_and_the_facts_beside_them_kept(half):
    found = measure(texts(half))
    assert found["refused"].recall >= 0.95
    assert found["refused"].precision >= 0.95
    assert found["keep"].recall >= 0.95
    assert found["drop"].recall >= 0.95


@pytest.mark.parametrize("half", ["open", "held", "later", "fresh"])
@pytest.mark.parametrize("kind", ["emergency", "election_money", "empty"])
def test_danger_money_and_nothing_are_heard(half, kind):
    found = measure(texts(half))[kind]
    assert found.recall >= 0.9
    assert found.precision >= 0.9


def test_what_is_kept_holds_no_identity_that_was_found_and_is_read_the_same_again():
    for one in EVERYTHING:
        clean = guard.read(one.text, kind=one.kind).clean
        assert guard.read(clean, kind=one.kind).clean == clean


def test_a_refused_text_is_offered_without_what_was_refused_and_would_then_be_kept():
    for one in EVERYTHING:
        offered = guard.read(one.text).offered
        again = guard.read(offered)
        assert (again.refused, again.clean) == (False, offered)


words = st.sampled_from([*sorted({word for one in EVERYTHING for word in one.text.split()}), ".", ",", "\n", ":", *PLACEHOLDERS.values()])
sentences = st.lists(words, max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(sentences, st.text(max_size=120), st.text(alphabet="0812+6() .-@abN", max_size=80)))
def test_any_text_at_all_is_read_to_an_end_and_only_once(text):
    reading = guard.read(text)
    assert guard.read(reading.clean).clean == reading.clean
    assert not guard.read(reading.offered).refused
    assert all(0 <= found.start <= found.end <= len(text) for found in reading.findings)


@pytest.mark.parametrize(
    "hostile", ["1", "1.", "0 8 ", "(0(", "a@b.", "@a", "pak Budi ", "BA 12 ", "jl A di ", "an. ", ",", "ke nomor 1, ", "korlap demo: a, ", "jam 08.00 "]
)  # fmt: skip
def test_four_times_the_text_takes_about_four_times_the_work(hostile):
    """Counted in calls, so that a busy machine does not matter; quadratic work would make sixteen times as many."""

    def work(size: int) -> int:
        text = (hostile * (size // len(hostile) + 1))[:size]
        calls = 0

        def count(_frame: Any, event: str, _arg: Any) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            guard.read(text)
        finally:
            sys.setprofile(before)
        return calls

    assert work(20_000) < 5 * work(5_000) + 100


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Pak Rusdi, NIK 1399014507880003, hp 0812-0000-4471", "Pak [nama], NIK [NIK], hp [nomor telepon]"),
        ("motor BA 2231 MK di depan Surau Nurul", "motor [pelat nomor] di depan Surau Nurul"),
        ("Pak Wali Nagari dan Bu Camat hadir", "Pak Wali Nagari dan Bu Camat hadir"),
        ("RT 003 RW 07, pukul 08.00-10.00, Rp1.750.000", "RT 003 RW 07, pukul 08.00-10.00, Rp1.750.000"),
    ],
)
def test_only_identities_are_replaced(text, clean):
    assert guard.read(text).clean == clean


def test_a_text_about_persons_is_refused_and_offered_with_its_place_and_hour():
    reading = guard.read("Unjuk rasa Senin pukul 09.00 di depan kantor bupati, dipimpin ketua BEM kampus")
    assert reading.kinds == {"protest"}
    assert reading.offered == "Unjuk rasa Senin pukul 09.00 di depan kantor bupati"


@pytest.mark.parametrize(
    "text",
    ["Sopir ojek mogok di pangkalan pasar karena tarif", "Unjuk rasa Rabu pukul 09.00 di kantor bupati", "Tanah ulayat disengketakan di balai adat"],
)  # fmt: skip
def test_a_strike_a_demonstration_and_a_dispute_are_a_problem_with_a_place(text):
    assert not guard.read(text).refused


def test_nothing_to_report_is_asked_back_of_a_report_and_not_of_a_visit():
    text = "Giat sambang. Situasi aman dan kondusif. Nihil."
    assert guard.read(text).empty
    assert not guard.read(text, kind="visit").empty


def test_every_kind_has_a_sentence_and_the_words_of_danger_and_money_are_told():
    assert guard.read("tolong, rumah terbakar sekarang").emergency
    assert guard.read("serangan fajar di RW 03").election_money
    assert set(SENTENCES) >= set(PLACEHOLDERS) | set(REFUSED)
    assert len(guard.read("Pak Budi dan Pak Anton").sentences) == 1  # once, however many names


def test_a_preference_beside_money_for_votes_is_refused_and_the_money_kept():
    reading = guard.read("Warga pasar 30 KK condong memilih paslon 02, koordinator timses bagi amplop 100 ribu di depan balai.")
    assert {"preference", "election_money"} <= reading.kinds
    assert "amplop 100 ribu" in reading.offered and "condong" not in reading.offered


WORDS = (
    "lampu",
    "padam",
    "kabau",
    "ilang",
    "di",
    "pasar",
    "warga",
    "lapau",
    "jalan",
    "rusak",
    "nan",
    "sudah",
    "tiga",
    "malam",
    "ronda",
    "kosong",
)
NAMES = ("Rusdi", "Yulia Putri", "Hendri Saputra", "Wati", "Zulkifli")
IDENTITIES = (
    ("nik", lambda dice: "".join(dice.choices("123456789", k=16))),
    ("nik", lambda dice: " ".join("".join(dice.choices("123456789", k=4)) for _part in range(4))),
    ("phone", lambda dice: "08" + "".join(dice.choices("123456789", k=10))),
    ("phone", lambda dice: f"+62 8{dice.randrange(10, 99)}-{dice.randrange(1000, 9999)}-{dice.randrange(1000, 9999)}"),
    ("email", lambda dice: f"warga{dice.randrange(999)}@contoh.id"),
    ("plate", lambda dice: f"BA {dice.randrange(1000, 9999)} {dice.choice('QSTX')}{dice.choice('ABCDE')}"),
    ("name", lambda dice: f"a.n. {dice.choice(NAMES)}"),
    ("name", lambda dice: f"Pak {dice.choice(NAMES)}"),
)


def test_in_ten_thousand_made_up_texts_no_identity_is_left_and_nothing_else_is_taken():
    """Words of every day with one identity among them: it goes, the words stay. Made by the shape of the rules: an upper bound."""
    dice = random.Random(19)
    missed = taken = 0
    for _round in range(10_000):
        before, after = (" ".join(dice.choices(WORDS, k=dice.randrange(2, 6))) for _side in range(2))
        kind, make = dice.choice(IDENTITIES)
        reading = guard.read(f"{before}, {make(dice)}, {after}", kind="visit")
        missed += kind not in reading.kinds
        taken += not (reading.clean.startswith(before) and reading.clean.endswith(after))
    assert (missed, taken) == (0, 0)
