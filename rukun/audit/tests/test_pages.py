"""The book's pages answer what was done here and by whom, and whether it still stands as it was written."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from rukun.access.scope import NOBODY, Actor
from rukun.audit import book, door, names, refusals, triggers, words
from rukun.audit.guard import writing_allowed
from rukun.audit.models import Entry
from rukun.audit.refusals import RefusalMiddleware
from rukun.audit.tests.conftest import JOKO
from rukun.officers.models import Officer
from rukun.territory.services import add_subunit


@pytest.fixture
def here(blank: None, settings: Any, tmp_path: Path, request: pytest.FixtureRequest) -> SimpleNamespace:
    """The named world, with a book of its own."""
    settings.DATA = tmp_path
    return request.getfixturevalue("world")


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    def read_as(officer: Officer, address: str = "", status: int = 200, htmx: bool = False, **query: Any) -> str:
        client.force_login(officer.account)
        answer = client.get(f"/buku/{address}", query, headers={"HX-Request": "true"} if htmx else {})
        assert answer.status_code == status
        return answer.content.decode()

    return read_as


@pytest.fixture
def added(here: SimpleNamespace) -> Callable[[str], Entry]:
    def add(name: str) -> Entry:
        add_subunit(here.actor(here.budi), here.aia_baliang, name=name, kind="jorong")
        return Entry.objects.order_by("-pk")[0]

    return add


def listed(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'href="/buku/(\d+)/"', page)]


def test_a_chief_reads_what_was_done_in_his_area_newest_first(here, added, read):
    entries = [added(name) for name in ("Batu Satu", "Batu Dua", "Batu Tiga")]
    page = read(here.budi)
    made = [entry.pk for entry in reversed(entries)]
    assert [pk for pk in listed(page) if pk in made] == made
    assert "Menambahkan subunit" in page
    assert "Apa yang dilakukan di sini, dan oleh siapa?" in page


def test_an_officer_of_another_district_sees_nothing_of_it(here, added, read):
    entry = added("Batu Satu")
    other = Officer.objects.filter(assignments__role="sector_unit_head").exclude(pk=here.nofri.pk).first()
    assert entry.pk not in listed(read(other))
    read(other, f"{entry.pk}/", status=404)
    read(here.sari, status=403)
    read(here.sari, f"{entry.pk}/", status=403)


def test_the_book_is_read_page_by_page_without_losing_a_line(here, added, read):
    for number in range(60):
        added(f"Batu {number}")
    seen, query = [], {}
    while True:
        page = read(here.yusuf, htmx=True, **query)
        assert "<html" not in page
        seen += listed(page)
        older = re.search(r"before=(\d+)", page)
        if not older:
            break
        query = {"before": older[1]}
    seen_later = Entry.objects.filter(pk__gt=seen[0]).values_list("act", flat=True)
    assert set(seen_later) <= {"session.open"}  # whoever reads must sign in
    mine = Entry.objects.within(here.actor(here.yusuf)).filter(pk__lte=seen[0])
    assert seen == list(mine.order_by("-pk").values_list("pk", flat=True))


def test_one_act_and_one_thing_can_be_asked_for(here, added, read):
    entry = added("Batu Satu")
    with pytest.raises(PermissionDenied):
        add_subunit(here.actor(here.joko), here.aia_baliang, name="Milik Joko", kind="jorong")
    assert listed(read(here.budi, act="subunit.add", thing=entry.object)) == [entry.pk]
    refused = Entry.objects.get(act="subunit.add:refused")
    assert listed(read(here.budi, act="subunit.add"))[0] == refused.pk
    assert "Ditolak: menambahkan subunit" in read(here.budi, act="subunit.add")
    assert "Belum ada catatan yang cocok" in read(here.budi, act="report.answer")
    assert read(here.budi, act="no such act", before="x")


def test_an_entry_shows_whether_it_stands_as_it_was_written(here, added, read):
    entry = added("Batu Satu")
    assert "Menunggu disegel" in read(here.budi, f"{entry.pk}/")
    book.sequence()
    place, size = Entry.objects.get(pk=entry.pk).idx + 1, book.newest().size
    assert f"Ya. Catatan ini nomor {place} dari {size}" in read(here.budi, f"{entry.pk}/")
    triggers.remove()
    with writing_allowed("test.tamper"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'officer:1' WHERE id = %s", [entry.pk])
    assert "Tidak. Yang tertulis di sini tidak cocok" in read(here.budi, f"{entry.pk}/")


def test_an_erased_entry_says_that_it_was_erased(here, read):
    door.record(here.actor(here.budi), "report.read", here.aia_baliang, reason="pengaduan 12")
    entry = Entry.objects.get(act="report.read")
    assert "pengaduan 12" in read(here.budi, f"{entry.pk}/")
    book.erase(here.actor(here.mira), Entry.objects.filter(pk=entry.pk), basis="UU 27/2022")
    page = read(here.budi, f"{entry.pk}/")
    assert "Rincian catatan ini telah dihapus" in page and "pengaduan 12" not in page


def test_people_and_places_are_called_by_name_where_someone_knows_it(here, added, read, monkeypatch):
    entry = added("Batu Satu")
    monkeypatch.setattr(names, "NAMERS", {})
    assert entry.actor in read(here.budi)
    names.give("officer", lambda keys: dict.fromkeys(keys, "Budi dari Koto Rimbo"))
    names.give("area", lambda keys: dict.fromkeys(keys, "Nagari Contoh"))
    page = read(here.budi, f"{entry.pk}/")
    assert "Budi dari Koto Rimbo" in page and "Nagari Contoh" in page


def test_the_newest_seal_can_be_taken_away_as_text(here, read):
    assert "Belum ada yang disegel." in read(here.yusuf, "segel/")
    book.sequence()
    assert read(here.yusuf, "segel/") == book.newest().note


def answered(rf: RequestFactory, actor: Actor, status: int, name: str) -> None:
    request = rf.get("/anything/")
    request.actor, request.user = actor, SimpleNamespace(is_authenticated=actor is not NOBODY)
    request.resolver_match = SimpleNamespace(view_name=name) if name else None
    RefusalMiddleware(lambda request: HttpResponse(status=status))(request)


def test_refused_pages_are_in_the_book_once_an_hour(rf, house, monkeypatch):
    monkeypatch.setattr(door, "NOTES", {refusals.REFUSED: "", refusals.MISSED: ""})
    for actor, status, name in (
        (JOKO, 403, "problems:move"), (JOKO, 403, "problems:move"), (JOKO, 403, "problems:board"), (JOKO, 404, "problems:detail"),
        (JOKO, 404, ""), (JOKO, 200, "desk:today"), (NOBODY, 404, "problems:detail"), (NOBODY, 403, "problems:detail"),
    ):  # fmt: skip
        answered(rf, actor, status, name)
    assert [(entry.actor, entry.act, entry.object) for entry in Entry.objects.order_by("pk")] == [
        ("officer:9", "page.refuse", "page:problems:move"),
        ("officer:9", "page.refuse", "page:problems:board"),
        ("officer:9", "page.miss", "page:problems:detail"),
        ("public", "page.refuse", "page:problems:detail"),
    ]


def test_every_act_of_the_house_has_words_in_the_language_of_its_readers():
    missing = {name for name in (*door.ACTS, *door.NOTES) if name not in words.DID}
    assert missing == set()
    with translation.override("id"):
        theirs = {name: words.did(name) for name in words.DID} | {name: str(word) for name, word in (words.THINGS | words.DETAILS).items()}
    with translation.override("en"):
        ours = {name: words.did(name) for name in words.DID} | {name: str(word) for name, word in (words.THINGS | words.DETAILS).items()}
    assert {name for name in ours if ours[name] == theirs[name]} == {"operator", "nrp", "directives.directive"}


def test_a_thing_without_a_name_is_called_by_its_kind():
    with translation.override("id"):
        assert words.thing("problems.problem:7") == "masalah 7"
        assert words.thing("fieldwork.report:0190a1b2-aaaa-bbbb-cccc-1234567890ab") == "laporan 0190a1b2…"
        assert words.thing("") == ""
        assert [words.value(text) for text in ("yes", "no", "analysis", "officers.officer:7")] == ["ya", "tidak", "analysis", "petugas 7"]
        assert words.did("maintenance:tidy") == "perawatan: tidy"
        assert words.did("something.new") == "something.new"
