"""Territory from the command line: rukun territory import | tiles | summary | locate; units and subunits under their older names."""

import csv
import getpass
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from rukun.lib import clock
from rukun.lib.table import NoPlaceForThem, check_target
from rukun.territory import locate, services, settle, tiles
from rukun.territory.gather import Harvest, gather
from rukun.territory.management import bringing
from rukun.territory.management.commands import subunits, units
from rukun.territory.rules import LEVELS, WIB
from rukun.territory.services import NotPossible, Outcome
from rukun.territory.sources import BadRow, NothingToRead, strict

HEADER = ["file", "line", "why", "remedy", "row"]
SHOWN = 12  # lines of a kind before "and … more"


class Command(BaseCommand):
    help = "Territory: import areas, borders and centroids, count them, find where a point lies, bring in units and sub-units"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        load = parts.add_parser("import", help="bring in a file, or all that a folder holds; nothing half-done")
        load.add_argument("path", type=Path)
        load.add_argument(
            "--province", metavar="CODE", action="append", default=[], help="only this province, for example 13 (may be repeated)"
        )
        load.add_argument("--skip-bad", metavar="FILE", type=Path, help="write rows that can't be read to this CSV and go on without them")
        load.add_argument("--end-missing", action="store_true", help="end the validity of areas that the code list no longer names")
        bringing.by_whom(load)
        parts.add_parser("tiles", help="draw the map of borders anew; an import does it by itself")
        summary = parts.add_parser("summary", help="how many areas of each level and kind, and how many with a border")
        summary.add_argument("--json", action="store_true")
        where = parts.add_parser("locate", help="in which village a point lies")
        where.add_argument("longitude", metavar="LON", type=float)
        where.add_argument("latitude", metavar="LAT", type=float)
        where.add_argument("--json", action="store_true")
        for name, what in (("units", "police units"), ("subunits", "what lies below villages")):
            bringing.arguments(parts.add_parser(name, help=f"the same as rukun {name} import: {what} from a CSV"))

    @no_translations
    def handle(self, *args: Any, part: str, **options: Any) -> None:
        getattr(self, f"do_{part}")(**options)

    # --- import -------------------------------------------------------------------------------------------------------------------

    def do_import(self, path: Path, province: list[str], skip_bad: Path | None, end_missing: bool, nrp: str, **_: Any) -> None:
        actor = self.actor(nrp)
        started = time.monotonic()
        if wrong := [code for code in province if not (len(code) == 2 and code.isdigit())]:
            raise CommandError(f"{wrong[0]!r} is no province: two digits are expected, for example 13.")
        if skip_bad:
            try:
                check_target(skip_bad)
            except NoPlaceForThem as nowhere:
                raise CommandError(str(nowhere)) from nowhere
        harvest = Harvest()
        try:
            harvest = gather(path, provinces=province, skip_bad=skip_bad is not None)
            if end_missing and harvest.bad:
                raise CommandError(
                    f"Nothing was imported: {len(harvest.bad)} rows were skipped, so what is missing from the list can't be told from "
                    "what is broken. Mend them, or leave out --end-missing."
                )
            if not harvest.codes() and not harvest.bad:
                raise NothingToRead(f"{path} holds nothing" + (f" about province {', '.join(province)}" if province else ""))
            outcome = services.bring_in(
                actor, harvest, on=clock.today(WIB), on_bad=harvest.set_aside if skip_bad else strict, end_missing=end_missing,
                operator=getpass.getuser(),
            )  # fmt: skip
        except BadRow as bad:
            raise CommandError(
                f"Nothing was imported.\n{bad}" + shown(bad) + "\nMend the row, or set such rows aside with --skip-bad FILE."
            ) from bad
        except NothingToRead as nothing:
            raise CommandError(f"Nothing was imported. {nothing}.") from nothing
        except PermissionDenied as refused:
            raise CommandError(f"Nothing was imported. {refused}.") from refused
        except (NotPossible, ValueError, OSError) as wrong_data:
            raise CommandError(f"Nothing was imported. {wrong_data}") from wrong_data
        if skip_bad:
            keep(skip_bad, harvest.bad)
        self.tell(harvest, outcome, skip_bad, time.monotonic() - started)
        if outcome.row is not None:
            self.do_tiles()

    def tell(self, harvest: Harvest, outcome: Outcome, skip_bad: Path | None, seconds: float) -> None:
        plan = outcome.plan
        rows = sum(file["rows"] for file in harvest.files)
        self.stdout.write(f"Read {rows:,} rows from {len(harvest.files)} files in {seconds:.1f} s, writing included.")
        for level in (*LEVELS.values(), "outline"):
            counts = plan.counts.get(level)
            if counts and sum(counts.values()):
                self.stdout.write(f"  {level:9} " + ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()) if count))
        if outcome.row is None:
            self.stdout.write("Everything was known already; nothing was changed.")
        self.several("Borders that were mended", plan.mended())
        if plan.moved:
            heading = "Areas that lie elsewhere now, with a new row after the old (look at who is assigned there)"
            self.several(heading, [f"{old.code} {old.name}" for old, _ in plan.moved if old.code])
        if plan.missing:
            ended = " Their validity ends today." if plan.ended else " They stay valid; with --end-missing they end."
            self.several(f"Known, but no longer in the code list.{ended}", [f"{area.code} {area.name}" for area in plan.missing])
        if harvest.aside:
            self.several("Left aside, as they hold no territory data", harvest.aside)
        if harvest.bad:
            self.several(f"Rows that were skipped; they stand in {skip_bad}", [f"{bad.place}: {bad.why}" for bad in harvest.bad])

    def several(self, heading: str, lines: list[str]) -> None:
        if lines:
            self.stdout.write(f"{heading}: {len(lines):,}")
            for line in lines[:SHOWN]:
                self.stdout.write(f"  {line}")
            if len(lines) > SHOWN:
                self.stdout.write(f"  and {len(lines) - SHOWN:,} more")

    def do_tiles(self, **_: Any) -> None:
        started = time.monotonic()
        drawn = tiles.draw()
        if drawn is None:
            self.stdout.write("No border is known, so no map was drawn; places stand on it as points.")
            return
        took = time.monotonic() - started
        self.stdout.write(f"The map of borders is drawn: {drawn.tiles:,} tiles, {drawn.size / 1e6:.1f} MB, in {took:.1f} s.")

    # --- what stands --------------------------------------------------------------------------------------------------------------

    def do_summary(self, json: bool, **_: Any) -> None:
        levels = settle.summary(clock.today(WIB))
        if json:
            self.stdout.write(as_json({"levels": levels}))
            return
        if not any(level["count"] for level in levels.values()):
            self.stdout.write("There are no areas yet. Bring them in with: rukun territory import PATH")
            return
        self.stdout.write(f"{'level':10}{'count':>9}{'with outline':>14}   kinds")
        for name, level in levels.items():
            kinds: Any = level["kinds"]
            words = ", ".join(f"{kind} {count:,}" for kind, count in kinds.items())
            self.stdout.write(f"{name:10}{level['count']:>9,}{level['with_outline']:>14,}   {words}".rstrip())

    def do_locate(self, longitude: float, latitude: float, json: bool, **_: Any) -> None:
        try:
            found = locate.locate(longitude, latitude)
        except (locate.OutOfCountry, locate.NobodyNear) as nowhere:
            raise CommandError(str(nowhere)) from nowhere
        if json:
            self.stdout.write(as_json(found.as_dict()))
        else:
            how = (
                "inside its border" if found.km == 0 else f"{found.km:g} km from its {'border' if found.method == 'outline' else 'middle'}"
            )
            self.stdout.write(f"{found.code} {found.name}, {how}")

    # --- under their older names: rukun units import, rukun subunits import --------------------------------------------------------

    def do_units(self, **options: Any) -> None:
        units.bring_in(self, **options)

    def do_subunits(self, **options: Any) -> None:
        subunits.bring_in(self, **options)

    def actor(self, nrp: str) -> Any:
        return bringing.actor(nrp)


def shown(bad: BadRow) -> str:
    return f"\n  {bad.row[:200]}" if bad.row else ""


def keep(target: Path, bad: Iterable[BadRow]) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([row.place.file, row.place.line, row.why, row.remedy, row.row] for row in bad)


def as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
