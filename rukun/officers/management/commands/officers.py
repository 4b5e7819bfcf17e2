"""Officers from the command line: rukun officers import | invite | reissue | list; enrol is the older name of import."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import transaction

from rukun.access import console
from rukun.lib import clock
from rukun.officers import services, tables
from rukun.officers.management.printing import address_of_house, put
from rukun.officers.models import Officer
from rukun.officers.services import NotPossible
from rukun.territory.management import bringing
from rukun.territory.models import Unit
from rukun.territory.tables import Done


class Command(BaseCommand):
    help = "Officers: print one-time sign-in sheets for a unit, enrol people from a CSV, list who serves"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        invite = parts.add_parser("invite", help="one-time sign-in sheets (PDF and CSV) for everyone of a unit who has never signed in")
        invite.add_argument("unit", help="code of the unit; the units below it are included")
        invite.add_argument("--out", type=Path, default=Path("."), help="where the files are put (default: here)")
        invite.add_argument("--address", default="", help="the address of this installation, as officers type it")
        for name, what in (("import", "enrol people and give them roles, from a CSV"), ("enrol", "the same as import")):
            bringing.arguments(parts.add_parser(name, help=f"{what}; columns: {', '.join(tables.COLUMNS)}; all of it or nothing"))
        listing = parts.add_parser("list", help="who serves in a unit, with their roles and whether they sign in")
        listing.add_argument("unit")
        reissue = parts.add_parser(
            "reissue", help="ask for a new sign-in for someone who lost phone or password; a second person confirms on the page"
        )
        reissue.add_argument("who", metavar="NRP")
        reissue.add_argument("--why", required=True, help="what happened, in a few words; kept in the book")
        for part in (invite, reissue):
            part.add_argument("--as", dest="nrp", default="", metavar="NRP", help="in whose name; without it, the console's")

    @no_translations
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
                else f"Nobody is enrolled at {home} yet: rukun officers import FILE"
            )
            self.stdout.write(f"{why}; no sheet was printed.")
            return
        for file in put(printed, out, f"lembar-masuk-{home.code}", address or address_of_house()):
            self.stdout.write(f"{len(printed)} sheets: {file}")
        self.stdout.write("Each works once, for 14 days; older sheets of these officers open nothing any more. Hand them over in person.")

    def do_import(self, file: Path, dry_run: bool, skip_bad: Path | None, nrp: str, **_: Any) -> None:
        bringing.bring_in(
            self, tables.enter_officers, tables.named, file=file, dry_run=dry_run, skip_bad=skip_bad, nrp=nrp, counted=counted,
        )  # fmt: skip
        if not dry_run:
            self.stdout.write("Nobody signs in by this alone. Print the sheets with: rukun officers invite UNIT")

    do_enrol = do_import

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


def counted(done: Done) -> str:
    return f"{done.founded} officers enrolled, {done.changed} changed, {done.covered} roles given or ended, {done.same} rows known already."
