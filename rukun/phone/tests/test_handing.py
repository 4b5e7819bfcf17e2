"""What can't be kept as it stands goes to the unit head, sealed; is taken in, sent back or let go; and the officer learns of it."""

import hashlib
import io
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Photo, Report, Visit, new_id
from rukun.lib import clock, jobs
from rukun.notices.models import Notice
from rukun.phone import keys
from rukun.phone.models import Device, Handed
from rukun.phone.services import devices, retention
from rukun.phone.tests.model import NOON, new_key, report, sealed_to, visit
from rukun.problems import services as problems

pytestmark = pytest.mark.usefixtures("at_noon")
PERSON = "Lampu di simpang padam. Pak Amir diduga memilih paslon nomor dua."


@pytest.fixture
def nofri(world, client):
    client.force_login(world.nofri.account)
    return client


@pytest.fixture
def picture():
    """A small photo of a place, as a phone shrinks it."""
    sent = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 110, 80)).save(sent, "JPEG")
    return sent.getvalue()


@pytest.fixture
def problem(world):
    """In the hands of Nofri: Sari may add nothing to it."""
    told = {"title": "Motor hilang", "facts": "Hilang.", "basis": "told", "happened_at": NOON, "code": "CRM-03"}
    first = fieldwork.receive_report(world.actor(world.rahmi), world.pasar, id=new_id(), **told)
    return problems.open_from_reports(
        world.actor(world.nofri), first, title="Motor hilang", code="CRM-03", stage="GN", severity=3, owner=world.nofri
    )


def give(phone, kind, body, **more):
    key = phone.put(kind, body, handed=True, **more)
    return key, phone.send()["results"][0]


def news(phone):
    return {row["id"]: row for row in json.loads(phone.call("GET", "handed")[2])["handed"]}


def fields(page):
    """What the form of a page would send."""
    return {name: value for name, value in page.context["form"].initial.items() if value not in (None, "", False)}


def test_what_is_refused_lies_sealed_with_the_unit_head_who_takes_it_in_in_the_officers_name(world, sari, nofri):
    key, answer = give(sari, "report", report(world.pasar.path, NOON - timedelta(hours=1), facts=PERSON), sealed=True)
    assert (answer["status"], answer["code"], answer["kept"]) == ("ok", "handed", True)
    row = Handed.objects.get(pk=key)
    assert (row.code, row.unit, row.officer) == ("guard", world.sek_kr, world.sari)
    assert "simpang" not in json.dumps(row.content)
    jobs.run_here()
    assert set(Notice.objects.filter(kind="handed.waiting").values_list("officer", flat=True)) == {world.nofri.pk, world.budi.pk}
    assert "Laporan, " in nofri.get("/hp/serahan/").content.decode()
    page = nofri.get(f"/hp/serahan/{key}/")
    shown = page.content.decode()
    assert "Teks itu menceritakan" in shown or "orang" in shown
    assert "Lampu di simpang padam" in shown
    assert "Amir" not in shown and "paslon" not in shown
    assert Entry.objects.get(act="handed.read").actor == f"officer:{world.nofri.pk}"
    done = nofri.post(f"/hp/serahan/{key}/", fields(page))
    assert done["location"] == f"/laporan/{key}/"
    kept = Report.objects.get()
    assert (kept.officer, kept.recorded_by, kept.happened_at) == (world.sari, world.nofri, NOON - timedelta(hours=1))
    assert f"dicatat oleh {world.nofri}" in nofri.get(f"/laporan/{key}/").content.decode()
    row.refresh_from_db()
    assert (row.state, row.content) == ("taken", None)
    assert [entry.actor for entry in Entry.objects.filter(act__in=["handed.take", "report.receive"])] == [f"officer:{world.nofri.pk}"] * 2
    jobs.run_here()
    assert Notice.objects.get(kind="handed.answered").officer == world.sari
    assert news(sari)[key]["state"] == "taken" and "atas nama Anda" in news(sari)[key]["reason"]
    sari.put("report", report(world.pasar.path, NOON - timedelta(hours=1), facts=PERSON), key=key)
    assert sari.send()["results"][0]["status"] == "dup"


def test_handed_over_twice_it_lies_there_once_and_what_can_be_kept_is_kept_at_once(world, sari):
    body = visit(world.pasar.path, NOON, nothing_said=False)
    item = sari.item("visit", body, sealed=True, handed=True)
    assert [json.loads(sari.batch([item])[2])["results"][0]["code"] for _ in range(3)] == ["handed"] * 3
    assert Handed.objects.count() == Entry.objects.filter(act="handed.give").count() == 1
    key, answer = give(sari, "visit", visit(world.pasar.path, NOON))
    assert (answer["code"], answer["record"]["url"]) == ("ok", f"/kunjungan/{key}/")
    assert Handed.objects.count() == 1
    assert sari.queue == {}


def test_what_is_sent_back_is_mended_by_its_officer_and_then_nobody_waits_for_it(world, sari, nofri):
    key, _answer = give(sari, "visit", visit(world.pasar.path, NOON, nothing_said=False))
    sentence = {"sentence": "Tulis apa yang disampaikan warga."}
    nofri.post(f"/hp/serahan/{key}/jawab/", sentence | {"kembali": "1"})
    assert news(sari)[key]["state"] == "returned" and "Tulis apa yang disampaikan warga." in news(sari)[key]["reason"]
    assert "Ambil kembali" in nofri.get(f"/hp/serahan/{key}/").content.decode()
    nofri.post(f"/hp/serahan/{key}/buka/")
    assert news(sari)[key]["state"] == "open"
    nofri.post(f"/hp/serahan/{key}/jawab/", sentence | {"kembali": "1"})
    sari.put("visit", visit(world.pasar.path, NOON, concerns=[{"text": "Lampu padam."}]), key=key)
    assert sari.send()["results"][0]["code"] == "ok"
    assert (Handed.objects.get().state, Handed.objects.get().content) == ("mended", None)
    assert Visit.objects.get().recorded_by is None
    nofri.post(f"/hp/serahan/{key}/buka/")
    assert Handed.objects.get().state == "mended"


def test_what_is_let_go_is_told_with_its_reason_and_can_be_fetched_back_until_its_day(world, sari, nofri):
    key, _answer = give(sari, "visit", visit("9999999999", NOON))
    nofri.post(f"/hp/serahan/{key}/jawab/", {"sentence": "", "lepas": "1"})
    assert Handed.objects.get().is_open
    nofri.post(f"/hp/serahan/{key}/jawab/", {"sentence": "Sudah dicatat Rahmi.", "lepas": "1"})
    assert (news(sari)[key]["state"], Visit.objects.count()) == ("released", 0)
    nofri.post(f"/hp/serahan/{key}/buka/")
    page = nofri.get(f"/hp/serahan/{key}/")
    nofri.post(f"/hp/serahan/{key}/", fields(page) | {"area": world.pasar.path, "nothing": "on"})
    assert (Visit.objects.get().officer, Visit.objects.get().area) == (world.sari, world.pasar)
    with clock.at(NOON + timedelta(days=61)):
        retention.expire_handed(system("phone"), before=clock.now() - timedelta(days=60))
    assert not Handed.objects.exists()


def test_what_waits_is_never_too_old_and_its_heads_are_told_again_each_week(world, sari):
    from rukun.phone.jobs import remind_of_handed

    give(sari, "visit", visit("9999999999", NOON))
    jobs.run_here()
    for days in (1, 8, 9, 15):
        with clock.at(NOON + timedelta(days=days)):
            remind_of_handed.call()
    assert Notice.objects.filter(kind="handed.waiting", officer=world.nofri).count() == 3
    retention.expire_handed(system("phone"), before=NOON + timedelta(days=900))
    assert Handed.objects.get().is_open


def test_the_officers_photos_come_along_once_it_is_taken_in(world, sari, nofri, picture):
    key, _answer = give(sari, "report", report(world.pasar.path, NOON, facts=PERSON))
    sari.whole(new_key(), key, picture)
    assert not Photo.objects.exists()
    nofri.post(f"/hp/serahan/{key}/", fields(nofri.get(f"/hp/serahan/{key}/")))
    jobs.run_here()
    assert Photo.objects.get().report == Report.objects.get()


def test_what_nobody_can_open_is_kept_as_it_came_until_its_key_is_back(world, sari, nofri):
    item = sari.item("visit", visit(world.pasar.path, NOON), sealed=True, handed=True)
    path = keys.seal_path(item["sealed"]["key"])
    lost = path.read_bytes()
    path.unlink()
    told = json.loads(sari.batch([item])[2])["results"][0]
    assert (told["code"], told["kept"]) == ("handed", True)
    assert "kuncinya" in nofri.get(f"/hp/serahan/{item['id']}/").content.decode()
    path.write_bytes(lost)
    page = nofri.get(f"/hp/serahan/{item['id']}/")
    assert "masukkan apa adanya" in page.content.decode()
    nofri.post(f"/hp/serahan/{item['id']}/", fields(page))
    assert Visit.objects.get().officer == world.sari
    nameless = {"id": "no name", "kind": "visit", "handed": True, "body": {}}
    assert json.loads(sari.batch([nameless])[2])["results"][0]["kept"] is False


def test_what_was_done_for_a_problem_is_taken_in_as_a_line_of_its_story(world, sari, nofri, problem):
    key, answer = give(sari, "problem", {"problem": problem.pk, "note": "Sudah bicara dengan pemilik kandang."})
    assert (answer["code"], Handed.objects.get().code) == ("handed", "not_yours")
    page = nofri.get(f"/hp/serahan/{key}/")
    assert "Sudah bicara dengan pemilik kandang." in page.content.decode()
    nofri.post(f"/hp/serahan/{key}/", {"note": "Sudah bicara dengan pemilik."})
    assert Handed.objects.get().state == "taken"
    assert f"Sudah bicara dengan pemilik. (diserahkan oleh {world.sari})" in nofri.get(problem.get_absolute_url()).content.decode()


def test_another_unit_finds_nothing_and_the_officer_sees_only_how_it_stands(world, sari, client):
    key, _answer = give(sari, "report", report(world.pasar.path, NOON, facts=PERSON))
    client.force_login(world.joko.account)
    assert client.get(f"/hp/serahan/{key}/").status_code == 404
    assert client.post(f"/hp/serahan/{key}/jawab/", {"sentence": "Tidak.", "lepas": "1"}).status_code in (403, 404)
    client.force_login(world.sari.account)
    page = client.get(f"/hp/serahan/{key}/").content.decode()
    assert "Menunggu Kanit Anda" in page and "simpang" not in page
    assert client.post(f"/hp/serahan/{key}/", {}).status_code in (403, 404)
    assert not Report.objects.exists()


def test_a_colleague_cannot_lay_anything_over_it_and_a_phone_cannot_flood_the_desk(world, sari, admit, monkeypatch):
    key, _answer = give(sari, "visit", visit("9999999999", NOON))
    rahmi = admit(world.rahmi)
    rahmi.now = lambda: NOON
    told = json.loads(rahmi.batch([rahmi.item("visit", visit("9999999998", NOON), key=key, handed=True)])[2])["results"][0]
    assert (told["code"], told["kept"]) == ("other_content", False)
    assert Handed.objects.get().officer == world.sari
    monkeypatch.setattr("rukun.phone.services.handing.MOST", 1)
    _key, answer = give(sari, "visit", visit("9999999998", NOON))
    assert (answer["code"], answer["kept"]) == ("too_many", False)


def test_a_lease_that_has_ended_hinders_no_handing_and_a_revoked_phone_hands_nothing(world, sari):
    with clock.at(NOON + timedelta(days=20)):
        sari.skew = timedelta(days=20)
        _key, answer = give(sari, "visit", visit("9999999999", NOON), sealed=True)
        assert answer["code"] == "handed"
    devices.revoke(world.actor(world.nofri), Device.objects.get())
    assert sari.call("GET", "handed")[0] == 401


def test_moved_since_it_goes_to_where_it_happened(world, sari):
    from rukun.officers.models import Assignment

    assert Assignment.objects.filter(officer=world.sari, unit=world.sek_kr).exists()
    _key, answer = give(sari, "visit", visit(world.pasar.path, NOON, nothing_said=False))
    assert answer["code"] == "handed"
    assert Handed.objects.get().unit == world.sek_kr


def carried(phone, *items, photos=()):
    """The file that a phone writes of what it could not send."""
    body = json.dumps({"made": NOON.isoformat(), "officer": "7", "items": items, "photos": photos})
    said = f"EXPORT\nberkas\n{hashlib.sha256(body.encode()).hexdigest()}".encode()
    r, s = decode_dss_signature(phone.private.sign(said, ec.ECDSA(hashes.SHA256())))
    return {"rukun": 1, "device": phone.device, "sig": keys.b64(r.to_bytes(32) + s.to_bytes(32)), "body": body}


def bring(client, file):
    return client.post("/hp/serahan/berkas/", {"file": SimpleUploadedFile("rukun.json", json.dumps(file).encode())})


def test_a_file_from_a_phone_that_finds_no_network_is_taken_in_as_if_it_had_been_sent(world, sari, nofri, picture):
    good, bad = sari.item("report", report(world.pasar.path, NOON), sealed=True), sari.item("visit", visit("9999999999", NOON), sealed=True)
    photo = new_key()
    head, ct = sealed_to(sari.seal, sari.seal_id, photo, picture)
    file = carried(sari, good, bad, photos=[{"id": photo, "item": good["id"], "type": "image/jpeg", "sealed": head, "bytes": keys.b64(ct)}])
    for told in ("Masuk: 1. Menunggu Anda di bawah: 1. Sudah ada: 0.", "Masuk: 0. Menunggu Anda di bawah: 1. Sudah ada: 1."):
        assert bring(nofri, file).status_code == 302
        assert told in nofri.get("/hp/serahan/").content.decode()
    assert (Report.objects.get().officer, Photo.objects.get().report_id) == (world.sari, Report.objects.get().pk)
    assert Entry.objects.filter(act="handed.bring", actor=f"officer:{world.nofri.pk}").count() == 2
    sari.queue[good["id"]] = good
    assert sari.send()["results"][0]["status"] == "dup"


def test_a_file_from_a_blocked_phone_waits_for_the_unit_head(world, sari, nofri):
    item = sari.item("report", report(world.pasar.path, NOON), sealed=True)
    devices.revoke(world.actor(world.nofri), Device.objects.get())
    bring(nofri, carried(sari, item))
    assert not Report.objects.exists()
    page = nofri.get(f"/hp/serahan/{item['id']}/")
    assert "tidak boleh mengirim sendiri" in page.content.decode()
    nofri.post(f"/hp/serahan/{item['id']}/", fields(page))
    assert (Report.objects.get().officer, Report.objects.get().recorded_by) == (world.sari, world.nofri)


def test_a_file_that_was_altered_or_is_another_units_is_refused_in_words(world, sari, nofri, client):
    file = carried(sari, sari.item("visit", visit(world.pasar.path, NOON), sealed=True))
    for wrong in (
        file | {"body": file["body"] + " "},
        file | {"device": new_key()},
        file | {"sig": "x"},
        {},
        [],
        {"device": [], "body": 1},
        carried(sari),
    ):
        answer = bring(nofri, wrong)
        assert (answer.status_code, "bukan berkas dari ponsel rukun" in answer.content.decode()) == (422, True)
    nofri.force_login(world.joko.account)
    assert bring(nofri, file).status_code == 403
    assert not Visit.objects.exists()


def test_whatever_is_handed_over_breaks_no_table_and_holds_up_none_of_the_others(world, sari, nofri):
    sealed = sari.item("visit", visit(world.pasar.path, NOON), sealed=True)["sealed"]
    bad = [
        {"kind": "visit", "body": None}, {"kind": "visit", "body": []}, {"kind": "\x00", "body": {}}, {"kind": ["x"], "body": {}},
        {"kind": "visit", "body": {"area": "\x00"}}, {"kind": "visit", "body": {"area": "²"}}, {"kind": "visit", "body": {"area": {"a": 1}}},
        {"kind": "report", "body": {"facts": "\x00 \ud800"}}, {"kind": "report", "body": {}, "schema": 2**62, "seq": -1},
        {"kind": "report", "body": {}, "client_ts": "0001-01-01T00:00:00+14:00"}, {"kind": "problem", "body": {"problem": 2**80, "change": "x"}},
        {"kind": "action", "body": {"action": [], "note": {}}}, {"kind": "visit", "sealed": sealed | {"key": "\x00"}}, {"kind": "visit", "sealed": sealed | {"more": 1}},
        {"kind": "visit", "sealed": sealed | {"epk": {"x": "\x00"}}}, {"kind": "visit", "sealed": "x"}, {"kind": "visit", "sealed": sealed | {"ct": 7}},
    ]  # fmt: skip
    items = [{"id": new_key(), "schema": 1, "seq": number, "handed": True} | each for number, each in enumerate(bad)]
    good = sari.item("visit", visit(world.pasar.path, NOON))
    results = json.loads(sari.batch([*items, good])[2])["results"]
    assert results[-1]["code"] == "ok"
    assert {row["code"] for row in results[:-1]} <= {"handed", "broken"}
    lying = dict(Handed.objects.order_by("seq").values_list("kind", "pk"))
    assert (Handed.objects.count(), set(lying)) == (len(bad) - 1, {"visit", "report", "action", "problem", "other"})
    for pk in (*lying.values(), items[4]["id"]):
        assert nofri.get(f"/hp/serahan/{pk}/").status_code == 200
    assert nofri.post(f"/hp/serahan/{lying['problem']}/", {"note": "Sudah."}).status_code == 302
