"""rukun retention: the inventory of data as docs/reference/retention.md shows it; and the DPO's word that something is kept longer."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rukun.access import console
from rukun.care import inventory, services


class Command(BaseCommand):
    help = "Prints what is kept how long; with --lengthen, has a kind of data kept longer until a day, for a reason (--as the DPO)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lengthen", metavar="KIND", default="")
        parser.add_argument("--days", type=int, default=0)
        parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--reason", default="")
        parser.add_argument("--as", dest="nrp", default="", metavar="NRP")

    def handle(self, *, lengthen: str, days: int, until: date | None, reason: str, nrp: str, **_: Any) -> None:
        if not lengthen:
            self.stdout.write(inventory.page())
            return
        try:
            actor = console.actor(nrp)
            services.lengthen(actor, services.ground(actor), rule=lengthen, days=days, until=until or date.min, reason=reason)
        except (console.Unknown, PermissionDenied, services.NotGranted) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{lengthen} is kept {days} days until {until}; then as the table says.")
