"""Writes entries: numbers them, makes their leaves, and has the journal remember them once they are committed."""

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, models, transaction

from rukun.access.scope import Actor, Where
from rukun.audit import keys
from rukun.audit.journal import Journal
from rukun.audit.leaf import NOTHING, canonical, commitment, leaf_of, tag_of
from rukun.lib import clock

CHUNK = 5000
WIDTHS = (13, 10, 6, 4, 2)  # where the path of an area may end


class Told(NamedTuple):
    """What an entry says of the thing that was acted on."""

    object: str
    key: str
    where: Where


def write(actor: Actor, act: str, told: Told, details: Mapping[str, Any]) -> None:
    write_many(actor, act, [told], details)


def write_many(actor: Actor, act: str, things: Sequence[Told], details: Mapping[str, Any]) -> None:
    body = canonical({key: plain(value) for key, value in details.items()}).decode() if details else ""
    for start in range(0, len(things), CHUNK):
        _write(actor, act, things[start : start + CHUNK], body)


def _write(actor: Actor, act: str, things: Sequence[Told], body: str) -> None:
    key = keys.tagging(settings.DATA / "keys")
    at, who = clock.now(), {"actor": actor.name, "role": actor.role, "purpose": actor.purpose}
    same: dict[str, Any] = {"at": at, **who, "act": act, "simulated": clock.is_simulated()}
    stored = {**same, "at": connection.ops.adapt_datetimefield_value(at)}
    entries, payloads, leaves = [], [], []
    for number, told in zip(numbers(len(things)), things, strict=True):
        own = {"id": number, "object": told.object, "path": shared(told.where.paths), "unit": told.where.unit or ""}
        salt = os.urandom(32) if body else b""
        sealed = commitment(salt, body) if body else NOTHING
        leaf = leaf_of(same | own, sealed)
        entries.append((*(stored | own).values(), sealed, leaf, tag_of(key, leaf, None)))
        payloads.append((number, salt, body))
        leaves.append((number, leaf))
    names = (*stored, "id", "object", "path", "unit", "commitment", "leaf", "tag")
    insert("audit_entry", names, entries)
    if body:
        insert("audit_payload", ("entry_id", "salt", "body"), payloads)
    transaction.on_commit(partial(journal().append, leaves), robust=True)


def shared(paths: Sequence[str]) -> str:
    """The path under which all of these lie: what spans two villages is told in their district."""
    if not paths:
        return ""
    first, last = min(paths), max(paths)
    return next((first[:width] for width in WIDTHS if first[:width] == last[:width] and len(first) >= width), "")


def insert(table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Plain SQL, because a model made of each row would cost more than all the rest."""
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})", rows)


def numbers(count: int) -> list[int]:
    """The next numbers of the book, taken before the entries are written, because a leaf holds its own number."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # one writer at a time: the highest number ever given can't move meanwhile
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry'")
            last = (cursor.fetchone() or (0,))[0]
            return list(range(last + 1, last + 1 + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_entry', 'id')) FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def plain(value: Any) -> str:
    """A detail as text, for good: the book must be readable when the class it came from is long gone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
        return ", ".join(plain(item) for item in value)
    return str(value)


def journal() -> Journal:
    return Journal(settings.DATA / "book.journal", keys.tagging(settings.DATA / "keys"))


def overwrite() -> None:
    """Right after an erasure: empties the log that still holds the page as it was."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM")


def rebuild(tables: Collection[str] = ("audit_payload",)) -> None:
    """Later, at leisure: writes the file anew. A database that moved a row about may keep a copy of it in the space between rows."""
    with connection.cursor() as cursor:
        for statement in ["VACUUM"] if connection.vendor == "sqlite" else [f"VACUUM FULL {table}" for table in sorted(tables)]:
            cursor.execute(statement)
    overwrite()
