"""Reads the rows out of SQL dumps, one pass, line by line; knows just enough SQL to notice when a dump is broken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rukun.territory.sources.rows import BadRow, OnBad, Place
from rukun.territory.sources.text import lines

# Possessive throughout (Python 3.11): a quote that is never closed costs one look at the line, not one per character.
TOKEN = re.compile(
    r"""\s++ | --[^\n]*+ | \#[^\n]*+ | (?P<open>/\*) | (?P<text>'(?>[^'\\\n]++|''|\\.)*+') | (?P<name>`[^`\n]*+` | "[^"\n]*+")
    | (?P<word>[A-Za-z_][\w.]*+) | (?P<number>[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?) | (?P<mark>[(),;])""",
    re.VERBOSE,
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "Z": "\x1a"}
Value = str | None
WRITES = {"INSERT", "REPLACE"}
# What else a dump does; any other word where a statement begins may have swallowed rows.
PASSED = {
    "ALTER", "ANALYZE", "BEGIN", "COMMENT", "COMMIT", "CREATE", "DELETE", "DELIMITER", "DROP", "END", "FLUSH", "GRANT", "LOCK", "OPTIMIZE",
    "PRAGMA", "ROLLBACK", "SELECT", "SET", "START", "TRUNCATE", "UNLOCK", "UPDATE", "USE", "VACUUM",
}  # fmt: skip
CLOSE = "Close every quote and every parenthesis, and put a comma between rows"


@dataclass(frozen=True, slots=True)
class SqlRow:
    """One row of an INSERT: the table, its columns if they are named, the values as text."""

    place: Place
    table: str
    columns: tuple[str, ...] | None
    values: list[Value]


@dataclass(slots=True)
class Statement:
    """How far we are in a statement."""

    state: str = "outside"  # outside, skip, into, columns, values, row, in row, after row
    table: str = ""
    columns: list[str] | None = None
    values: list[Value] = field(default_factory=list)
    wants_value: bool = True
    line: int = 0
    text: str = ""  # the line on which the row began
    mending: bool = False  # after a bad row, until one is whole again


class Broken(Exception):
    """The row isn't SQL."""


def rows(path: Path, on_bad: OnBad) -> Iterator[SqlRow]:
    statement, comment, number = Statement(), False, 0
    for number, line in lines(path, on_bad):
        position = 0
        while position < len(line):
            if comment:
                end = line.find("*/", position)
                if end < 0:
                    break
                comment, position = False, end + 2
                continue
            token = TOKEN.match(line, position)
            if token is None or (token.lastgroup == "number" and line[token.end() : token.end() + 1].isalnum()):
                if statement.state == "skip":
                    position += 1
                    continue
                broken_at = statement.line if statement.state == "in row" else number
                what = (
                    "a quote is not closed"
                    if line[position] == "'"
                    else f"{line[position : position + 12].strip()!r} was not expected here"
                )
                on_bad(broken(path, broken_at, what, statement.text if broken_at < number else line))
                resume(statement)
                break
            position = token.end()
            if token.lastgroup is None:
                continue
            if token.lastgroup == "open":
                comment = True
                continue
            try:
                done = step(statement, token.lastgroup, token.group(), number, line)
            except Broken as wrong:
                mine = statement.state != "in row"
                on_bad(broken(path, number if mine else statement.line, str(wrong), line if mine else statement.text))
                again = statement.state == "in row" and token.group() == "(" and statement.line < number
                resume(statement)
                if not again:
                    break
                position = token.start()  # the row before was left open; this one may be whole
                continue
            if done:
                named = tuple(statement.columns) if statement.columns else None
                yield SqlRow(Place(path.name, statement.line), statement.table, named, statement.values)
                statement.values = []
    if statement.state not in ("outside", "skip") and not (statement.mending and statement.state == "row"):
        why = "the file ends in the middle of a row" if statement.state == "in row" else "the file ends before its last statement does"
        on_bad(BadRow(Place(path.name, statement.line or number), why, "It may have been cut off: fetch it again", statement.text.strip()))


def broken(path: Path, line: int, why: str, text: str) -> BadRow:
    return BadRow(Place(path.name, line), why, CLOSE, text.strip())


def resume(statement: Statement) -> None:
    """After a bad row the next begins on a line of its own."""
    statement.state = "outside" if statement.state == "outside" else "row"
    statement.values, statement.mending = [], True


def step(statement: Statement, group: str, text: str, number: int, line: str) -> bool:
    """Takes one token; True when it ends a row."""
    match statement.state:
        case "outside" | "skip":
            outside(statement, text)
        case "into":
            into(statement, group, text)
        case "columns":
            columns(statement, group, text)
        case "values" if text.upper() == "VALUES":
            statement.state = "row"
        case "values" if text == "(":
            statement.state, statement.columns = "columns", []
        case "row" if text == "(":
            statement.state, statement.line, statement.text, statement.wants_value = "in row", number, line, True
        case "row" if text.upper() in WRITES:  # a bad row was the last of its statement
            statement.state = "into"
        case "in row":
            return in_row(statement, group, text)
        case "row" if text == ";" and not statement.values:
            statement.state = "outside"
        case "after row" if text == ",":
            statement.state = "row"
        case "after row" if text == ";":
            statement.state = "outside"
        case "after row" if text.upper() == "ON":  # ON DUPLICATE KEY UPDATE …
            statement.state = "skip"
        case "row":
            raise Broken(f"{text[:40]!r} stands where a row should begin with a parenthesis")
        case "after row":
            statement.line = number
            raise Broken("a comma or the closing parenthesis is missing before this row")
        case _:
            raise Broken(f"{text[:40]!r} was not expected here")
    return False


def outside(statement: Statement, text: str) -> None:
    if text == ";":
        statement.state = "outside"
    elif statement.state == "outside":
        if text.upper() not in WRITES | PASSED:
            raise Broken(f"{text[:40]!r} begins no statement that a dump holds")
        statement.state = "into" if text.upper() in WRITES else "skip"
        statement.table, statement.columns = "", None


def into(statement: Statement, group: str, text: str) -> None:
    if text.upper() in ("INTO", "IGNORE"):
        return
    if group not in ("word", "name"):
        raise Broken("the name of the table is missing")
    statement.table, statement.columns, statement.state = text.strip('`"').rpartition(".")[2].lower(), None, "values"


def columns(statement: Statement, group: str, text: str) -> None:
    assert statement.columns is not None
    if group in ("word", "name"):
        statement.columns.append(text.strip('`"').lower())
    elif text == ")":
        statement.state = "values"
    elif text != ",":
        raise Broken(f"{text[:40]!r} is no name of a column")


def in_row(statement: Statement, group: str, text: str) -> bool:
    if text == ")" and not statement.wants_value:
        statement.state, statement.mending = "after row", False
        return True
    if text == "," and not statement.wants_value:
        statement.wants_value = True
    elif statement.wants_value and (group in ("text", "number") or text.upper() == "NULL"):
        statement.values.append(value_of(group, text))
        statement.wants_value = False
    else:
        raise Broken("the row is not closed" if text == "(" else f"{text[:40]!r} was not expected inside a row")
    return False


def value_of(group: str, text: str) -> Value:
    if group == "text":
        text = text[1:-1]
        if "\\" in text or "''" in text:
            return re.sub(r"''|\\(.)", lambda match: "'" if match.group(1) is None else ESCAPES.get(match.group(1), match.group(1)), text)
        return text
    return None if group == "word" else text
