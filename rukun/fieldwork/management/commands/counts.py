"""Counts from the command line: rukun counts check | rebuild."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rukun.fieldwork import counts

SHOWN = 12


class Command(BaseCommand):
    help = "The counts kept beside reports and visits: compare them with the records, or make them anew"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("check", help="0: every count is what the records say; 1: some are not, and which")
        parts.add_parser("rebuild", help="count everything anew; nothing else is asked meanwhile")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        getattr(self, f"do_{part}")()

    def do_check(self) -> None:
        wrong = counts.differences()
        if not wrong:
            self.stdout.write("Every count is what the records say.")
            return
        self.stdout.write(f"{len(wrong):,} counts are not what the records say. Make them anew with: rukun counts rebuild")
        for (path, day, code, stage, kind), kept, should in wrong[:SHOWN]:
            what = " ".join(part for part in (kind, code, stage) if part)
            self.stdout.write(f"  {path or 'the country'} {day} {what}: {kept} kept, {should} recorded")
        raise SystemExit(1)

    def do_rebuild(self) -> None:
        started = time.monotonic()
        rows = counts.rebuild()
        self.stdout.write(f"Counted anew: {rows:,} rows in {time.monotonic() - started:.1f} s.")
