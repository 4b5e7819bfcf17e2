"""Atensi on everybody's first page, in the chief's hands, and in the auditor's list."""

import re
from datetime import date, datetime, timedelta

import pytest

from rukun.access.scope import system
from rukun.audit.door import maintenance
from rukun.directives import reading, services
from rukun.directives.models import Addressee, Directive
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.territory.models import Unit
from rukun.territory.rules import WIT

WORDS = "Parkiran surau dan pasar dijaga"


def test_it_stands_on_the_first_page_of_those_in_its_reach_until_its_last_day(world, issued, page):
    issued()
    for who in (world.sari, world.rahmi, world.nofri, world.lina):
        assert WORDS in page(who)
    for who in (world.fadli, world.joko, world.mega, world.tomi):
        assert WORDS not in page(who)
    with clock.at(clock.now().replace(day=20)):
        assert WORDS in page(world.sari)
    with clock.at(clock.now().replace(day=21)):
        assert WORDS not in page(world.sari)


def test_one_tap_acknowledges_and_it_stays_to_be_read(world, issued, page, signed_in):
    directive = issued()
    assert "Satu Atensi menunggu pernyataan Anda." in page(world.sari) and "Sudah saya baca" in page(world.sari)
    answer = signed_in(world.sari).post(f"/atensi/{directive.pk}/tahu/", {"dari": "hari-ini"})
    assert answer.url == "/"
    desk = page(world.sari)
    assert WORDS in desk and "Sudah saya baca<" not in desk and "Anda menyatakan sudah membacanya" in desk


def test_what_waits_rings_and_leads_there(world, issued, page):
    issued()
    assert "Sebuah Atensi meminta Anda menyatakan sudah membacanya" in page(world.sari, "/pemberitahuan/")


def test_whoever_was_moved_elsewhere_need_not_heed_it(world, issued, page):
    issued()
    officers.relieve(system("test"), world.sari.assignments.get(), on=date(2026, 11, 11))
    officers.assign(
        system("test"), world.sari, role="rw_officer", unit=world.sek_la, areas=[world.sungai_alun], valid_from=date(2026, 11, 11)
    )
    with clock.at(clock.now() + timedelta(days=2)):
        assert WORDS not in page(world.sari)
        assert "0 dari 3" in page(world.budi, f"/atensi/{Directive.objects.get().pk}/")


def test_its_chief_sees_whom_to_ring_by_place_and_no_one_ranked(world, issued, page):
    directive = issued(areas=[])
    services.acknowledge(world.actor(world.sari), Addressee.objects.get(directive=directive, officer=world.sari))
    shown = page(world.budi, f"/atensi/{directive.pk}/")
    assert "1 dari 6 orang dalam jangkauannya sudah menyatakannya." in shown
    assert "Briptu Sari Melati" not in shown and "Bripka Rahmi Anjani" in shown and "0000-113" in shown
    assert "%" not in re.sub(r"<[^>]+>", "", shown)


def test_those_it_reaches_do_not_see_who_has_read_it(world, issued, page):
    directive = issued()
    for who in (world.sari, world.nofri):
        assert "Siapa yang sudah membacanya?" not in page(who, f"/atensi/{directive.pk}/")


def test_a_chief_issues_one_from_the_page(world, page, signed_in):
    assert 'href="/atensi/"' in page(world.budi) and "Keluarkan Atensi" in page(world.budi, "/atensi/")
    client = signed_in(world.budi)
    sent = {"text": WORDS, "areas": [world.aia_baliang.pk], "code": "CRM-03", "last_day": "2026-11-20", "satuan": world.sek_kr.path}
    made = client.post("/atensi/baru/", sent)
    directive = Directive.objects.get()
    assert made.url == f"/atensi/{directive.pk}/" and list(directive.areas.all()) == [world.aia_baliang]
    assert client.post(f"/atensi/{directive.pk}/akhiri/", {"because": ""}).status_code == 302
    assert client.post(f"/atensi/{directive.pk}/lanjutkan/").status_code == 302
    assert client.post(f"/atensi/{directive.pk}/cabut/", {"because": ""}).status_code == 422
    assert client.post(f"/atensi/{directive.pk}/cabut/", {"because": "salah tempat"}).status_code == 302
    assert "salah tempat" in page(world.budi, f"/atensi/{directive.pk}/") and WORDS not in page(world.sari)


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": "Awasi posko paslon"},
        {"last_day": "2026-11-01"},
        {"last_day": "besok"},
        {"areas": ["999999"]},
        {"text": "x" * 500},
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_issued(world, signed_in, sent):
    sent = {"text": WORDS, "last_day": "2026-11-20", "satuan": "../../etc"} | sent
    answer = signed_in(world.budi).post("/atensi/baru/", sent)
    assert answer.status_code == 422 and 'class="errors"' in answer.content.decode() and not Directive.objects.exists()


def test_an_atensi_of_others_does_not_exist(world, issued, signed_in):
    directive = issued()
    for who in (world.joko, world.yeni, world.fadli, world.mega):
        client = signed_in(who)
        assert client.get(f"/atensi/{directive.pk}/").status_code == 404
        assert client.post(f"/atensi/{directive.pk}/tahu/").status_code == 404
        assert WORDS not in client.get("/atensi/").content.decode()
    for who, status in ((world.sari, 403), (world.nofri, 403), (world.yusuf, 403), (world.tomi, 403)):
        for deed in ("akhiri", "cabut", "lanjutkan"):
            assert signed_in(who).post(f"/atensi/{directive.pk}/{deed}/", {"because": "x"}).status_code == status
    for who in (world.tomi, world.mira, world.putri):
        assert signed_in(who).get("/atensi/").status_code == 403


def test_the_auditor_reads_every_one_with_its_words_days_areas_and_chief(world, issued, page):
    issued(code="CRM-03")
    gone = issued(world.hendra, world.res_rd, areas=[], text="Jembatan Alun Ilia dibatasi lima orang")
    services.withdraw(world.actor(world.hendra), gone, because="salah tempat")
    assert 'href="/atensi/"' in page(world.yusuf)
    listed = page(world.yusuf, "/atensi/")
    for words in (
        WORDS,
        "Aia Baliang",
        "AKP Budi Santoso",
        "20 Nov",
        "Jembatan Alun Ilia",
        "AKBP Hendra Wijaya",
        "salah tempat",
        "Curanmor",
    ):
        assert words in listed, words
    shown = page(world.yusuf, f"/atensi/{gone.pk}/")
    assert "Dicabut." in shown and "Sari" not in shown


def test_a_long_list_is_read_page_by_page(world, issued, page):
    for number in range(25):
        services.end(world.actor(world.budi), issued(text=f"Atensi nomor {number} untuk pasar"))
    first = page(world.yusuf, "/atensi/")
    assert "nomor 24 " in first and "nomor 4 " not in first
    further = re.search(r"\?(sebelum=\d+)", first)
    assert further and "nomor 4 " in page(world.yusuf, f"/atensi/?{further[1]}")
    assert "nomor 24 " in page(world.yusuf, "/atensi/?sebelum=x")


def test_those_in_force_are_shown_a_page_at_a_time_too(world, issued, page):
    for number in range(25):
        issued(text=f"Atensi nomor {number} untuk pasar")
    first = page(world.yusuf, "/atensi/")
    assert "nomor 24 " in first and "nomor 4 " not in first
    further = re.search(r"\?(berlaku=\d+)", first)
    assert further
    second = page(world.yusuf, f"/atensi/?{further[1]}")
    assert "nomor 4 " in second and "nomor 24 " not in second and "?berlaku=" not in second.partition("<footer")[0]


def test_it_is_over_when_the_day_is_over_where_its_unit_is(world, issued):
    """Two hours earlier in Jayapura than in Jakarta; the list says what each of them says for itself."""
    here, there = issued(), issued(text="Jaga pasar pagi di ujung timur")
    with maintenance("test.zone"):
        Unit.objects.filter(pk=world.sek_la.pk).update(time_zone=WIT)
        Directive.objects.filter(pk=there.pk).update(unit=world.sek_la)
    auditor = world.actor(world.yusuf)
    for moment, standing in (("20T14:59", {here, there}), ("20T15:01", {here}), ("20T17:01", set())):
        with clock.at(datetime.fromisoformat(f"2026-11-{moment}:00+00:00")):
            assert set(reading.in_force(auditor, "").rows) == standing
            assert {row for row in Directive.objects.select_related("unit") if row.is_in_force} == standing
            assert set(reading.over(auditor, "").rows) == {here, there} - standing
