"""How columns are read: said once, in a file; what the file says wrongly is named before a row is read."""

import pytest

from rukun.history.forms import period_of
from rukun.history.mapping import BadMapping, parsed, usual

HOLDS = {"a": "Isu  Identitas", "b": "2", "c": ""}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ('{ a = "ISU IDENTITAS" }', True), ('{ a = ["x", "isu identitas"] }', True), ('{ a = "x" }', False), ('{ a = "*", b = "+" }', True),
        ('{ c = "*" }', False), ('{ c = "+" }', False), ('{ c = "" }', True), ('{ nothing = "x" }', False), ("{ b = 2 }", True), ("{}", True),
    ],
)  # fmt: skip
def test_a_rule_holds_when_all_its_conditions_do(when, holds):
    (rule,) = parsed(f'[[rules.code]]\nwhen = {when}\ngive = "CRM-01"').rules["code"]
    assert rule.holds(HOLDS) == holds


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("columns = ", "no TOML"), ("colums = 1", "nothing a mapping says"), ('channel = "x"', "no channel"), ("source = 1", "text in quotes"),
        ("columns = 1", "is a table"), ('[columns]\nname = "x"', "nothing we keep"), ("[columns]\ndate = 1", "name of a column"),
        ("[columns]\ndate = []", "name of a column"), ("[dates]\nformats = []", "is a list"), ('[dates]\nformats = ["x"]', "is a list"),
        ("[values]\ncode = 1", "has lines such as"), ('[values.place]\nx = "y"', "not “place”"), ("[rules]\ncode = 1", "begins with"),
        ('[[rules.code]]\ngiv = "x"', "nothing else"), ("[[rules.code]]\nwhen = {}", "nothing else"), ("[[set_aside]]\ngive = 1", "nothing else"),
        ('channel = "lp"\n[columns]\ntext = "x"', "bring no text"),
    ],
)  # fmt: skip
def test_what_a_mapping_says_wrongly_is_named(text, why):
    with pytest.raises(BadMapping, match=why):
        parsed(text)


def test_without_a_mapping_our_own_names_are_known_in_both_languages():
    assert usual(["Tanggal", "wilayah", "jenis", "Nama Pelapor"]).columns == {
        "date": ("Tanggal",),
        "area": ("wilayah",),
        "code": ("jenis",),
    }


def test_a_year_or_a_month_is_a_period():
    assert [str(day) for day in period_of("2021-12") or ()] == ["2021-12-01", "2022-01-01"]
    assert [str(day) for day in period_of("2021") or ()] == ["2021-01-01", "2022-01-01"]
    assert [period_of(text) for text in ("", "21", "2021-0", "2021-13", "٢٠٢١", "2021-1-1")] == [None] * 6
