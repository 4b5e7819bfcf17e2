"""The night's look, by hand: rukun watch [--unit CODE] [--today DATE]."""

import time
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from rukun.alerts import watch
from rukun.alerts.rules import WEEKS_NEEDED
from rukun.lib import clock


class Command(BaseCommand):
    help = "Look over the reports of every Polres and Polda, up to today, and raise what stands out"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", default="", metavar="CODE", help="this one alone")
        parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as if it were this day's last hour")

    @no_translations
    def handle(self, *args: Any, unit: str, today: date | None, **options: Any) -> None:
        units = watch.watched_units(unit)
        if not units:
            raise CommandError(f"No Polres or Polda has the code {unit!r}." if unit else "There is no Polres or Polda yet.")
        for each in units:
            if today is None:
                self.look(each, each.today())
            else:
                with clock.at(datetime(today.year, today.month, today.day, 23, 30, tzinfo=each.zone)):
                    self.look(each, today)

    def look(self, unit: Any, on: date) -> None:
        started = time.monotonic()
        outcome = watch.look_over(unit, on)
        short = "" if outcome.weeks >= WEEKS_NEEDED else f" of {WEEKS_NEEDED}, the simple rule alone"
        threshold = f", threshold {outcome.calibration.threshold:.2f}" if outcome.calibration else ""
        self.stdout.write(
            f"{unit.code}: {outcome.weeks} weeks{short}{threshold}; {len(outcome.raised)} raised, {len(outcome.seen)} seen again, "
            f"in {time.monotonic() - started:.1f} s"
        )
        for alert in outcome.raised:
            self.stdout.write(f"  {alert.pk} {alert.kind} ({alert.stage}), {', '.join(area.name for area in alert.areas.all())}")
