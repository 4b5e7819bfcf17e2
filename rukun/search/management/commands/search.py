"""The index from the command line: rukun search check | rebuild."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rukun.search import index


class Command(BaseCommand):
    help = "What can be found: compare it with the records, or make it anew"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("check", help="0: all that should be found is, and nothing else; 1: it is not")
        parts.add_parser("rebuild", help="make the index anew; pages answer meanwhile")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        getattr(self, f"do_{part}")()

    def do_check(self) -> None:
        missing, stray = index.differences()
        if not missing + stray:
            self.stdout.write("All that should be found is, and nothing else.")
            return
        self.stdout.write(f"{missing:,} things are not found as they are, {stray:,} are found that should not be: rukun search rebuild")
        raise SystemExit(1)

    def do_rebuild(self) -> None:
        started = time.monotonic()
        count = index.rebuild()
        self.stdout.write(f"{count:,} things can be found; made anew in {time.monotonic() - started:.1f} s.")
