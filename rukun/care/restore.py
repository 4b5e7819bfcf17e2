"""Opens a backup: to try whether it could be restored, or into an empty data folder. What lies there is moved aside, never over."""

import json
import shutil
import sqlite3
import tarfile
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from nacl.public import PrivateKey

from rukun.audit import erasures, keys
from rukun.audit.__main__ import connect
from rukun.audit.journal import Journal
from rukun.audit.seal import Verifier
from rukun.audit.verify import Report, verify
from rukun.care import backup, postgres, sqlite, vault

MADE_BY_THEMSELVES = {"secret", "factors"}  # keys that merely reading the settings makes
OURS = ("rukun.db", "rukun.db-wal", "rukun.db-shm", "media", "keys", "book.journal", "book.lock", erasures.FILE, "dpia.pdf", "dpia.md")


class NotRestored(Exception):
    """Nothing was restored, and nothing changed; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup unpacked somewhere: its manifest, and what was in it."""

    manifest: dict[str, Any]
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "database"


def manifest_of(source: Path, public: Path | None) -> dict[str, Any]:
    try:
        text = (source / backup.MANIFEST).read_bytes()
        found: dict[str, Any] = json.loads(text)
        parts = found["parts"]
    except (OSError, ValueError, KeyError) as wrong:
        raise NotRestored(f"{source} is no backup of rukun") from wrong
    for part in parts.values():
        file = source / part["file"]
        if not file.is_file() or file.stat().st_size != part["bytes"] or vault.digest(file) != part["sha256"]:
            raise NotRestored(f"{file.name} is not what was written into this backup")
    if public:
        _name, signature = (source / backup.SIGNATURE).read_text().rsplit(" ", 1)
        if not any(signed(verifier, text, signature) for verifier in keys.read_public(public)):
            raise NotRestored("none of these keys has signed this backup")
    return found


def signed(verifier: Verifier, text: bytes, signature: str) -> bool:
    return verifier.signed(text.decode(), b64decode(signature))


@contextmanager
def opened(source: Path, key: PrivateKey, public: Path | None = None) -> Iterator[Opened]:
    """The backup, unpacked beside the data and checked; gone again afterwards."""
    manifest = manifest_of(source, public)
    if vault.mark(key.public_key) != manifest["key"]:
        raise NotRestored(f"this backup opens with the key {manifest['key']}, not with {vault.mark(key.public_key)}")
    if manifest["database"] != connection.vendor:
        raise NotRestored(f"this is a backup of {manifest['database']}; RUKUN_DATABASE names {connection.vendor}")
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=settings.DATA) as scratch:
        folder = Path(scratch)
        for name, part in manifest["parts"].items():
            target = folder / (name if name == "database" else f"{name}.tar")
            try:
                plain = vault.unseal(source / part["file"], target, key)
            except vault.NotOpened as wrong:
                raise NotRestored(f"{part['file']}: {wrong}") from wrong
            if plain != part["plain_sha256"]:
                raise NotRestored(f"{part['file']} does not hold what was written into it")
            if target.suffix == ".tar":
                with tarfile.open(target) as tar:
                    tar.extractall(folder, filter="data")
                target.unlink()
        shutil.copy2(source / erasures.FILE, folder / erasures.FILE)
        yield Opened(manifest, folder)


def examined(opened: Opened, database: str) -> Report:
    """The verifier over the copy, with the keys and the journal that came with it."""
    folder = opened.folder / "keys"
    tag = keys.tagging(folder)
    memory = Journal(opened.folder / "book.journal", tag).read()
    if "://" not in database:
        with closing(sqlite3.connect(database)) as copy:
            if said := sqlite.damage(copy):
                raise NotRestored(f"the database in this backup is damaged: {said}")
    with closing(connect(database)) as copy:
        return verify(copy, keys.verifiers(folder), tag_key=tag, memory=memory)


def rehearse(source: Path, key: PrivateKey, public: Path | None) -> tuple[dict[str, Any], Report]:
    """All that a restore does, short of touching what is here."""
    with opened(source, key, public) as found:
        if connection.vendor == "sqlite":
            return found.manifest, examined(found, str(found.database))
        with scratch_database() as (name, address):
            postgres.load(found.database, name)
            return found.manifest, examined(found, address)


@contextmanager
def scratch_database() -> Iterator[tuple[str, str]]:
    import psycopg
    from psycopg import sql

    given = connection.get_connection_params()
    known = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    name = f"{given['dbname']}_rehearsal"
    with psycopg.connect(**known, dbname=given["dbname"], autocommit=True) as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.Error as wrong:
            raise NotRestored(f"no database to rehearse in: {wrong}. The role needs CREATEDB for a rehearsal.") from wrong
        try:
            yield name, address(known, name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def address(known: dict[str, Any], name: str) -> str:
    return f"postgresql:///{quote(name)}?{urlencode(known)}"


def restore(source: Path, key: PrivateKey, *, force: bool, public: Path | None, now: datetime) -> tuple[dict[str, Any], Path | None]:
    """Puts the backup in place; returns its manifest and where the old was moved."""
    there = what_is_there()
    if there and not force:
        raise NotRestored(f"{settings.DATA} is not empty ({', '.join(there)}). With --force what is there is moved aside first.")
    with opened(source, key, public) as found:
        if connection.vendor == "sqlite":
            examined(found, str(found.database))
        ledgers = [Path(settings.DATA) / erasures.FILE, *newer_ledgers(source), found.folder / erasures.FILE]
        lines = dict.fromkeys(line for file in ledgers if file.exists() for line in file.read_text().splitlines())
        aside = move_aside(now) if there else None
        connection.close()
        put(found)
        erasures.append(erasures.ledger(), lines)
    return found.manifest, aside


def newer_ledgers(source: Path) -> list[Path]:
    """What the backups made after this one know of erasures."""
    return [path / erasures.FILE for path in backup.all_in(source.resolve().parent) if path.name > source.resolve().name]


def what_is_there() -> list[str]:
    folder = Path(settings.DATA)
    tables = connection.introspection.table_names()
    there = [name for name in OURS if name != "keys" and (folder / name).exists() and (tables or not name.startswith("rukun.db"))]
    if {file.name for file in (folder / "keys").glob("*")} - MADE_BY_THEMSELVES:
        there.append("keys")
    if connection.vendor == "postgresql" and tables:
        there.append("tables")
    connection.close()
    return there


def move_aside(now: datetime) -> Path:
    folder, aside = Path(settings.DATA), Path(settings.DATA) / now.strftime("aside-%Y%m%dT%H%M%SZ")
    aside.mkdir(mode=0o700)
    connection.close()
    for name in OURS:
        if (folder / name).exists():
            (folder / name).rename(aside / name)
    if connection.vendor == "postgresql":
        schema = connection.ops.quote_name(now.strftime("aside_%Y%m%d%H%M%S"))
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA public RENAME TO {schema}")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    backup.sync(folder)
    return aside


def put(found: Opened) -> None:
    folder = Path(settings.DATA)
    shutil.rmtree(folder / "keys", ignore_errors=True)
    for name in ("keys", "media", "book.journal", "dpia.pdf", "dpia.md"):
        if (found.folder / name).exists():
            (found.folder / name).rename(folder / name)
    if connection.vendor == "postgresql":
        postgres.load(found.database)
    else:
        target = Path(settings.DATABASES["default"]["NAME"])
        for ending in ("", "-wal", "-shm"):  # an empty one, made by asking what is there
            target.with_name(target.name + ending).unlink(missing_ok=True)
        found.database.rename(target)
        target.chmod(0o600)
    backup.sync(folder)
