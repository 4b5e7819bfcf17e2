"""A visit: two taps when nothing was said, and what residents said is the officer's own."""

from datetime import UTC, date, datetime

import pytest

from rukun.audit.door import writing_allowed
from rukun.audit.models import Entry
from rukun.fieldwork import services
from rukun.fieldwork.models import Promise, Visit, new_id
from rukun.lib import clock
from rukun.territory.models import Area


def sent(**more):
    return {"id": str(new_id()), "kind": "visit", "day": "2026-03-01", "clock": "09:30"} | more


def test_nothing_was_said_is_a_full_answer(world, client):
    client.force_login(world.sari.account)
    page = client.post("/kunjungan/baru/", sent(area=world.pasar.path, nothing="1"), follow=True)
    visit = Visit.objects.get()
    assert visit.nothing_said
    assert (visit.officer, visit.area) == (world.sari, world.pasar)
    assert "Tidak ada yang disampaikan." in page.content.decode()


def test_a_visit_without_a_word_and_without_the_tap_is_asked_back(world, client):
    client.force_login(world.sari.account)
    page = client.post("/kunjungan/baru/", sent(area=world.pasar.path)).content.decode()
    assert "Tulis yang disampaikan warga, atau pilih “Tidak ada yang disampaikan”." in page
    assert not Visit.objects.exists()


def test_a_listening_session_holds_many_concerns_and_one_becomes_a_report(world, client):
    client.force_login(world.rahmi.account)
    client.post(
        "/kunjungan/baru/",
        sent(area=world.pasar.path, kind="listening", said_1="Lampu padam.", said_2="Ronda kosong.", code_2="SVC-02", people="21"),
    )
    visit = Visit.objects.get()
    assert [concern.text for concern in visit.concerns.order_by("pk")] == ["Lampu padam.", "Ronda kosong."]
    ronda = visit.concerns.get(code="SVC-02")
    page = client.get(f"/laporan/baru/?dari={ronda.pk}").content.decode()
    assert "Ronda kosong." in page
    client.post(
        f"/laporan/baru/?dari={ronda.pk}",
        sent(area=world.pasar.path, title="Ronda kosong di pasar", facts="Ronda kosong.", basis="told", code="SVC-02"),
    )
    ronda.refresh_from_db()
    assert ronda.report.title == "Ronda kosong di pasar"


def test_the_same_visit_sent_twice_is_kept_once_and_told_once(world, met):
    first = met()
    assert met(id=first.pk, made_at=first.made_at) is None
    assert Visit.objects.count() == 1
    assert Entry.objects.filter(act="visit.receive").count() == 1


def test_the_same_identity_with_other_words_is_refused_and_the_first_one_stays(world, met):
    first = met()
    for other in ({"narrative": "lain"}, {"concerns": (("Jalan berlubang.", None),)}):
        with pytest.raises(services.OtherContent):
            met(id=first.pk, made_at=first.made_at, **other)
    assert (Visit.objects.get().narrative, first.concerns.get().text) == ("", "Lampu jalan padam dua minggu.")


def test_a_chief_reads_notes_only_with_a_reason_that_the_book_keeps(world, met, client):
    visit = met(narrative="Catatan untuk saya sendiri.")
    client.force_login(world.nofri.account)
    assert "Catatan untuk saya sendiri." not in client.get(f"/kunjungan/{visit.pk}/").content.decode()
    assert "Catatan untuk saya sendiri." not in client.post(f"/kunjungan/{visit.pk}/baca/", {"reason": ""}).content.decode()
    opened = client.post(f"/kunjungan/{visit.pk}/baca/", {"reason": "Keluhan warga tentang lampu."}).content.decode()
    assert "Catatan untuk saya sendiri." in opened
    assert Entry.objects.get(act="visit.read").details == {"reason": "Keluhan warga tentang lampu."}


def test_a_neighbour_does_not_reach_a_visit(world, met, client):
    visit = met()
    client.force_login(world.joko.account)
    assert client.get(f"/kunjungan/{visit.pk}/").status_code == 404


def test_nobody_records_a_visit_outside_his_places(world, client):
    client.force_login(world.joko.account)
    page = client.post("/kunjungan/baru/", sent(area=world.pasar.path, nothing="1"))
    assert page.status_code == 200
    assert not Visit.objects.exists()


def test_an_operator_writes_for_an_officer_and_both_names_are_kept(world, client):
    client.force_login(world.lina.account)
    client.post("/kunjungan/baru/", sent(area=world.pasar.path, nothing="1", author=world.rahmi.pk))
    visit = Visit.objects.get()
    assert (visit.officer, visit.recorded_by) == (world.rahmi, world.lina)
    entry = Entry.objects.get(act="visit.receive")
    assert entry.actor == f"officer:{world.lina.pk}"
    assert entry.details["author"] == f"officers.officer:{world.rahmi.pk}"


def test_an_operator_is_offered_the_places_where_the_chosen_officer_serves(world, client):
    client.force_login(world.lina.account)

    def offered(page) -> set[str]:
        return {area.path for area in page.context["form"].fields["area"].queryset}

    every, of_fadli = offered(client.get("/kunjungan/baru/")), offered(client.get(f"/kunjungan/baru/?author={world.fadli.pk}"))
    assert world.koto_randah.path in of_fadli and world.pasar.path not in of_fadli and of_fadli < every
    for odd in ("x", "9" * 40, "-1"):
        assert offered(client.get(f"/kunjungan/baru/?author={odd}&area={odd}")) == every
    assert client.get("/kunjungan/baru/?author=%00").status_code == 400
    refused = client.post("/kunjungan/baru/", sent(area=world.pasar.path, nothing="1", author=world.fadli.pk))
    assert not Visit.objects.exists() and offered(refused) == of_fadli
    assert f"{world.fadli} tidak bertugas di tempat ini" in refused.content.decode()
    assert offered(client.get(f"/laporan/baru/?author={world.fadli.pk}")) == of_fadli


def test_an_operator_writes_for_nobody_who_does_not_serve_there(world):
    with pytest.raises(services.NotPossible):
        services.receive_visit(
            world.actor(world.lina), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), nothing_said=True, author=world.fadli
        )


@pytest.mark.parametrize(("zone", "day", "clock_time"), [("Asia/Jakarta", "2026-03-02", "01:15"), ("Asia/Jayapura", "2026-03-02", "03:15")])
def test_the_form_begins_with_the_day_and_time_of_the_officers_own_place(world, client, zone, day, clock_time):
    with writing_allowed("test"):
        Area.objects.update(time_zone=zone)
    client.force_login(world.sari.account)
    with clock.at(datetime(2026, 3, 1, 18, 15, tzinfo=UTC)):
        page = client.get("/kunjungan/baru/").content.decode()
    assert f'value="{day}"' in page
    assert f'value="{clock_time}"' in page


def test_a_promise_is_kept_and_can_be_opened_again(world, met, client):
    visit = met(promises=(("Menanyakan lampu", date(2026, 12, 1)),))
    promise = visit.promises.get()
    client.force_login(world.rahmi.account)
    client.post(f"/janji/{promise.pk}/", {"outcome": "Lampu menyala lagi."})
    promise.refresh_from_db()
    assert promise.kept_on and promise.outcome == "Lampu menyala lagi."
    client.post(f"/janji/{promise.pk}/", {"reopen": "1"})
    assert Promise.objects.get().kept_on is None


def test_a_correction_is_a_new_version_and_the_older_one_stays(world, met, client):
    visit = met()
    client.force_login(world.rahmi.account)
    client.post(f"/kunjungan/{visit.pk}/perbaiki/", sent(area=world.pasar.path, said_1="Lampu padam tiga minggu."))
    newer = Visit.objects.get(corrects=visit)
    assert newer.concerns.get().text == "Lampu padam tiga minggu."
    assert "Ada versi yang lebih baru." in client.get(f"/kunjungan/{visit.pk}/").content.decode()
    assert client.post(f"/kunjungan/{visit.pk}/perbaiki/", sent(area=world.pasar.path, said_1="x")).status_code == 404


def test_nobody_else_corrects_a_visit(world, met, client):
    visit = met()
    client.force_login(world.nofri.account)
    assert client.get(f"/kunjungan/{visit.pk}/perbaiki/").status_code == 404


def test_a_form_that_comes_back_is_practice_only_where_it_was(world, client):
    client.force_login(world.sari.account)
    real = client.post("/kunjungan/baru/", sent(area=world.pasar.path, practice="False")).content.decode()
    assert "Tulis yang disampaikan warga" in real and "Mode latihan" not in real
    assert "Mode latihan" in client.post("/kunjungan/baru/", sent(area=world.pasar.path, practice="True")).content.decode()


def test_a_promise_is_for_within_a_week_unless_another_day_is_said(world, client):
    client.force_login(world.sari.account)
    with clock.at(datetime(2026, 3, 1, 5, tzinfo=UTC)):
        form = client.get("/kunjungan/baru/").context["form"]
        assert form["due_1"].value() == date(2026, 3, 8)
    empty = {"promise_1": "", "due_1": "2026-03-08"}
    client.post("/kunjungan/baru/", sent(area=world.pasar.path, nothing="1", **empty))
    assert Visit.objects.count() == 1 and not Promise.objects.exists()
