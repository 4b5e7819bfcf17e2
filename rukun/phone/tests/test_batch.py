"""What a phone hands in is kept once, each item on its own, and answered in words."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from rukun.audit.models import Entry
from rukun.fieldwork.models import Report, Visit
from rukun.lib import clock
from rukun.phone.models import Device, Item
from rukun.phone.tests.conftest import over
from rukun.phone.tests.model import NOON, Phone, new_key, report, sealed_to, visit

pytestmark = pytest.mark.usefixtures("at_noon")


def test_a_visit_and_a_report_are_kept_and_told_in_the_book(world, sari):
    first = sari.put("visit", visit(world.pasar.path, NOON - timedelta(hours=3), place_kind="lapau", people=2))
    second = sari.put("report", report(world.pasar.path, NOON - timedelta(hours=2)))
    told = sari.send()
    assert [(row["id"], row["status"], row["kept"]) for row in told["results"]] == [(first, "ok", True), (second, "ok", True)]
    assert told["results"][1]["record"]["url"] == f"/laporan/{second}/"
    assert (Visit.objects.get().officer, Visit.objects.get().made_at) == (world.sari, NOON - timedelta(hours=3))
    assert Report.objects.get().title == "Motor hilang di parkiran surau"
    assert Entry.objects.filter(act__in=["visit.receive", "report.receive"], actor=f"officer:{world.sari.pk}").count() == 2
    assert sari.queue == {}


def test_the_same_sent_again_is_a_duplicate_however_it_was_wrapped(world, sari):
    body = visit(world.pasar.path, NOON)
    item = sari.item("visit", body)
    again = sari.item("visit", body, sealed=True, key=item["id"])
    answers = [json.loads(sari.batch([each], packed=packed)[2])["results"][0] for each in (item, again) for packed in (False, True)]
    assert [answer["status"] for answer in answers] == ["ok", "dup", "dup", "dup"]
    assert Visit.objects.count() == Item.objects.count() == 1
    assert Entry.objects.filter(act="visit.receive").count() == 1


def test_the_same_name_with_other_words_is_a_conflict_and_neither_is_lost(world, sari):
    key = sari.put("visit", visit(world.pasar.path, NOON))
    sari.send()
    sari.put("visit", visit(world.pasar.path, NOON, concerns=[{"text": "Lampu jalan padam."}]), key=key)
    answer = sari.send()["results"][0]
    assert (answer["status"], answer["code"], answer["kept"]) == ("conflict", "other_content", False)
    assert answer["record"]["url"] == f"/kunjungan/{key}/"
    assert "perbaiki" in answer["reason"]
    assert key in sari.tray


def test_one_bad_item_holds_up_none_of_the_others(world, sari):
    bad = [
        {"id": new_key(), "kind": "visit", "schema": 1, "body": None},
        {"id": "no name", "kind": "visit", "schema": 1, "body": {}},
        "not an item",
        sari.item("visit", visit("9999999999", NOON)),
        sari.item("visit", visit(world.pasar.path, NOON, nothing_said=False)),
        sari.item("visit", visit(world.pasar.path, NOON, kind="spying")),
        sari.item("visit", visit(world.pasar.path, NOON, concerns=["x"] * 13)),
        sari.item("report", report(world.pasar.path, NOON, latitude="\ud800")),
        sari.item("report", report(world.pasar.path, NOON, title="\x00")),
        sari.item("report", report(world.pasar.path, NOON, facts={"deep": []})),
        sari.item("kidnap", {}),
        sari.item("visit", visit(world.pasar.path, NOON), schema=2**62),
        sari.item("action", {"action": "1; DROP TABLE", "done": True, "note": "x"}),
        sari.item("problem", {"problem": 10**30, "note": "x"}),
    ]
    good = [sari.item("visit", visit(world.pasar.path, NOON)) for _ in range(3)]
    results = json.loads(sari.batch([*bad[:7], good[0], *bad[7:], *good[1:]])[2])["results"]
    assert [row["status"] for row in results].count("ok") == 3
    assert Visit.objects.count() == 3
    spoilt = [row for row in results if row["status"] == "invalid"]
    assert len(spoilt) == len(bad)
    assert all(row["reason"] and not row["kept"] for row in spoilt)


def test_what_the_guard_refuses_comes_back_with_other_words_and_is_kept_once_mended(world, sari):
    key = sari.put("report", report(world.pasar.path, NOON, facts="Lampu di simpang padam. Pak Amir diduga memilih paslon nomor dua."))
    answer = sari.send()["results"][0]
    assert (answer["status"], answer["code"]) == ("invalid", "guard")
    assert answer["fields"]["facts"]
    assert answer["offer"]["facts"]
    assert not Item.objects.exists()
    sari.put("report", report(world.pasar.path, NOON), key=key)
    assert sari.send()["results"][0]["status"] == "ok"


def test_an_identity_is_replaced_and_said(world, sari):
    sari.put("visit", visit(world.pasar.path, NOON, concerns=[{"text": "Nomor saya 081234567890, lampu padam."}]))
    answer = sari.send()["results"][0]
    assert (answer["status"], answer["code"], answer["kept"]) == ("ok", "replaced", True)
    assert "0812" not in Visit.objects.get().concerns.get().text


def test_fields_are_named_as_the_phone_calls_them(world, sari):
    rows = [{"text": "Lampu padam."}, {"text": "x" * 1001}]
    sari.put("visit", visit(world.pasar.path, NOON, concerns=rows, promises=[{"text": "Menelepon PLN"}]))
    answer = sari.send()["results"][0]
    assert set(answer["fields"]) == {"concerns.1.text", "promises.0.due"}


def test_practice_stays_practice(world, sari):
    sari.put("report", report(world.pasar.path, NOON), practice=True)
    answer = sari.send()["results"][0]
    assert (answer["status"], answer["record"]) == ("ok", None)
    assert Report.objects.get().practice
    assert not Report.objects.current().exists()


def test_what_was_recorded_while_authorised_is_taken_in_after_a_move(world, sari):
    from rukun.officers import services as officers

    sari.put("visit", visit(world.pasar.path, NOON - timedelta(days=2)))
    sari.put("visit", visit(world.pasar.path, NOON + timedelta(days=3)))
    with clock.at(NOON + timedelta(days=1)):
        for term in world.sari.assignments.all():
            officers.relieve(world.actor(world.nofri), term, on=clock.today("Asia/Jakarta"))
    sari.skew = timedelta(days=4)
    with clock.at(NOON + timedelta(days=4)):
        results = sari.send()["results"]
    assert [row["status"] for row in results] == ["ok", "invalid"]
    assert "Hari itu" in results[1]["reason"]


def test_a_colleagues_phone_and_a_strangers_open_nothing(world, sari, admit):
    joko = admit(world.joko)
    joko.put("visit", visit(world.pasar.path, NOON))
    assert joko.send()["results"][0]["code"] == "not_yours"
    stranger = Phone(over(Client()), device=sari.device)
    assert stranger.send() == {"status": 401}
    assert not Visit.objects.exists()


@pytest.mark.parametrize("skew", [timedelta(days=3650), timedelta(days=-3650), timedelta(hours=13)])
def test_no_clock_is_a_reason_to_refuse(world, sari, skew):
    sari.skew = skew
    sari.put("visit", visit(world.pasar.path, sari.now()))
    answer = sari.send()["results"][0]
    assert (answer["status"], answer["time_uncertain"]) == ("ok", True)
    assert (Visit.objects.get().made_at, Visit.objects.get().time_uncertain) == (NOON, True)
    assert Item.objects.get().uncertain


def test_a_clock_that_is_an_hour_off_is_set_right(world, sari):
    sari.skew = timedelta(hours=-1)
    sari.put("visit", visit(world.pasar.path, sari.now() - timedelta(minutes=30)))
    assert not sari.send()["results"][0]["time_uncertain"]
    assert Visit.objects.get().made_at == NOON - timedelta(minutes=30)


def test_the_receipt_is_signed_and_lists_what_was_kept(world, sari):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from rukun.phone import keys

    key = sari.put("visit", visit(world.pasar.path, NOON))
    receipt = sari.send()["receipt"]
    body = keys.unb64(receipt["body"])
    Ed25519PublicKey.from_public_bytes(keys.unb64(keys.public_signing()["x"])).verify(keys.unb64(receipt["sig"]), body)
    assert json.loads(body)["items"] == [[key, "ok", Item.objects.get().sha256]]


def test_what_was_sealed_for_one_item_opens_no_other(world, sari):
    item = sari.item("visit", visit(world.pasar.path, NOON), sealed=True)
    other = item | {"id": new_key()}
    strange = sari.item("visit", {}) | {"sealed": item["sealed"] | {"key": "20200101-000000"}}
    results = json.loads(sari.batch([other, strange, item])[2])["results"]
    assert [row["code"] for row in results] == ["seal_broken", "seal_unknown", "ok"]
    assert sealed_to(sari.seal, sari.seal_id, "a", b"x")[1] != sealed_to(sari.seal, sari.seal_id, "a", b"x")[1]


def test_a_revoked_phone_and_a_closed_account_hand_in_nothing_and_keep_everything(world, sari):
    from rukun.officers import services as officers
    from rukun.phone.services import devices

    sari.put("visit", visit(world.pasar.path, NOON))
    revoked = devices.revoke(world.actor(world.nofri), Device.objects.get())
    status, headers, raw = sari.batch(list(sari.queue.values()))
    assert (status, json.loads(raw)["code"], headers["x-rukun-api"]) == (401, "device_revoked", "1")
    assert len(sari.queue) == 1
    let_in_again(world, revoked)
    assert sari.batch([])[0] == 200
    officers.revoke(world.actor(world.nofri), world.sari, why="ponsel hilang")
    assert json.loads(sari.batch([])[2])["code"] == "account_closed"


def let_in_again(world, device):
    from rukun.phone.services import devices

    renewal = devices.ask_renewal(world.actor(world.nofri), device, why="PIN terlupa")
    devices.confirm_renewal(world.actor(world.budi), renewal)
    devices.reopen(world.actor(world.sari), device)


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", {}, 400, "malformed"),
        (b"[]", {}, 400, "malformed"),
        (b'{"schema":1,"items":{}}', {}, 400, "malformed"),
        (b"no gzip", {"Content-Encoding": "gzip"}, 400, "malformed"),
        (b'{"schema":0,"items":[]}', {}, 426, "schema_old"),
        (b'{"schema":1,"items":[' + b"1," * 50 + b"1]}", {}, 413, "too_large"),
        (b" " * 600_000, {}, 413, "too_large"),
        (b" " * 2_000_000, {}, 413, "too_large"),
        (b"[" * 100_000, {}, 400, "malformed"),
    ],
)
def test_what_cant_be_read_is_said_so(sari, body, headers, status, code):
    found, marked, raw = sari.call("POST", "batch", body, **headers)
    assert (found, json.loads(raw)["code"], marked["x-rukun-api"]) == (status, code, "1")


def test_a_small_parcel_that_unpacks_to_a_giant_is_too_large(sari):
    import gzip

    status, _headers, _raw = sari.call("POST", "batch", gzip.compress(b" " * 50_000_000), **{"Content-Encoding": "gzip"})
    assert status == 413


def test_the_reference_is_public_of_my_places_and_costs_nothing_when_it_is_the_same(world, sari):
    status, headers, raw = sari.call("GET", "reference")
    told = json.loads(raw)
    assert status == 200
    assert world.pasar.path in {area["path"] for area in told["areas"]}
    assert all(area["path"].startswith(world.aia_baliang.path) for area in told["areas"])
    assert len(told["taxonomy"]) == 52
    assert sari.call("GET", "reference", **{"If-None-Match": headers["etag"]})[0] == 304
    assert sari.call("GET", "work")[0] == 401  # a phone's key opens no work


def test_an_item_that_breaks_our_own_reading_holds_up_none_of_the_others(world, sari, monkeypatch):
    from importlib import import_module

    def breaks(envelope, sender):
        raise ZeroDivisionError

    monkeypatch.setitem(import_module("rukun.phone.intake.prepare").READERS, "action", breaks)
    sari.put("action", {"action": 1, "done": True, "note": "x"})
    sari.put("visit", visit(world.pasar.path, NOON))
    assert [row["code"] for row in sari.send()["results"]] == ["broken", "ok"]


def test_where_the_database_cant_now_the_phone_comes_again_and_keeps_everything(world, sari, monkeypatch):
    from django.db import OperationalError

    from rukun.phone.services import outbox

    def locked(*_args, **_more):
        raise OperationalError("database is locked")

    key = sari.put("visit", visit(world.pasar.path, NOON))
    with monkeypatch.context() as full:
        full.setattr(outbox, "take", locked)
        status, headers, raw = sari.batch(list(sari.queue.values()))
    assert (status, headers["retry-after"], headers["x-rukun-api"], json.loads(raw)["code"]) == (503, "20", "1", "busy")
    assert sari.send()["results"][0]["status"] == "ok"
    assert key in sari.acknowledged
