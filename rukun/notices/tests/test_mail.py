"""The daily letter: only where mail is set, only to whoever asked and confirmed, counts and links alone, one a day."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox

from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.notices import services
from rukun.notices.jobs import send_digests
from rukun.notices.models import Choice

ADDRESS = "sari@contoh.example"
CHOICES, CONFIRM = "/pemberitahuan/pilihan/", "/pemberitahuan/alamat/"
HOURS = {"quiet_from": "21:00", "quiet_until": "06:00"}


@pytest.fixture
def mailed(settings):
    settings.EMAIL_HOST = "mail.contoh.example"
    settings.ADDRESS = "https://rukun.contoh.example"


@pytest.fixture
def answered(world, told, run_jobs):
    fieldwork.answer(world.actor(world.nofri), told(world.sari, world.pasar), kind="acted", text="Malam ini patroli singgah.")
    run_jobs()


@pytest.fixture
def confirmed(world, mailed):
    choice = services.choose(world.actor(world.sari), world.sari, **HOURS, email=ADDRESS)
    return services.confirm(world.actor(world.sari), world.sari, key=services.link_key(choice))


def letters() -> list[str]:
    return [f"{letter.subject}\n{letter.body}" for letter in outbox.outbox]


def test_where_no_mail_is_set_no_address_is_asked_for_and_none_is_taken(world, page, signed_in):
    assert "tidak mengirim surel" in page(world.sari, CHOICES)
    signed_in(world.sari).post(CHOICES, HOURS | {"email": ADDRESS})
    assert Choice.objects.get(officer=world.sari).email == ""


def test_an_address_is_used_once_its_owner_has_confirmed_it(world, mailed, answered, signed_in, run_jobs):
    client = signed_in(world.sari)
    client.post(CHOICES, HOURS | {"email": ADDRESS})
    run_jobs()
    send_digests.call()
    (letter,) = letters()
    key = re.search(r"https://rukun\.contoh\.example/pemberitahuan/alamat/\?kunci=(\S+)", letter)
    assert key and "Motor" not in letter
    assert signed_in(world.rahmi).post(CONFIRM, {"kunci": key[1]}).status_code == 302
    send_digests.call()
    assert len(letters()) == 1
    client = signed_in(world.sari)
    assert ADDRESS in client.get(f"{CONFIRM}?kunci={key[1]}").content.decode()
    client.post(CONFIRM, {"kunci": key[1]})
    send_digests.call()
    assert len(letters()) == 2


def test_a_link_that_is_too_old_confirms_nothing(world, mailed, signed_in):
    choice = services.choose(world.actor(world.sari), world.sari, **HOURS, email=ADDRESS)
    stale = services.link_key(choice)
    services.choose(world.actor(world.sari), world.sari, **HOURS, email="lain@contoh.example")
    signed_in(world.sari).post(CONFIRM, {"kunci": stale})
    assert Choice.objects.get(officer=world.sari).confirmed_at is None


def test_the_letter_counts_and_links_and_says_no_more(world, confirmed, answered):
    send_digests.call()
    (letter,) = letters()
    assert "rukun: 1 pemberitahuan menunggu" in letter and "1 × Laporan Anda dijawab" in letter
    assert "https://rukun.contoh.example/pemberitahuan/\n" in letter and CHOICES in letter
    for word in ("Motor", "patroli", "Pasar", "Sari", "Nofri", "Koto Rimbo"):
        assert word not in letter


def test_one_letter_a_day_and_none_where_nothing_waits(world, confirmed, answered):
    for hours in (0, 1, 5, 11):
        with clock.at(clock.now() + timedelta(hours=hours)):
            send_digests.call()
    assert len(letters()) == 1
    with clock.at(clock.now() + timedelta(days=1)):
        send_digests.call()
        assert len(letters()) == 2
        services.clear(world.actor(world.sari), world.sari)
    with clock.at(clock.now() + timedelta(days=2)):
        send_digests.call()
    assert len(letters()) == 2


def test_what_the_server_does_not_take_is_sent_again_later(world, confirmed, answered, monkeypatch):
    def refuse(*_args, **_more):
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr("rukun.notices.mail.send_mail", refuse)
        send_digests.call()
    assert Choice.objects.get(officer=world.sari).digest_on is None
    send_digests.call()
    assert len(letters()) == 1


def test_an_address_that_is_emptied_is_forgotten(world, confirmed, answered, signed_in):
    signed_in(world.sari).post(CHOICES, HOURS | {"email": ""})
    choice = Choice.objects.get(officer=world.sari)
    assert (choice.email, choice.confirmed_at) == ("", None)
    send_digests.call()
    assert letters() == []


def test_an_address_is_nowhere_in_the_book(world, confirmed):
    from rukun.audit.models import Entry

    assert all(ADDRESS not in str(entry.details) for entry in Entry.objects.filter(act__startswith="notice."))


def test_nobody_chooses_for_another(world):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        services.choose(world.actor(world.budi), world.sari, **HOURS, email="budi@contoh.example")
    with pytest.raises(PermissionDenied):
        services.clear(world.actor(world.nofri), world.sari)
    with pytest.raises(PermissionDenied):
        services.tell(world.actor(world.hendra), to=[world.sari.pk], kind="report.read", about="report:x", key="k")
