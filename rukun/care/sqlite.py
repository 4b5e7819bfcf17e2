"""Whether a SQLite file is sound, asked outside of Django: the pages, the indexes, and the checks that our tables make."""

import re
import sqlite3


def damage(connection: sqlite3.Connection) -> str:
    """What is wrong with it; "" for nothing."""
    connection.create_function("REGEXP", 2, matches, deterministic=True)  # as Django gives it to its own connections
    said = connection.execute("PRAGMA integrity_check(5)").fetchall()
    return "" if said == [("ok",)] else "; ".join(str(line) for (line,) in said)


def matches(pattern: str, text: object) -> bool:
    return text is not None and bool(re.search(pattern, str(text)))
