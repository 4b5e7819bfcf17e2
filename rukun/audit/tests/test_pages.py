"""The book's pages answer what was done here and by whom, and whether it still stands as it was written."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from rukun.access.scope import NOBODY, Actor
from rukun.audit import book, door, names, refusals, views, words
from rukun.audit.models import Entry
from rukun.audit.refusals import RefusalMiddleware
from rukun.audit.tests.conftest import BUDI, JOKO, MIRA, YUSUF


@pytest.fixture
def ask(rf: RequestFactory, house, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

    def ask_as(actor: Actor, view, *args, htmx: bool = False, **query) -> str:
        request = rf.get("/buku/", query)
        request.actor, request.htmx, request.user, request.resolver_match = actor, htmx, SimpleNamespace(is_authenticated=True), None
        request.session = {}
        with translation.override("id"):
            return view(request, *args).content.decode()

    return ask_as


def test_a_chief_reads_what_was_done_in_his_area_newest_first(lived, ask):
    lived(3)
    page = ask(BUDI, views.entries)
    assert [int(pk) for pk in re.findall(r'href="/buku/(\d+)/"', page)] == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
    assert "Mengubah subunit" in page
    assert "Apa yang dilakukan di sini, dan oleh siapa?" in page


def test_an_officer_of_another_regency_sees_nothing_of_it(lived, ask):
    entry = lived(1)[0]
    elsewhere = Actor("officer:8", "sector_chief", "supervision", (JOKO.grants[0].__class__("sector_chief", "9902", "supervision"),), 8)
    assert "Belum ada catatan yang cocok" in ask(elsewhere, views.entries)
    with pytest.raises(Http404):
        ask(elsewhere, views.entry, entry.pk)


def test_the_book_is_read_page_by_page_without_losing_a_line(lived, ask):
    lived(120)
    seen, query = [], {}
    while True:
        page = ask(YUSUF, views.entries, htmx=True, **query)
        assert "<html" not in page
        seen += [int(pk) for pk in re.findall(r'href="/buku/(\d+)/"', page)]
        older = re.search(r"before=(\d+)", page)
        if not older:
            break
        query = {"before": older[1]}
    assert seen == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))


def test_one_act_and_one_thing_can_be_asked_for(lived, house, ask):
    lived(4)
    with pytest.raises(PermissionDenied):
        house.rename(JOKO, house.aia_baliang, to="Mine")
    found = ask(BUDI, views.entries, act="subunit.change", thing=f"territory.area:{house.aia_baliang.pk}")
    assert len(re.findall(r'href="/buku/\d+/"', found)) == 3
    assert "Ditolak: mengubah subunit" in found
    assert "Belum ada catatan yang cocok" in ask(BUDI, views.entries, act="report.answer")
    assert ask(BUDI, views.entries, act="no such act", before="x")


def test_an_entry_shows_its_details_and_that_it_stands_as_it_was_written(lived, seal, tamper, ask):
    entry = lived(2)[0]
    assert "Menunggu disegel" in ask(BUDI, views.entry, entry.pk)
    seal()
    page = ask(BUDI, views.entry, entry.pk)
    assert "name 0" in page and "Ya. Catatan ini nomor 1 dari 2" in page
    tamper("UPDATE audit_entry SET actor = 'officer:1' WHERE id = %s", entry.pk)
    assert "Tidak. Yang tertulis di sini tidak cocok" in ask(BUDI, views.entry, entry.pk)


def test_an_erased_entry_says_that_it_was_erased(lived, ask):
    entry = lived(1)[0]
    book.erase(MIRA, Entry.objects.filter(pk=entry.pk), basis="first")
    page = ask(BUDI, views.entry, entry.pk)
    assert "Rincian catatan ini telah dihapus" in page and "name 0" not in page


def test_people_and_places_are_called_by_name_where_someone_knows_it(lived, ask, monkeypatch):
    entry = lived(1)[0]
    assert "officer:4" in ask(BUDI, views.entries)
    monkeypatch.setattr(names, "NAMERS", {})
    names.give("officer", lambda keys: dict.fromkeys(keys, "Budi"))
    names.give("area", lambda keys: dict.fromkeys(keys, "Aia Baliang"))
    assert "Budi · area" in ask(BUDI, views.entries).replace("wilayah", "area")
    assert "Aia Baliang" in ask(BUDI, views.entry, entry.pk)


def test_the_newest_seal_can_be_taken_away_as_text(lived, seal, ask):
    assert "Belum ada yang disegel." in ask(YUSUF, views.checkpoint)
    lived(2)
    seal()
    assert ask(YUSUF, views.checkpoint) == book.newest().note


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
    assert [name for name in ours if ours[name] == theirs[name]] == []


def test_a_thing_without_a_name_is_called_by_its_kind():
    with translation.override("id"):
        assert words.thing("problems.problem:7") == "masalah 7"
        assert words.thing("fieldwork.report:0190a1b2-aaaa-bbbb-cccc-1234567890ab") == "laporan 0190a1b2…"
        assert words.thing("") == ""
        assert words.did("maintenance:tidy") == "perawatan: tidy"
        assert words.did("something.new") == "something.new"
