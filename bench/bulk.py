"""Writing much at once, past the acts and their book: for worlds that are only measured."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

CHUNK = 20_000


def load(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    from django.db import connection, transaction

    from rukun.audit.guard import writing_allowed

    rows = iter(rows)
    names = [name.strip() for name in columns.split(",")]
    quoted = ", ".join(f'"{name}"' for name in names)
    while some := list(islice(rows, CHUNK)):
        with writing_allowed("bench"), transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(names))
                cursor.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', [tuple(map(plain, row)) for row in some])
            else:
                with cursor.cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
                    for row in some:
                        copy.write_row(row)


def plain(value: Any) -> Any:
    """As Django's SQLite keeps it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, date):
        return value.isoformat()
    return value


def timed_id(moment: datetime, chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=(int(moment.timestamp() * 1000) << 80) | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62))


def quick() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")


def settle() -> None:
    """As after some weeks of use: the next number follows the last, and PostgreSQL knows what lies where."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return  # nobody runs ANALYZE in an installation: it takes a column of NULLs for one that tells nothing
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
