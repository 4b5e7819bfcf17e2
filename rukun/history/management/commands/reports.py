"""History from the command line: rukun reports import | withdraw | batches."""

import sys
import time
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db.models import Count, Max, Min

from rukun.access.scope import Actor
from rukun.history import bringing, services
from rukun.history.mapping import BadMapping
from rukun.history.models import Batch, Incident
from rukun.history.rules import CLOSEST_FIRST, Channel
from rukun.lib.table import BadRow, NoPlaceForThem, check_target
from rukun.territory.management.bringing import actor, by_whom
from rukun.territory.models import Unit

SHOWN = 20


class Command(BaseCommand):
    help = "Reports of the past: bring in incidents that others recorded, list the files, withdraw one"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        load = parts.add_parser("import", help="bring in a CSV; rows that can't be kept go to a file, with their reasons")
        load.add_argument("file", type=Path)
        load.add_argument("--mapping", type=Path, metavar="FILE", help="a TOML that says how the columns are read")
        load.add_argument(
            "--channel", choices=Channel.values, default="", help="history (the default), or lp: police reports, without text"
        )
        load.add_argument("--source", default="", metavar="NAME", help="from whom the table comes; else the mapping says it")
        load.add_argument("--rejected", type=Path, metavar="FILE", help="where rejected rows are put (default: FILE.rejected.csv, here)")
        load.add_argument("--dry-run", action="store_true", help="say what would come in, and change nothing")
        load.add_argument("--unit", default="", metavar="CODE", help="the unit whose file it is, and who may withdraw it")
        by_whom(load)
        back = parts.add_parser("withdraw", help="take back what a file brought; what it changed becomes what it was")
        back.add_argument("batch", type=int)
        back.add_argument("--why", required=True, help="in a few words; kept in the book")
        by_whom(back)
        parts.add_parser("batches", help="the files that were brought in")

    @no_translations
    def handle(self, *args: Any, part: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{part}")(**options)
        except PermissionDenied as refused:
            raise CommandError(f"Nothing was brought in. {refused}.") from refused
        except services.NotPossible as reason:
            raise CommandError(str(reason)) from reason

    def do_import(
        self,
        file: Path,
        mapping: Path | None,
        channel: str,
        source: str,
        rejected: Path | None,
        dry_run: bool,
        unit: str,
        nrp: str,
        **_: Any,
    ) -> None:
        who, started = actor(nrp), time.monotonic()
        target = rejected or Path(f"{file.name.removesuffix('.gz').removesuffix('.csv')}.rejected.csv")
        try:
            check_target(target)
            told = mapping.read_text(encoding="utf-8") if mapping else ""
            wanted = bringing.Wanted(file, told, source, channel, owner(unit, who))
            outcome = bringing.bring_in(who, wanted, rejected=target, rehearsal=dry_run, progress=self.progress)
        except BadMapping as wrong:
            raise CommandError(f"Nothing was brought in. In {mapping or 'the command'}: {wrong}") from wrong
        except (BadRow, NoPlaceForThem) as unreadable:
            raise CommandError(f"Nothing was brought in. {unreadable}") from unreadable
        except (OSError, UnicodeDecodeError) as nothing:
            raise CommandError(f"Nothing was brought in. {mapping} can't be read: {nothing}") from nothing
        self.tell(file, outcome, time.monotonic() - started)

    def progress(self, rows: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{rows:>12,} rows read", ending="")

    def tell(self, file: Path, outcome: bringing.Outcome, seconds: float) -> None:
        tally, batch, aside = outcome.tally, outcome.batch, outcome.aside
        if sys.stderr.isatty():
            self.stderr.write("\r", ending="")
        self.stdout.write(
            f"{file.name}: {tally.read:,} rows read = {tally.new:,} new + {tally.unchanged:,} unchanged + {tally.changed:,} changed "
            f"+ {tally.rejected:,} rejected, in {seconds:.1f} s."
        )
        if tally.coarser:
            self.stdout.write(f"{tally.coarser:,} of them stand at a wider area than they name, since the closer one isn't known here.")
        if tally.guarded:
            self.stdout.write(f"{tally.guarded:,} came with a text of which not everything may be kept: who it is about was left out.")
        if batch is None:
            self.stdout.write("A rehearsal; nothing was changed.")
        else:
            self.about(batch)
            self.stdout.write(f'It is batch {batch.pk}. To take it back: rukun reports withdraw {batch.pk} --why "…"')
        if aside.count:
            self.stdout.write(f"Rejected, by reason; the rows stand in {aside.target}:")
            for why, count in sorted(aside.why.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]:
                self.stdout.write(f"  {count:>8,}  {why}")
            if len(aside.why) > SHOWN:
                self.stdout.write(f"  and {len(aside.why) - SHOWN:,} more reasons")
            self.stdout.write(f"The first: {aside.shown[0]}")

    def about(self, batch: Batch) -> None:
        rows = Incident.objects.filter(batch=batch)
        told = dict(rows.order_by().values_list("precision").annotate(Count("pk")))
        period = rows.aggregate(first=Min("happened_on"), last=Max("happened_on"))
        if told:
            self.stdout.write(
                "  place known to: " + ", ".join(f"{level.value} {told[level]:,}" for level in CLOSEST_FIRST if level in told)
            )
            self.stdout.write(f"  period: {period['first']} to {period['last']}")

    def do_withdraw(self, batch: int, why: str, nrp: str, **_: Any) -> None:
        found = Batch.objects.filter(pk=batch).first()
        if found is None:
            raise CommandError(f"There is no batch {batch}. See: rukun reports batches")
        count = found.incidents.count()
        done = services.withdraw(actor(nrp), found, why=why, incidents=count)
        self.stdout.write(f"Withdrawn: {count:,} incidents of {found.source}." if done else f"Batch {batch} was withdrawn before.")

    def do_batches(self, **_: Any) -> None:
        rows = Batch.objects.order_by("-pk").annotate(held=Count("incidents"))
        for row in rows:
            state = "withdrawn" if row.withdrawn_at else "whole" if row.done_at else "cut short: import the file again"
            self.stdout.write(
                f"{row.pk:>5}  {row.at:%Y-%m-%d}  {row.channel:8} {row.held:>9,} incidents  {state}  {row.source}  ({row.file})"
            )
        if not rows:
            self.stdout.write("Nothing has been brought in yet.")


def owner(code: str, who: Actor) -> Unit | None:
    """The unit that is named; else that of the person who acts; for the console the top unit, where there is one."""
    if code:
        unit = Unit.objects.filter(code__iexact=code).first()
        if unit is None:
            raise CommandError(f"There is no unit with the code {code}.")
        return unit
    paths = [grant.unit for grant in who.grants if grant.unit]
    return (Unit.objects.filter(path__in=paths) if paths else Unit.objects.filter(parent=None)).order_by("path").first()
