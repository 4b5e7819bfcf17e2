"""What the commands that bring in a table have in common: who does it, a rehearsal, rows set aside, and what came of it."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from rukun.access import console
from rukun.access.scope import Actor
from rukun.lib import clock, table
from rukun.territory.rules import WIB
from rukun.territory.tables import BadTable, Done

SHOWN = 40  # lines before "and … more"
Enter = Callable[..., Done]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a CSV with a header; see docs/reference/imports.md")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument("--skip-bad", metavar="FILE", type=Path, help="write rows that can't be taken to this CSV and go on without them")
    by_whom(parser)


def by_whom(parser: Any) -> None:
    parser.add_argument("--as", dest="nrp", metavar="NRP", default="", help="act as this person; the console itself, if nobody is named")


def actor(nrp: str) -> Actor:
    try:
        return console.actor(nrp)
    except console.Unknown as unknown:
        raise CommandError(str(unknown)) from unknown


def bring_in(command: BaseCommand, enter: Enter, named: Callable[[str], str], *, file: Path, dry_run: bool, skip_bad: Path | None, nrp: str,
             counted: Callable[[Done], str]) -> None:  # fmt: skip
    aside = table.Aside(skip_bad)
    on: date = clock.today(WIB)
    try:
        if skip_bad:
            table.check_target(skip_bad)
        with table.opened(file, named) as opened:
            aside.header = [name for name in opened.header if name and name not in table.ASIDE]
            done = enter(actor(nrp), opened, on, on_bad=aside if skip_bad else None, rehearsal=dry_run)
    except PermissionDenied as refused:
        raise CommandError(f"Nothing was brought in. {refused}.") from refused
    except BadTable as bad:
        lines = "\n".join(f"  {each}" for each in bad.wrong[:SHOWN]) + more(len(bad.wrong))
        hint = "\nMend the rows, or set them aside with --skip-bad FILE." if not skip_bad else ""
        raise CommandError(f"Nothing was brought in.\n{lines}{hint}") from bad
    except (table.BadRow, table.NoPlaceForThem) as unreadable:
        raise CommandError(f"Nothing was brought in. {unreadable}") from unreadable
    finally:
        aside.close()
    tell(command, done, aside, file, counted(done), dry_run)


def tell(command: BaseCommand, done: Done, aside: table.Aside, file: Path, counts: str, dry_run: bool) -> None:
    out = command.stdout
    for change in done.changes[:SHOWN]:
        out.write(f"  {file.name}:{change.line}: {change.thing}: {change.what}")
    if len(done.changes) > SHOWN:
        out.write(more(len(done.changes)).strip("\n"))
    if done.unused:
        left = [name for name in done.unused if name not in table.ASIDE]
        if left:
            out.write(f"Columns that were not read: {', '.join(left)}.")
    out.write(("A rehearsal; nothing was changed. It would be: " if dry_run else "") + counts)
    if aside.count:
        out.write(f"{aside.count:,} rows were set aside; they stand in {aside.target}.")
        for line in aside.shown[:SHOWN]:
            out.write(f"  {line}")


def more(count: int) -> str:
    return f"\n  and {count - SHOWN:,} more" if count > SHOWN else ""
