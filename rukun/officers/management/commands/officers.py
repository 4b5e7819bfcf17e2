"""Officers from the command line: rukun officers invite | enrol | reissue | list."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from rukun.access import console
from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.officers import services
from rukun.officers.management.printing import address_of_house, put
from rukun.officers.models import Officer
from rukun.officers.services import NotPossible
from rukun.territory.models import Area, Unit

NEEDED = ("nrp", "name", "rank", "unit")
COLUMNS = ("nrp", "name", "rank", "function", "unit", "role", "areas", "order")


class Command(BaseCommand):
    help = "Officers: print one-time sign-in sheets for a unit, enrol people from a CSV, list who serves"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        invite = parts.add_parser("invite", help="one-time sign-in sheets (PDF and CSV) for everyone of a unit who has never signed in")
        invite.add_argument("unit", help="code of the unit; the units below it are included")
        invite.add_argument("--out", type=Path, default=Path("."), help="where the files are put (default: here)")
        invite.add_argument("--address", default="", help="the address of this installation, as officers type it")
        enrol = parts.add_parser("enrol", help="enrol people from a CSV; all of it or nothing")
        enrol.add_argument("file", type=Path, help=f"columns: {', '.join(COLUMNS)}; areas are codes, separated by spaces")
        listing = parts.add_parser("list", help="who serves in a unit, with their roles and whether they sign in")
        listing.add_argument("unit")
        reissue = parts.add_parser(
            "reissue", help="ask for a new sign-in for someone who lost phone or password; a second person confirms on the page"
        )
        reissue.add_argument("who", metavar="NRP")
        reissue.add_argument("--why", required=True, help="what happened, in a few words; kept in the book")
        for part in (invite, enrol, reissue):
            part.add_argument("--as", dest="nrp", default="", metavar="NRP", help="in whose name; without it, the console's")

    def handle(self, *args: Any, part: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{part}")(**options)
        except (NotPossible, PermissionDenied, console.Unknown) as reason:
            raise CommandError(str(reason)) from reason

    def do_invite(self, unit: str, out: Path, address: str, nrp: str, **_: Any) -> None:
        actor, home = console.actor(nrp), unit_of(unit)
        people = members(home)
        waiting = [who for who in people if not signs_in(who) and services.answers_for(actor, who)]
        with transaction.atomic():
            printed = [services.invite(actor, who) for who in waiting]
        if not printed:
            why = (
                f"Everyone enrolled at {home} signs in already"
                if people
                else f"Nobody is enrolled at {home} yet: rukun officers enrol FILE"
            )
            self.stdout.write(f"{why}; no sheet was printed.")
            return
        for file in put(printed, out, f"lembar-masuk-{home.code}", address or address_of_house()):
            self.stdout.write(f"{len(printed)} sheets: {file}")
        self.stdout.write("Each works once, for 14 days; older sheets of these officers open nothing any more. Hand them over in person.")

    def do_enrol(self, file: Path, nrp: str, **_: Any) -> None:
        actor = console.actor(nrp)
        with transaction.atomic(), open_table(file) as rows:
            count = 0
            for number, row in enumerate(rows, start=2):
                try:
                    enter(actor, row)
                except (NotPossible, LookupError, PermissionDenied) as reason:
                    raise CommandError(f"{file}, line {number}: {reason}. Nothing was changed.") from reason
                count += 1
        self.stdout.write(f"{count} officers enrolled.")

    def do_reissue(self, who: str, why: str, nrp: str, **_: Any) -> None:
        officer = Officer.objects.in_service().select_related("account", "unit").filter(account__nrp=who).first()
        if officer is None:
            raise CommandError(f"Nobody in service has the NRP {who}.")
        services.reissue(console.actor(nrp), officer, why=why)
        self.stdout.write(
            f"Asked. All devices of {officer} are signed out; someone else who may give their role confirms on the page and prints the sheet."
        )

    def do_list(self, unit: str, **_: Any) -> None:
        on = clock.today(unit_of(unit).time_zone)
        for who in members(unit_of(unit)):
            roles = "; ".join(
                f"{term.role} {', '.join(area.name for area in term.areas.all())}".strip()
                for term in who.assignments.valid(on).prefetch_related("areas")
            )
            state = "signs in" if signs_in(who) else "does not sign in"
            self.stdout.write(f"{who.account and who.account.nrp}  {who!s:32}  {who.unit.code:14}  {state:16}  {roles or 'no role'}")


def signs_in(who: Officer) -> bool:
    return who.account is not None and who.account.is_active and who.account.has_usable_password()


def members(home: Unit) -> list[Officer]:
    return list(Officer.objects.in_service().of_unit(home).select_related("account", "unit").order_by("unit__path", "name"))


def unit_of(code: str) -> Unit:
    unit = Unit.objects.filter(code__iexact=code).first()
    if unit is None:
        raise CommandError(f"There is no unit with the code {code}.")
    return unit


@contextmanager
def open_table(file: Path) -> Iterator[csv.DictReader]:
    """Rows of a CSV under the names of its columns."""
    try:
        stream = file.open(newline="", encoding="utf-8-sig")
    except OSError as wrong:
        raise CommandError(f"{file} can't be read: {wrong.strerror}.") from wrong
    with stream:
        rows = csv.DictReader(stream)
        if missing := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
            raise CommandError(f"{file}: the column {missing[0]} is missing. Expected: {', '.join(COLUMNS)}.")
        yield rows


def enter(actor: Actor, row: dict[str, str]) -> None:
    unit = Unit.objects.filter(code__iexact=row["unit"].strip()).first()
    if unit is None:
        raise LookupError(f"there is no unit with the code {row['unit']!r}")
    officer = services.enrol(actor, unit, nrp=row["nrp"], name=row["name"], rank=row["rank"].strip(), function=row.get("function") or "")
    if role := (row.get("role") or "").strip():
        codes = (row.get("areas") or "").split()
        areas = list(Area.objects.filter(code__in=codes))
        if lost := set(codes) - {area.code for area in areas}:
            raise LookupError(f"there is no area with the code {min(lost)}")
        services.assign(actor, officer, role=role, unit=unit, areas=areas, valid_from=unit.today(), basis=row.get("order") or "")
