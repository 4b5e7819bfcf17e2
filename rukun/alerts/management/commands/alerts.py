"""Alerts from the command line: rukun alerts list | replay | freeze | thaw."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from rukun.access.scope import system
from rukun.alerts import rehearsal, services, watch
from rukun.alerts.counts import book_of
from rukun.alerts.models import Alert, Freeze
from rukun.alerts.rules import WEEKS_NEEDED, weeks_of
from rukun.alerts.services.keeping import watch_as_it_is
from rukun.lib import clock
from rukun.problems.refusals import Refused
from rukun.territory.models import Area, Unit

CONSOLE = system("console")


class Command(BaseCommand):
    help = "What stands out among reports: list the alerts, replay the past, freeze how they are raised"

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        rows = parts.add_parser("list", help="the alerts of a unit and those under it, the newest first")
        rows.add_argument("--unit", default="", metavar="CODE")
        rows.add_argument("--json", action="store_true", help="one array, null where nothing is known")
        again = parts.add_parser("replay", help="what would have been raised between two days, with the settings of today; changes nothing")
        again.add_argument("--from", dest="since", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        again.add_argument("--to", dest="until", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        again.add_argument("--unit", default="", metavar="CODE")
        again.add_argument("--threshold", type=float, help="instead of the one that was last chosen")
        again.add_argument("--json", action="store_true")
        ice = parts.add_parser("freeze", help="from a day to a day nothing changes in how alerts are raised: an election is near")
        ice.add_argument("--unit", required=True, metavar="CODE", help="with all units under it")
        ice.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        ice.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        ice.add_argument("--why", required=True)
        thaw = parts.add_parser("thaw", help="take such days back")
        thaw.add_argument("freeze", type=int)

    @no_translations
    def handle(self, *args: Any, part: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{part}")(**options)
        except Refused as refused:
            raise CommandError(" ".join(map(str, refused.sentences))) from refused

    def do_list(self, unit: str, json: bool, **_: Any) -> None:
        rows = Alert.objects.select_related("unit", "owner").prefetch_related("areas").order_by("-raised_at", "-pk")
        if unit:
            above = named(unit)
            rows = rows.filter(pk__in=Alert.objects.filter(unit__path__startswith=above.path).values("pk"))
        found = [plain(alert) for alert in rows]
        if json:
            self.stdout.write(as_text(found))
            return
        for row in found:
            usual = "" if row["expected"] is None else f", usually {row['expected']:.1f}"
            places = ", ".join(place["name"] for place in row["places"])
            self.stdout.write(
                f"{row['id']:>6}  {row['kind']:<11} {row['stage']:<5}  {places}: {row['observed']}{usual}, since {row['since']}; "
                f"{row['owner'] or 'nobody'} by {row['due']}; {row['verdict'] or 'open'}"
            )
        self.stdout.write(f"{len(found)} alerts")

    def do_replay(self, since: date, until: date, unit: str, threshold: float | None, json: bool, **_: Any) -> None:
        if until < since:
            raise CommandError("The last day lies before the first.")
        told = [
            self.relived(each, since, min(until, each.today()), threshold) for each in ([named(unit)] if unit else watch.watched_units())
        ]
        if json:
            self.stdout.write(as_text(told))
            return
        for each in told:
            self.stdout.write(
                f"{each['unit']}: threshold {each['threshold']}, settings {each['parameters']}, {each['weeks']} weeks of history"
            )
            for row in each["alerts"]:
                self.stdout.write(
                    f"  {row['raised']}  {row['group'] or 'all'}: {row['observed']} (expected {row['expected']}) since {row['since']} in "
                    f"{', '.join(place['name'] for place in row['places'])}; seen on {row['days']} days, until {row['last_seen']}"
                )
            self.stdout.write(f"  {len(each['alerts'])} alerts")

    def relived(self, unit: Unit, since: date, until: date, threshold: float | None) -> dict[str, Any]:
        book, last = book_of(unit, until), watch_as_it_is(unit).calibration
        chosen = threshold or watch.threshold_of(book, last) if book else threshold
        standing = rehearsal.relive(book, chosen, since, until) if book and chosen and book.groups else []
        return {
            "unit": unit.code,
            "threshold": None if chosen is None else round(chosen, 3),
            "parameters": rehearsal.settings_of(book) if book and book.groups else None,
            "weeks": weeks_of(book.start, until) if book else 0,
            "weeks_needed": WEEKS_NEEDED,
            "alerts": [
                {
                    "raised": one.first.until.isoformat(),
                    "group": one.first.group or None,
                    "places": places(one.first.paths),
                    "since": one.first.since.isoformat(),
                    "observed": one.first.observed,
                    "expected": round(one.first.expected, 2),
                    "statistic": round(one.first.statistic or 0, 2),
                    "last_seen": one.last.isoformat(),
                    "days": one.days,
                }
                for one in standing
            ],
        }

    def do_freeze(self, unit: str, first: date, last: date, why: str, **_: Any) -> None:
        frozen = services.freeze(CONSOLE, named(unit), first=first, last=last, reason=why)
        self.stdout.write(
            f"From {first} to {last} nothing changes in how {unit} is watched. To take it back: rukun alerts thaw {frozen.pk}"
        )

    def do_thaw(self, freeze: int, **_: Any) -> None:
        frozen = Freeze.objects.filter(pk=freeze).first()
        if frozen is None or services.thaw(CONSOLE, frozen) is None:
            raise CommandError(f"There is no such entry, or it has been taken back: {freeze}.")
        self.stdout.write(f"Taken back on {clock.now():%Y-%m-%d}.")


def named(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"No unit has the code {code!r}.")
    return unit


def plain(alert: Alert) -> dict[str, Any]:
    return {
        "id": alert.pk,
        "kind": alert.kind,
        "stage": alert.stage,
        "places": [{"code": area.code or None, "name": area.name} for area in sorted(alert.areas.all(), key=lambda area: area.path)],
        "since": alert.since.isoformat(),
        "observed": alert.observed,
        "expected": None if alert.expected is None else round(alert.expected, 2),
        "sources": alert.sources if alert.kind != "silence" else None,
        "owner": None if alert.owner is None else str(alert.owner),
        "due": alert.due.isoformat(),
        "verdict": alert.verdict or None,
    }


def places(paths: tuple[str, ...]) -> list[dict[str, str | None]]:
    return [{"code": area.code or None, "name": area.name} for area in Area.objects.filter(path__in=paths).order_by("path")]


def as_text(rows: Any) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)
