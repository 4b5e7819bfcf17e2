"""What must be forgotten is forgotten for good, and that it was is written down."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.audit import book, door, jobs, pen
from rukun.audit.models import Entry, Payload
from rukun.audit.tests.conftest import BUDI, MIRA
from rukun.lib import clock
from rukun.site.settings import SQLITE


def test_erased_details_are_gone_and_the_book_is_still_whole(lived, seal, examine):
    entries = lived(6)
    seal()
    lived(3)
    book.erase(MIRA, Entry.objects.filter(pk__in=[entries[1].pk, entries[4].pk]), basis="UU 27/2022 art. 43")
    assert set(Payload.objects.values_list("entry_id", flat=True)).isdisjoint({entries[1].pk, entries[4].pk})
    assert Entry.objects.select_related("payload").get(pk=entries[1].pk).details is None
    told = Entry.objects.filter(act="book.redact").order_by("pk")
    assert [(entry.object, entry.actor, entry.details) for entry in told] == [
        (f"audit.entry:{entries[at].pk}", "officer:11", {"basis": "UU 27/2022 art. 43"}) for at in (1, 4)
    ]
    assert (examine().whole, examine().redacted) == (True, 2)
    seal()
    assert (examine().whole, examine().redacted, examine().sealed) == (True, 2, 11)


def test_nobody_erases_what_lies_outside_their_reach(lived, house):
    lived(2)
    house.rename(system("test"), house.sungai_alun, to="Sungai Baru")
    with pytest.raises(PermissionDenied):
        book.erase(BUDI, Entry.objects.all(), basis="none")
    with pytest.raises(PermissionDenied):
        book.erase(MIRA, Entry.objects.all(), basis="one of them lies in another regency")
    assert Payload.objects.filter(entry__act="subunit.change").count() == 3
    assert {entry.act for entry in Entry.objects.filter(actor="officer:4", role="sector_chief")} == {
        "subunit.change",
        "book.redact:refused",
    }


def test_that_something_was_erased_can_itself_not_be_erased(lived, examine):
    entries = lived(1)
    book.erase(MIRA, Entry.objects.filter(pk=entries[0].pk), basis="first")
    book.erase(MIRA, Entry.objects.filter(act="book.redact"), basis="second")
    assert [entry.details for entry in Entry.objects.filter(act="book.redact")] == [{"basis": "first"}]
    assert examine().whole


def test_an_act_may_erase_what_it_makes_unreadable(lived, house, examine):
    lived(4)

    @door.act("report.answer")
    def unname(actor, area):
        door.forget(actor, Entry.objects.of(area).select_related("payload"), basis="identity")
        return area

    unname(BUDI, house.aia_baliang)
    assert Payload.objects.filter(entry__object=f"territory.area:{house.aia_baliang.pk}", entry__act="subunit.change").count() == 0
    assert Entry.objects.filter(act="book.redact").count() == 2
    assert (examine().whole, examine().redacted) == (True, 2)
    with pytest.raises(door.WriteOutsideAct):
        door.forget(BUDI, Entry.objects.all(), basis="outside of any act")


def test_details_erased_by_hand_are_no_redaction(lived, seal, tamper, examine):
    entries = lived(3)
    seal()
    tamper("DELETE FROM audit_payload WHERE entry_id = %s", entries[1].pk)
    assert [(finding.kind, finding.entry) for finding in examine().findings] == [("removed", entries[1].pk)]


def test_details_that_came_back_after_a_redaction_are_found(lived, tamper, examine):
    entries = lived(2)
    old = Payload.objects.get(pk=entries[0].pk)
    book.erase(MIRA, Entry.objects.filter(pk=entries[0].pk), basis="first")
    tamper("INSERT INTO audit_payload (entry_id, salt, body) VALUES (%s, %s, %s)", entries[0].pk, bytes(old.salt), old.body)
    assert [(finding.kind, finding.entry) for finding in examine().findings] == [("added", entries[0].pk)]


def test_after_five_years_details_are_forgotten_and_the_entries_stay(house, lived, examine):
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        lived(3)
    lived(2)
    jobs.expire.func()
    assert Payload.objects.filter(entry__act="subunit.change").count() == 2
    assert Entry.objects.filter(act="book.redact", actor="system:expire").count() == 3
    with clock.at(clock.now() + timedelta(days=20 * 365)):
        jobs.expire.func()
        before = Entry.objects.count()
        jobs.expire.func()
        assert Entry.objects.count() == before
    assert examine().whole


def test_the_file_is_written_anew_after_days_with_an_erasure(lived, monkeypatch):
    rebuilt = []
    monkeypatch.setattr(pen, "rebuild", lambda tables: rebuilt.append(clock.now()))
    lived(2)
    jobs.rebuild.func()
    assert rebuilt == []
    book.erase(MIRA, Entry.objects.filter(act="subunit.change"), basis="first")
    jobs.rebuild.func()
    assert len(rebuilt) == 1


def test_nothing_of_it_is_left_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The settings of the house, on a real SQLite file: canaries written, half of them erased, then looked for in every byte."""
    database = sqlite3.connect(tmp_path / "house.db", isolation_level=None)
    database.executescript(SQLITE["init_command"])
    database.execute("CREATE TABLE audit_payload (entry_id INTEGER PRIMARY KEY, salt BLOB, body TEXT)")
    for at in range(500):
        database.execute("INSERT INTO audit_payload VALUES (?, ?, ?)", (at, b"kenari%06d" % at, f"CANARY{at:06}"))
    database.execute("DELETE FROM audit_payload WHERE entry_id < 250")
    monkeypatch.setattr(pen, "connection", SimpleNamespace(vendor="sqlite", cursor=lambda: closing(database.cursor())))
    pen.overwrite()
    pen.rebuild()
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [at for at in range(250) if f"CANARY{at:06}".encode() in everything or b"kenari%06d" % at in everything] == []
    assert all(f"CANARY{at:06}".encode() in everything for at in range(250, 500))
