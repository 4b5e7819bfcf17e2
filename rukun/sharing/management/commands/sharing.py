"""rukun sharing check: whether the mapping of BOS can be used, and what is wrong with it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rukun.sharing import bos
from rukun.sharing.rules.mapping import Unusable


class Command(BaseCommand):
    help = "Says whether the file that maps BOS can be used; names each field that can't."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        check = commands.add_parser("check", help=self.help)
        check.add_argument(
            "file", nargs="?", type=Path, help="a file to be tried; else the one in RUKUN_DATA, else the one that rukun brings"
        )

    def handle(self, *args: Any, file: Path | None = None, **options: Any) -> None:
        tried = file or (bos.own_file() if bos.own_file().exists() else bos.BROUGHT)
        if not tried.is_file():
            raise CommandError(f"{tried} is not there.")
        try:
            forms = bos.forms(tried)
        except Unusable as fault:
            raise CommandError("\n".join([f"{tried} can't be used:", *(f"  {sentence}" for sentence in fault.sentences)])) from None
        self.stdout.write(f"{tried} can be used:")
        for form in forms:
            self.stdout.write(f"  {form.title}: {len(form.fields)} fields")
