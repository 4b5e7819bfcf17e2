"""A phone is admitted by its officer after the second proof, revoked by one, admitted again by two; what it holds unsent survives."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.care import doctor
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.phone import keys
from rukun.phone.models import Device, Renewal
from rukun.phone.services import devices
from rukun.phone.tests.model import API, NOON, Phone, visit

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def page(signed_in):
    def read(officer, address="/hp/perangkat/"):
        return " ".join(signed_in(officer).get(address).content.decode().split())

    return read


def test_a_phone_gets_all_that_it_needs_for_three_days(world, admit, page):
    admit(world.sari)
    device = Device.objects.get()
    assert device.leased_until == NOON + timedelta(hours=72)
    assert Entry.objects.filter(act="device.enrol").count() == 1
    assert "HP" in page(world.sari)
    assert "Belum mengirim apa pun" in page(world.sari)


def test_the_same_key_is_the_same_phone_and_a_colleagues_key_is_not_mine(world, admit):
    phone = admit(world.sari)
    browser = Client()
    browser.force_login(world.sari.account)
    again = browser.post(API + "enrol", {"label": "x", "key": phone.jwk}, content_type="application/json").json()
    assert (again["device"], Device.objects.count()) == (phone.device, 1)
    browser.force_login(world.rahmi.account)
    other = browser.post(API + "enrol", {"label": "x", "key": phone.jwk}, content_type="application/json")
    assert (other.status_code, other.json()["code"]) == (403, "not_possible")


@pytest.mark.parametrize("key", [None, {}, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, {"crv": "P-384"}, "key"])
def test_what_is_no_key_admits_nothing(world, signed_in, key):
    answer = signed_in(world.sari).post(API + "enrol", {"key": key}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_without_a_session_and_without_the_right_there_is_no_phone(world, signed_in, client):
    for address in ("enrol", "lease", "rescue"):
        answer = client.post(API + address, {}, content_type="application/json")
        assert (answer.status_code, answer.json()["code"], answer["X-Rukun-Api"]) == (401, "sign_in", "1")
    assert client.get(API + "work").status_code == 401
    assert signed_in(world.yusuf).get(API + "work").status_code == 403


def test_a_password_alone_admits_no_phone(world, client, settings):
    settings.SECOND_FACTOR = "command"
    officers.open_account(system("test"), world.sari, password="ayam jantan dari timur")
    client.post(reverse("account_login"), {"login": world.sari.account.nrp, "password": "ayam jantan dari timur"})
    answer = client.post(API + "enrol", {"key": {}}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor")
    assert answer.json()["url"]


def test_another_site_can_neither_admit_nor_lease(world):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.sari.account)
    answer = careful.post(API + "enrol", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], answer["X-Rukun-Api"]) == (403, "csrf", "1")
    assert "rukun-csrf" in careful.get(API + "work").cookies


def test_a_lease_is_for_my_phone_alone(world, admit):
    phone = admit(world.sari)
    browser = Client()
    browser.force_login(world.rahmi.account)
    answer = browser.post(API + "lease", headers={"X-Rukun-Device": phone.device})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_yours")
    browser.force_login(world.sari.account)
    with clock.at(NOON + timedelta(hours=80)):
        told = browser.post(API + "lease", headers={"X-Rukun-Device": phone.device}).json()
    assert told["pepper"] == Device.objects.get().pepper
    assert told["lease"]["until"].startswith("2026-11-26")


def test_one_person_revokes_and_two_admit_again_and_the_outbox_survives(world, admit, signed_in, page):
    phone = admit(world.sari)
    phone.now = lambda: NOON
    key = phone.put("visit", visit(world.pasar.path, NOON), sealed=True)
    pk = phone.device
    signed_in(world.nofri).post(f"/hp/perangkat/{pk}/cabut/")
    assert phone.send() == {"status": 401}
    assert key in phone.queue
    signed_in(world.nofri).post(f"/hp/perangkat/{pk}/terima/", {"why": "HP ditemukan kembali"})
    renewal = Renewal.objects.get()
    assert "perlu orang kedua" in page(world.nofri)
    signed_in(world.nofri).post(f"/hp/perangkat/terima/{renewal.pk}/")
    lease = {"headers": {"X-Rukun-Device": pk}}
    assert signed_in(world.sari).post(API + "lease", **lease).json()["code"] == "device_revoked"
    signed_in(world.budi).post(f"/hp/perangkat/terima/{renewal.pk}/")
    assert signed_in(world.sari).post(API + "lease", **lease).json()["code"] == "device_revoked"
    assert signed_in(world.sari).post(API + "rescue", {"id": "a"}, content_type="application/json", **lease).status_code == 200
    assert signed_in(world.sari).post(API + "lease", **lease).status_code == 200
    assert phone.send()["results"][0]["status"] == "ok"
    assert Renewal.objects.get().used_at == NOON


def test_whoever_holds_a_phone_that_was_taken_away_gets_no_other_by_a_sign_in(world, admit, signed_in, page):
    admit(world.sari)
    device = Device.objects.get()
    signed_in(world.nofri).post(f"/hp/perangkat/{device.pk}/cabut/")
    assert "Terima lagi" in page(world.nofri)
    ask = {"label": "lain", "key": keys.jwk(keys.seal(device.seal_key).public_key())}
    answer = signed_in(world.sari).post(API + "enrol", ask, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], answer.json()["url"]) == (403, "two_persons", "/hp/perangkat/")
    renewal = devices.ask_renewal(world.actor(world.nofri), device, why="HP baru")
    devices.confirm_renewal(world.actor(world.budi), renewal)
    for _ in range(2):  # a lost answer: the same key again
        assert signed_in(world.sari).post(API + "enrol", ask, content_type="application/json").status_code == 200


def test_a_phone_is_called_what_its_officer_calls_it(world, admit):
    admit(world.sari)
    assert str(Device.objects.get()) == "HP"
    assert devices.called("Ponsel dinas hitam") == "Ponsel dinas hitam"
    assert devices.called("HP Pak Amir") == "Ponsel"


def test_nobody_asks_for_their_own_phone_and_a_stranger_sees_none(world, admit, signed_in):
    admit(world.sari)
    nofri = admit(world.nofri)
    assert signed_in(world.joko).get(f"/hp/perangkat/{nofri.device}/cabut/").status_code == 404
    assert signed_in(world.nofri).get(f"/hp/perangkat/{nofri.device}/terima/").status_code == 404
    with pytest.raises(PermissionDenied):
        devices.ask_renewal(world.actor(world.nofri), Device.objects.get(pk=nofri.device), why="PIN")


def test_what_opens_a_phone_whose_pin_was_forgotten_is_told_again_only_where_two_agree(world, admit, signed_in):
    phone = admit(world.sari)
    first = (
        signed_in(world.sari)
        .post(API + "rescue", {}, content_type="application/json", headers={"X-Rukun-Device": phone.device})
        .json()["rescue"]
    )

    def ask(officer, name=first["id"]):
        return signed_in(officer).post(
            API + "rescue", {"id": name}, content_type="application/json", headers={"X-Rukun-Device": phone.device}
        )

    refused = ask(world.sari)
    assert (refused.status_code, refused.json()["code"], refused.json()["url"]) == (403, "two_persons", "/hp/perangkat/")
    renewal = devices.ask_renewal(world.actor(world.nofri), Device.objects.get(), why="Lupa PIN")
    assert ask(world.sari).status_code == 403
    devices.confirm_renewal(world.actor(world.budi), renewal)
    assert devices.confirm_renewal(world.actor(world.budi), renewal) is None
    assert ask(world.rahmi).json()["code"] == "not_yours"
    assert not Entry.objects.filter(act="device.reopen").exists()
    told = [ask(world.sari).json() for _lost_answer in range(2)]
    assert [one["rescue"] for one in told] == [first, first]
    assert (told[0]["pepper"], told[0]["device"]) == (Device.objects.get().pepper, phone.device)
    assert ask(world.sari, "another").json()["rescue"]["secret"] != first["secret"]
    assert Entry.objects.filter(act="device.reopen").count() == 3
    with clock.at(NOON + timedelta(hours=2)):
        assert ask(world.sari).json()["code"] == "two_persons"
    assert ask(world.sari, ["x"]).status_code == 400


def test_a_phone_with_a_place_of_mine_is_set_up_anew_only_where_two_agree(world, admit, signed_in):
    phone, other = admit(world.sari), Phone(None)
    ask = {"label": "HP", "key": other.jwk, "places": [phone.device, "x", None]}
    answer = signed_in(world.sari).post(API + "enrol", ask, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "two_persons")
    assert signed_in(world.rahmi).post(API + "enrol", ask | {"key": Phone(None).jwk}, content_type="application/json").status_code == 200
    renewal = devices.ask_renewal(world.actor(world.nofri), Device.objects.get(pk=phone.device), why="Lupa PIN")
    devices.confirm_renewal(world.actor(world.budi), renewal)
    assert signed_in(world.sari).post(API + "enrol", ask, content_type="application/json").status_code == 200


def test_a_seal_key_is_handed_out_for_a_month_and_opens_for_good(world, admit, settings, tmp_path):
    settings.DATA = tmp_path  # keys of its own: another test's may be younger
    first = admit(world.sari)
    with clock.at(NOON + timedelta(days=31)):
        second = admit(world.rahmi)
    assert first.seal_id != second.seal_id
    item = first.item("visit", visit(world.pasar.path, NOON), sealed=True)
    assert b"nothing_said" in keys.opened(item["sealed"], keys.unb64(item["sealed"]["ct"]), item["id"])


def test_the_doctor_misses_a_key_that_was_handed_out(world, admit):
    admit(world.sari)
    found = {finding.key: finding for finding in doctor.glance(NOON)}
    assert not found["phone"].hinders
    path = keys.seal_path(Device.objects.get().seal_key)
    content = path.read_bytes()
    path.unlink()
    try:
        found = {finding.key: finding for finding in doctor.glance(NOON)}
        assert found["phone"].hinders
    finally:
        path.write_bytes(content)


def test_what_i_take_along_is_what_my_pages_show(world, signed_in):
    told = signed_in(world.sari).get(API + "work").json()
    assert told["me"]["name"] == world.sari.name
    assert {"problems", "actions", "due", "waiting", "promises", "seven_days", "recap"} <= set(told)
    assert told["due"][0]["area"].startswith(world.aia_baliang.path)
