"""The book's tables refuse to be rewritten, whoever asks: triggers, put back after every migration.

They stop a slip and a curious hand. Whoever owns the database can drop them; then the verifier finds what was done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from rukun.audit.guard import writing_allowed
from rukun.audit.leaf import META

STAYS = "the book is append-only"
FIXED = (*META, "commitment", "leaf")
SEALS = ("audit_checkpoint", "audit_tile")
KEPT = (("stays", "DELETE"), ("kept", "UPDATE"))
REASON = "the details of an entry are erased by book.redact alone"


def install(alias: str = DEFAULT_DB_ALIAS) -> None:
    connection = connections[alias]
    if {"audit_entry", "audit_payload", *SEALS} <= set(connection.introspection.table_names()):
        remove(alias)
        run(connection, sqlite() if connection.vendor == "sqlite" else postgresql())


def remove(alias: str = DEFAULT_DB_ALIAS) -> None:
    connection = connections[alias]
    on_table = "" if connection.vendor == "sqlite" else " ON {table}"
    run(connection, [f"DROP TRIGGER IF EXISTS {name}{on_table.format(table=table)}" for name, table in names(connection.vendor)])


def run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor, writing_allowed("audit.triggers"):
        for statement in statements:
            cursor.execute(statement)


def put_back(using: str, **_: Any) -> None:
    install(using)


@contextmanager
def lifted(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """For the tests alone: empties between two tests what nothing else may empty."""
    remove(alias)
    try:
        with writing_allowed("test.flush"):
            yield
    finally:
        install(alias)


def names(vendor: str) -> list[tuple[str, str]]:
    found = [("audit_entry_kept", "audit_entry"), ("audit_payload_kept", "audit_payload")]
    for table in ("audit_entry", "audit_payload", *SEALS):
        found.append((f"{table}_stays", table))
        if vendor == "postgresql":
            found.append((f"{table}_whole", table))
    return [*found, *((f"{table}_kept", table) for table in SEALS)]


def sqlite() -> list[str]:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in FIXED)
    sealing = f"OLD.idx IS NULL AND NEW.idx IS NOT NULL AND {same}"
    unexplained = "NOT EXISTS (SELECT 1 FROM audit_entry WHERE act = 'book.redact' AND object = 'audit.entry:' || OLD.entry_id)"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    return [
        f"CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry {refuse}",
        f"CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry WHEN NOT ({sealing}) {refuse}",
        f"CREATE TRIGGER audit_payload_kept BEFORE UPDATE ON audit_payload {refuse}",
        f"CREATE TRIGGER audit_payload_stays BEFORE DELETE ON audit_payload WHEN {unexplained} BEGIN SELECT RAISE(ABORT, '{REASON}'); END",
        *(f"CREATE TRIGGER {table}_{word} BEFORE {event} ON {table} {refuse}" for table in SEALS for word, event in KEPT),
    ]


def postgresql() -> list[str]:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED)
    sealing = f"OLD.idx IS NULL AND NEW.idx IS NOT NULL AND {same}"
    refuse = "EXECUTE FUNCTION audit_refuse()"
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{STAYS}'; END $$",
        f"""CREATE OR REPLACE FUNCTION audit_erase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF EXISTS (SELECT 1 FROM audit_entry WHERE act = 'book.redact' AND object = 'audit.entry:' || OLD.entry_id)
            THEN RETURN OLD; END IF;
            RAISE EXCEPTION '{REASON}'; END $$""",
        f"CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry FOR EACH ROW {refuse}",
        f"CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry FOR EACH ROW WHEN (NOT ({sealing})) {refuse}",
        f"CREATE TRIGGER audit_payload_kept BEFORE UPDATE ON audit_payload FOR EACH ROW {refuse}",
        "CREATE TRIGGER audit_payload_stays BEFORE DELETE ON audit_payload FOR EACH ROW EXECUTE FUNCTION audit_erase()",
        *(f"CREATE TRIGGER {table}_{word} BEFORE {event} ON {table} FOR EACH ROW {refuse}" for table in SEALS for word, event in KEPT),
        *(
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
            for table in ("audit_entry", "audit_payload", *SEALS)
        ),
    ]
