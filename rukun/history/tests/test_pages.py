"""The pages of history: seen by those who plan, where they serve; a file is withdrawn by whose file it is."""

import pytest
from django.core.management import CommandError

from rukun.audit.models import Entry
from rukun.history.models import Batch, Incident
from rukun.history.tests.conftest import HEAD, ROWS


@pytest.fixture
def seen(client):
    """`seen(world.dewi, "/riwayat/")`: the page as this person sees it, in English."""

    def look(who, url, status=200):
        client.force_login(who.account)
        client.cookies["rukun_language"] = "en"
        page = client.get(url)
        assert page.status_code == status, page.status_code
        return page.content.decode()

    return look


def test_dewi_sees_what_was_recorded_about_her_regency_with_period_and_precision(world, brought, seen):
    page = seen(world.dewi, "/riwayat/")
    assert "5 incidents from 1 March 2026 to 7 May 2026, from 1 sources" in page and "village: 2" in page and "regency or city: 1" in page
    assert "what nobody recorded is missing" in page and "Arsip Polsek" in page and "By area" in page and "March 2026" in page
    assert "/riwayat/" in seen(world.dewi, "/")  # a tab leads there


def test_the_list_is_narrowed_by_area_month_kind_and_channel(world, brought, seen):
    assert "3 incidents" in seen(world.dewi, f"/riwayat/?wilayah={world.koto_rimbo_district.path}")
    assert "2 incidents" in seen(world.dewi, "/riwayat/?bulan=2026-03") and "2 incidents" in seen(world.dewi, "/riwayat/?bulan=2026-04")
    assert "1 incidents on 5 April 2026" in seen(world.dewi, "/riwayat/?kode=CON-01")
    assert "Nothing has been brought in" in seen(world.dewi, "/riwayat/?saluran=lp")
    for bent in ("bulan=2026-13", "bulan=x", "kode=XXX", "saluran=x", "sebelum=x_y", "sebelum=2999-01-01_x"):
        assert "incidents" in seen(world.dewi, f"/riwayat/?{bent}")
    seen(world.dewi, "/riwayat/?wilayah=%00", 400)
    seen(world.dewi, "/riwayat/?wilayah=98", 404)


def test_a_polsek_sees_its_own_and_nothing_of_the_one_beside(world, brought, seen):
    mine = seen(world.nofri, "/riwayat/")
    assert "3 incidents" in mine and "Sungai Alun" not in mine
    beside = Incident.objects.get(reference="4")
    seen(world.nofri, f"/riwayat/{beside.pk}/", 404)
    seen(world.nofri, f"/riwayat/?wilayah={world.sungai_alun.path}", 404)
    assert "Sungai Alun" in seen(world.yeni, f"/riwayat/{beside.pk}/")


@pytest.mark.parametrize("key", ["sari", "rahmi", "lina", "yusuf", "mira", "tomi"])
def test_others_are_refused(world, brought, seen, key):
    seen(getattr(world, key), "/riwayat/", 403)
    seen(getattr(world, key), f"/riwayat/{Incident.objects.first().pk}/", 403)


def test_to_read_what_is_told_of_an_incident_is_noted_in_the_book(world, brought, seen):
    told, short = Incident.objects.get(reference="1"), Incident.objects.get(reference="2")
    assert "Dua motor hilang" in seen(world.putri, f"/riwayat/{told.pk}/") and "Dua motor hilang" not in seen(world.putri, "/riwayat/")
    seen(world.putri, f"/riwayat/{told.pk}/")
    seen(world.putri, f"/riwayat/{short.pk}/")
    assert [entry.object for entry in Entry.objects.filter(act="incident.read")] == [f"history.incident:{told.pk}"]


def test_a_long_list_goes_on_after_the_last_row_shown(world, keep, reports, seen):
    rows = HEAD + "".join(f"{n},2026-03-{1 + n % 20:02},,99.01.01.2001,CRM-03,,,\n" for n in range(120))
    reports("import", keep(rows), "--source", "Arsip")
    found, url = [], "/riwayat/?kode=CRM-03"
    for _page in range(3):
        page = seen(world.dewi, url)
        found += [line for line in page.split('href="/riwayat/')[1:] if line[0].isdigit()]
        url = (
            "/riwayat/?" + page.split('class="button" href="?')[1].split('"')[0].replace("&amp;", "&")
            if 'class="button" href="?' in page
            else ""
        )
    assert len({line.split("/")[0] for line in found}) == 120 and not url


def test_the_page_of_an_area_leads_to_its_history(world, brought, seen):
    path = world.aia_baliang.path
    assert f"/riwayat/?wilayah={path}" in seen(world.budi, f"/wilayah/{path}/")
    assert "/riwayat/" not in seen(world.sari, f"/wilayah/{path}/")


def test_kasat_sees_the_files_and_withdraws_those_of_her_unit(world, keep, reports, seen, client):
    reports("import", keep(ROWS + "6,2026-03-01,,99.71,CRM-03,,,\n"), "--source", "Arsip Polres", "--unit", "RES-RD")
    reports("import", keep(ROWS), "--source", "Arsip Polda")
    assert "Arsip Polres" in seen(world.dewi, "/riwayat/berkas/") and "Arsip Polda" in seen(world.dewi, "/riwayat/berkas/")
    hers, other = Batch.objects.order_by("pk")
    assert f"/riwayat/berkas/{hers.pk}/tarik/" in seen(world.dewi, f"/riwayat/berkas/{hers.pk}/")
    assert "tarik" not in seen(world.dewi, f"/riwayat/berkas/{other.pk}/")
    seen(world.dewi, f"/riwayat/berkas/{other.pk}/tarik/", 404)
    assert "6 incidents go" in seen(world.dewi, f"/riwayat/berkas/{hers.pk}/tarik/")
    assert client.post(f"/riwayat/berkas/{hers.pk}/tarik/", {"why": ""}).status_code == 422
    answer = client.post(f"/riwayat/berkas/{hers.pk}/tarik/", {"why": "tahun yang salah"}, follow=True)
    assert "Withdrawn" in answer.content.decode() and Incident.objects.count() == 5
    assert client.post(f"/riwayat/berkas/{hers.pk}/tarik/", {"why": "lagi"}).status_code == 404


def test_a_file_about_elsewhere_is_not_there(world, keep, reports, seen):
    reports("import", keep(HEAD + "1,2026-03-01,,99.71.01.1001,CRM-03,,,\n"), "--source", "Arsip Kota")
    pk = Batch.objects.get().pk
    assert "Arsip Kota" not in seen(world.dewi, "/riwayat/berkas/")
    seen(world.dewi, f"/riwayat/berkas/{pk}/", 404)
    for key, status in (("budi", 403), ("sari", 403), ("yusuf", 403), ("putri", 404), ("ratna", 200), ("tomi", 200)):
        seen(getattr(world, key), f"/riwayat/berkas/{pk}/", status)


def test_tomi_finds_the_files_from_the_machine_and_reads_no_incident_there(world, keep, reports, seen, client):
    reports("import", keep(ROWS + "6,besok,,99.01,CRM-01,,,\n"), "--source", "Arsip")
    assert "/riwayat/berkas/" in seen(world.tomi, "/mesin/")
    page = seen(world.tomi, f"/riwayat/berkas/{Batch.objects.get().pk}/")
    assert "5 incidents were new" in page and "The day or time is missing" in page and "motor" not in page
    assert client.post(f"/riwayat/berkas/{Batch.objects.get().pk}/tarik/", {"why": "salah"}).status_code == 302
    assert not Incident.objects.exists()


def test_an_unknown_unit_is_named(world, keep, reports):
    with pytest.raises(CommandError, match="no unit with the code"):
        reports("import", keep(ROWS), "--source", "x", "--unit", "RES-XX")
