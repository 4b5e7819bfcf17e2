"""Issuing, reaching, acknowledging, ending: by whom, for whom, and what the book keeps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.directives import jobs, services
from rukun.directives.models import Addressee
from rukun.directives.services import NotPossible
from rukun.lib import clock
from rukun.notices.models import Notice
from rukun.officers import services as officers


def test_it_reaches_whoever_serves_in_its_areas_under_the_unit_and_not_whoever_issued_it(world, issued, names):
    assert names(issued()) == {"Sari", "Rahmi", "Nofri", "Lina"}
    assert names(issued(areas=[world.pasar])) == {"Sari", "Rahmi", "Nofri", "Lina"}
    assert names(issued(areas=[world.koto_rimbo])) == {"Fadli", "Nofri", "Lina"}
    assert names(issued(areas=[])) == {"Sari", "Rahmi", "Fadli", "Dasril", "Nofri", "Lina"}


def test_that_of_a_polres_reaches_every_polsek_below_it_and_no_other(world, issued, names):
    reached = names(issued(world.hendra, world.res_rd, areas=[]))
    assert {"Sari", "Joko", "Yeni", "Budi", "Dewi"} <= reached and not {"Arif", "Mega", "Putri", "Ratna", "Hendra"} & reached
    assert names(issued(world.dewi, world.res_rd, areas=[world.sungai_alun])) == {"Joko", "Wendra", "Yeni", "Hendra"}


@pytest.mark.parametrize("key", ["sari", "nofri", "lina", "putri", "yusuf", "tomi", "joko"])
def test_below_a_kapolsek_nobody_issues_one(world, issued, key):
    with pytest.raises(PermissionDenied):
        issued(getattr(world, key))


def test_no_chief_issues_for_a_unit_or_an_area_of_others(world, issued):
    with pytest.raises(PermissionDenied):
        issued(world.budi, world.sek_la, areas=[])
    with pytest.raises(PermissionDenied):
        issued(world.budi, world.res_rd, areas=[])
    with pytest.raises(NotPossible, match="Sungai Alun"):
        issued(areas=[world.sungai_alun])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": "   "}, "text"),
        ({"text": "x" * 401}, "text"),
        ({"text": "Catat siapa yang datang ke posko paslon"}, "text"),
        ({"text": "Catat siapa yang ikut unjuk rasa di depan kantor"}, "text"),
        ({"text": "Pantau wartawan yang meliput di pasar"}, "text"),
        ({"last_day": date(2026, 11, 9)}, "last_day"),
        ({"last_day": date(2027, 11, 9)}, "last_day"),
    ],
)
def test_what_an_atensi_may_not_be(world, issued, said, field):
    with pytest.raises(NotPossible) as refusal:
        issued(**said)
    assert refusal.value.field == field


def test_a_name_and_a_number_in_it_are_not_kept(world, issued):
    text = issued(text="Jaga parkiran pasar; hubungi Pak Budi 0812-3456-7890 bila ada yang hilang").text
    assert "0812" not in text and "[nomor telepon]" in text


def test_it_is_acknowledged_once_and_that_stays(world, issued):
    mine = Addressee.objects.get(directive=issued(), officer=world.sari)
    assert services.acknowledge(world.actor(world.sari), mine)
    first = mine.acknowledged_at
    with clock.at(clock.now() + timedelta(hours=1)):
        assert services.acknowledge(world.actor(world.sari), mine) is None
    mine.refresh_from_db()
    assert mine.acknowledged_at == first


def test_nobody_acknowledges_for_another(world, issued):
    directive = issued()
    for who in (world.rahmi, world.nofri, world.budi, world.joko):
        with pytest.raises(PermissionDenied):
            services.acknowledge(world.actor(who), Addressee.objects.get(directive=directive, officer=world.sari))


def test_what_has_ended_is_no_longer_acknowledged(world, issued):
    directive = issued()
    mine = Addressee.objects.get(directive=directive, officer=world.sari)
    services.end(world.actor(world.budi), directive)
    mine = Addressee.objects.get(pk=mine.pk)
    with pytest.raises(NotPossible):
        services.acknowledge(world.actor(world.sari), mine)


def test_it_is_ended_or_withdrawn_by_its_chief_and_those_above_and_may_stand_again(world, issued):
    directive = issued()
    for who in (world.nofri, world.sari, world.yusuf):
        with pytest.raises(PermissionDenied):
            services.end(world.actor(who), directive)
    services.end(world.actor(world.hendra), directive, because="sudah tertangani")
    with pytest.raises(NotPossible):
        services.withdraw(world.actor(world.budi), directive, because="keliru")
    assert services.resume(world.actor(world.budi), directive).is_in_force
    with pytest.raises(NotPossible):
        services.resume(world.actor(world.budi), directive)
    with pytest.raises(NotPossible):
        services.withdraw(world.actor(world.budi), directive, because=" ")
    assert not services.withdraw(world.actor(world.budi), directive, because="salah tempat").is_in_force
    with clock.at(clock.now() + timedelta(days=20)), pytest.raises(NotPossible):
        services.resume(world.actor(world.budi), directive)


def test_whoever_comes_to_serve_there_is_reached_too_and_told(world, issued, names, run_jobs):
    directive = issued()
    run_jobs()
    officers.assign(
        system("test"), world.fadli, role="village_officer", unit=world.sek_kr, areas=[world.aia_baliang], valid_from=date(2026, 11, 10)
    )
    run_jobs()
    assert "Fadli" in names(directive)
    assert Notice.objects.filter(officer=world.fadli, kind="directive.issued").count() == 1
    assert Notice.objects.filter(officer=world.sari, kind="directive.issued").count() == 1
    jobs.reach_those_whose_term_begins.call()
    assert Addressee.objects.filter(directive=directive, officer=world.fadli).count() == 1


def test_all_are_told_when_it_is_withdrawn(world, issued, run_jobs):
    directive = issued()
    services.withdraw(world.actor(world.budi), directive, because="salah tempat")
    run_jobs()
    told = Notice.objects.filter(kind="directive.withdrawn").values_list("officer__name", flat=True)
    assert len(told) == 4 and not Notice.objects.filter(kind="directive.issued").exists()


def test_an_old_one_goes_with_who_acknowledged_it(world, issued):
    issued()
    for years, left in ((4, 4), (6, 0)):
        with clock.at(clock.now() + timedelta(days=years * 365)):
            jobs.retain.call()
            assert Addressee.objects.count() == left


def test_the_book_keeps_where_and_until_when_and_not_the_words(world, issued):
    directive = issued(code="CRM-03")
    entry = Entry.objects.get(act="directive.issue")
    assert entry.details["last_day"] == "2026-11-20" and entry.details["code"] == "CRM-03"
    assert directive.text not in str(entry.details)
