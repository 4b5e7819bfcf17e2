"""What was recorded is corrected by a new version, and nothing that grew out of the older one is lost."""

from datetime import date, timedelta

from rukun.audit.models import Entry, Payload
from rukun.fieldwork import services
from rukun.fieldwork.jobs import raise_unread
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.fieldwork.rules import REMOVED
from rukun.lib import clock


def sent(world, **more):
    return {"id": str(new_id()), "area": world.pasar.path, "kind": "visit", "day": "2026-03-01", "clock": "09:30"} | more


def test_a_correction_takes_along_what_was_kept_and_what_became_a_report(world, met, told):
    visit = met(
        promises=(("Menanyakan lampu", date(2026, 12, 1)), ("Mengajak ronda", date(2026, 12, 2)), ("Melapor ke wali", date(2026, 12, 3)))
    )
    kept, *open_ones = visit.promises.order_by("pk")
    actor = world.actor(world.rahmi)
    services.keep_promise(actor, kept, outcome="Lampu menyala.")
    report = told(concern=visit.concerns.get())
    newer = services.correct_visit(
        actor, visit, kind="visit", made_at=visit.made_at, concerns=(("Lampu jalan padam dua minggu.", "ENV-04"), ("Ronda kosong.", None)),
        promises=[(promise.text, promise.due) for promise in open_ones],
    )  # fmt: skip
    assert sorted(newer.promises.values_list("text", flat=True)) == ["Melapor ke wali", "Menanyakan lampu", "Mengajak ronda"]
    assert newer.promises.exclude(kept_on=None).get().outcome == "Lampu menyala."
    assert newer.concerns.exclude(report=None).get().report == report


def test_the_form_of_a_correction_begins_with_every_open_promise(world, met, client):
    visit = met(promises=(("Menanyakan lampu", date(2026, 12, 1)), ("Mengajak ronda", date(2026, 12, 2))))
    client.force_login(world.rahmi.account)
    page = client.get(f"/kunjungan/{visit.pk}/perbaiki/").content.decode()
    assert "Menanyakan lampu" in page
    assert "Mengajak ronda" in page


def test_an_identity_is_removed_from_the_older_visit_but_who_read_it_stays_in_the_book(world, met, client):
    visit = met(narrative="Nama seseorang.", place="Rumah seseorang", concerns=(("Seseorang mengeluh.", None),))
    client.force_login(world.nofri.account)
    client.post(f"/kunjungan/{visit.pk}/baca/", {"reason": "Keluhan warga."})
    client.force_login(world.rahmi.account)
    client.post(f"/kunjungan/{visit.pk}/perbaiki/", sent(world, said_1="Seorang warga mengeluh.", identity="on"))
    visit.refresh_from_db()
    assert (visit.narrative, visit.place, visit.concerns.get().text) == ("", "", REMOVED)
    assert Payload.objects.filter(entry__act="visit.receive").count() == 0
    assert Entry.objects.get(act="visit.read").details == {"reason": "Keluhan warga."}
    assert "Seseorang mengeluh" not in client.get(f"/kunjungan/{visit.pk}/").content.decode()


def test_the_officer_sees_who_has_read_her_notes_and_why(world, met, client):
    visit = met(narrative="Catatan saya.")
    client.force_login(world.nofri.account)
    client.post(f"/kunjungan/{visit.pk}/baca/", {"reason": "Keluhan warga tentang lampu."})
    client.force_login(world.rahmi.account)
    page = client.get(f"/kunjungan/{visit.pk}/").content.decode()
    assert "Siapa yang membaca catatan Anda" in page
    assert "Iptu Nofri Hasan" in page
    assert "Keluhan warga tentang lampu." in page


def test_older_versions_of_a_report_can_be_opened_from_its_story(world, told, client):
    report = told()
    client.force_login(world.rahmi.account)
    details = {"title": "Dua motor hilang", "facts": "Dua motor hilang.", "basis": "told"}
    client.post(f"/laporan/{report.pk}/perbaiki/", sent(world, **details))
    newer = Report.objects.get(corrects=report)
    assert f'/laporan/{report.pk}/">versi ini' in client.get(f"/laporan/{newer.pk}/").content.decode()


def test_whoever_answers_a_version_that_was_corrected_meanwhile_is_led_to_the_newer(world, told, client):
    report = told()
    services.correct_report(
        world.actor(world.rahmi), report, title="Dua motor", facts="Dua motor hilang.", basis="told", happened_at=report.happened_at
    )
    client.force_login(world.nofri.account)
    page = client.post(f"/laporan/{report.pk}/jawab/", {"kind": "noted", "text": "Cukup."})
    assert page.status_code == 200
    assert "Ini versi lama." in page.content.decode()


def test_a_report_that_rose_and_was_corrected_is_still_said_to_have_risen(world, told, client):
    report = told()
    with clock.at(clock.now() + timedelta(hours=25)):
        raise_unread.func()
        report.refresh_from_db()
        services.correct_report(
            world.actor(world.rahmi), report, title="Dua motor", facts="Dua motor hilang.", basis="told", happened_at=report.happened_at
        )
    client.force_login(world.budi.account)
    page = client.get("/kotak-masuk/").content.decode()
    assert "naik dari Kanit Binmas" in page
    assert "Dua motor" in page


def test_a_report_sent_again_after_an_identity_was_removed_is_not_told_again(world, told):
    first = told()
    actor = world.actor(world.rahmi)
    services.correct_report(actor, first, title="Motor", facts="Motor hilang.", basis="told", happened_at=first.happened_at, identity=True)
    assert told(id=first.pk, happened_at=first.happened_at) is None
    assert Report.objects.count() == 2


def test_nothing_that_was_written_is_thrown_away_by_the_wrong_tap(world, client):
    client.force_login(world.sari.account)
    page = client.post("/kunjungan/baru/", sent(world, said_1="Lampu padam.", nothing="1")).content.decode()
    assert "Lampu padam." in page
    assert not Visit.objects.exists()


def test_a_promise_without_a_day_is_asked_back_and_several_are_kept(world, client):
    client.force_login(world.sari.account)
    more = {"said_1": "Lampu padam.", "promise_1": "Menanyakan lampu", "due_1": "2027-01-02", "promise_2": "Mengajak ronda"}
    assert "Janji perlu tanggal." in client.post("/kunjungan/baru/", sent(world, **more)).content.decode()
    client.post("/kunjungan/baru/", sent(world, **more, due_2="2027-01-03"))
    assert list(Visit.objects.get().promises.order_by("due").values_list("text", flat=True)) == ["Menanyakan lampu", "Mengajak ronda"]


def test_a_time_nobody_is_sure_of_is_said_everywhere_until_a_correction_gives_it(world, client):
    from rukun.sharing import telling

    rahmi, at = world.actor(world.rahmi), clock.now() - timedelta(hours=2)
    report = services.receive_report(
        rahmi,
        world.pasar,
        id=new_id(),
        title="Lampu padam",
        facts="Lampu di simpang padam.",
        basis="saw",
        happened_at=at,
        time_uncertain=True,
    )
    visit = services.receive_visit(rahmi, world.pasar, id=new_id(), kind="visit", made_at=at, nothing_said=True, time_uncertain=True)
    client.force_login(world.rahmi.account)
    for path in (f"/laporan/{report.pk}/", f"/kunjungan/{visit.pk}/"):
        assert "Waktu kejadian tidak pasti: jam telepon" in client.get(path).content.decode()
    assert "Waktu kejadian tidak pasti." in client.get(f"/laporan/{report.pk}/").content.decode()
    assert telling.values(report, world.sek_kr)["waktu"].endswith("(waktu tidak pasti)")
    told = {
        "id": new_id(),
        "area": world.pasar.path,
        "day": at.astimezone(world.pasar.zone).date(),
        "clock": at.astimezone(world.pasar.zone).time(),
    }
    client.post(f"/laporan/{report.pk}/perbaiki/", told | {"title": "Lampu padam", "facts": "Dua lampu padam.", "basis": "saw"})
    newer = Report.objects.get(corrects=report)
    assert newer.time_uncertain
    services.correct_report(rahmi, newer, title="Lampu", facts="Padam.", basis="saw", happened_at=at - timedelta(hours=5))
    assert not Report.objects.get(corrects=newer).time_uncertain
    client.post(f"/kunjungan/{visit.pk}/perbaiki/", told | {"kind": "visit", "nothing": "1", "time_known": "on"})
    newer = Visit.objects.get(corrects=visit)
    assert not newer.time_uncertain
    page = client.get(f"/kunjungan/{newer.pk}/perbaiki/").content.decode()
    assert "Hari dan jam sudah benar" not in page
