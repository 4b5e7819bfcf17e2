"""Whoever owns the database can change the book, but not so that nobody sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from rukun.audit import book, keys, pen
from rukun.audit.held import read_held
from rukun.audit.leaf import commitment, leaf_of
from rukun.audit.models import Entry, Payload
from rukun.audit.tests.conftest import BUDI
from rukun.audit.verify import Report, verify

FIELDS = {
    "actor": "'officer:1'", "role": "'analyst'", "purpose": "'audit'", "act": "'subunit.add'", "object": "'territory.area:1'",
    "path": "'99'", "unit": "'1'", "at": "'2020-01-01 00:00:00+00:00'",
}  # fmt: skip


def undone(change: Callable[[], Any]) -> Report:
    """What the verifier says while the change stands; afterwards it never was."""
    with transaction.atomic():
        change()
        report = book.examine([])
        transaction.set_rollback(True)
    return report


def kinds(report: Report) -> set[tuple[str, int | None]]:
    return {(finding.kind, finding.entry) for finding in report.findings if finding.entry}


@pytest.fixture
def booked(lived, seal, tamper) -> list[Entry]:
    """Forty entries: thirty sealed in two sittings, ten still waiting."""
    lived(18)
    seal()
    lived(12)
    seal()
    lived(10)
    entries = list(Entry.objects.select_related("payload").order_by("pk"))
    assert [entry.idx for entry in entries] == [*range(30), *[None] * 10]
    return entries


def test_an_untouched_book_is_whole(booked, examine):
    report = examine()
    assert (report.whole, report.entries, report.sealed, report.unsealed, report.checkpoints) == (True, 40, 30, 10, 2)
    assert report.findings == []


def test_every_entry_altered_removed_or_swapped_is_named(booked, tamper):
    """Over two thousand tampers, one at a time: fields, details, salts, commitments, whole rows, places."""
    tried = 0
    marker = "X'00'" if connection.vendor == "sqlite" else "decode('00', 'hex')"
    for entry in booked:
        pk = entry.pk
        altered = [f"UPDATE audit_entry SET {name} = {value} WHERE id = {pk}" for name, value in FIELDS.items()]
        altered += [f"UPDATE audit_entry SET {name} = {marker} WHERE id = {pk}" for name in ("commitment", "leaf", "tag")]
        altered.append(f"UPDATE audit_entry SET simulated = {'1' if connection.vendor == 'sqlite' else 'true'} WHERE id = {pk}")
        altered += [
            f"UPDATE audit_payload SET {name} = {value} WHERE entry_id = {pk}" for name, value in (("body", "'{}'"), ("salt", marker))
        ]
        for sql in altered:
            assert ("altered", pk) in kinds(undone(lambda sql=sql: tamper(sql))), sql
        removed = [[f"DELETE FROM audit_payload WHERE entry_id = {pk}"]]
        removed.append([*removed[0], f"DELETE FROM audit_entry WHERE id = {pk}"])
        for statements in removed:
            report = undone(lambda statements=statements: [tamper(sql) for sql in statements])
            assert ("removed", pk) in kinds(report) or (entry.idx in (0, 29) and not report.whole), statements
        tried += len(altered) + len(removed)
        for other in booked:
            if other.pk > pk:
                report = undone(lambda pk=pk, other=other: swap_details(tamper, pk, other.pk))
                assert {("swapped", pk), ("swapped", other.pk)} <= kinds(report)
                report = undone(lambda pk=pk, other=other: swap_records(tamper, pk, other.pk))
                assert {("swapped", pk), ("swapped", other.pk)} <= kinds(report)
                tried += 2
    assert tried >= 2000


def swap_details(tamper: Callable[..., None], one: int, other: int) -> None:
    first, second = Payload.objects.get(pk=one), Payload.objects.get(pk=other)
    tamper("UPDATE audit_payload SET salt = %s, body = %s WHERE entry_id = %s", first.salt, first.body, other)
    tamper("UPDATE audit_payload SET salt = %s, body = %s WHERE entry_id = %s", second.salt, second.body, one)


def swap_records(tamper: Callable[..., None], one: int, other: int) -> None:
    """Everything but the number and the place: as if the two had been written the other way round."""
    columns = ("at", "actor", "role", "purpose", "act", "object", "path", "unit", "simulated", "commitment", "leaf", "tag")
    rows = {pk: Entry.objects.filter(pk=pk).values_list(*columns).get() for pk in (one, other)}
    for pk, source in ((one, other), (other, one)):
        values = [bytes(value) if isinstance(value, memoryview) else as_stored(value) for value in rows[source]]
        tamper(f"UPDATE audit_entry SET {', '.join(f'{name} = %s' for name in columns)} WHERE id = %s", *values, pk)
    swap_details(tamper, one, other)


def as_stored(value: Any) -> Any:
    return value.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" and hasattr(value, "tzinfo") else value


def test_two_entries_that_changed_places_in_the_sealed_part_are_both_named(booked, tamper):
    for one, other in ((0, 1), (3, 25), (17, 18), (28, 29)):

        def change(one=one, other=other):
            tamper("UPDATE audit_entry SET idx = 1000 WHERE idx = %s", one)
            tamper("UPDATE audit_entry SET idx = %s WHERE idx = %s", one, other)
            tamper("UPDATE audit_entry SET idx = %s WHERE idx = 1000", other)

        assert kinds(undone(change)) == {("swapped", booked[one].pk), ("swapped", booked[other].pk)}


def test_a_record_altered_with_a_new_leaf_to_match_is_still_found(booked, tamper):
    for entry in (booked[4], booked[33]):

        def change(entry=entry):
            entry.actor = "officer:1"
            tamper(
                "UPDATE audit_entry SET actor = %s, leaf = %s WHERE id = %s", entry.actor, leaf_of(entry.meta(), entry.commitment), entry.pk
            )

        assert kinds(undone(change)) == {("altered", entry.pk)}


def test_details_forged_with_a_new_commitment_and_leaf_are_still_found(booked, tamper):
    entry = booked[35]

    def change():
        body, salt = '{"to":"forged"}', bytes(32)
        sealed = commitment(salt, body)
        tamper("UPDATE audit_payload SET salt = %s, body = %s WHERE entry_id = %s", salt, body, entry.pk)
        tamper("UPDATE audit_entry SET commitment = %s, leaf = %s WHERE id = %s", sealed, leaf_of(entry.meta(), sealed), entry.pk)

    assert kinds(undone(change)) == {("altered", entry.pk)}


def test_an_entry_slipped_in_is_found_and_never_sealed(booked, tamper, seal, django_capture_on_commit_callbacks):
    last = booked[-1]
    pk = last.pk + 1
    meta = {**last.meta(), "id": pk, "actor": "officer:4", "act": "report.answer"}
    columns = ", ".join(meta)
    with django_capture_on_commit_callbacks(execute=True):
        tamper(
            f"INSERT INTO audit_entry ({columns}, commitment, leaf, tag) VALUES ({', '.join(['%s'] * (len(meta) + 3))})",
            *(as_stored(value) for value in meta.values()), bytes(32), leaf_of(meta, bytes(32)), bytes(16),
        )  # fmt: skip
    assert kinds(book.examine([])) == {("altered", pk)}
    done = seal()
    assert (done.sealed, done.left_out, done.size) == (10, 1, 40)
    assert kinds(book.examine([])) == {("altered", pk)}
    assert Entry.objects.get(pk=pk).idx is None


def test_entries_removed_before_they_were_sealed_go_on_being_missed(booked, tamper, seal):
    gone = [booked[33].pk, booked[39].pk]
    for pk in gone:
        tamper("DELETE FROM audit_payload WHERE entry_id = %s", pk)
        tamper("DELETE FROM audit_entry WHERE id = %s", pk)
    assert kinds(book.examine([])) == {("removed", pk) for pk in gone}
    assert seal().sealed == 8
    assert kinds(book.examine([])) == {("removed", pk) for pk in gone}


def test_an_altered_entry_is_never_sealed(booked, tamper, seal):
    tamper("UPDATE audit_entry SET actor = 'officer:1' WHERE id = %s", booked[31].pk)
    assert (seal().left_out, seal().left_out) == (1, 1)
    assert kinds(book.examine([])) == {("altered", booked[31].pk)}


def test_the_newest_pages_torn_out_with_their_seal_are_missed(booked, tamper, seal):
    for table, column in (("audit_payload", "entry_id"), ("audit_entry", "id")):
        tamper(f"DELETE FROM {table} WHERE {column} > %s", booked[17].pk)
    tamper("DELETE FROM audit_checkpoint WHERE size > 18")
    report = book.examine([])
    assert any("journal's checkpoint of 30 entries counts 12 entries more" in finding.text for finding in report.findings)
    with pytest.raises(book.TornBook):
        seal()


def test_a_checkpoint_rewritten_unsigned_or_removed_is_found(booked, tamper):
    assert not undone(lambda: tamper("UPDATE audit_checkpoint SET root = %s WHERE size = 18", bytes(32))).whole
    assert not undone(lambda: tamper("UPDATE audit_checkpoint SET note = replace(note, '18', '17')")).whole
    assert not undone(lambda: tamper("DELETE FROM audit_checkpoint WHERE size = 30")).whole


def test_a_journal_that_was_touched_is_found(booked, journal):
    whole = journal.read_text()
    lines = whole.splitlines(keepends=True)
    assert len(lines) == 11
    for broken in (lines[:4] + lines[5:], [*lines[:3], lines[4], lines[3], *lines[5:]], [line.replace("a", "b", 1) for line in lines]):
        journal.write_text("".join(broken))
        assert "journal" in {finding.kind for finding in book.examine([]).findings}
    journal.unlink()
    assert "journal" in {finding.kind for finding in book.examine([]).findings}
    journal.write_text(whole + "entry 4")  # cut short while it was written: not a fault
    assert book.examine([]).whole


def test_a_book_rewritten_with_its_own_keys_is_found_by_whoever_keeps_a_checkpoint(booked, tamper, seal, house, tmp_path):
    kept = tmp_path / "kept.jsonl"
    book.export(kept)
    points = read_held(kept.read_text(), book.verifiers())
    for table in ("audit_payload", "audit_checkpoint", "audit_tile", "audit_entry"):
        tamper(f"DELETE FROM {table}")
    pen.journal().path.unlink()
    house.rename(BUDI, house.aia_baliang, to="a new past")
    seal()
    assert book.examine([]).whole
    assert [finding.kind for finding in book.examine(points).findings] == ["removed"]


def test_who_holds_only_the_public_key_still_sees_that_the_sealed_part_was_touched(booked, tamper):
    for sql in ("UPDATE audit_entry SET act = 'x' WHERE idx = 5", "UPDATE audit_entry SET idx = -idx - 1 WHERE idx = 5"):
        with transaction.atomic():
            tamper(sql)
            assert not verify(connection, keys.verifiers(book.folder())).whole
            transaction.set_rollback(True)
    assert verify(connection, keys.verifiers(book.folder())).whole
