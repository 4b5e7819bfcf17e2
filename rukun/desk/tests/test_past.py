"""The map of what others recorded: the same numbers in table, list and picture; as exact as they are known, within one's own area."""

import json

import pytest

from rukun.history.tests.conftest import brought, keep, reports

__all__ = ["brought", "keep", "reports"]


@pytest.fixture
def data(signed_in):
    return lambda officer, query="": json.loads(signed_in(officer).get(f"/peta/isi.geojson?isi=riwayat{query}").content)


def numbers(found) -> dict[str, int]:
    return {each["properties"]["name"]: each["properties"]["n"] for each in found["features"] if each["properties"]["n"]}


def test_table_list_and_map_say_the_same(world, brought, page, data):
    read = page(world.dewi, "/peta/?isi=riwayat")
    assert "5 kejadian, 1 Maret 2026 sampai 7 Mei 2026, dari 1 sumber, di 2 di antara 12 nagari, desa, dan kelurahan." in read
    assert "2 di antaranya hanya diketahui sampai wilayah yang lebih luas." in read
    assert numbers(data(world.dewi)) == {"Aia Baliang": 2, "Sungai Alun": 1}
    assert "Curanmor" in read and "tempat: " in read
    assert "Hanya diketahui sampai wilayah yang lebih luas" in read


def test_it_is_narrowed_by_year_kind_and_area_and_leads_to_each(world, brought, page, data):
    assert numbers(data(world.dewi, "&jenis=CRM-03")) == {"Aia Baliang": 1}
    assert numbers(data(world.dewi, "&tahun=2025")) == {"Aia Baliang": 2, "Sungai Alun": 1}  # a year of which nothing is known is left out
    assert numbers(data(world.dewi, f"&wilayah={world.koto_rimbo_district.path}")) == {"Aia Baliang": 2}
    read = page(world.dewi, "/peta/?isi=riwayat&tahun=2026&jenis=CRM-03")
    assert f"/riwayat/?wilayah={world.aia_baliang.path}&amp;bulan=2026&amp;kode=CRM-03" in read


def test_history_and_map_lead_to_each_other(world, brought, page):
    assert 'href="/peta/?isi=riwayat"' in page(world.dewi, "/riwayat/")
    assert f'href="/peta/?isi=riwayat&amp;wilayah={world.aia_baliang.path}&amp;tahun=2026"' in page(
        world.dewi, f"/riwayat/?wilayah={world.aia_baliang.path}&bulan=2026-03"
    )
    assert "Riwayat dari pihak lain" in page(world.dewi, "/peta/")


def test_a_neighbour_sees_none_of_it_and_the_field_is_not_offered_it(world, brought, page, data):
    assert numbers(data(world.yeni)) == {"Sungai Alun": 1}
    field = page(world.rahmi, "/peta/?isi=riwayat")
    assert "Riwayat dari pihak lain" not in field and "Di mana saya melapor?" in field


def test_what_is_known_to_districts_is_drawn_by_district(world, keep, reports, page):
    reports("import", keep("reference,date,area,code\n1,2026-03-01,99.01.01,CRM-03\n2,2026-03-02,99.01.02,CRM-03\n"), "--source", "Arsip")
    assert "2 kejadian, 1 Maret 2026 sampai 2 Maret 2026, dari 1 sumber, di 2 di antara 3 kecamatan." in page(
        world.dewi, "/peta/?isi=riwayat"
    )


def test_points_are_shown_where_villages_are_looked_at_and_never_of_what_is_sensitive(world, keep, reports, data):
    head = "reference,date,latitude,longitude,area,code\n"
    mapping = keep(
        b'source = "Arsip"\n[columns]\nreference="reference"\ndate="date"\nlatitude="latitude"\nlongitude="longitude"\ncode="code"\n',
        "m.toml",
    )
    rows = "".join(
        f"{n},2026-03-01,{world.aia_baliang.latitude},{world.aia_baliang.longitude},,{code}\n"
        for n, code in enumerate(("CRM-03", "VUL-02"))
    )
    reports("import", keep(head + rows), "--mapping", mapping)
    found = data(world.dewi)
    assert [each["properties"]["name"] for each in found["features"] if each["properties"]["is"] == "report"] == ["Curanmor"]
    assert numbers({"features": [each for each in found["features"] if each["properties"]["is"] == "place"]}) == {"Aia Baliang": 2}
