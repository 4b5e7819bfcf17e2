"""The book from the command line: rukun audit verify | sequence | export | keeper | acknowledge | show."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rukun.access.scope import system
from rukun.audit import book, held, keepers
from rukun.audit.__main__ import draw
from rukun.audit.door import note
from rukun.audit.models import Entry
from rukun.audit.seal import BadCheckpoint


class Command(BaseCommand):
    help = "The book: verify that it is whole, seal it, export checkpoints, show what was done to a thing"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        verify = parts.add_parser("verify", help="0: the book is whole; 1: something was altered, removed or moved; 2: it can't be read")
        verify.add_argument("--from", dest="kept", metavar="CHECKPOINTS", type=Path, action="append", default=[])
        verify.add_argument("--json", action="store_true")
        parts.add_parser("sequence", help="seal what is waiting now, as the worker does every minute")
        export = parts.add_parser("export", help="add the newest checkpoint to a keeper's file")
        export.add_argument("path", type=Path)
        keeper = parts.add_parser("keeper", help="name someone outside who keeps checkpoints, by the file with their public key")
        keeper.add_argument("path", type=Path)
        acknowledge = parts.add_parser("acknowledge", help="take in what a keeper has signed")
        acknowledge.add_argument("path", type=Path)
        show = parts.add_parser("show", help="the newest entries, or those about one thing")
        show.add_argument("thing", nargs="?", default="", help="as the book writes it: problems.problem:7")
        show.add_argument("--last", type=int, default=20)

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        getattr(self, part)(**options)

    def verify(self, kept: list[Path], json: bool, **_: Any) -> None:
        try:
            points = [point for path in kept for point in held.read_held(path.read_text(), book.verifiers())]
        except (OSError, ValueError, BadCheckpoint) as wrong:
            raise CommandError(f"The kept checkpoints can't be used: {wrong}", returncode=2) from wrong
        report = book.examine(points)
        self.stdout.write(as_json(report.as_dict()) if json else draw(report))
        if not report.whole:
            raise SystemExit(1)

    def sequence(self, **_: Any) -> None:
        try:
            done = book.sequence()
        except book.TornBook as torn:
            raise CommandError(str(torn)) from torn
        self.stdout.write(f"{done.sealed} entries sealed; the book holds {done.size}.")
        if done.left_out:
            raise CommandError(
                f"{done.left_out} entries were left out, because they are not what was written: `rukun audit verify` names them."
            )

    def export(self, path: Path, **_: Any) -> None:
        try:
            point = book.export(path)
        except (book.TornBook, BadCheckpoint, OSError) as wrong:
            raise CommandError(f"Nothing was exported: {wrong}") from wrong
        self.stdout.write(
            f"{path} now holds the checkpoint of {point.size} entries." if point else "Nothing new since the last checkpoint."
        )

    def keeper(self, path: Path, **_: Any) -> None:
        try:
            named = keepers.add(path.read_text())
        except (OSError, ValueError) as wrong:
            raise CommandError(f"Nobody was named: {wrong}") from wrong
        note(system("console"), book.NAMED, keeper=named.name, mark=named.mark.hex())
        self.stdout.write(f"{named.name} is a keeper of this book's checkpoints.")

    def acknowledge(self, path: Path, **_: Any) -> None:
        try:
            who, point = keepers.acknowledged(path.read_text())
        except (OSError, BadCheckpoint) as wrong:
            raise CommandError(f"Not taken in: {wrong}") from wrong
        note(system("console"), book.KEPT, keeper=who.name, size=point.size)
        self.stdout.write(f"{who.name} holds the checkpoint of {point.size} entries.")

    def show(self, thing: str, last: int, **_: Any) -> None:
        entries = Entry.objects.of(thing) if thing else Entry.objects.all()
        for entry in reversed(entries.select_related("payload").order_by("-pk")[:last]):
            details = "(erased)" if entry.details is None else " ".join(f"{key}={value}" for key, value in entry.details.items())
            self.stdout.write(
                f"{entry.pk:>8}  {entry.at:%Y-%m-%d %H:%M}Z  {entry.actor:20} {entry.act:24} {entry.object}  {details}".rstrip()
            )


def as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
