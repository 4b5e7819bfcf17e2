"""What an alert says: of places and counts, natural in Indonesian, blaming nobody, and ending with a look."""

import re

import pytest
from django.utils import translation

from rukun.alerts import chart, nouns, sentences, steps
from rukun.alerts.rules import Kind, Method, Stage, share
from rukun.alerts.sentences import Told
from rukun.fieldwork.rules import is_sensitive

BLAME = re.compile(r"rawan|pelaku|tersangka|curiga|bahaya|zona merah|oknum|kriminal|target|sasaran", re.IGNORECASE)


@pytest.fixture(autouse=True)
def in_indonesian():
    with translation.override("id"):
        yield


def told(**said) -> Told:
    usual = {
        "kind": Kind.STATISTICAL,
        "observed": 7,
        "sources": 6,
        "days": 5,
        "places": ["Pasar"],
        "group": "CRM",
        "code": "CRM-03",
        "expected": 1.4,
    }
    return Told(**(usual | said))


def test_more_than_usual_is_said_as_a_colleague_would():
    assert sentences.opening(Kind.STATISTICAL) == "Lebih banyak dari biasanya:"
    assert sentences.headline(told()) == "7 laporan kehilangan motor dari 6 orang dalam 5 hari di sekitar Pasar"
    assert (
        sentences.lead(told()) == "Biasanya 0–3 dengan kunjungan sebanyak ini. Mungkin satu hal yang sama, mungkin kebetulan. Coba tengok."
    )


def test_what_is_of_several_kinds_bears_the_name_of_its_group_and_all_together_bears_none():
    assert sentences.headline(told(code="")).startswith("7 laporan kejahatan dari")
    assert sentences.headline(told(code="", group="")).startswith("7 laporan dari 6 orang")


def test_many_places_are_named_by_the_first_two():
    assert sentences.listed(["Aia Baliang"]) == "Aia Baliang"
    assert sentences.listed(["Aia Baliang", "Sapan"]) == "Aia Baliang dan Sapan"
    assert sentences.listed(["Aia Baliang", "Sapan", "Guguak", "Anau"]) == "Aia Baliang, Sapan, dan 2 tempat lain"


def test_one_day_is_not_in_1_days():
    assert "dalam sehari" in sentences.headline(told(days=1))


def test_what_is_sensitive_is_only_ever_called_by_its_group():
    assert sentences.headline(told(group="VUL", code="VUL-01")).startswith("7 laporan warga rentan")
    assert sentences.headline(told(group="CON", code="CON-06")).startswith("7 laporan perselisihan")
    assert not [code for code in nouns.KINDS if is_sensitive(code)]


def test_quiet_is_never_called_safe_and_says_why_as_far_as_is_known():
    quiet = told(kind=Kind.SILENCE, observed=0, sources=0, days=28, places=["Lubuak Anau"], expected=11.0, reason="no_officer")
    assert sentences.headline(quiet) == "tidak ada laporan dan kunjungan dalam 28 hari di sekitar Lubuak Anau"
    said = sentences.lead(quiet)
    assert said == "Biasanya 7–15. Saat ini belum ada petugas di sana. Sepi bukan berarti aman: kita belum tahu. Coba tengok."
    assert "Sebabnya belum diketahui." in sentences.lead(told(kind=Kind.SILENCE, reason="something new"))
    assert sentences.headline(told(kind=Kind.SILENCE, observed=3, days=28)) == "3 laporan atau kunjungan dalam 28 hari di sekitar Pasar"


def test_an_urgent_one_says_no_more_than_its_reader_may_read():
    assert sentences.headline(told(kind=Kind.URGENT, title="Tawuran di simpang")) == "Tawuran di simpang, Pasar"
    assert sentences.headline(told(kind=Kind.URGENT)) == "satu laporan yang tidak bisa menunggu, Pasar"
    assert sentences.asks(Kind.URGENT, Stage.WORK) == "baca sekarang"


def test_the_simple_rule_says_that_it_counts_weeks_alone():
    assert "dihitung dari minggu-minggu sebelumnya saja" in sentences.lead(told(method=Method.SIMPLE))


def test_a_beginning_is_honest():
    assert sentences.history(6) == "Belum cukup riwayat (6 dari 26 minggu)."
    assert sentences.history(26) == ""
    assert sentences.right(None, 6, "Polres Rimbo Data") == "Belum ada angka: baru 6 dari 20 penilaian yang diperlukan."
    assert (
        sentences.right(share(14, 22), 22, "Polres Rimbo Data")
        == "Di Polres Rimbo Data, 14 dari 22 benar atau sebagian benar: kira-kira 4 sampai 8 dari setiap 10."
    )


def test_the_list_is_summed_up_in_a_sentence():
    assert sentences.ledger_lead(0, 0) == "Tidak ada peringatan yang menunggu ditengok."
    assert sentences.ledger_lead(3, 0) == "3 peringatan menunggu ditengok."
    assert sentences.ledger_lead(3, 1) == "3 peringatan menunggu ditengok, 1 di antaranya lewat tenggat."


def seen(*spots: tuple[str, int]) -> list[steps.Seen]:
    return [steps.Seen(spot, hour) for spot, hour in spots]


def test_every_step_begins_with_a_look_and_none_blames():
    reports = seen(("Surau Baru", 18), ("Surau Baru", 18), ("Pasar", 17), ("", 9))
    every = [step for group in [*nouns.GROUPS, ""] for step in steps.steps(Kind.STATISTICAL, group, reports, ["Pasar", "Sapan"])]
    every += [
        step for reason in ("no_officer", "absent", "unread", "unknown") for step in steps.steps(Kind.SILENCE, "", [], ["Pasar"], reason)
    ]
    every += steps.steps(Kind.URGENT, "CRM", [], ["Pasar"])
    assert {step.split()[0] + " " + step.split()[1] for step in every} == {"Coba tengok"}
    leads = [sentences.lead(told(kind=kind)) + sentences.headline(told(kind=kind)) for kind in Kind]
    assert not [text for text in every + leads if BLAME.search(text)]


def test_the_first_steps_say_where_and_when_most_of_it_was():
    said = steps.steps(Kind.STATISTICAL, "CRM", seen(("Surau Baru", 18), ("Surau Baru", 18), ("Pasar", 17), ("", 9)), ["Aia Baliang"])
    assert said[:2] == [
        "Coba tengok Surau Baru: 2 dari 4 laporan datang dari sana.",
        "Coba tengok sore dan waktu magrib: 3 dari 4 terjadi waktu itu.",
    ]
    few = steps.steps(Kind.STATISTICAL, "CRM", seen(("Surau Baru", 18)), ["Aia Baliang"])
    assert "Surau Baru" not in " ".join(few)


def test_a_chart_ends_with_what_matters_and_never_begins_before_anything_is_known():
    from datetime import date, timedelta

    until = date(2026, 5, 12)
    days = chart.lengths(date(2026, 4, 20), until - timedelta(days=4), until)
    assert days[-1] == (date(2026, 5, 8), until)
    assert days[0][0] >= date(2026, 4, 20)
    assert len(days) == 4
    drawn = chart.chart([chart.Period(one, two, n, 3) for (one, two), n in zip(days, (0, 1, 2, 7), strict=True)], (1, 2))
    assert [bar.matter for bar in drawn.bars] == [False, False, False, True]
    assert [tick.value for tick in drawn.ticks] == [0, 4, 8]
    assert all(chart.TOP <= bar.y <= chart.BOTTOM and bar.x >= chart.LEFT for bar in drawn.bars)
    assert drawn.total == 10


@pytest.mark.parametrize(("most", "ceiling"), [(0, 2), (2, 2), (3, 4), (7, 8), (12, 12), (13, 14), (41, 60), (99, 100), (530, 600)])
def test_the_ceiling_of_a_chart_is_even(most, ceiling):
    assert chart.rounded(most) == ceiling
