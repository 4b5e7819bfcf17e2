"""One place for all that people are told: the bell, the list, the way to the thing, and nothing of anybody else's."""

import re
from datetime import date, timedelta

import pytest

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.notices import services
from rukun.notices.jobs import sweep
from rukun.notices.models import Choice, Notice
from rukun.officers import services as officers
from rukun.problems import services as problems

LIST = "/pemberitahuan/"
EVERYBODY = ("sari", "rahmi", "nofri", "budi", "dewi", "hendra", "ratna", "joko", "lina", "putri", "yusuf", "mira", "tomi")


@pytest.fixture
def answered(world, told, run_jobs):
    report = told(world.sari, world.pasar)
    fieldwork.answer(world.actor(world.nofri), report, kind="acted", text="Malam ini patroli singgah.")
    run_jobs()
    return report


def rung(page: str) -> str:
    """The number at the bell; empty where there is none."""
    bell = page.split('class="bell"')[1].split("</p>")[0]
    found = re.search(r'class="count">(\d+)', bell)
    return found[1] if found else ""


@pytest.mark.parametrize("key", EVERYBODY)
def test_everybody_has_a_bell_and_a_list(world, page, key):
    assert "Pemberitahuan" in page(getattr(world, key), "/") and "Tidak ada yang baru." in page(getattr(world, key))


def test_a_notice_leads_to_the_thing_and_has_then_done_its_work(world, answered, page, signed_in):
    assert rung(page(world.sari, "/")) == "1"
    listed = page(world.sari)
    assert "Laporan Anda dijawab" in listed and "Motor hilang di belakang pasar" in listed
    notice = Notice.objects.get(officer=world.sari)
    client = signed_in(world.sari)
    assert client.get(f"{LIST}{notice.pk}/").url == f"/laporan/{answered.pk}/"
    assert rung(page(world.sari, "/")) == ""
    assert "Dibuka akhir-akhir ini" in page(world.sari)


def test_what_was_marked_by_mistake_is_unread_again(world, answered, page, signed_in):
    client, notice = signed_in(world.sari), Notice.objects.get(officer=world.sari)
    client.post(f"{LIST}{notice.pk}/tandai/", {"read": "yes"})
    assert rung(page(world.sari, "/")) == ""
    client.post(f"{LIST}{notice.pk}/tandai/", {"read": "no"})
    assert rung(page(world.sari, "/")) == "1"


def test_all_are_read_at_once_but_not_what_came_while_the_page_was_open(world, answered, told, page, signed_in, run_jobs):
    until = clock.now()
    with clock.at(until + timedelta(minutes=5)):
        fieldwork.answer(world.actor(world.nofri), told(world.sari, world.pasar, "Lampu padam"), kind="noted", text="Terima kasih.")
        run_jobs()
        assert rung(page(world.sari, "/")) == "2"
        signed_in(world.sari).post(f"{LIST}dibaca/", {"until": until.isoformat()})
        assert rung(page(world.sari, "/")) == "1"
        signed_in(world.sari).post(f"{LIST}dibaca/", {"until": "kemarin"})
        assert rung(page(world.sari, "/")) == ""


def test_a_neighbours_notice_does_not_exist(world, answered, signed_in):
    notice = Notice.objects.get(officer=world.sari)
    for other in (world.rahmi, world.joko, world.nofri, world.budi, world.yusuf, world.tomi):
        client = signed_in(other)
        assert client.get(f"{LIST}{notice.pk}/").status_code == 404
        assert client.post(f"{LIST}{notice.pk}/tandai/").status_code == 404
        assert "Motor hilang" not in client.get(LIST).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_its_reader_may_no_longer_see_is_neither_listed_nor_counted_nor_opened(world, told, page, signed_in, kinds):
    report = told(world.rahmi, world.guguak)
    with clock.at(clock.now() + timedelta(hours=25)):
        fieldwork.escalate(system("test"), report, desk="sector_chief")
        assert kinds(world.budi) == ["report.risen"] and rung(page(world.budi, "/")) == "1"
        officers.relieve(system("test"), world.budi.assignments.get(), on=date(2026, 11, 11))
        officers.assign(system("test"), world.budi, role="sector_chief", unit=world.sek_pc, valid_from=date(2026, 11, 11))
        notice = Notice.objects.get(officer=world.budi, kind="report.risen")
        assert "Motor hilang" not in page(world.budi)
        assert signed_in(world.budi).get(f"{LIST}{notice.pk}/").status_code == 404


def test_what_is_settled_no_longer_asks(world, problem, page, kinds):
    action = problems.give_action(world.actor(world.nofri), problem, text="Nyalakan lampu", officer=world.sari, due=date(2026, 11, 20))
    assert kinds(world.sari) == ["action.given"] and "Nyalakan lampu" in page(world.sari)
    problems.finish_action(world.actor(world.sari), action, result="Menyala.")
    assert rung(page(world.sari, "/")) == "" and "Nyalakan lampu" not in page(world.sari)


def test_a_notice_holds_no_word_of_what_it_tells_of(world, answered):
    notice = Notice.objects.get(officer=world.sari)
    fieldwork.correct_report(
        world.actor(world.sari), answered, title="Sepeda hilang", facts="x", basis="told", happened_at=answered.happened_at, identity=True
    )
    held = " ".join(str(value) for value in vars(notice).values())
    assert "Motor" not in held and "hilang" not in held


def test_in_quiet_hours_the_bell_shows_only_what_is_urgent_and_the_list_all(world, answered, page):
    with clock.at(clock.now().replace(hour=15)):  # ten in the evening in Aia Baliang
        assert rung(page(world.sari, "/")) == ""
        listed = page(world.sari)
        assert "Lonceng diam sampai pukul 06.00" in listed and "Motor hilang" in listed
        services.tell(system("x"), to=[world.sari.pk], kind="report.answered", about=f"report:{answered.pk}", key="urgent", urgent=True)
        assert rung(page(world.sari, "/")) == "1"


def test_quiet_hours_are_ones_own(world, answered, page, signed_in):
    assert "Pemberitahuan: jam tenang" in page(world.sari, "/saya/")
    client = signed_in(world.sari)
    assert client.post(f"{LIST}pilihan/", {"quiet_from": "08:00", "quiet_until": "12:00"}).status_code == 302
    assert rung(page(world.sari, "/")) == ""
    client.post(f"{LIST}pilihan/", {"quiet_from": "08:00", "quiet_until": "08:00"})
    assert rung(page(world.sari, "/")) == "1"
    assert client.post(f"{LIST}pilihan/", {"quiet_from": "25:99", "quiet_until": ""}).status_code == 422


def test_what_is_old_is_swept(world, answered, told):
    with clock.at(clock.now() + timedelta(days=80)):
        fieldwork.answer(world.actor(world.nofri), told(world.sari, world.pasar, "Lampu padam"), kind="noted", text="Ya.")
        services.tell(system("x"), to=[world.rahmi.pk], kind="report.answered", about=f"report:{answered.pk}", key="k")
        services.clear(world.actor(world.rahmi), world.rahmi)
    with clock.at(clock.now() + timedelta(days=91)):
        sweep.call()
        assert Notice.objects.filter(officer=world.sari).count() == 0
        assert Notice.objects.filter(officer=world.rahmi).count() == 1
    with clock.at(clock.now() + timedelta(days=112)):
        sweep.call()
        assert not Notice.objects.exists()


def test_whoever_leaves_leaves_no_address_and_no_notice(world, answered, run_jobs, signed_in):
    services.choose(world.actor(world.sari), world.sari, quiet_from="21:00", quiet_until="06:00", email="sari@contoh.example")
    officers.leave(system("test"), world.sari, on=date(2026, 11, 10))
    run_jobs()
    assert not Choice.objects.exists() and not Notice.objects.filter(officer=world.sari).exists()


def test_the_book_says_that_one_was_told_and_not_of_what(world, answered):
    entry = Entry.objects.filter(act="notice.tell").latest("pk")
    assert entry.details == {"kind": "report.answered"} and "Motor" not in str(entry.details)


def test_whoever_has_not_signed_in_is_shown_the_door(client, world):
    for address in (LIST, f"{LIST}1/", f"{LIST}pilihan/", f"{LIST}alamat/"):
        assert client.get(address).status_code == 302


def test_a_bent_number_or_key_leads_nowhere(world, signed_in):
    client = signed_in(world.sari)
    assert client.get(f"{LIST}999999/").status_code == 404
    assert client.get(f"{LIST}alamat/?kunci=<script>").status_code == 200
    assert client.post(f"{LIST}alamat/", {"kunci": "nonsense"}).status_code == 302
