"""Borders as a map: every area stands in the tiles where it lies, with its number, the right way round."""

import gzip
import math

import pytest
from django.core.management import call_command

from rukun.access.scope import system
from rukun.demo import borders
from rukun.territory import mvt, tiles
from rukun.territory.jobs import draw as job
from rukun.territory.locate import Index
from rukun.territory.models import Area
from rukun.territory.rules import VILLAGE


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def drawn(world, data):
    borders.draw(system("demo"))
    return tiles.draw()


def at(longitude, latitude, zoom):
    side = 2**zoom
    south = math.asinh(math.tan(math.radians(latitude)))
    return (longitude / 360 + 0.5) * side, (0.5 - south / (2 * math.pi)) * side


# --- a reader of our own, written from the specification ---------------------------------------------------------------------------


def fields(data):
    place = 0

    def varint():
        nonlocal place
        number = shift = 0
        while True:
            byte = data[place]
            place += 1
            number |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return number

    while place < len(data):
        key = varint()
        if key & 7 == 2:
            length = varint()
            yield key >> 3, data[place : place + length]
            place += length
        else:
            yield key >> 3, varint()


def numbers(data):
    return [value for _, value in fields(b"".join(b"\x08" + part for part in pieces(data)))]


def pieces(data):
    start = 0
    for end, byte in enumerate(data, start=1):
        if byte < 128:
            yield data[start:end]
            start = end


def read(content):
    """{layer: {number of the area: rings}}"""
    layers = {}
    for _, layer in fields(content):
        name, found = "", {}
        for key, value in fields(layer):
            if key == 1:
                name = value.decode()
            if key == 2:
                feature = dict(fields(value))
                found[feature[1]] = rings(numbers(feature[4]))
        layers[name] = found
    return layers


def rings(commands):
    found, x, y, place = [], 0, 0, 0
    while place < len(commands):
        order, count = commands[place] & 7, commands[place] >> 3
        place += 1
        if order == mvt.CLOSE:
            continue
        if order == mvt.MOVE:
            found.append([])
        for _ in range(count):
            x += (commands[place] >> 1) ^ -(commands[place] & 1)
            y += (commands[place + 1] >> 1) ^ -(commands[place + 1] & 1)
            place += 2
            found[-1].append((x, y))
    return found


def holds(ring, x, y):
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@pytest.mark.parametrize("zoom", [6, 8, 10])
def test_the_middle_of_each_village_lies_in_its_own_border_on_the_map(drawn, zoom):
    index = Index()
    for village in Area.objects.at_level(VILLAGE):
        east, south = at(village.longitude, village.latitude, zoom)
        content = tiles.tile(drawn.file.stem, zoom, int(east), int(south))
        layer = read(gzip.decompress(content))["level4"]
        x, y = (east % 1) * mvt.EXTENT, (south % 1) * mvt.EXTENT
        found = [number for number, shape in layer.items() if any(holds(ring, x, y) for ring in shape)]
        assert found == [int(village.path)]
        assert index.locate(village.longitude, village.latitude).path == village.path


def test_outer_rings_run_one_way_and_holes_the_other():
    square, hole = [(0, 0), (9, 0), (9, 9), (0, 9)], [(3, 3), (3, 6), (6, 6), (6, 3)]
    for outer in (square, square[::-1]):
        for inner in (hole, hole[::-1]):
            first, second = rings(numbers(mvt.commands([[outer, inner]])))
            assert mvt.twice_the_area(first) > 0 > mvt.twice_the_area(second)


def test_a_new_import_gets_a_new_address_and_the_old_map_is_gone(drawn, world):
    before = tiles.current()
    assert tiles.tile(before, 3, 0, 0) == b""  # open sea
    assert tiles.tile("1-1", 3, 0, 0) is None
    assert tiles.is_drawn()
    call_command("territory", "tiles")
    assert [file.name for file in tiles.folder().iterdir()] == [f"{before}.pmtiles"]


def test_the_worker_draws_what_an_import_without_a_command_brought(world, data):
    borders.draw(system("demo"))
    assert tiles.current() == ""
    job.func("1")
    assert tiles.is_drawn()
    first = tiles.folder().joinpath(f"{tiles.current()}.pmtiles").stat().st_mtime_ns
    job.func("1")  # drawn already: nothing to do
    assert tiles.folder().joinpath(f"{tiles.current()}.pmtiles").stat().st_mtime_ns == first


def test_without_any_border_there_is_no_map_and_the_command_says_so(world, data, capsys):
    call_command("territory", "tiles")
    assert "No border is known" in capsys.readouterr().out
    assert tiles.current() == ""


def test_a_tile_is_kept_by_the_browser_and_nothing_else_is_served(drawn, world, client):
    client.force_login(world.sari.account)
    village = world.aia_baliang
    east, south = at(village.longitude, village.latitude, 10)
    answer = client.get(f"/peta/petak/{tiles.current()}/10/{int(east)}/{int(south)}.mvt")
    assert answer.status_code == 200
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    assert "level4" in read(gzip.decompress(answer.content))
    assert client.get(f"/peta/petak/{tiles.current()}/10/0/0.mvt").status_code == 204
    for wrong in ("2-2/3/0/0", f"{tiles.current()}/3/99/0", f"{tiles.current()}/23/0/0", "..%2F..%2Fkeys/3/0/0"):
        assert client.get(f"/peta/petak/{wrong}.mvt").status_code == 404
    client.logout()
    assert client.get(f"/peta/petak/{tiles.current()}/10/0/0.mvt").status_code == 302


def test_drawing_the_same_borders_again_gives_the_same_file(drawn):
    before = drawn.file.read_bytes()
    assert tiles.draw().file.read_bytes() == before
