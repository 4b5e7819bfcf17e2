"""Every entry gets its place and its seal, and can be shown to stand in the book without the rest of it."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from rukun.audit import book, door, keys, pen
from rukun.audit.held import read_held
from rukun.audit.management.commands import acts
from rukun.audit.merkle import is_included, root_of
from rukun.audit.models import Checkpoint, Entry, Tile
from rukun.audit.seal import BadCheckpoint, read
from rukun.audit.tests.conftest import BUDI
from rukun.lib.jobs import EVERY


def test_the_worker_seals_every_minute():
    assert "rukun.audit.jobs.sequence" in EVERY


def test_sealing_gives_places_without_gaps_and_signs_the_root(lived, seal, house):
    lived(5)
    assert (seal().sealed, seal().sealed) == (5, 0)
    lived(3)
    assert seal().size == 8
    assert list(Entry.objects.order_by("pk").values_list("idx", flat=True)) == list(range(8))
    point = read(book.newest().note, keys.verifiers(house.data / "keys"))
    assert (point.origin, point.size) == ("rukun.latihan", 8)
    assert point.root == root_of(bytes(entry.leaf) for entry in Entry.objects.order_by("idx"))
    assert Checkpoint.objects.count() == 2


def test_every_entry_is_shown_to_stand_in_the_book_even_across_tiles(house, seal, examine, django_capture_on_commit_callbacks):
    things = [pen.Told(f"test.thing:{number}", "", house.aia_baliang.where()) for number in range(700)]
    for part in (things[:3], things[3:256], things[256:600], things[600:]):
        with django_capture_on_commit_callbacks(execute=True), door.writing_allowed("test.world"):
            pen.write_many(BUDI, "report.receive", part, {"code": "x"})
        seal()
    assert (Tile.objects.count(), book.newest().size) == (2, 700)
    for entry in Entry.objects.filter(idx__in=[0, 1, 2, 3, 254, 255, 256, 257, 511, 512, 513, 698, 699]):
        proof = book.prove(entry)
        assert proof.holds
        assert is_included(bytes(entry.leaf), entry.idx, 700, proof.path, bytes(book.newest().root))
        entry.actor = "officer:1"
        assert not book.prove(entry).holds
    assert examine().whole


def test_an_entry_that_waits_has_no_proof_yet(lived):
    assert book.prove(lived(1)[0]) is None


def test_what_is_sealed_leaves_the_journal(lived, seal, journal):
    lived(4)
    assert len(journal.read_text().splitlines()) == 4
    seal()
    lived(2)
    assert [line.split()[0] for line in journal.read_text().splitlines()] == ["checkpoint", "entry", "entry"]


def test_a_keeper_gets_checkpoints_that_prove_their_growth(lived, seal, tmp_path):
    kept = tmp_path / "kept.jsonl"
    for days in (3, 300, 1, 5):
        lived(days)
        seal()
        assert book.export(kept).size == Entry.objects.count()
    assert book.export(kept) is None
    points = read_held(kept.read_text(), book.verifiers())
    assert [point.size for point in points] == [3, 303, 304, 309]
    assert book.examine(points).whole
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    lines[2]["proof"][0] = lines[1]["proof"][0]
    with pytest.raises(BadCheckpoint, match="line 3"):
        read_held("\n".join(map(json.dumps, lines)), book.verifiers())


def test_the_command_says_whole_and_not_whole_with_its_exit_code(lived, seal, tamper, tmp_path, capsys):
    entries = lived(3)
    call_command("audit", "sequence")
    call_command("audit", "export", str(tmp_path / "kept.jsonl"))
    call_command("audit", "verify", "--from", str(tmp_path / "kept.jsonl"))
    assert "The book is whole. 3 entries, 3 sealed under 1 checkpoints, 0 waiting, 0 redacted." in capsys.readouterr().out
    tamper("UPDATE audit_entry SET actor = 'officer:1' WHERE id = %s", entries[1].pk)
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (ended.value.code, said["whole"]) == (1, False)
    assert [entries[1].pk, "altered"] in [[finding["entry"], finding["kind"]] for finding in said["findings"]]


def test_kept_checkpoints_that_cannot_be_read_are_an_error_of_their_own(lived, seal, tmp_path):
    lived(1)
    seal()
    (tmp_path / "kept").write_text("not a checkpoint")
    for path in (tmp_path / "kept", tmp_path / "nowhere"):
        with pytest.raises(CommandError) as ended:
            call_command("audit", "verify", "--from", str(path))
        assert ended.value.returncode == 2


def test_the_command_shows_what_was_done_to_a_thing(lived, house, capsys):
    lived(3)
    call_command("audit", "show", f"territory.area:{house.aia_baliang.pk}")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "officer:4" in lines[0] and "subunit.change" in lines[0] and "to=name 0" in lines[0]


def test_acts_are_printed_with_who_may_do_them_and_what_follows(house, capsys, monkeypatch):
    class Job:
        module_path = "rukun.problems.jobs.gather"

    monkeypatch.setattr(acts, "ACTS", door.ACTS)
    monkeypatch.setattr(acts, "NOTES", {"report.read": "rukun.fieldwork.services"})
    monkeypatch.setattr(acts, "AFTER", {"subunit.change": [Job]})
    call_command("acts")
    printed = capsys.readouterr().out
    row = next(line for line in printed.splitlines() if line.startswith("subunit.change"))
    assert "sector_chief" in row and "administrator" in row and row.endswith("-> rukun.problems.jobs.gather")
    assert "report.read" in printed


def test_the_outside_verifier_needs_no_django(tmp_path):
    code = "import sys, rukun.audit.__main__; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    run = subprocess.run(
        [sys.executable, "-m", "rukun.audit", str(tmp_path / "none.db"), "--public", "nowhere"], check=False, capture_output=True, text=True
    )
    assert (run.returncode, "could not be read" in run.stderr) == (2, True)
