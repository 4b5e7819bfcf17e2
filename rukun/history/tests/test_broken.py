"""Files as they really come: cut, binary, in another coding, with a line that never ends. Each is named, or its row is set aside."""

import csv
import gzip

import pytest
from django.core.management import CommandError

from rukun.history.models import Batch, Incident
from rukun.history.tests.conftest import HEAD, ROWS
from rukun.lib.days import NotADay, NotATime, day_of, time_of

GOOD = "9,2026-03-01,,99.01.01.2001,CRM-03,,,\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (ROWS.encode("utf-16"), "UTF-16"),
        (ROWS.encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04" + bytes(500), "workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8|no text|quotes|day"),
        (b"GIF89a" + bytes(100), "no text"),
        (b"\x1f\x8b\x08\x00rusak", "damaged"),
        (ROWS.replace(",", "|").encode(), "the day"),
        (b"reference,date,date,area,code\n1,2,3,4,5\n", "stands twice"),
        (b'"reference,date\n1,2\n', "never closed"),
        (b"a,b,c\n1,2,3\n", "the day"),
        (b"date,code\n2026-03-01,CRM-01\n", "the place"),
        (b"date,area\n2026-03-01,99\n", "the kind"),
        (b"date,code,latitude\n2026-03-01,CRM-01,-0.4\n", "latitude"),
        (b"x" * 2_000_000, "longer than"),
    ],
)
def test_a_file_that_is_no_table_of_incidents_is_named(world, keep, reports, content, why):
    with pytest.raises(CommandError, match=why):
        reports("import", keep(content), "--source", "x")
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,besok,,99.01,CRM-03,,,", "is no day"),
        ("1,,,99.01,CRM-03,,,", "names no day"),
        ("1,2999-01-01,,99.01,CRM-03,,,", "in the future"),
        ("1,1900-01-01,,99.01,CRM-03,,,", "before all records"),
        ("1,44197,,99.01,CRM-03,,,", "spreadsheet's number"),
        ("1,05/12/21,,99.01,CRM-03,,,", "is no day"),
        ("1,2026-02-30,,99.01,CRM-03,,,", "is no day"),
        ("1,2026-03-01,25:00,99.01,CRM-03,,,", "no time"),
        ("1,2026-03-01,,99.09,CRM-03,,,", "no area has the code 99.09"),
        ("1,2026-03-01,,Entah,CRM-03,,,", "no area is called"),
        ("1,2026-03-01,,Pasar/Entah,CRM-03,,,", "no area is called"),
        ("1,2026-03-01,,,CRM-03,,,", "names no place"),
        ("1,2026-03-01,,99.01,XXX-01,,,", "no kind that we know"),
        ("1,2026-03-01,,99.01,,,,", "no rule gives a kind"),
        ("1,2026-03-01,,99.01,CRM-03,XX,,", "no stage"),
        ("1,2026-03-01,,99.01,CRM-03,,9,", "no severity"),
        (",2026-03-01,,99.01,CRM-03,,,", "no reference"),
        ("9,2026-03-02,,99.01,CRM-03,,,", "stands in line 2 already"),
        ("1,2026-03-01,,99.01,CRM-03,,,=HYPERLINK(1)", "is a formula"),
        ("=1+1,2026-03-01,,99.01,CRM-03,,,", "is a formula"),
        ("1,2026-03-01,,99.01,CRM-03,,", "has 7 fields"),
        ('1,"2026-03-01,,99.01,CRM-03,,,', "never closed"),
        ("1;2026-03-01;;99.01;CRM-03;;;", "has 1 fields"),
        ("1,2026-03-01,,99.01,CRM-03,,,S\udce0i", "UTF-8"),
        ("1,2026-03-01,,99.01,CRM-03,,,\x00", "no text"),
    ],
)
def test_a_row_that_cannot_be_kept_is_set_aside_with_its_reason_and_the_rest_comes_in(world, keep, reports, tmp_path, row, why):
    content = (HEAD + GOOD + row + "\n" + GOOD.replace("9,", "10,", 1)).encode(errors="surrogateescape")
    said = reports("import", keep(content), "--source", "x")
    assert "3 rows read = 2 new + 0 unchanged + 0 changed + 1 rejected" in said
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        (kept,) = csv.DictReader(file)
    assert why in kept["why"] and kept["line"] == "3" and kept["remedy"]
    assert Batch.objects.get().counts["rejected"] == 1 and sum(Batch.objects.get().reasons.values()) == 1


def test_fifty_megabytes_on_one_line_are_passed_over(world, keep, reports, tmp_path):
    said = reports(
        "import", keep(HEAD.encode() + GOOD.encode() + b"x" * 50_000_000 + b"\n" + GOOD.replace("9,", "10,", 1).encode()), "--source", "x"
    )
    assert "2 new" in said and "1 rejected" in said and "longer than a million" in said
    assert (tmp_path / "rejected.csv").stat().st_size < 10_000


def test_a_packed_file_that_is_cut_off_brings_what_is_whole(world, keep, reports):
    whole = gzip.compress((HEAD + "".join(f"{n},2026-03-01,,99.01.01.2001,CRM-03,,,{hash(str(n))}\n" for n in range(20_000))).encode())
    said = reports("import", keep(whole[: len(whole) // 2], "lama.csv.gz"), "--source", "x")
    assert "damaged or cut off" in said and 0 < Incident.objects.count() < 20_000


def test_what_was_set_aside_is_mended_and_brought_in_as_it_is(world, keep, reports, tmp_path):
    reports("import", keep(HEAD + GOOD + "1,besok,,99.01,CRM-03,,,'=catatan\n"), "--source", "x")
    mended = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").replace("besok", "2026-03-03").replace("'=catatan", "catatan")
    assert "1 new" in reports("import", keep(mended, "mended.csv"), "--source", "x", "--rejected", tmp_path / "again.csv")
    assert Incident.objects.get(reference="1").text == "catatan"


def test_a_file_of_something_else_is_never_written_over(world, keep, reports):
    with pytest.raises(CommandError, match="holds something else"):
        reports("import", keep(ROWS), "--source", "x", "--rejected", keep("important", "notes.csv"))


def test_a_text_may_go_over_lines_and_a_semicolon_or_a_mark_in_front_changes_nothing(world, keep, reports):
    rows = '\ufeffreference;date;area;code;text\r\n1;2026-03-01;99.01;CRM-03;"Lampu padam;\r\nsudah dua malam"\r\n\r\n;;;;\r\n2;2026-03-01;99.01;CRM-03;x\r\n'
    assert "2 rows read = 2 new" in reports("import", keep(rows), "--source", "x")
    assert Incident.objects.get(reference="1").text.splitlines() == ["Lampu padam;", "sudah dua malam"]


@pytest.mark.parametrize(
    "text",
    ["2021-05-12", "12/05/2021", "12-5-2021", "12.05.2021", "12 Mei 2021", "Rabu, 12 May 2021", "20210512", "2021/05/12", "2021-05-12T18:30:00",
     "2021-05-12 18:30", "12/05/2021 18.30", "12 MEI 2021 18:30 WIB", "2021-05-12T18:30:00+07:00"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text):
    assert day_of(text).isoformat() == "2021-05-12"


@pytest.mark.parametrize("text", ["13/13/2021", "12/05/21", "Mei 2021", "0", "44197", "2021-5", "kemarin", "１２/05/2021x", ""])
def test_what_is_no_day_or_could_be_two_is_not_guessed(text):
    with pytest.raises(NotADay):
        day_of(text)


def test_a_time_is_read_as_people_write_it():
    assert [str(time_of(text)) for text in ("18:30", "18.30 WIB", "7:05:59", "2021-05-12T18:30:00+07:00", "")] == [
        "18:30:00", "18:30:00", "07:05:00", "18:30:00", "None",
    ]  # fmt: skip
    for text in ("24:00", "18:60", "sore", "1830"):
        with pytest.raises(NotATime):
            time_of(text)
