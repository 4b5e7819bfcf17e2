"""What the guard leaves of a text is what is stored, on every way in; the officer is told, and nothing typed is lost."""

from datetime import timedelta

import pytest

from rukun.fieldwork.guarded import AboutPersons, NotPossible
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.fieldwork.tests.test_reports import sent
from rukun.lib import clock
from rukun.territory.placing import add_place
from rukun.territory.services import change_unit

NAMED = "Pak Rusdi, NIK 1399014507880003, kehilangan motor BA 2231 MK, hp 0812-0000-4471"
CLEAN = "Pak [nama], NIK [NIK], kehilangan motor [pelat nomor], hp [nomor telepon]"
CHOICE = "Lampu jalan mati di gang belakang. Dari 30 KK sekitar 20 KK condong ke nomor 2."


def test_identities_are_replaced_before_a_report_is_stored_and_the_officer_is_told(world, client):
    client.force_login(world.rahmi.account)
    page = client.post("/laporan/baru/", sent(world, facts=NAMED, opinion="Mungkin Pak Anton tahu"), follow=True).content.decode()
    report = Report.objects.get()
    assert (report.facts, report.opinion) == (CLEAN, "Mungkin Pak [nama] tahu")
    assert "Nomor identitas tidak disimpan; diganti dengan [NIK]." in page
    assert page.count("Nama orang tidak disimpan") == 1
    assert "Rusdi" not in page


def test_a_correction_and_an_answer_go_through_the_same_gate(world, told, client):
    report = told()
    client.force_login(world.nofri.account)
    client.post(f"/laporan/{report.pk}/jawab/", {"kind": "answered", "text": "Sudah ditanyakan kepada Bu Yanti."})
    assert report.answers.get().text == "Sudah ditanyakan kepada Bu [nama]."
    client.force_login(world.rahmi.account)
    client.post(f"/laporan/{report.pk}/perbaiki/", sent(world, facts=NAMED))
    assert Report.objects.get(corrects=report).facts == CLEAN


def test_every_text_of_a_visit_is_read(world, client):
    client.force_login(world.rahmi.account)
    typed = {
        "id": str(new_id()), "area": world.pasar.path, "kind": "visit", "day": "2026-03-01", "clock": "18:30", "place": "depan rumah Pak Burhan",
        "narrative": "Bertemu Bu Yanti", "said_1": "Pak Anton mengeluh lampu mati", "promise_1": "Menanyakan ke Pak Darwis", "due_1": "2026-04-01",
    }  # fmt: skip
    client.post("/kunjungan/baru/", typed)
    visit = Visit.objects.get()
    assert (visit.place, visit.narrative) == ("depan rumah Pak [nama]", "Bertemu Bu [nama]")
    assert visit.concerns.get().text == "Pak [nama] mengeluh lampu mati"
    promise = visit.promises.get()
    assert promise.text == "Menanyakan ke Pak [nama]"
    client.post(f"/janji/{promise.pk}/", {"outcome": "Pak Darwis sudah memperbaiki"})
    promise.refresh_from_db()
    assert promise.outcome == "Pak [nama] sudah memperbaiki"


def test_whatever_comes_another_way_meets_the_last_gate(world, told, met):
    assert told(facts=NAMED).facts == CLEAN
    assert met(narrative="Bertemu Bu Yanti").narrative == "Bertemu Bu [nama]"
    with pytest.raises(AboutPersons) as refusal:
        told(facts=CHOICE)
    assert refusal.value.reading.offered == "Lampu jalan mati di gang belakang."
    with pytest.raises(NotPossible):
        told(title="hp 0812-0000-4471 " + "x" * 102)


def test_sent_twice_with_a_name_it_is_kept_once(world, told):
    key = new_id()
    moment = clock.now() - timedelta(hours=2)
    assert told(id=key, facts=NAMED, happened_at=moment)
    assert told(id=key, facts=NAMED, happened_at=moment) is None


def test_a_text_about_persons_is_not_stored_and_the_form_keeps_what_was_typed(world, client):
    client.force_login(world.rahmi.account)
    typed = sent(world, facts=CHOICE, opinion="Perlu lampu baru.")
    page = client.post("/laporan/baru/", typed).content.decode()
    assert not Report.objects.exists()
    assert "Pilihan politik warga tidak pernah dicatat." in page
    assert CHOICE in page
    assert "Perlu lampu baru." in page
    assert "<blockquote>Lampu jalan mati di gang belakang.</blockquote>" in page


def test_the_offered_text_is_one_tap_away_and_is_sent_with_the_next(world, client):
    client.force_login(world.rahmi.account)
    typed = sent(world, facts=CHOICE)
    page = client.post("/laporan/baru/", typed | {"pakai": "facts"}).content.decode()
    assert "Teks usulan sudah ada di kolom ini." in page
    assert "condong" not in page
    assert not Report.objects.exists()
    client.post("/laporan/baru/", typed | {"facts": "Lampu jalan mati di gang belakang."})
    assert Report.objects.get().facts == "Lampu jalan mati di gang belakang."


def test_a_report_of_nothing_is_asked_back_once_and_becomes_a_visit_with_what_was_typed(world, client):
    client.force_login(world.rahmi.account)
    typed = sent(world, title="Giat sambang", facts="Situasi aman dan kondusif. Nihil.", place="pos ronda", basis="saw", code="")
    page = client.post("/laporan/baru/", typed).content.decode()
    assert "Kalau tidak ada apa-apa, catat sebagai kunjungan" in page
    assert not Report.objects.exists()
    form = client.post("/kunjungan/baru/", typed | {"dari_laporan": "1"}).content.decode()
    assert "Situasi aman dan kondusif. Nihil." in form
    assert 'value="pos ronda"' in form
    assert not Visit.objects.exists()
    client.post("/laporan/baru/", typed | {"tetap": "1"})
    assert Report.objects.exists()


def test_danger_is_kept_and_shows_whom_to_call(world, client):
    change_unit(world.actor(world.tomi), world.sek_kr, name=world.sek_kr.name, phone="0752 99110")
    client.force_login(world.rahmi.account)
    page = client.post(
        "/laporan/baru/", sent(world, facts="Tolong, rumah terbakar sekarang di belakang pasar"), follow=True
    ).content.decode()
    assert Report.objects.exists()
    assert 'href="tel:110"' in page
    assert 'href="tel:075299110"' in page


def test_money_for_votes_points_to_bawaslu_after_it_was_kept(world, client):
    client.force_login(world.rahmi.account)
    typed = sent(world, title="Amplop dibagikan", facts="Ada yang membagikan amplop berisi uang di RT 02 tadi malam")
    page = client.post("/laporan/baru/", typed, follow=True).content.decode()
    assert "Bawaslu" in page
    assert Report.objects.exists()


def test_a_listed_public_place_is_called_as_it_is_listed(world, client):
    add_place(world.actor(world.rahmi), world.pasar, kind="market", name="Lapau Mak Itam")
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world, place="Lapau Mak Itam"))
    assert Report.objects.get().place == "Lapau Mak Itam"


def test_a_hint_is_told_while_one_types_and_nothing_of_it_is_stored(world, client, caplog):
    client.force_login(world.rahmi.account)
    answer = client.post("/periksa/?jenis=report&nama=facts", {"facts": NAMED}).content.decode()
    assert "Nomor identitas tidak disimpan" in answer
    assert "Pakai teks ini" in client.post("/periksa/?jenis=report&nama=facts", {"facts": CHOICE}).content.decode()
    assert "Telepon 110" in client.post("/periksa/?jenis=report&nama=facts", {"facts": "tolong, kebakaran sekarang"}).content.decode()
    assert client.post("/periksa/?jenis=report&nama=facts", {"facts": "Lampu jalan mati"}).content.decode().strip() == ""
    assert "1399" not in caplog.text
    assert not Report.objects.exists()
    assert client.get("/periksa/?jenis=report&nama=facts").status_code == 405
    assert client.post("/periksa/?jenis=apa", {}).status_code == 404
