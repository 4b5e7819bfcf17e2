"""The verifier for whoever stands outside: a copy of the database, a public key, and no Django.

    python -m rukun.audit DATABASE --public book.pub [--entry-key entry.key --journal book.journal] [--from FILE ...] [--json]

DATABASE is a SQLite file or a postgresql:// address. Exits 0 when the book is whole, 1 when something was altered, removed or
moved, 2 when it could not be read.
"""

import argparse
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

from rukun.audit import keys
from rukun.audit.held import read_held
from rukun.audit.journal import Journal
from rukun.audit.seal import BadCheckpoint
from rukun.audit.verify import Report, verify


def connect(database: str) -> Any:
    if "://" in database:
        import psycopg  # only where PostgreSQL is used

        server = psycopg.connect(database)
        server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return server
    if not Path(database).is_file():
        raise OSError(f"there is no database at {database}")
    connection = sqlite3.connect(f"{Path(database).resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("BEGIN")
    return connection


def draw(report: Report) -> str:
    lines = [f"{finding.kind}: {finding.text}" for finding in report.findings]
    lines += [f"notice: {notice}" for notice in report.notices]
    state = "The book is whole" if report.whole else f"The book is NOT whole: {len(report.findings)} findings"
    figures = f"{report.entries} entries, {report.sealed} sealed under {report.checkpoints} checkpoints, {report.unsealed} waiting"
    return "\n".join([*lines, f"{state}. {figures}, {report.redacted} redacted."])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m rukun.audit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database")
    parser.add_argument("--public", type=Path, required=True, help="the book's public keys (book.pub)")
    parser.add_argument("--entry-key", type=Path, help="names single entries that were altered, and looks at those not sealed yet")
    parser.add_argument("--journal", type=Path, help="names removed entries that were not sealed yet; needs --entry-key")
    parser.add_argument("--from", dest="kept", type=Path, action="append", default=[], help="checkpoints that a keeper holds")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        verifiers = keys.read_public(asked.public)
        key = bytes.fromhex(asked.entry_key.read_text()) if asked.entry_key else None
        memory = Journal(asked.journal, key).read() if asked.journal and key else None
        kept = [point for path in asked.kept for point in read_held(path.read_text(), verifiers)]
        report = verify(connect(asked.database), verifiers, tag_key=key, memory=memory, held=kept)
    except (OSError, ValueError, BadCheckpoint, sqlite3.Error) as wrong:
        print(f"The book could not be read: {wrong}", file=sys.stderr)
        return 2
    print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1) if asked.json else draw(report))
    return 0 if report.whole else 1


if __name__ == "__main__":
    sys.exit(main())
