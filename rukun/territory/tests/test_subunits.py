"""What lies below a village: added by hand or from a file, called otherwise, taken off the list and put back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError
from django.test import Client

from rukun.audit.models import Entry
from rukun.territory import services
from rukun.territory.models import Area
from rukun.territory.services import NotPossible, add_subunit, change_subunit


@pytest.fixture
def sari(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(world.sari.account)
    return client


@pytest.fixture
def nofri(world: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(world.nofri.account)
    return client


def page(world: SimpleNamespace) -> str:
    return f"/wilayah/{world.aia_baliang.path}/bagian/"


def test_sari_sees_the_jorong_of_her_nagari_and_adds_one(world: SimpleNamespace, sari: Client) -> None:
    assert "Aia Baliang Ateh" in sari.get(page(world)).content.decode()
    answer = sari.post(
        page(world), {"kind": "jorong", "name": "  Kampuang  Tangah ", "latitude": "-0.4712", "longitude": "100.3521"}, follow=True
    )
    assert "Kampuang Tangah" in answer.content.decode()
    made = Area.objects.get(name="Kampuang Tangah")
    assert (made.path, made.level, made.code, made.time_zone) == (f"{world.aia_baliang.path}004", 5, "", world.aia_baliang.time_zone)
    entry = Entry.objects.filter(act="subunit.add").latest("pk")
    assert entry.details == {"name": "  Kampuang  Tangah ".strip(), "kind": "jorong"} and entry.actor == f"officer:{world.sari.pk}"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "jorong", "name": ""}, "name"),
        ({"kind": "istana", "name": "X"}, "kind"),
        ({"kind": "jorong", "name": "x" * 101}, "name"),
        ({"kind": "jorong", "name": "pasar"}, "__all__"),
        ({"kind": "jorong", "name": "X", "latitude": "-0.4"}, "longitude"),
        ({"kind": "jorong", "name": "X", "latitude": "100.5", "longitude": "-0.4"}, "latitude"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(world: SimpleNamespace, sari: Client, sent: dict[str, str], field: str) -> None:
    before = Area.objects.count()
    answer = sari.post(page(world), sent)
    assert answer.status_code == 422 and field in answer.context["form"].errors and Area.objects.count() == before


def test_an_officer_of_another_village_never_gets_there(world: SimpleNamespace, client: Client) -> None:
    client.force_login(world.joko.account)
    assert client.get(page(world)).status_code == 404
    assert client.post(page(world), {"kind": "jorong", "name": "X"}).status_code == 404
    with pytest.raises(PermissionDenied):
        add_subunit(world.actor(world.joko), world.aia_baliang, name="X", kind="jorong")


def test_a_part_of_a_part_or_of_a_district_is_not_added(world: SimpleNamespace) -> None:
    for area in (world.koto_rimbo_district, Area.objects.filter(level=5).first()):
        with pytest.raises(NotPossible):
            add_subunit(world.actor(world.tomi), area, name="X", kind="jorong")


def test_a_number_is_never_given_twice(world: SimpleNamespace) -> None:
    chief = world.actor(world.budi)
    last = Area.objects.filter(parent=world.aia_baliang).order_by("path").last()
    change_subunit(chief, last, name=last.name, kind=last.kind, valid_until=date(2026, 6, 1))
    again = add_subunit(chief, world.aia_baliang, name=last.name, kind=last.kind)
    assert int(again.path) == int(last.path) + 1
    with pytest.raises(NotPossible):  # its name has been given to another meanwhile
        change_subunit(chief, last, name=last.name, kind=last.kind, valid_until=None)


def test_nofri_renames_ends_and_puts_back(world: SimpleNamespace, nofri: Client) -> None:
    pasar = Area.objects.get(parent=world.aia_baliang, name="Pasar")
    nofri.post(f"/bagian/{pasar.path}/", {"kind": "jorong", "name": "Pasar Lamo"})
    pasar.refresh_from_db()
    assert pasar.name == "Pasar Lamo"
    assert nofri.post(f"/bagian/{pasar.path}/", {"kind": "jorong", "name": "Aia Baliang Ateh"}).status_code == 422
    assert "Pasar Lamo" in nofri.get(f"/bagian/{pasar.path}/").content.decode()
    nofri.post(f"/bagian/{pasar.path}/akhiri/")
    pasar.refresh_from_db()
    assert pasar.valid_until == pasar.today()
    assert f"/bagian/{pasar.path}/pulihkan/" in nofri.get(page(world)).content.decode()
    nofri.post(f"/bagian/{pasar.path}/pulihkan/")
    pasar.refresh_from_db()
    assert pasar.valid_until is None
    assert Entry.objects.of(pasar).filter(act="subunit.change").count() == 3


def test_sari_adds_but_does_not_rename(world: SimpleNamespace, sari: Client) -> None:
    pasar = Area.objects.get(parent=world.aia_baliang, name="Pasar")
    assert sari.post(f"/bagian/{pasar.path}/", {"kind": "jorong", "name": "X"}).status_code == 403
    assert f"/bagian/{pasar.path}/" not in sari.get(page(world)).content.decode()


def upload(client: Client, world: SimpleNamespace, content: bytes) -> object:
    return client.post(f"{page(world)}berkas/", {"file": SimpleUploadedFile("jorong.csv", content)})


def test_a_file_is_looked_at_before_it_is_added(world: SimpleNamespace, sari: Client) -> None:
    before = Area.objects.count()
    answer = upload(sari, world, b"\xef\xbb\xbfjenis;nama\r\njorong;Pasar\r\njorong;Kubu\r\njorong;Sawah Laweh\r\n")
    assert answer.status_code == 200 and answer.context["new"] == 2 and Area.objects.count() == before
    assert "Kubu" in answer.content.decode()
    sari.post(f"{page(world)}berkas/", {"text": answer.context["text"]})
    assert Area.objects.count() == before + 2 and Area.objects.filter(name="Sawah Laweh").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"kind,name\njorong,Kubu\nistana,Kubu\njorong,\n", ["Line 3", "Line 4"]),
        (b"kind,name,lat,lon\njorong,Kubu,100.5,-0.4\n", ["Line 2"]),
        (b"kind,name,lat,lon\njorong,Kubu,utara,100.4\n", ["Line 2"]),
        (b"nama\nKubu\n", ["kind"]),
        (b"kind,name\n", ["Line 1"]),
        (b"kind,name\njorong,Kubu,1\n", ["Line 2"]),
        (b"kind,name\njorong,S\xe0i\n", ["UTF-8"]),
        (b"\x00\x01", ["Line 1"]),
    ],
)
def test_a_file_with_a_bad_row_adds_nothing(world: SimpleNamespace, sari: Client, content: bytes, said: list[str]) -> None:
    sari.cookies["rukun_language"] = "en"
    before = Area.objects.count()
    answer = upload(sari, world, content)
    assert answer.status_code == 422 and Area.objects.count() == before
    assert all(word in answer.content.decode() for word in said)


def test_what_was_seen_is_checked_again_when_it_is_added(world: SimpleNamespace, sari: Client) -> None:
    before = Area.objects.count()
    assert sari.post(f"{page(world)}berkas/", {"text": "kind,name\njorong,Kubu\nistana,Kubu\n"}).status_code == 422
    assert Area.objects.count() == before


def test_too_large_a_file_is_refused(world: SimpleNamespace, sari: Client) -> None:
    assert upload(sari, world, b"kind,name\n" + b"jorong,X\n" * 40_000).status_code == 422


def test_the_sub_units_of_a_regency_come_from_one_file(
    world: SimpleNamespace, publish: Callable[..., Path], territory: Callable[..., SimpleNamespace]
) -> None:
    rows = "village,kind,name\n99.01.01.2001,jorong,Kubu\n99.01.02.2003,jorong,Basurek\n99.01.01.2001,jorong,pasar\n"
    assert "2 sub-units added, 1 rows known already" in territory("subunits", publish("jorong.csv", rows)).text
    before = Area.objects.count()
    with pytest.raises(CommandError, match=r"(?s)3.*99\.01\.09\.2001"):
        territory("subunits", publish("jorong.csv", "village,kind,name\n99.01.01.2001,jorong,Baru\n99.01.09.2001,jorong,X\n"))
    assert Area.objects.count() == before


def test_many_are_added_or_none(world: SimpleNamespace) -> None:
    with pytest.raises(NotPossible):
        services.add_subunits(
            world.actor(world.budi), world.aia_baliang, rows=[{"name": "Kubu", "kind": "jorong"}, {"name": "kubu", "kind": "jorong"}]
        )
    assert not Area.objects.filter(name__iexact="kubu").exists()
