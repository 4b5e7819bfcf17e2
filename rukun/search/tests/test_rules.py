"""Words are found in all their forms, scopes are words that no text can hold, and a person is no question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rukun.search.rules import question, refusals, stems_of, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "lapor melaporkan dilaporkan pelaporan", "curi dicuri pencurian kecurian mencuri", "aniaya menganiaya penganiayaan",
        "berkelahi perkelahian", "palak dipalak pemalakan", "Masalah permasalahan", "NAGARI nagari",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_are_one(forms):
    assert len(set(stems_of(forms))) == 1


def test_small_words_are_left_out_and_accents_taken_off():
    assert stems_of("Di pasar yang jauh") == ["pasar", "jauh"]
    assert words_of("Café Réunion") == ["cafe", "reunion"]


@given(st.text(max_size=200))
def test_no_text_becomes_a_place_of_the_index(text):
    assert all(word.isalnum() and word.isascii() and "_" not in word for word in stems_of(text))


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("curanmor pasar", set()), ("tuak lapau", set()), ("RW 03", set()), ("110", set()), ("Koto Tuo", set()),
        ("1371110101010001", {"number"}), ("081234567890", {"number"}), ("BA 1234 XY", {"number"}), ("orang@contoh.id", {"number"}),
        ("pak Rusdi", {"name"}), ("Siti Aminah", {"name"}), ("Pak Rusdi 081234567890", {"name", "number"}),
    ],
)  # fmt: skip
def test_what_looks_for_a_person_is_known(asked, kinds):
    assert refusals(asked) == kinds


def test_the_last_word_may_be_only_begun():
    asked = question("motor par")
    assert asked.finds("parkiran")
    assert asked.finds("Motor")
    assert not question("pa").finds("parkiran")
