"""Police units from the command line: rukun units import."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser, no_translations

from rukun.territory import tables
from rukun.territory.management import bringing


class Command(BaseCommand):
    help = "Units: bring in police units and the areas they answer for, from a CSV"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        bringing.arguments(parts.add_parser("import", help=f"columns: {', '.join(tables.UNIT_COLUMNS)}; all of it or nothing"))

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        bring_in(self, **options)


def bring_in(command: BaseCommand, file: Any, dry_run: bool, skip_bad: Any, nrp: str, **_: Any) -> None:
    bringing.bring_in(
        command, tables.enter_units, tables.named, file=file, dry_run=dry_run, skip_bad=skip_bad, nrp=nrp, counted=counted,
    )  # fmt: skip


def counted(done: tables.Done) -> str:
    return f"{done.founded} units founded, {done.changed} changed, {done.covered} areas given to them, {done.same} rows known already."
