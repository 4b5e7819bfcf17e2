"""What lies below villages, from the command line: rukun subunits import."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser, no_translations

from rukun.territory import tables
from rukun.territory.management import bringing


class Command(BaseCommand):
    help = "Sub-units: bring in jorong, RW and the like, which no official list has, from a CSV"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        bringing.arguments(parts.add_parser("import", help=f"columns: {', '.join(tables.SUBUNIT_COLUMNS)}; all of it or nothing"))

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        bring_in(self, **options)


def bring_in(command: BaseCommand, file: Any, dry_run: bool, skip_bad: Any, nrp: str, **_: Any) -> None:
    bringing.bring_in(
        command, tables.enter_subunits, tables.named, file=file, dry_run=dry_run, skip_bad=skip_bad, nrp=nrp, counted=counted,
    )  # fmt: skip


def counted(done: tables.Done) -> str:
    return f"{done.founded} sub-units added, {done.same} rows known already."
