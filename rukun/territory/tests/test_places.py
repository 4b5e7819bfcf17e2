"""Public places, as officers list them for themselves and for whoever comes after."""

import pytest
from django.core.exceptions import PermissionDenied

from rukun.territory.models import PublicPlace
from rukun.territory.placing import add_place, change_place
from rukun.territory.rules import is_home
from rukun.territory.services import NotPossible


def listed(world, name: str = "Pasar Pagi", who=None, area=None, kind: str = "market") -> PublicPlace:
    return add_place(world.actor(who or world.sari), area or world.aia_baliang, kind=kind, name=name)


def test_an_officer_lists_where_people_meet_and_chooses_it_in_a_visit(world, client):
    client.force_login(world.sari.account)
    address = f"/wilayah/{world.aia_baliang.path}/tempat/"
    client.post(address, {"area": world.pasar.path, "kind": "market", "name": "  Pasar   Pagi "})
    place = PublicPlace.objects.get()
    assert (place.name, place.area) == ("Pasar Pagi", world.pasar)
    assert "Pasar Pagi" in client.get(address).content.decode()
    assert '<option value="Pasar Pagi">' in client.get("/kunjungan/baru/").content.decode()
    assert "Pasar Pagi" in client.get(f"/wilayah/{world.aia_baliang.path}/").content.decode()


@pytest.mark.parametrize("name", ["Rumah Pak Datuak", "kos putri belakang", "Kediaman wali", "kontrakan Bu Eti"])
def test_a_home_is_on_no_list(world, client, name):
    client.force_login(world.sari.account)
    page = client.post(f"/wilayah/{world.aia_baliang.path}/tempat/", {"area": world.pasar.path, "kind": "other", "name": name})
    assert "Rumah warga tidak didaftar" in page.content.decode()
    assert not PublicPlace.objects.exists()


@pytest.mark.parametrize("name", ["Rumah Makan Simpang", "Rumah Gadang Kaum", "rumah sakit lama", "Lapau Mak Itam", "Simpang Kosong"])
def test_what_only_sounds_like_a_home_is_none(name):
    assert not is_home(name)


def test_a_place_is_renamed_taken_off_and_put_back(world, client):
    place = listed(world)
    client.force_login(world.rahmi.account)
    client.post(f"/tempat/{place.pk}/", {"area": place.area.path, "kind": "market", "name": "Pasar Sore"})
    client.post(f"/tempat/{place.pk}/akhiri/")
    place.refresh_from_db()
    assert (place.name, place.valid_until) == ("Pasar Sore", world.aia_baliang.today())
    assert '<option value="Pasar Sore">' not in client.get("/laporan/baru/").content.decode()
    client.post(f"/tempat/{place.pk}/pulihkan/")
    assert '<option value="Pasar Sore">' in client.get("/laporan/baru/").content.decode()


def test_the_same_name_is_listed_once_in_a_place(world):
    listed(world)
    with pytest.raises(NotPossible):
        listed(world, "pasar pagi")
    listed(world, "Pasar Pagi", area=world.pasar)


def test_what_was_listed_again_meanwhile_is_not_put_back_beside_it(world, client):
    place = listed(world)
    change_place(world.actor(world.sari), place, kind=place.kind, name=place.name, valid_until=world.aia_baliang.today())
    listed(world)
    client.force_login(world.sari.account)
    page = client.post(f"/tempat/{place.pk}/pulihkan/", follow=True)
    assert "Pasar Pagi sudah ada di" in page.content.decode()


def test_an_officer_of_another_polsek_lists_and_changes_nothing_here(world, client):
    place = listed(world)
    client.force_login(world.joko.account)
    assert client.get(f"/wilayah/{world.aia_baliang.path}/tempat/").status_code == 404
    assert client.post(f"/tempat/{place.pk}/akhiri/").status_code == 404
    with pytest.raises(PermissionDenied):
        listed(world, "Balai", who=world.joko)
