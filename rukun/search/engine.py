"""The two databases' own ways of finding words: FTS5 on SQLite, a GIN index on PostgreSQL; asked alike, answering alike."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

from rukun.audit.guard import writing_allowed
from rukun.search.models import Entry
from rukun.search.rules import SHORT, Question

TABLE = "search_entry"
STEP = 200  # pages that are merged at a time, so that others may write between

FTS5 = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(terms, content='{TABLE}', content_rowid='id', detail=none, columnsize=0, "
    "tokenize=\"ascii tokenchars '_'\")",
    f"CREATE TRIGGER IF NOT EXISTS search_entry_added AFTER INSERT ON {TABLE} BEGIN "
    "INSERT INTO search_text(rowid, terms) VALUES (new.id, new.terms); END",
    f"CREATE TRIGGER IF NOT EXISTS search_entry_gone AFTER DELETE ON {TABLE} BEGIN "
    "INSERT INTO search_text(search_text, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    f"CREATE TRIGGER IF NOT EXISTS search_entry_changed AFTER UPDATE ON {TABLE} BEGIN "
    "INSERT INTO search_text(search_text, rowid, terms) VALUES ('delete', old.id, old.terms); "
    "INSERT INTO search_text(rowid, terms) VALUES (new.id, new.terms); END",
)
VECTOR = "array_to_tsvector(string_to_array(terms, ' '))"  # stems already: no dictionary and no parser of the database's comes near them
GIN = (f"CREATE INDEX IF NOT EXISTS search_entry_terms ON {TABLE} USING gin ({VECTOR}) WITH (fastupdate = off)",)


def install(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """After every migration: one that rewrites the table would take the triggers with it."""
    known = connections[using]
    if TABLE not in known.introspection.table_names():
        return
    with known.cursor() as cursor, writing_allowed("search.install"):
        for statement in FTS5 if known.vendor == "sqlite" else GIN:
            cursor.execute(statement)


def find(kind: str, asked: Question, reach: list[str], before: int | None, size: int) -> list[int]:
    """The newest entries of a kind that hold every stem and stand in one of the places; a page at a time, by key."""
    if not asked.stems or not reach:
        return []
    sqlite = connection.vendor == "sqlite"
    match = fts5(kind, asked, reach) if sqlite else tsquery(kind, asked, reach)
    where = "search_text MATCH %s" if sqlite else f"{VECTOR} @@ %s::tsquery"
    column, table = ("rowid", "search_text") if sqlite else ("id", TABLE)
    older = f" AND {column} < %s" if before else ""
    found = f"SELECT {column} FROM {table} WHERE {where}{older}"
    if not sqlite:  # OFFSET 0: found first, then put in order; else PostgreSQL walks a million entries backwards for a rare word
        found = f"SELECT id FROM ({found} OFFSET 0) AS found"
    with connection.cursor() as cursor:
        cursor.execute(f"{found} ORDER BY {column} DESC LIMIT %s", [match, *([before] if before else []), size])
        return [row[0] for row in cursor.fetchall()]


def fts5(kind: str, asked: Question, reach: list[str]) -> str:
    *whole, last = asked.stems
    begun = f'"{last}" *' if len(last) >= SHORT else f'"{last}"'
    words = [f'"{stem}"' for stem in whole]
    return " AND ".join([*words, begun, f'"_k{kind}"', "(" + " OR ".join(f'"{place}"' for place in reach) + ")"])


def tsquery(kind: str, asked: Question, reach: list[str]) -> str:
    *whole, last = asked.stems
    begun = f"'{last}':*" if len(last) >= SHORT else f"'{last}'"
    words = [f"'{stem}'" for stem in whole]
    return " & ".join([*words, begun, f"'_k{kind}'", "(" + " | ".join(f"'{place}'" for place in reach) + ")"])


def write(rows: Iterable[Entry]) -> None:
    Entry.objects.bulk_create(rows, batch_size=2000)


def overwrite(limit: int | None = None) -> bool:
    """After an erasure: writes the index anew piece by piece, so that no page keeps a word that was taken out; True when it is done.

    FTS5 takes a word out by a note that it is gone. Merging drops both (`secure-delete` would, too, from SQLite 3.42 on).
    """
    with connection.cursor() as cursor, writing_allowed("search.overwrite"):
        if connection.vendor != "sqlite":
            cursor.execute(f"VACUUM {TABLE}")
            return True
        for _step in range(limit or 1_000_000):
            before = changes(cursor)
            cursor.execute("INSERT INTO search_text(search_text, rank) VALUES ('merge', %s)", [-STEP])
            if changes(cursor) - before < 2:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return True
    return False


def changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])
