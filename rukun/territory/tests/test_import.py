"""Bringing in a province: all of it or nothing, and again."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from rukun.audit.models import Entry
from rukun.territory.gather import gather
from rukun.territory.models import Area, Import, Jurisdiction, Outline, Unit
from rukun.territory.services import bring_in
from rukun.territory.tests.conftest import BORDERS, CENTROIDS, CODES, HEAD, border, square

Publish = Callable[..., Path]
Territory = Callable[..., SimpleNamespace]


def test_a_province_is_brought_in_as_it_is_published(nusa: Path, territory: Territory) -> None:
    said = territory("import", nusa)
    assert "village   4 new" in said.text and "outline   1 new" in said.text
    aia = Area.objects.get(code="99.01.01.2001")
    assert (aia.name, aia.kind, aia.level, aia.parent.name, aia.latitude, aia.longitude) == (
        "Aia Baliang",
        "desa",
        4,
        "Koto Rimbo",
        -0.47,
        100.52,
    )
    regency, city = Area.objects.get(code="99.01"), Area.objects.get(code="99.71")
    assert (regency.name, regency.kind, regency.population, regency.area_km2) == ("Rimbo Data", "regency", 76900, 861.019)
    assert (city.name, city.kind) == ("Kota Sungai Contoh", "city")
    assert Outline.objects.get().area == aia and Area.objects.get(code="99").population == 118400


def test_what_has_no_point_of_its_own_stands_in_the_middle_of_its_villages(nusa: Path, territory: Territory) -> None:
    """So that a map of districts or regencies can be drawn without a border."""
    territory("import", nusa)
    villages = Area.objects.filter(code__startswith="99.01.01.").exclude(latitude=None)
    district = Area.objects.get(code="99.01.01")
    assert district.latitude == pytest.approx(sum(one.latitude for one in villages) / len(villages), abs=1e-5)
    assert "nothing was changed" in territory("import", nusa).text and Area.objects.get(code="99.01.01").longitude == district.longitude


def test_paths_come_from_parents_and_never_from_codes(nusa: Path, territory: Territory) -> None:
    territory("import", nusa)
    paths = dict(Area.objects.values_list("code", "path"))
    assert paths["99"] == "01" and paths["99.71"] == "0102" and paths["99.71.01.1001"] == "0102010001"


def test_the_summary_counts_levels_kinds_and_outlines(nusa: Path, territory: Territory) -> None:
    assert "no areas yet" in territory("summary").text
    territory("import", nusa)
    levels = json.loads(territory("summary", "--json").text)["levels"]
    assert levels["village"] == {"count": 4, "with_outline": 1, "kinds": {"desa": 3, "kelurahan": 1}}
    assert levels["regency"] == {"count": 2, "with_outline": 0, "kinds": {"city": 1, "regency": 1}}
    assert list(levels) == ["province", "regency", "district", "village", "subunit"]
    assert "village" in territory("summary").text


def test_west_sumatra_has_nagari(publish: Publish, territory: Territory) -> None:
    text = CODES.replace("99.01", "13.06").replace("99.71", "13.77").replace("'99'", "'13'")
    territory("import", publish("wilayah.sql", text))
    assert json.loads(territory("summary", "--json").text)["levels"]["village"]["kinds"] == {"kelurahan": 1, "nagari": 3}


def test_the_book_holds_one_entry_with_the_digest_of_every_file(nusa: Path, territory: Territory) -> None:
    territory("import", nusa)
    entry = Entry.objects.get(act="territory.import")
    assert entry.actor == "system:console" and entry.object == f"territory.import:{Import.objects.get().pk}"
    assert json.loads(entry.details["counts"])["village"] == {"new": 4} and entry.details["operator"]
    files = json.loads(entry.details["files"])
    assert {file["name"] for file in files} == {"wilayah.sql", "wilayah_luas.sql", "wilayah_penduduk.sql", "13.sql", "centroids.csv"}
    assert all(len(file["sha256"]) == 64 for file in files)


def test_the_same_again_changes_nothing_and_is_not_told(nusa: Path, territory: Territory) -> None:
    territory("import", nusa)
    before = list(Area.objects.order_by("pk").values())
    said = territory("import", nusa)
    assert "nothing was changed" in said.text and "village   4 unchanged" in said.text and "outline   1 unchanged" in said.text
    assert list(Area.objects.order_by("pk").values()) == before and Import.objects.count() == 1
    assert Entry.objects.filter(act="territory.import").count() == 1


def test_again_it_says_what_changed(nusa: Path, publish: Publish, territory: Territory) -> None:
    territory("import", nusa)
    publish(
        "db/wilayah.sql", CODES.replace("'Koto Rimbo'", "'Koto Rimbo Baru'").replace("'99.01.02','", "'99.01.03','Ranah'),\n('99.01.02','")
    )
    said = territory("import", nusa)
    assert "district  1 changed, 1 new, 2 unchanged" in said.text and "nothing was changed" not in said.text
    assert Area.objects.get(code="99.01.01").name == "Koto Rimbo Baru"
    ranah = Area.objects.get(code="99.01.03")
    assert ranah.path == "010103" and ranah.valid_from is not None  # it joined siblings that were there before


def test_only_the_province_asked_for_is_brought_in(nusa: Path, publish: Publish, territory: Territory) -> None:
    publish("db/more.sql", "INSERT INTO wilayah (kode, nama) VALUES\n('98','Lain'),\n('98.01','Kabupaten Lain'),\n('98.01.0','x');")
    with pytest.raises(CommandError, match=r"more.sql:4"):
        territory("import", nusa, "--province", "99")  # what can't be read may have been of any province
    publish("db/more.sql", "INSERT INTO wilayah (kode, nama) VALUES\n('98','Lain'),\n('98.01','Kabupaten Lain');")
    territory("import", nusa, "--province", "99")
    assert set(Area.objects.filter(level=1).values_list("code", flat=True)) == {"99"}
    with pytest.raises(CommandError, match="nothing about province 97"):
        territory("import", nusa, "--province", "97")
    with pytest.raises(CommandError, match="two digits"):
        territory("import", nusa, "--province", "Sumatera Barat")


BROKEN = [
    ("('99.01.02','Lembah Alun'),", "('99.01.02','Lembah Alun',", "not closed"),
    ("('99.01.02','Lembah Alun'),", "('99.01.02','Lembah Alun'),\n('99.01.02','Lembah Alun'),", "stands twice, first in line"),
    ("('99.71.01.1001','Pasa Lamo')", "('99.72.01.1001','Pasa Lamo')", "lies in 99.72.01, which no code list names"),
]


@pytest.mark.parametrize(("good", "bad", "why"), BROKEN)
def test_a_bad_row_stops_it_and_nothing_is_half_done(
    nusa: Path, publish: Publish, territory: Territory, good: str, bad: str, why: str
) -> None:
    publish("db/wilayah.sql", HEAD + CODES.replace(good, bad))
    with pytest.raises(CommandError) as raised:
        territory("import", nusa)
    said = str(raised.value)
    assert said.startswith("Nothing was imported.\nwilayah.sql:") and why in said and "--skip-bad" in said
    assert not Area.objects.exists() and not Entry.objects.filter(act="territory.import").exists()


@pytest.mark.parametrize(("good", "bad", "why"), BROKEN)
def test_bad_rows_go_where_one_says(
    nusa: Path, publish: Publish, territory: Territory, tmp_path: Path, good: str, bad: str, why: str
) -> None:
    publish("db/wilayah.sql", HEAD + CODES.replace(good, bad))
    said = territory("import", nusa, "--skip-bad", tmp_path / "bad.csv")
    rows = list(csv.DictReader((tmp_path / "bad.csv").read_text().splitlines()))
    assert why in rows[0]["why"] and rows[0]["file"] == "wilayah.sql" and int(rows[0]["line"]) > 16 and rows[0]["remedy"]
    assert "Rows that were skipped" in said.text and Area.objects.filter(code="99.01.01.2001").exists()
    assert Import.objects.get().skipped == len(rows)


def test_a_border_of_an_unknown_village_is_a_bad_row(publish: Publish, territory: Territory) -> None:
    with pytest.raises(CommandError, match=r"99.01.01.2001 is in no code list. Import the code list"):
        territory("import", publish("kel.sql", BORDERS + border("99.01.01.2001", square(-0.47, 100.52)) + ";"))


def test_files_that_contradict_each_other_are_bad(nusa: Path, publish: Publish, territory: Territory) -> None:
    publish("db/older.sql", "INSERT INTO wilayah (kode, nama) VALUES ('99.01','Kabupaten Lama');")
    with pytest.raises(CommandError, match=r"wilayah.sql:\d+: of 99.01 it says something else than older.sql:1"):
        territory("import", nusa)
    publish("db/older.sql", "INSERT INTO wilayah (kode, nama) VALUES ('99.01','Kabupaten Rimbo Data');")
    territory("import", nusa)


def test_the_file_for_bad_rows_is_never_one_that_holds_something_else(nusa: Path, territory: Territory, tmp_path: Path) -> None:
    target = nusa / "db" / "wilayah.sql"
    before = target.read_text()
    with pytest.raises(CommandError, match="holds something else"):
        territory("import", nusa, "--skip-bad", target)
    assert target.read_text() == before
    territory("import", nusa, "--skip-bad", tmp_path / "bad.csv")
    territory("import", nusa, "--skip-bad", tmp_path / "bad.csv")  # our own may be written again
    with pytest.raises(CommandError, match="a folder that exists"):
        territory("import", nusa, "--skip-bad", tmp_path / "none" / "bad.csv")


@pytest.mark.parametrize("name", ["nothing-here", "README.md"])
def test_where_there_is_nothing_it_says_so(nusa: Path, territory: Territory, name: str) -> None:
    with pytest.raises(CommandError, match="Nothing was imported"):
        territory("import", nusa / name)


def test_only_who_may_brings_in_territory(nusa: Path, world: SimpleNamespace) -> None:
    harvest = gather(nusa / "db" / "wilayah.sql")
    for person in (world.sari, world.budi, world.yusuf):
        with pytest.raises(PermissionDenied):
            bring_in(world.actor(person), harvest, on=world.aia_baliang.today())
    assert not Area.objects.filter(name="Lasara Ba'u").exists()


def test_an_area_that_left_the_list_ends_only_when_told_to(nusa: Path, publish: Publish, territory: Territory, tmp_path: Path) -> None:
    territory("import", nusa)
    shorter = publish("shorter.sql", CODES.replace("('99.01.01.2002','Lasara Ba''u'),\n", ""))
    said = territory("import", shorter)
    assert "no longer in the code list. They stay valid" in said.text and "99.01.01.2002 Lasara Ba'u" in said.text
    assert Area.objects.get(code="99.01.01.2002").valid_until is None
    said = territory("import", shorter, "--end-missing")
    assert "1 ended" in said.text and Area.objects.get(code="99.01.01.2002").valid_until is not None
    territory("import", nusa)  # back again: a new row, a new path
    first, second = Area.objects.filter(code="99.01.01.2002").order_by("pk")
    assert (first.path, second.path) == ("0101010002", "0101010003") and second.valid_until is None
    broken = publish("shorter.sql", CODES.replace("('99.01.01.2002','Lasara Ba''u'),", "('99.01.01.2002','Lasara"))
    with pytest.raises(CommandError, match="can't be told from what is broken"):
        territory("import", broken, "--end-missing", "--skip-bad", tmp_path / "bad.csv")


def test_a_village_that_moves_gets_a_new_row_after_the_old(world: SimpleNamespace, publish: Publish, territory: Territory) -> None:
    old = world.aia_baliang
    part = Area.objects.filter(parent=old).first()
    unit = Unit.objects.get(code="SEK-LA")
    from rukun.access.scope import system
    from rukun.territory.services import cover

    cover(system("test"), unit, area=old, valid_from=old.today())
    said = territory("import", publish("pindah.csv", "code,name,kind,parent\n99.01.01.2001,Aia Baliang,nagari,99.01.02\n"))
    old.refresh_from_db()
    part.refresh_from_db()
    new = Area.objects.get(code="99.01.01.2001", valid_until=None)
    assert old.valid_until and old.successor == new and old.path == world.aia_baliang.path and new.parent.code == "99.01.02"
    assert new.path.startswith(new.parent.path) and new.population == old.population and new.valid_from == old.valid_until
    assert part.valid_until and part.successor.parent == new and part.successor.name == part.name
    assert Jurisdiction.objects.get(area=new).unit == unit and Jurisdiction.objects.get(area=old).valid_until
    assert "lie elsewhere now" in said.text
    # its code still begins with 99.01.01: only who names a parent moves an area
    said = territory("import", publish("again.csv", "code,name,kind\n99.01.01.2001,Aia Baliang,nagari\n"))
    assert "1 unchanged" in said.text and "lie elsewhere" not in said.text


def test_what_lies_below_moves_along(world: SimpleNamespace, publish: Publish, territory: Territory) -> None:
    rows = "code,name,kind,parent\n99.01.01,Koto Rimbo,district,99.71\n99.01.01.2001,Aia Baliang Baru,nagari,\n"
    territory("import", publish("pindah.csv", rows))
    district = Area.objects.get(code="99.01.01", valid_until=None)
    villages = Area.objects.filter(parent=district, valid_until=None)
    assert villages.count() == 6 and all(area.path.startswith(district.path) for area in villages)
    assert villages.get(code="99.01.01.2001").name == "Aia Baliang Baru"
    assert not Area.objects.filter(parent=world.koto_rimbo_district, valid_until=None).exists()
    assert Area.objects.filter(level=5, valid_until=None, path__startswith=district.path).count() == 14


def test_centroids_alone_move_the_middles_of_what_is_known(nusa: Path, publish: Publish, territory: Territory) -> None:
    territory("import", nusa / "db" / "wilayah.sql")
    said = territory("import", publish("only.csv", CENTROIDS))
    assert "village   3 changed" in said.text and Area.objects.get(code="99.71.01.1001").longitude == 100.776


def test_only_a_border_that_was_published_anew_is_drawn_anew(nusa: Path, publish: Publish, territory: Territory) -> None:
    territory("import", nusa)
    publish("db/kel/13.sql", BORDERS + border("99.01.01.2001", square(-0.471, 100.521, 0.03)) + ";\n")
    assert "outline   1 changed" in territory("import", nusa).text
    outline = Outline.objects.get()
    assert outline.north - outline.south == pytest.approx(0.03) and outline.geometry["type"] == "Polygon"


def test_who_acts_at_the_console_can_be_named(
    nusa: Path, world: SimpleNamespace, territory: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rukun.access import console

    people = {"94031119": world.actor(world.tomi)}
    monkeypatch.setattr(console, "_find", [people.get])
    with pytest.raises(CommandError, match="Nobody in service has the NRP 00000000"):
        territory("import", nusa, "--as", "00000000")
    territory("import", nusa / "centroids.csv", "--as", "94031119", "--skip-bad", nusa.parent / "bad.csv")
    assert Entry.objects.filter(act="territory.import").latest("pk").actor == f"officer:{world.tomi.pk}"
