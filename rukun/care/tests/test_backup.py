"""A backup opens for who holds its key, is never half there, and what was erased since stays erased when it is restored."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from rukun.care import backup, restore, vault

RUKUN = [sys.executable, "-c", "from rukun.site.cli import main; main()"]
CANARY = "kenariwarnamerahtua"
LIVE = f"""
from rukun.demo.cast import cast
from rukun.fieldwork import services
from rukun.fieldwork.models import new_id
from rukun.lib import clock
world = cast()
sari = world.actor(world.sari)
services.receive_report(sari, world.pasar, id=new_id(), title="{CANARY} satu", facts="{CANARY} dua " * 40, basis="told", happened_at=clock.now())
services.receive_report(sari, world.pasar, id=new_id(), title="Lampu jalan mati", facts="Sudah tiga malam.", basis="saw", happened_at=clock.now())
"""
CORRECT = f"""
from rukun.fieldwork import services
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.hats import actor_for
report = Report.objects.get(title__startswith="{CANARY}")
services.correct_report(actor_for(report.officer), report, title="Seorang warga", facts="Seorang warga mengeluh.", basis="told",
                        happened_at=report.happened_at, identity=True)
"""
COUNT = (
    "from rukun.fieldwork.models import Report; from rukun.audit.models import Entry; print(Report.objects.count(), Entry.objects.count())"
)


class House:
    """An installation on its own folder and its own database, spoken to by commands."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.data, self.database = folder, folder / "data", database

    def say(self, *words: str, code: int = 0, **more: str) -> str:
        own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
        house = own | {"RUKUN_DATA": str(self.data)} | ({"RUKUN_DATABASE": self.database} if self.database else {}) | more
        done = subprocess.run([*RUKUN, *words], env=house, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def shell(self, code: str) -> str:
        return self.say("shell", "--no-imports", "-c", code).strip()

    def newest(self) -> Path:
        return backup.all_in(self.folder / "backups")[0]

    def backed_up(self) -> Path:
        self.say("backup", str(self.folder / "backups"))
        return self.newest()

    @property
    def key(self) -> str:
        return str(self.folder / "holder.key")


@pytest.fixture
def database(tmp_path) -> Iterator[str]:
    """Nothing for SQLite; on PostgreSQL a database of this test's own."""
    if connection.vendor == "sqlite":
        yield ""
        return
    import psycopg
    from psycopg import sql

    given = settings.DATABASES["default"]
    known = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    known = {name: value for name, value in known.items() if value}
    name = f"rukun_{secrets.token_hex(4)}"
    with psycopg.connect(**known, dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield restore.address(known, name).replace("postgresql:///", "postgres:///")
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def house(tmp_path: Path, database: str) -> House:
    made = House(tmp_path, database)
    made.data.mkdir()
    made.say("migrate", "-v0")
    made.shell(LIVE)
    made.say("audit", "sequence")
    made.say("backup", "--new-key", made.key)
    return made


def found_in(folder: Path, words: str) -> list[str]:
    return [str(file) for file in folder.rglob("*") if file.is_file() and words.encode() in file.read_bytes()]


def test_what_was_erased_after_a_backup_stays_erased_when_it_is_restored(house):
    made = house.backed_up()
    assert found_in(made, CANARY) == []  # sealed: not a word of it can be read
    told = house.shell(COUNT)
    house.shell(CORRECT)
    if not house.database:
        assert found_in(house.data, CANARY) == []  # database, write-ahead log, journal, media
    assert "is not empty" in house.say("restore", str(made), "--key", house.key, code=2)
    said = house.say("restore", str(made), "--key", house.key, "--force")
    assert "The book is whole" in said and "Everybody has to sign in again" in said
    assert int(house.shell(COUNT).split()[0]) == int(told.split()[0])  # the correction is lost with the days since …
    left = house.shell(f"from rukun.fieldwork.models import Report; print(Report.objects.filter(facts__contains='{CANARY}').count())")
    assert left == "0"  # … but what it erased is not there again
    if not house.database:
        assert found_in(house.data, CANARY) == []
    assert "The book is whole" in house.say("audit", "verify")
    again = house.backed_up()  # and the house goes on
    house.say("restore", str(again), "--key", house.key, "--rehearse")


def test_a_backup_restored_on_another_machine_continues_and_knows_of_later_erasures(house, tmp_path):
    first = house.backed_up()
    house.shell(CORRECT)
    shutil.copytree(house.newest(), first.parent / (datetime.now(UTC) + timedelta(minutes=1)).strftime(backup.NAME))
    house.backed_up()  # knows what was erased since the first
    if house.database:
        return  # the same is tried on SQLite: another machine is another folder
    other = House(tmp_path / "other", "")
    other.folder.mkdir()
    said = other.say("restore", str(first), "--key", house.key)
    assert "The book is whole" in said
    assert found_in(other.data, CANARY) == []
    assert "The book is whole" in other.say("audit", "verify")


def test_a_rehearsal_touches_nothing_and_is_told_in_the_book(house):
    made = house.backed_up()
    before = house.shell(COUNT)
    assert "The book is whole" in house.say("restore", str(made), "--key", house.key, "--rehearse")
    assert [int(number) for number in house.shell(COUNT).split()] == [int(before.split()[0]), int(before.split()[1]) + 1]
    assert "backup.rehearse" in house.say("audit", "show", "--last", "1")
    assert not list(house.data.glob("restoring-*")) and not list(house.data.glob("backup-*"))


def test_a_backup_that_was_changed_or_opens_with_another_key_is_not_taken(house, tmp_path):
    made = house.backed_up()
    vault.new_key(tmp_path / "other.key")
    assert "opens with the key" in house.say("restore", str(made), "--key", str(tmp_path / "other.key"), "--rehearse", code=2)
    sealed = made / "database.sealed"
    sound = sealed.read_bytes()
    sealed.write_bytes(sound[:5000] + bytes([sound[5000] ^ 1]) + sound[5001:])
    assert "is not what was written" in house.say("restore", str(made), "--key", house.key, "--rehearse", code=2)
    sealed.write_bytes(sound)
    public = house.data / "keys/book.pub"
    house.say("restore", str(made), "--key", house.key, "--rehearse", "--public", str(public))
    manifest = json.loads((made / "manifest.json").read_text())
    (made / "manifest.json").write_text(json.dumps(manifest | {"made_at": "2020-01-01T00:00:00Z"}))
    assert "has signed this backup" in house.say("restore", str(made), "--key", house.key, "--rehearse", "--public", str(public), code=2)


# --- without a house -----------------------------------------------------------------------------------------------------------------


def test_a_sealed_file_opens_whole_or_not_at_all(tmp_path):
    public = vault.new_key(tmp_path / "key")
    (tmp_path / "public").write_text(public)
    key, opener = vault.read_public(tmp_path / "public"), vault.read_private(tmp_path / "key")
    for size in (0, 1, vault.CHUNK - 1, vault.CHUNK, vault.CHUNK + 1, 3 * vault.CHUNK + 17):
        plain, sealed, again = tmp_path / f"p{size}", tmp_path / f"s{size}", tmp_path / f"a{size}"
        plain.write_bytes(os.urandom(size))
        with plain.open("rb") as file:
            _own, digest, said = vault.seal(file, sealed, key)
        assert (vault.unseal(sealed, again, opener), said) == (digest, size)
        assert again.read_bytes() == plain.read_bytes()
    whole = sealed.read_bytes()
    begin = len(vault.MAGIC) + vault.WRAPPED + vault.HEADER
    first, second = (slice(begin + at * (vault.CHUNK + vault.TAG), begin + (at + 1) * (vault.CHUNK + vault.TAG)) for at in (0, 1))
    swapped = whole[:begin] + whole[second] + whole[first] + whole[second.stop :]
    for number, wrong in enumerate((whole[:-1], whole[: first.stop], whole + b"x", swapped, b"", whole[9:], whole[: len(vault.MAGIC)])):
        (tmp_path / f"w{number}").write_bytes(wrong)
        with pytest.raises(vault.NotOpened):
            vault.unseal(tmp_path / f"w{number}", tmp_path / f"o{number}", opener)
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_the_oldest_go_and_the_newest_never(tmp_path):
    now = datetime(2026, 11, 25, 3, tzinfo=UTC)

    def there(*ages: int) -> Callable[[int], list[int]]:
        shutil.rmtree(tmp_path / "b", ignore_errors=True)
        for age in ages:
            folder = tmp_path / "b" / (now - timedelta(days=age)).strftime(backup.NAME)
            folder.mkdir(parents=True)
            (folder / backup.MANIFEST).touch()

        def left(keep: int) -> list[int]:
            backup.rotate(tmp_path / "b", now, keep, 35)
            return [(now - datetime.strptime(path.name, backup.NAME).replace(tzinfo=UTC)).days for path in backup.all_in(tmp_path / "b")]

        return left

    assert there(0, 1, 2, 3)(2) == [0, 1]
    assert there(0, 10, 34, 36, 90)(99) == [0, 10, 34]
    assert there(90)(1) == [90]


def test_half_a_backup_never_has_the_name_of_one(tmp_path, data, monkeypatch):
    (data / "keys" / "backup.pub").write_text(vault.new_key(tmp_path / "key"))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "fill", full)
    with pytest.raises(OSError, match="No space"):
        backup.make(tmp_path / "b", datetime(2026, 11, 25, tzinfo=UTC), 3, 35)
    assert list((tmp_path / "b").iterdir()) == []


def test_without_a_key_nothing_is_made(tmp_path, data):
    with pytest.raises(backup.NotMade, match="--new-key"):
        backup.make(tmp_path / "b", datetime(2026, 11, 25, tzinfo=UTC), 3, 35)
