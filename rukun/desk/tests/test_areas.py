"""An area's page, and the list of where we have not been."""

from datetime import date

from rukun.access.scope import system
from rukun.officers import services as officers
from rukun.problems import services as problems


def test_an_officer_sees_her_jorong_the_longest_unvisited_first(world, visited, page):
    visited(world.sari, world.pasar, 2)
    visited(world.sari, world.aia_baliang_ateh, 34)
    areas = page(world.sari, "/wilayah/")
    assert "Satu dari 3 tempat belum dikunjungi lebih dari 30 hari dan satu tempat belum pernah tercatat dikunjungi." in areas
    assert areas.index("Aia Baliang Bawah") < areas.index("Aia Baliang Ateh") < areas.index("Jorong Pasar")


def test_an_officer_counts_her_own_visits_a_chief_those_of_her_unit(world, visited, page):
    visited(world.rahmi, world.pasar, 2)
    assert "2 hari lalu" not in page(world.sari, "/wilayah/")
    assert "2 hari lalu" in page(world.nofri, "/wilayah/")


def test_each_rank_lists_what_lies_one_level_below(world, page):
    assert "Nagari Aia Baliang" in page(world.nofri, "/wilayah/")
    assert "Lembah Alun" in page(world.hendra, "/wilayah/")
    assert "Rimbo Data" in page(world.ratna, "/wilayah/")


def test_the_page_of_an_area_tells_whose_it_is_what_is_open_and_when_we_came(world, told, visited, page):
    report = told(world.sari, world.pasar, "Motor hilang di belakang pasar")
    problems.open_from_reports(
        world.actor(world.nofri), report, title="Motor hilang di sekitar Pasar", code="CRM-03", stage="GN", severity=3
    )
    visited(world.sari, world.pasar, 3)
    village = page(world.nofri, f"/wilayah/{world.aia_baliang.path}/")
    for words in (
        "Briptu Sari Melati",
        "Bripka Rahmi Anjani",
        "Polsek Koto Rimbo",
        "Motor hilang di sekitar Pasar",
        "Motor hilang di belakang pasar",
        "3 hari lalu",
        "6.420",
    ):
        assert words in village
    assert "Motor hilang di belakang pasar" not in page(world.rahmi, f"/wilayah/{world.pasar.path}/")


def test_an_area_of_others_does_not_exist(world, signed_in):
    client = signed_in(world.joko)
    for area in (world.aia_baliang, world.pasar, world.koto_rimbo_district, world.nusa_contoh):
        assert client.get(f"/wilayah/{area.path}/").status_code == 404
    assert client.get("/wilayah/nowhere/").status_code == 404


def test_cover_and_absence_stand_with_the_officer(world, page):
    founder = system("test")
    officers.record_absence(founder, world.rahmi, reason="leave", valid_from=date(2026, 11, 9), valid_until=date(2026, 11, 20))
    village = f"/wilayah/{world.guguak_sapan.path}/"
    assert "belum ada yang menggantikan" in page(world.nofri, village)
    officers.assign(
        founder, world.dasril, role="village_officer", unit=world.sek_kr, areas=[world.guguak_sapan], valid_from=date(2026, 11, 9),
        valid_until=date(2026, 11, 20), stands_in_for=world.rahmi.assignments.get(),
    )  # fmt: skip
    shown = page(world.nofri, village)
    assert "menggantikan Bripka Rahmi Anjani" in shown and "ada yang menggantikan" in shown


def test_a_village_that_nobody_serves_says_so(world, page):
    officers.relieve(system("test"), world.dasril.assignments.get(), on=date(2026, 11, 10))
    assert "Sekarang belum ada petugas lapangan di sini." in page(world.nofri, f"/wilayah/{world.lubuak_anau.path}/")
