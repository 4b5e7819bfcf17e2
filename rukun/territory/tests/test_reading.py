"""Files as they are published, and as they are when something went wrong."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rukun.territory import shapes
from rukun.territory.sources import BadRow, NothingToRead, Outlined, Place, Placed, find, read, strict
from rukun.territory.tests.conftest import BORDERS, CENTROIDS, CODES, HEAD, border, square

Publish = Callable[..., Path]


def rows(path: Path) -> list:
    sources, _ = find(path, strict)
    return [row for source in sources for row in read(source, strict)]


def bad_rows(path: Path) -> tuple[list, list[BadRow]]:
    """What is read when bad rows are set aside, and those rows."""
    bad: list[BadRow] = []
    sources, _ = find(path, bad.append)
    return [row for source in sources for row in read(source, bad.append)], bad


def test_a_code_list_is_read_past_its_licence_and_comments(publish: Publish) -> None:
    read = rows(publish("wilayah.sql", HEAD + CODES))
    assert [(row.code, row.name) for row in read][:5] == [
        ("99", "Nusa Contoh"), ("99.01", "Kabupaten Rimbo Data"), ("99.01.01", "Koto Rimbo"), ("99.01.01.2001", "Aia Baliang"),
        ("99.01.01.2002", "Lasara Ba'u"),
    ]  # fmt: skip
    assert len(read) == 10 and str(read[0].place).endswith("wilayah.sql:16")


def test_a_file_is_known_by_what_it_holds(publish: Publish) -> None:
    assert len(rows(publish("data.csv.gz", HEAD + CODES))) == 10  # neither packed nor CSV
    assert len(rows(publish("data.sql", gzip.compress(CENTROIDS.encode())))) == 3
    assert len(rows(publish("marked.csv", b"\xef\xbb\xbf" + CENTROIDS.encode()))) == 3


def test_mysqldump_writes_all_rows_on_one_line_and_names_no_column(publish: Publish) -> None:
    text = r"INSERT INTO `wilayah` VALUES ('99','Nusa Contoh'),('99.01','Kabupaten \'Rimbo\' Data');"
    assert [row.name for row in rows(publish("dump.sql", text))] == ["Nusa Contoh", "Kabupaten 'Rimbo' Data"]


def test_a_word_that_swallows_rows_is_noticed(publish: Publish) -> None:
    read, bad = bad_rows(publish("wilayah.sql", CODES + "Provinsi\nINSERT INTO wilayah (kode, nama) VALUES ('98','Lain');"))
    assert len(read) == 11 and [(row.place.line, "begins no statement" in row.why) for row in bad] == [(13, True)]


def test_mysqldump_wraps_its_rows_in_housekeeping(publish: Publish) -> None:
    text = (
        "# MySQL\n/*!40101 SET NAMES utf8 */;\nLOCK TABLES `wilayah` WRITE;\nREPLACE INTO `wilayah` VALUES ('99','Nusa');\nUNLOCK TABLES;\n"
    )
    assert [row.code for row in rows(publish("dump.sql", text))] == ["99"]


def test_a_border_is_turned_round(publish: Publish) -> None:
    placed, outlined = rows(publish("kel.sql", BORDERS + border("99.01.01.2001", square(-0.47, 100.52)) + ";"))
    assert isinstance(placed, Placed) and (placed.longitude, placed.latitude) == (100.52, -0.47)
    assert isinstance(outlined, Outlined) and outlined.polygons[0][0][0] == pytest.approx((100.51, -0.48)) and outlined.mended == ()


def test_an_unclosed_ring_is_closed_and_named(publish: Publish) -> None:
    path = "[[[-0.48,100.51],[-0.48,100.53],[-0.46,100.53],[-0.46,100.51]]]"
    _, outlined = rows(publish("kel.sql", BORDERS + border("99.01.01.2001", path) + ";"))
    assert outlined.mended == ("ring 1 was not closed",)
    [drawn] = shapes.draw([outlined], strict)
    assert drawn.mended == "ring 1 was not closed" and drawn.bounds == pytest.approx((100.51, -0.48, 100.53, -0.46))


def test_a_ring_that_crosses_itself_is_mended_and_named(publish: Publish) -> None:
    bow_tie = "[[[-0.48,100.51],[-0.46,100.53],[-0.46,100.51],[-0.48,100.53],[-0.48,100.51]]]"
    _, outlined = rows(publish("kel.sql", BORDERS + border("99.01.01.2001", bow_tie) + ";"))
    [drawn] = shapes.draw([outlined], strict)
    assert drawn.mended.startswith("self-intersection near 100.52") and drawn.geometry["type"] == "MultiPolygon"


def test_an_island_written_down_as_a_hole_is_kept(publish: Publish) -> None:
    both = square(-0.47, 100.52)[:-1] + "," + square(-0.47, 100.62)[1:]
    _, outlined = rows(publish("kel.sql", BORDERS + border("99.01.01.2001", both) + ";"))
    [drawn] = shapes.draw([outlined], strict)
    assert drawn.bounds == pytest.approx((100.51, -0.48, 100.63, -0.46)) and drawn.mended.startswith("hole lies outside shell")


def test_a_ring_that_encloses_nothing_is_bad(publish: Publish) -> None:
    line = "[[[-0.48,100.51],[-0.46,100.53],[-0.47,100.52],[-0.48,100.51]]]"
    _, outlined = rows(publish("kel.sql", BORDERS + border("99.01.01.2001", line) + ";"))
    with pytest.raises(BadRow, match="encloses nothing"):
        shapes.draw([outlined], strict)


def test_neighbours_still_meet_when_their_border_is_simplified() -> None:
    wiggle = [(100.5 + 0.00005 * (step % 2), -0.5 + step * 0.001) for step in range(21)]
    west = [*wiggle, (100.45, -0.48), (100.45, -0.5), wiggle[0]]
    east = [*wiggle, (100.55, -0.48), (100.55, -0.5), wiggle[0]]
    place = Place("invented", 1)
    drawn = shapes.draw([Outlined(place, "99.01.01.2001", [[west]], "w"), Outlined(place, "99.01.01.2002", [[east]], "e")], strict)
    points = [{tuple(point) for point in row.geometry["coordinates"][0]} for row in drawn]
    assert len(points[0] & points[1]) >= 2 and all(len(line) < 20 for line in points)


def test_geojson_is_read_whatever_its_code_is_called(publish: Publish) -> None:
    ring = [[100.51, -0.48], [100.53, -0.48], [100.53, -0.46], [100.51, -0.46], [100.51, -0.48]]
    features = [
        {
            "type": "Feature",
            "properties": {"KDEPUM": "9901012001", "WADMKD": "Aia Baliang"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        },
        {
            "type": "Feature",
            "properties": {"kode": "99.01.01.2002", "kind": "nagari", "nama": "Lasara"},
            "geometry": {"type": "Point", "coordinates": [100.5, -0.4]},
        },
    ]
    read = rows(publish("peta.json", json.dumps({"type": "FeatureCollection", "features": features}, indent=1)))
    assert [(type(row).__name__, row.code) for row in read] == [
        ("Outlined", "99.01.01.2001"), ("Named", "99.01.01.2002"), ("Placed", "99.01.01.2002"),
    ]  # fmt: skip
    lines = rows(publish("peta.geojsonl", "\n".join(json.dumps(feature) for feature in features)))
    assert len(lines) == 3 and lines[1].place.line == 2


def test_a_csv_with_kinds_is_a_code_list(publish: Publish) -> None:
    read = rows(publish("daftar.csv", "kode,nama,jenis,induk,penduduk\n99.01.01.2001,Aia Baliang,nagari,99.01.02,6420\n"))
    assert [(type(row).__name__) for row in read] == ["Named", "Counted"] and read[0].parent == "99.01.02"


def with_row(line: str) -> str:
    """A code list with one line put in before its last."""
    before, last = CODES.rstrip().rsplit("\n", 1)
    return f"{before}\n{line}\n{last}\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("('99.01.03','Ranah',", "not closed"),
        ("'99.01.03','Ranah'),", "begin with a parenthesis"),
        ("('99.01.03','Ranah),", "a quote is not closed"),
        ("('99.01.03','Ranah')", "comma or the closing"),
        ("('99.01.03'),", "1 values, 2 are expected"),
        ("('99.01.03','Ranah','x'),", "3 values, 2 are expected"),
        ("('99.x','Ranah'),", "no code"),
        ("('99.01.03',''),", "name is empty"),
        ("('99.01.03',NULL),", "name is empty"),
        ("('99.01.03','Ranah';),", "not expected"),
        ("<html>", "not expected"),
        ("('99.01.03',0x41),", "not expected"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_the_others_are_read(publish: Publish, line: str, why: str) -> None:
    path = publish("wilayah.sql", with_row(line))
    with pytest.raises(BadRow, match=why) as raised:
        rows(path)
    assert raised.value.place.file == "wilayah.sql" and raised.value.place.line in (12, 13) and raised.value.remedy
    read, bad = bad_rows(path)
    assert len(bad) == 1 and len(read) >= 9


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (border("99.01.01.2001", "[[[100.51,-0.48],[100.53,-0.48],[100.53,-0.46],[100.51,-0.48]]]"), "the wrong way round"),
        (border("99.01.01.2001", square(-0.47, 100.52), north=100.52, east=-0.47), "the wrong way round"),
        (border("99.01.01.2001", square(48.0, 11.0)), "outside of Indonesia"),
        (border("99.01.01.2001", "[[[-0.48,100.51],"), "no list of points"),
        (border("99.01.01.2001", "[[-0.48,100.51]]"), "neither a polygon nor several"),
        (border("99.01.01.2001", '[[["a",100.51]]]'), "neither a polygon nor several"),
        (border("99.01.01.2001", '[[[-0.48,100.51],["a",1]]]'), "no list of points"),
        (border("99.01.01.2001", "[" * 5000), "no list of points"),
        (border("99.01.01.2001", "[[[-0.48,100.51],[-0.48,100.53]]]"), "encloses nothing"),
        ("('99.01.01.2001','Aia','timur',100.5,'[]')", "is no number"),
        ("('99.01.01.2001','Aia',nan,100.5,'[]')", "not expected"),
        ("('99.01.01.2001','Aia',1e999,100.5,'[]')", "is no number"),
    ],
)
def test_a_broken_border_is_named(publish: Publish, row: str, why: str) -> None:
    good = border("99.01.01.2002", square(-0.45, 100.50))
    read, bad = bad_rows(publish("kel.sql", f"{BORDERS}{row},\n{good};\n"))
    assert len(bad) == 1 and why in bad[0].why and bad[0].place.line == 3
    assert [type(row).__name__ for row in read if row.code == "99.01.01.2002"] == ["Placed", "Outlined"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("99.01.01.2002,Lasara,utara,100.5", "is no number"),
        ("99.01.01.2002,Lasara,100.5,-0.45", "the wrong way round"),
        ("99.01.01.2002,Lasara,,100.5", "is no number"),
        ("99.01.01.2002,Lasara,-0.45", "3 fields, the header 4"),
        ('99.01.01.2002,"Lasara,-0.45,100.5', "no CSV"),
        ("Lasara,99.01.01.2002,-0.45,100.5", "no code"),
    ],
)
def test_a_broken_row_of_a_csv_is_named(publish: Publish, row: str, why: str) -> None:
    read, bad = bad_rows(publish("centroids.csv", CENTROIDS + row + "\n"))
    assert len(read) == 3 and [bad_row.place.line for bad_row in bad] == [5] and why in bad[0].why


def test_a_dump_that_was_cut_off_is_noticed(publish: Publish) -> None:
    for cut in (CODES[:-40], CODES.rstrip().removesuffix(";"), CODES.rsplit("\n", 2)[0]):
        [bad] = bad_rows(publish("wilayah.sql", cut))[1]
        assert "the file ends" in bad.why or "not closed" in bad.why
    packed = gzip.compress(CENTROIDS.encode() * 2000)
    read, bad = bad_rows(publish("centroids.csv.gz", packed[: len(packed) // 2]))
    assert read and "damaged or cut off" in bad[-1].why
    cut_json = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"99"},"geometry":null},{"type":"Fea'
    assert "no JSON" in bad_rows(publish("peta.geojson", cut_json))[1][0].why


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.sql", b"", "the file is empty"),
        ("blank.csv", b" \n\n", "the file is empty"),
        ("junk.sql", bytes(range(256)) * 20, "holds no text"),
        ("torn.csv.gz", b"\x1f\x8b" + b"x" * 50, "damaged"),
        ("latin.csv", CENTROIDS.encode() + "99.01.01.2003,Sài,-0.4,100.5\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(publish: Publish, name: str, content: bytes, why: str) -> None:
    with pytest.raises(BadRow, match=why):
        rows(publish(name, content))
    bad: list[BadRow] = []
    publish("good.csv", CENTROIDS)
    sources, _ = find(publish(name, content).parent, bad.append)  # in a folder it is set aside with the bad rows
    assert [row for source in sources for row in read(source, bad.append)] and len(bad) == 1 and bad[0].place.file == name


def test_a_file_about_something_else_is_left_aside(publish: Publish) -> None:
    publish("package.json", '{"name": "x", "dependencies": {}}')
    publish("cases.csv", "village,cases\nX,3\n")
    publish("ddl.sql", "CREATE TABLE wilayah (kode varchar(13));")
    publish("other.sql", "INSERT INTO users (id, name) VALUES (1,'x');")
    _, aside = find(publish("centroids.csv", CENTROIDS).parent, strict)
    assert aside == ["cases.csv", "ddl.sql", "other.sql", "package.json"]
    with pytest.raises(NothingToRead):
        find(publish("cases.csv", "village,cases\nX,3\n"), strict)
    with pytest.raises(NothingToRead):
        find(Path("nowhere"), strict)


@pytest.mark.parametrize("part", ["('99','", "((", "'a\\", "''", "-- ", "/*", "('99','x'),", "1.", "\\"])
def test_a_hostile_line_is_read_once_and_not_once_per_character(publish: Publish, part: str) -> None:
    # so many repetitions that a reader who looks back at each of them is still at it when the test run ends
    read, bad = bad_rows(publish("huge.sql", "INSERT INTO wilayah (kode, nama) VALUES " + part * 100_000))
    assert bad and len(read) in (0, 100_000)


def test_a_line_without_end_is_refused(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    from rukun.territory.sources import text

    monkeypatch.setattr(text, "LONGEST", 1000)
    read, bad = bad_rows(publish("wilayah.sql", with_row("('99.01.03','" + "x" * 5000 + "'),")))
    assert len(read) == 10 and "longer" in bad[0].why
