"""How areas are numbered and named."""

import pytest

from rukun.territory import rules


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13.06.05.2001", "13.06.05.2001"),
        (" 1306052001 ", "13.06.05.2001"),
        ("130605", "13.06.05"),
        ("1306", "13.06"),
        ("11.1", "11.10"),
        ("31.0", "31"),
    ],
)
def test_a_code_is_read_as_people_write_it(text: str, code: str) -> None:
    assert rules.code_of(text) == code


@pytest.mark.parametrize("text", ["", "0", "13.", "13.6", "1.3", "13.06.05.201", "13.06.05.20011", "x", "१३", "13.06;", "13\n.06"])
def test_what_is_no_code_is_no_code(text: str) -> None:
    if text == "13.6":  # a spreadsheet's way to write 13.60
        assert rules.code_of(text) == "13.60"
        return
    with pytest.raises(rules.NotACode):
        rules.code_of(text)


@pytest.mark.parametrize(
    ("code", "name", "above", "kind"),
    [
        ("13", "Sumatera Barat", "", "province"),
        ("13.06", "Kabupaten Agam", "", "regency"),
        ("13.07", "Kabupaten Lima Puluh Kota", "", "regency"),
        ("13.75", "Kota Bukittinggi", "", "city"),
        ("13.06.05", "Banuhampu", "regency", "district"),
        ("13.06.05.2001", "Padang Lua", "regency", "nagari"),
        ("13.09.01.2001", "Sioban", "regency", "desa"),
        ("13.77.01.2001", "Naras Hilir", "city", "desa"),
        ("13.71.01.1001", "Belakang Pondok", "city", "kelurahan"),
        ("12.04.05.2001", "Hilizia", "regency", "desa"),
        ("91.03.01.3007", "Desa Adat Yoboi", "regency", "desa"),
    ],
)
def test_what_an_area_is_follows_from_code_name_and_place(code: str, name: str, above: str, kind: str) -> None:
    assert rules.kind_of(code, name, above) == kind


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Kabupaten Agam", "Agam"), ("Kota Solok", "Kota Solok"), ("Kabupaten Administrasi Kepulauan Seribu", "Kepulauan Seribu"),
        ("Kota Administrasi Jakarta Utara ", "Kota Administrasi Jakarta Utara"), ("Jurang  Jaler ", "Jurang Jaler"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_people_say_it(written: str, said: str) -> None:
    assert rules.name_of(written) == said


def test_a_day_is_the_local_day_of_its_province() -> None:
    assert [rules.zone_of(code) for code in ("13", "51", "64", "91", "99")] == [rules.WIB, rules.WITA, rules.WITA, rules.WIT, rules.WIB]


def test_paths_have_room_and_then_none() -> None:
    assert rules.child_path("9901", 7) == "990107"
    assert rules.ancestors("9901010001") == ["99", "9901", "990101", "9901010001"]
    with pytest.raises(ValueError, match="no room"):
        rules.child_path("99", 100)


def test_a_kilometre_is_a_kilometre() -> None:
    assert rules.kilometres(100.0, 0.0, 101.0, 0.0) == pytest.approx(111.195, abs=0.01)
