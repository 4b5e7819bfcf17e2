"""Makes a backup: database, media and keys, each sealed, with a manifest that says what is in it. Half a backup never has its name."""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from base64 import b64encode
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.db import connection
from nacl.public import PublicKey

from rukun.audit import book, erasures, keys
from rukun.care import postgres, sqlite, vault

NAME = "rukun-%Y%m%dT%H%M%SZ"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
KEPT_BESIDE = ("book.journal", "dpia.pdf", "dpia.md")


class NotMade(Exception):
    """No backup was made; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Made:
    folder: Path
    bytes: int
    size: int  # entries of the book that are sealed in it
    removed: list[str]


def public_key() -> PublicKey:
    path = Path(settings.DATA) / "keys" / "backup.pub"
    if not path.exists():
        raise NotMade(
            "There is no key for backups yet. Run: rukun backup --new-key FILE, and give FILE to who keeps it, outside this machine."
        )
    return vault.read_public(path)


def make(into: Path, now: datetime, keep: int, days: int) -> Made:
    key = public_key()
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    final = into / now.strftime(NAME)
    if final.exists():
        raise NotMade(f"{final} is there already")
    for left in into.glob(".making-*"):
        shutil.rmtree(left)
    draft = Path(tempfile.mkdtemp(prefix=".making-", dir=into))
    try:
        size = fill(draft, key, now)
        sync(draft)
        draft.rename(final)
        sync(into)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Made(final, sum(file.stat().st_size for file in final.iterdir()), size, rotate(into, now, keep, days))


def fill(folder: Path, key: PublicKey, now: datetime) -> int:
    parts: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.DATA) as scratch:
        beside = Path(scratch, "keys.tar")  # the journal before the database: it must not name what the copy lacks
        packed(beside, [Path(settings.DATA) / "keys", *(Path(settings.DATA) / name for name in KEPT_BESIDE)])
        with database(Path(scratch)) as stream:
            parts["database"] = sealed(stream, folder / "database.sealed", key)
        with beside.open("rb") as file:
            parts["keys"] = sealed(file, folder / "keys.sealed", key)
        media = Path(scratch, "media.tar")
        packed(media, [Path(settings.DATA) / "media"])
        with media.open("rb") as file:
            parts["media"] = sealed(file, folder / "media.sealed", key)
    ledger = erasures.ledger()
    write(folder / erasures.FILE, ledger.read_bytes() if ledger.exists() else b"")
    point = book.newest()
    manifest = {
        "format": 1, "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}", "rukun": version("rukun"), "database": connection.vendor,
        "key": vault.mark(key), "book": {"size": point.size if point else 0, "origin": settings.BOOK_ORIGIN}, "parts": parts,
    }  # fmt: skip
    text = json.dumps(manifest, indent=1, sort_keys=True).encode()
    write(folder / MANIFEST, text)
    signer = keys.signer(Path(settings.DATA) / "keys", settings.BOOK_ORIGIN)
    write(folder / SIGNATURE, f"{signer.verifier} {b64encode(signer.key.sign(text).signature).decode()}\n".encode())
    return point.size if point else 0


class Dump:
    """The database as a stream; closing it fails where the copy did."""

    def __init__(self, stream: IO[bytes], process: Any = None) -> None:
        self.stream, self.process = stream, process

    def __enter__(self) -> BinaryIO:
        return cast(BinaryIO, self.stream)

    def __exit__(self, kind: object, *_: object) -> None:
        said = self.process.stderr.read() if self.process else b""
        self.stream.close()
        if self.process and self.process.wait() and kind is None:
            raise NotMade(f"pg_dump stopped: {said.decode(errors='replace').strip()[:500]}")


def database(scratch: Path) -> Dump:
    if connection.vendor == "postgresql":
        process = postgres.dump()
        assert process.stdout is not None
        return Dump(process.stdout, process)
    copy = scratch / "rukun.db"
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)  # in one step: a reader of the write-ahead log holds no writer up
        there.execute("PRAGMA journal_mode=DELETE")
        if said := sqlite.damage(there):
            raise NotMade(f"the copy of the database is damaged: {said}")
    return Dump(copy.open("rb"))


def packed(target: Path, sources: list[Path]) -> None:
    with tarfile.open(target, "x") as tar:
        for source in sources:
            if source.exists():
                tar.add(source, arcname=source.name)


def sealed(stream: BinaryIO, target: Path, key: PublicKey) -> dict[str, Any]:
    """Seals it, then opens what was written and holds it against what went in."""
    own, plain, size = vault.seal(stream, target, key)
    again = hashlib.sha256()
    with target.open("rb") as file:
        for chunk in vault.chunks(file, own=own):
            again.update(chunk)
    if again.hexdigest() != plain:
        raise NotMade(f"{target.name} does not hold what was written to it")
    return {"file": target.name, "sha256": vault.digest(target), "bytes": target.stat().st_size, "plain_sha256": plain, "plain_bytes": size}


def write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def all_in(folder: Path) -> list[Path]:
    """The whole backups in a folder, the newest first."""
    return sorted((path for path in folder.glob("rukun-*Z") if (path / MANIFEST).exists()), reverse=True)


def rotate(folder: Path, now: datetime, keep: int, days: int) -> list[str]:
    """Removes all but the newest, and whatever is too old to be kept; never the newest one."""
    oldest = (now - timedelta(days=days)).strftime(NAME)
    gone = [path for number, path in enumerate(all_in(folder)) if number and (number >= keep or path.name < oldest)]
    for path in gone:
        aside = path.with_name(f".making-{path.name}")
        path.rename(aside)
        shutil.rmtree(aside)
    return [path.name for path in gone]
