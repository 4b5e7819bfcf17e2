"""A unit's own wording: inherited from above, changed by who commands, wrong blanks named, mistakes undone."""

import pytest
from django.core.exceptions import PermissionDenied

from rukun.audit.models import Entry
from rukun.sharing import services, telling
from rukun.sharing.models import Wording
from rukun.sharing.rules.wording import Kind, faults, fill

OWN = "*Selamat pagi Ndan*\nGiat {kegiatan} di {tempat}\n{uraian}"


def test_a_polsek_uses_the_wording_of_its_polres_until_it_has_its_own(world, met, real):
    visit = met(world.sari)
    assert telling.message(visit).startswith("*Mohon ijin Komandan,*")
    services.write(world.actor(world.dewi), world.res_rd, kind=Kind.VISIT, text="Polres: {uraian}")
    assert telling.message(visit).startswith("Polres: Warga")
    services.write(world.actor(world.nofri), world.sek_kr, kind=Kind.VISIT, text="Polsek: {uraian}")
    assert telling.message(visit).startswith("Polsek: Warga")
    services.reset(world.actor(world.nofri), world.sek_kr, kind=Kind.VISIT)
    assert telling.message(visit).startswith("Polres: Warga")


def test_the_kanit_changes_it_sees_an_example_and_brings_the_old_one_back(world, client):
    client.force_login(world.nofri.account)
    url = f"/pola/{world.sek_kr.path}/kunjungan/"
    page = client.get(url).content.decode()
    assert "Sekarang memakai pola bawaan" in page and "{tempat}" in page
    page = client.post(url, {"text": OWN, "contoh": "1"}).content.decode()
    assert "<strong>Selamat pagi Ndan</strong>" in page and "Lapau dekat pasar" in page
    assert not Wording.objects.exists()
    client.post(url, {"text": OWN})
    assert Wording.objects.get().text == OWN
    client.post(f"{url}bawaan/")
    assert Wording.objects.get().text == ""
    assert "Pakai lagi pola sebelumnya" in client.get(url).content.decode()
    client.post(f"{url}bawaan/", {"sebelumnya": "1"})
    assert Wording.objects.get().text == OWN
    assert [entry.act for entry in Entry.objects.filter(act__startswith="wording.").order_by("pk")] == [
        "wording.write", "wording.reset", "wording.write",
    ]  # fmt: skip


def test_a_wrong_blank_is_named_and_the_near_one_offered(world, client):
    client.force_login(world.dewi.account)
    url = f"/pola/{world.res_rd.path}/laporan/"
    page = client.post(url, {"text": "Di {tmpat} oleh {pelapor_warga}"}).content.decode()
    assert "Tidak ada isian {tmpat}. Maksudnya {tempat}?" in page and "{pelapor_warga}" in page
    assert not Wording.objects.exists()
    preview = client.post(f"{url}contoh/", {"text": "Di {tmpat}"}).content.decode()
    assert "Tidak ada isian {tmpat}" in preview


@pytest.mark.parametrize("word", ["Situasi aman dan kondusif", "aman terkendali", "KONDUSIF"])
def test_no_wording_says_by_itself_that_all_is_calm(word):
    assert len(faults(f"{{uraian}}\n{word}", Kind.VISIT)) == 1


def test_what_else_is_wrong_with_a_wording():
    assert faults("{uraian", Kind.VISIT) and faults("uraian}", Kind.VISIT) and faults("x" * 4000, Kind.VISIT)
    assert faults("{koordinat}", Kind.VISIT) and faults("{nrp}", Kind.VISIT) and faults("{janji}", Kind.REPORT)
    assert faults("{uraian.__class__}", Kind.VISIT) and faults("{0}", Kind.VISIT)
    assert not faults(telling.default(Kind.VISIT), Kind.VISIT) and not faults(telling.default(Kind.REPORT), Kind.REPORT)


def test_what_is_filled_in_is_not_read_again():
    assert fill("{uraian}", {"uraian": "{nama}", "nama": "x"}) == "{nama}"


def test_lines_and_paragraphs_without_a_word_are_left_out():
    assert fill("A {x}\nB {y}\n\nC\n{x}\n\nD", {"x": "", "y": "2"}) == "B 2\n\nD"


def test_only_who_commands_the_unit_words_it(world, client):
    url = f"/pola/{world.sek_kr.path}/kunjungan/"
    for person, status in ((world.yeni, 404), (world.mega, 404), (world.sari, 403), (world.lina, 403), (world.tomi, 403)):
        client.force_login(person.account)
        assert client.post(url, {"text": OWN}).status_code == status
    client.force_login(world.nofri.account)
    assert client.get(f"/pola/{world.res_rd.path}/kunjungan/").status_code == 404
    assert client.get(f"/pola/{world.sek_kr.path}/lain/").status_code == 404
    with pytest.raises(PermissionDenied):
        services.write(world.actor(world.yeni), world.sek_kr, kind=Kind.VISIT, text=OWN)
    assert not Wording.objects.exists()


def test_the_list_of_units_and_the_page_of_a_unit_lead_to_it(world, client):
    client.force_login(world.dewi.account)
    page = client.get("/pola/").content.decode()
    assert f"/pola/{world.sek_kr.path}/laporan/" in page and f"/pola/{world.sek_pc.path}/laporan/" not in page
    assert f"/pola/{world.sek_kr.path}/kunjungan/" in client.get(f"/satuan/{world.sek_kr.path}/").content.decode()
