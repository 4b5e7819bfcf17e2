"""Steps, days and what must be held, decided without a database."""

from datetime import date

import pytest
from django.utils import translation

from rukun.problems.board import lead
from rukun.problems.rules import NEXT, Step, act_by, due_again, due_on, lacks, lacks_at_closing, numbered


@pytest.mark.parametrize(
    ("severity", "day"),
    [(1, date(2026, 1, 9)), (2, date(2025, 12, 25)), (3, date(2025, 12, 10)), (4, date(2025, 11, 24)), (5, date(2025, 11, 17))],
)
def test_the_worse_it_is_the_sooner_it_is_due(severity, day):
    assert due_on(date(2025, 11, 10), severity) == day
    assert date(2025, 11, 10) < act_by(date(2025, 11, 10), severity) < day


@pytest.mark.parametrize("severity", [0, 6])
def test_there_is_no_severity_outside_one_to_five(severity):
    with pytest.raises(KeyError):
        due_on(date(2025, 11, 10), severity)


def test_what_is_opened_again_gets_its_full_time_but_never_less_than_it_had():
    assert due_again(date(2025, 11, 1), 5, date(2025, 11, 10)) == date(2025, 11, 17)
    assert due_again(date(2026, 1, 30), 5, date(2025, 11, 10)) == date(2026, 1, 30)


def test_a_response_that_did_not_work_is_analysed_again_and_nothing_follows_the_end():
    assert Step.ANALYSIS in NEXT[Step.ASSESSMENT]
    assert NEXT[Step.SOLVED] == ()


def test_each_step_says_what_it_lacks():
    def count(step, to, analysis="", actions=0, unfinished=0):
        return len(lacks(step, analysis=analysis, actions=actions, unfinished=unfinished, to=to))

    assert count(Step.SCANNING, Step.ANALYSIS) == 0
    assert count(Step.ANALYSIS, Step.RESPONSE, analysis="  ") == 1
    assert count(Step.ANALYSIS, Step.RESPONSE, analysis="gelap") == 0
    assert count(Step.RESPONSE, Step.ASSESSMENT) == 1
    assert count(Step.RESPONSE, Step.ASSESSMENT, actions=2, unfinished=1) == 1
    assert count(Step.RESPONSE, Step.ASSESSMENT, actions=2) == 0


def test_the_end_is_told_with_how_and_what():
    assert lacks_at_closing("agreed", "musyawarah", "") == []
    assert lacks_at_closing("agreed", "", "musyawarah") == []
    assert len(lacks_at_closing("", " ", " ")) == 2
    assert len(lacks_at_closing("vanished", "musyawarah", "")) == 1


def test_a_number_is_said_as_people_say_it():
    assert numbered("SEK-KR", 2026, 7) == "SEK-KR/2026/0007"


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((13, 3, 2), "Lima dari 13: tiga lewat tenggat, dua belum ada yang memegang."),
        ((13, 0, 1), "Satu dari 13: satu belum ada yang memegang."),
        ((40, 12, 0), "12 dari 40: 12 lewat tenggat."),
        ((2, 0, 0), "Dua masalah: tidak ada yang lewat tenggat, semuanya ada yang memegang."),
        ((0, 0, 0), "Tidak ada masalah terbuka di wilayah Anda."),
    ],
)
def test_the_board_says_it_in_one_sentence(counts, sentence):
    with translation.override("id"):
        assert lead(*counts) == sentence
