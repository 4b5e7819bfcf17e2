"""When an officer goes, what was promised stays, in the next one's hands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Promise, new_id
from rukun.handover.jobs import pass_on_all
from rukun.handover.models import Handover
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.officers.models import Assignment
from rukun.problems import services as problems

MORNING = datetime(2026, 11, 10, 2, tzinfo=UTC)
DUE = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(MORNING):
        yield


@pytest.fixture
def held(world):
    """What Rahmi holds: a promise to residents, an action and a problem."""
    rahmi, nofri = world.actor(world.rahmi), world.actor(world.nofri)
    visit = fieldwork.receive_visit(
        rahmi, world.pasar, id=new_id(), kind="visit", made_at=clock.now(), concerns=(("Lampu jalan padam.", "ENV-04"),),
        promises=(("Menanyakan lampu jalan ke PLN", DUE),), narrative="Catatan saya sendiri.",
    )  # fmt: skip
    report = fieldwork.receive_report(
        rahmi, world.pasar, id=new_id(), title="Motor hilang di parkiran", facts="Satu motor hilang.", basis="told", code="CRM-03", happened_at=clock.now()
    )  # fmt: skip
    problem = problems.open_from_reports(
        nofri, report, title="Motor hilang di Pasar", code="CRM-03", stage="GN", severity=3, owner=world.rahmi
    )
    action = problems.give_action(nofri, problem, text="Pasang lampu parkiran", officer=world.rahmi, due=DUE)
    return {"visit": visit, "promise": visit.promises.get(), "problem": problem, "action": action}


def in_hands(held) -> set[int]:
    for thing in held.values():
        thing.refresh_from_db()
    return {held["promise"].holder_id, held["action"].officer_id, held["problem"].owner_id}


def given(client, world, taker, giver=None, **more):
    page = client.get(f"/petugas/{(giver or world.rahmi).pk}/serah-terima/")
    form = page.context["form"]
    ticked = {name: form.initial[name] for name in ("promises", "actions", "problems") if name in form.fields}
    return client.post(f"/petugas/{(giver or world.rahmi).pk}/serah-terima/", {"taker": taker.pk} | ticked | more, follow=True)


def test_a_kanit_names_a_successor_who_finds_everything_on_one_sheet(world, held, client):
    client.force_login(world.nofri.account)
    page = given(client, world, world.sari, note="Kantor nagari buka sampai pukul dua.")
    assert "Dari Aipda Rahmi" in page.content.decode() or "kepada" in page.content.decode()
    assert in_hands(held) == {world.sari.pk}
    client.force_login(world.sari.account)
    sheet = client.get("/warisan/").content.decode()
    for words in (
        "Menanyakan lampu jalan ke PLN",
        "Pasang lampu parkiran",
        "Motor hilang di Pasar",
        "Kantor nagari buka sampai pukul dua.",
    ):
        assert words in sheet
    assert "Menanyakan lampu jalan ke PLN" in client.get("/").content.decode()


def test_the_successor_keeps_the_promise_without_reading_the_notes(world, held, client):
    fieldwork.hand_over_promise(world.actor(world.nofri), held["promise"], to=world.sari)
    client.force_login(world.sari.account)
    address = f"/janji/{held['promise'].pk}/"
    assert "sekarang menjadi tugas Anda" in client.get(address).content.decode()
    assert client.get(f"/kunjungan/{held['visit'].pk}/").status_code == 404
    client.post(address, {"outcome": "PLN datang hari Senin."})
    held["promise"].refresh_from_db()
    assert held["promise"].kept_on is not None
    client.force_login(world.rahmi.account)
    assert client.get(address).status_code == 404
    assert "diserahkan kepada" in client.get(f"/kunjungan/{held['visit'].pk}/").content.decode()


def test_correcting_the_visit_leaves_a_promise_that_was_handed_over_where_it_is(world, held):
    fieldwork.hand_over_promise(world.actor(world.nofri), held["promise"], to=world.sari)
    newer = fieldwork.correct_visit(
        world.actor(world.rahmi), held["visit"], kind="visit", made_at=clock.now(), concerns=(("Lampu jalan padam.", "ENV-04"),)
    )
    promise = Promise.objects.get()
    assert (promise.visit, promise.holder) == (newer, world.sari)


def test_only_what_is_ticked_goes(world, held, client):
    client.force_login(world.nofri.account)
    client.post(f"/petugas/{world.rahmi.pk}/serah-terima/", {"taker": world.sari.pk, "promises": [held["promise"].pk]})
    assert in_hands(held) == {world.sari.pk, world.rahmi.pk}
    page = client.post(f"/petugas/{world.rahmi.pk}/serah-terima/", {"taker": world.sari.pk})
    assert "Tidak ada yang dicentang" in page.content.decode()
    assert Handover.objects.count() == 1


def test_a_mistake_is_given_back(world, held, client):
    client.force_login(world.nofri.account)
    given(client, world, world.sari)
    fieldwork.keep_promise(world.actor(world.sari), Promise.objects.get(), outcome="Sudah.")
    client.post(f"/serah-terima/{Handover.objects.get().pk}/kembalikan/")
    held.pop("promise")
    for thing in held.values():
        thing.refresh_from_db()
    assert {held["action"].officer_id, held["problem"].owner_id} == {world.rahmi.pk}
    assert Promise.objects.get().holder == world.sari  # what is kept stays with whoever kept it


def test_a_term_that_ends_without_a_successor_leaves_all_to_the_kanit(world, held, run_jobs):
    for term in Assignment.objects.filter(officer=world.rahmi):
        officers.relieve(world.actor(world.tomi), term, on=clock.today("Asia/Jakarta"))
    run_jobs()
    assert in_hands(held) == {world.nofri.pk}
    handover = Handover.objects.get(taker=world.nofri)
    assert (handover.decided_by, handover.items.count()) == (None, 3)
    entry = Entry.objects.filter(act="work.hand_over").get()
    assert (entry.actor, entry.details["taker"]) == ("system:handover", f"officers.officer:{world.nofri.pk}")


def test_a_term_that_ends_later_passes_on_when_its_day_has_come(world, held, run_jobs):
    for term in Assignment.objects.filter(officer=world.rahmi):
        officers.relieve(world.actor(world.tomi), term, on=clock.today("Asia/Jakarta") + timedelta(days=3))
    run_jobs()
    pass_on_all.func()
    assert in_hands(held) == {world.rahmi.pk}
    with clock.at(MORNING + timedelta(days=3)):
        pass_on_all.func()
        pass_on_all.func()
    assert in_hands(held) == {world.nofri.pk}
    assert Handover.objects.count() == 1


def test_somebody_on_leave_keeps_what_is_his(world, held):
    officers.record_absence(world.actor(world.nofri), world.rahmi, reason="leave", valid_from=clock.today("Asia/Jakarta"), valid_until=None)
    pass_on_all.func()
    assert in_hands(held) == {world.rahmi.pk}


def test_neither_a_neighbour_nor_the_auditor_reads_what_was_handed_over(world, held, client):
    client.force_login(world.nofri.account)
    given(client, world, world.sari)
    address = f"/serah-terima/{Handover.objects.get().pk}/"
    assert client.get(address).status_code == 200
    for who, answer in ((world.joko, 404), (world.rahmi, 404), (world.yusuf, 403), (world.tomi, 403), (world.sari, 200)):
        client.force_login(who.account)
        assert client.get(address).status_code == answer, who
    client.force_login(world.sari.account)
    assert client.get(f"/petugas/{world.rahmi.pk}/serah-terima/").status_code == 403


def test_a_successor_from_elsewhere_is_not_offered(world, held, client):
    client.force_login(world.nofri.account)
    page = client.post(f"/petugas/{world.rahmi.pk}/serah-terima/", {"taker": world.joko.pk, "promises": [held["promise"].pk]})
    assert page.status_code == 422
    assert in_hands(held) == {world.rahmi.pk}


def test_who_holds_nothing_can_go_in_peace(world, client):
    client.force_login(world.nofri.account)
    assert "Tidak ada yang terbuka" in client.get(f"/petugas/{world.rahmi.pk}/serah-terima/").content.decode()


def test_what_the_next_one_should_know_is_kept_without_names(world, held, client):
    client.force_login(world.nofri.account)
    page = given(client, world, world.sari, note="Hubungi Pak Rusdi, 0812-0000-4471").content.decode()
    assert "Hubungi Pak [nama], [nomor telepon]" in page
    assert "Nomor telepon tidak disimpan" in page
