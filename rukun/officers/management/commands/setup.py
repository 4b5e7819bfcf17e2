"""The first steps of an installation: rukun setup."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rukun.officers import founding
from rukun.officers.management.printing import address_of_house, put
from rukun.officers.rules import RANKS
from rukun.officers.services import NotPossible
from rukun.territory.models import Area

NEXT = """
What comes next:
  1. Sign in with the sheet and set up a second proof. Then destroy the sheet and its files.
  2. Bring in the territory:      rukun territory import PATH --province CODE
  3. Bring in the police units:   rukun units import FILE.csv
  4. Bring in the officers:       rukun officers import FILE.csv   (or one by one on the page "Petugas")
  5. Print their sign-in sheets:  rukun officers invite UNIT
"""


class Command(BaseCommand):
    help = "Makes the first administrator and prints the sheet with which they sign in; may be run again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--nrp", default="", help="8 digits, as a string: leading zeros count")
        parser.add_argument("--name", default="")
        parser.add_argument("--rank", default="", choices=["", *RANKS], metavar="RANK", help=f"one of {', '.join(RANKS)}")
        parser.add_argument("--another", action="store_true", help="one more administrator, beside the one that there is")
        parser.add_argument("--out", type=Path, default=Path("."), help="where the sheet is put (default: here)")
        parser.add_argument("--address", default="", help="the address of this installation, as officers type it")

    def handle(self, nrp: str, name: str, rank: str, another: bool, out: Path, address: str, **_: Any) -> None:
        call_command("migrate", verbosity=0)
        if another or founding.administrator() is None:
            nrp, name, rank = (self.asked(what, given) for what, given in (("NRP", nrp), ("name", name), ("rank", rank)))
        try:
            done = founding.first_administrator(nrp=nrp, name=name, rank=rank, another=another)
        except NotPossible as reason:
            raise CommandError(str(reason)) from reason
        number = done.officer.account.nrp if done.officer.account else ""
        self.stdout.write(f"{done.officer} (NRP {number}) {'is now' if done.new else 'is already'} the administrator of this installation.")
        if done.sheet is None:
            self.stdout.write("They have signed in before, so no sheet was printed. A lost phone or password is re-issued by two people.")
            return
        for file in put([done.sheet], out, f"lembar-masuk-{number}", address or address_of_house()):
            self.stdout.write(f"The one-time sign-in sheet: {file}")
        if not Area.objects.exists():
            self.stdout.write(NEXT)

    def asked(self, what: str, given: str) -> str:
        if given:
            return given
        if not sys.stdin.isatty():
            raise CommandError(f"There is no administrator yet. Please give --nrp, --name and --rank (missing: {what}).")
        return input(f"The administrator's {what}: ").strip()
