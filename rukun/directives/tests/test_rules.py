"""What an Atensi may not speak of, how long it holds, whom its areas touch."""

from datetime import date

import pytest

from rukun.directives.rules import in_force, names_a_side, touch


@pytest.mark.parametrize(
    "text",
    [
        "Pantau posko partai di simpang",
        "Kawal kedatangan paslon nomor urut 2",
        "Catat kegiatan tim sukses di lapau",
        "Perhatikan rumah calon bupati",
        "Awasi Bakal Calon Wali Kota",
        "TIMSES berkumpul di surau",
        "Dukung petahana",
        "Pengamanan rapat caleg",
    ],
)
def test_parties_candidates_and_those_around_them_are_no_matter_for_an_atensi(text):
    assert names_a_side(text)


@pytest.mark.parametrize(
    "text",
    [
        "Parkiran surau dijaga saat magrib",
        "Tetap netral: jangan berfoto dengan peserta pemilihan mana pun",
        "Jalan ke TPS 04 putus bila hujan, siapkan perahu",
        "Calon pembeli tanah diminta ke kantor nagari",
        "Partisipasi ronda ditingkatkan",
        "Periksa lampu di jalan Kawalian",
    ],
)
def test_places_and_what_may_happen_there_are(text):
    assert not names_a_side(text)


@pytest.mark.parametrize(("day", "over", "stands"), [(20, False, True), (21, False, False), (10, True, False)])
def test_it_stands_until_the_end_of_its_last_day(day, over, stands):
    assert in_force(date(2026, 11, 20), date(2026, 11, day), over=over) is stands


def test_areas_touch_when_one_lies_in_the_other_whichever_it_is():
    assert touch(["990101"], ["9901010001"]) and touch(["9901010001"], ["990101"])
    assert not touch(["9901010001"], ["9901010002", "990102"]) and not touch([], ["99"])
