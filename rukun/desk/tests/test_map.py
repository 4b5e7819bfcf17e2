"""The map: what it counts, whom it shows to whom, and what it never points at."""

import json
from datetime import timedelta

import pytest

from rukun.access.scope import system
from rukun.demo import borders
from rukun.desk.rules import class_of, classes
from rukun.fieldwork import services
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.problems import services as problems
from rukun.territory import tiles


@pytest.fixture
def data(signed_in):
    def read(officer, query: str = "") -> dict:
        answer = signed_in(officer).get(f"/peta/isi.geojson{query}")
        assert answer.status_code == 200
        return json.loads(answer.content)

    return read


def places(found) -> dict:
    return {each["properties"]["name"]: each["properties"] for each in found["features"] if each["properties"]["is"] == "place"}


def points(found) -> list:
    return [each["properties"]["name"] for each in found["features"] if each["properties"]["is"] == "report"]


def at_a_point(world, title: str, code: str | None = "CRM-03", **more):
    return services.receive_report(
        world.actor(world.rahmi), world.aia_baliang, id=new_id(), title=title, facts=title, basis="told", code=code,
        happened_at=clock.now() - timedelta(hours=3), latitude=-0.471, longitude=96.521, **more,
    )  # fmt: skip


def test_the_table_says_what_the_map_says(world, told, page, data):
    told(world.rahmi, world.pasar, "Motor hilang"), told(world.rahmi, world.guguak_sapan, "Sapi hilang", "CRM-01")
    read = page(world.nofri, "/peta/")
    assert "2 laporan dalam 30 hari, dari 2 di antara 6 nagari, desa, dan kelurahan." in read
    shown = places(data(world.nofri))
    assert {name: place["n"] for name, place in shown.items() if place["n"]} == {"Aia Baliang": 1, "Guguak Sapan": 1}
    assert shown["Aia Baliang"]["says"] == "1 laporan (1 belum dinilai)"


def test_a_place_without_report_or_visit_is_not_a_quiet_place(world, told, data):
    services.receive_visit(world.actor(world.fadli), world.koto_rimbo, id=new_id(), kind="visit", made_at=clock.now(), nothing_said=True)
    shown = places(data(world.nofri))
    assert not shown["Koto Rimbo"]["silent"]
    assert shown["Lubuak Anau"]["silent"]
    assert "belum dikunjungi" in shown["Lubuak Anau"]["says"]


def test_who_reads_no_visits_is_not_told_where_nobody_went(world, page, data):
    assert not any(place["silent"] for place in places(data(world.putri)).values())
    assert "belum ada kunjungan" not in page(world.putri, "/peta/")


def test_an_officer_of_the_field_sees_a_map_of_her_own_reports(world, told, page, data):
    told(world.rahmi, world.aia_baliang, "Motor hilang")
    told(world.sari, world.aia_baliang, "Lampu padam", "ENV-04")
    read = page(world.sari, "/peta/")
    assert "Di mana saya melapor?" in read
    assert "Ini hanya laporan Anda sendiri." in read
    assert "1 laporan dalam 30 hari" in read


def test_another_sector_sees_nothing_of_this_one(world, told, data, signed_in):
    told(world.rahmi, world.pasar, "Motor hilang")
    assert "Aia Baliang" not in places(data(world.joko))
    for address in ("/peta/", "/peta/isi.geojson"):
        assert signed_in(world.joko).get(f"{address}?wilayah={world.aia_baliang.path}").status_code == 404


@pytest.mark.parametrize("who", ["lina", "yusuf", "mira", "tomi"])
def test_who_reads_neither_reports_nor_problems_has_no_map(world, signed_in, who):
    expected = 200 if who == "lina" else 403  # an operator has her own reports, if any
    for address in ("/peta/", "/peta/isi.geojson"):
        assert signed_in(getattr(world, who)).get(address).status_code == expected


def test_what_is_sensitive_is_never_a_point_and_never_below_a_village(world, data):
    at_a_point(world, "Motor hilang")
    for code in ("VUL-01", "ELC-02", "CON-06", None):
        at_a_point(world, f"Tidak untuk peta {code}", code)
    found = data(world.nofri)
    assert points(found) == ["Motor hilang"]
    assert places(found)["Aia Baliang"]["n"] == 5
    beside = at_a_point(world, "Motor dan rumah tangga")
    services.assess(world.actor(world.nofri), beside, stage="AG", severity=None, code="CRM-03", other_codes=["VUL-01"])
    assert points(data(world.nofri)) == ["Motor hilang"]


def test_sub_units_of_a_village_are_counted_but_for_what_is_sensitive(world, told, page, data):
    told(world.rahmi, world.pasar, "Motor hilang"), told(world.rahmi, world.pasar, "Pertengkaran", "VUL-01")
    told(world.rahmi, world.aia_baliang, "Lampu padam", "ENV-04")
    query = f"?wilayah={world.aia_baliang.path}"
    assert {name: place["n"] for name, place in places(data(world.nofri, query)).items() if place["n"]} == {"Pasar": 1}
    read = page(world.nofri, f"/peta/{query}")
    assert "3 laporan dalam 30 hari" in read
    assert "2 laporan lagi di nagari, desa, atau kelurahan ini, tidak dihitung per bagiannya." in read


def test_a_problem_stands_on_the_map_by_its_furthest_stage_unless_it_is_sensitive(world, told, data):
    report = told(world.rahmi, world.pasar, "Motor hilang")
    chief = world.actor(world.nofri)
    said = {"title": "Motor hilang", "severity": 3}
    problems.open_from_reports(chief, report, code="CRM-03", stage="AG", **said)
    hidden = told(world.rahmi, world.guguak_sapan, "Pertengkaran", "VUL-01")
    problems.open_from_reports(chief, hidden, code="VUL-01", stage="GN", **said)
    shown = places(data(world.nofri))
    assert (shown["Aia Baliang"]["problems"], shown["Aia Baliang"]["stage"]) == (1, "AG")
    assert (shown["Guguak Sapan"]["problems"], shown["Guguak Sapan"]["stage"]) == (1, "")


def test_kind_stage_and_period_narrow_map_and_table_alike(world, told, page, data):
    told(world.rahmi, world.pasar, "Motor hilang"), told(world.rahmi, world.pasar, "Lampu padam", "ENV-04")
    for query, expected in (("?jenis=CRM", 1), ("?jenis=CRM-03", 1), ("?jenis=CYB", 0), ("?tahap=GN", 0), ("?hari=7", 2)):
        assert places(data(world.nofri, query))["Aia Baliang"]["n"] == expected
        assert ("laporan dalam" if expected else "Belum ada laporan dalam") in page(world.nofri, f"/peta/{query}")


@pytest.mark.parametrize("query", ["?hari=0", "?hari=x", "?jenis=../../etc", "?tahap=ZZ", "?hari=99999999999999999999"])
def test_what_an_address_asks_wrongly_is_answered_with_words(world, page, data, query):
    data(world.nofri, query)
    assert 'aria-invalid="true"' in page(world.nofri, f"/peta/{query}")


def test_a_place_with_a_border_is_said_to_have_one(world, data, settings, tmp_path):
    settings.DATA = tmp_path
    assert not any(place["outlined"] for place in places(data(world.nofri)).values())
    borders.draw(system("demo"))
    tiles.draw()
    found = data(world.nofri)
    assert all(place["outlined"] for place in places(found).values())
    west, south, east, north = found["map"]["bounds"]
    assert west < 96.5 < east
    assert south < -0.47 < north


def test_the_map_library_is_asked_for_by_the_map_alone(world, page):
    assert "maplibre" in page(world.nofri, "/peta/")
    for address in ("/", "/wilayah/", "/laporan/baru/", "/kunjungan/baru/", "/kotak-masuk/", "/masalah/"):
        assert "maplibre" not in page(world.nofri, address)
        assert "map.js" not in page(world.nofri, address)


def test_the_way_to_the_map_stands_where_one_looks_at_places(world, page):
    assert 'href="/peta/"' in page(world.nofri, "/wilayah/")
    assert f'href="/peta/?wilayah={world.aia_baliang.path}"' in page(world.nofri, f"/wilayah/{world.aia_baliang.path}/")


@pytest.mark.parametrize("most", [0, 1, 2, 4, 5, 10, 19, 20, 21, 50, 400, 4999, 70_000, 2_000_000])
def test_a_legend_has_at_most_four_steps_that_meet_and_hold_every_count(most):
    steps = classes(most)
    assert len(steps) <= 4
    assert [low for low, _ in steps] == [1, *(high + 1 for _, high in steps)][: len(steps)]
    for count in {1, most // 3, most // 2, most} - {0}:
        if count <= most:
            low, high = steps[class_of(count, steps) - 1]
            assert low <= count <= high
