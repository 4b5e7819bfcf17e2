"""Builds the demo's world once, in an empty house."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from django.db import connection

from rukun.access.scope import system
from rukun.alerts import services as alerts
from rukun.alerts import watch
from rukun.alerts.models import Alert
from rukun.demo import borders
from rukun.demo.cast import SINCE, ZONE_OF_THE_CAST, cast
from rukun.demo.life import live
from rukun.demo.season import WEEKS
from rukun.fieldwork.models import Report
from rukun.lib import clock, jobs
from rukun.officers.models import Officer
from rukun.territory import tiles
from rukun.territory.models import Area, Unit


def built_on() -> date | None:
    """The day on which the season ended, where the demo stands already."""
    last = Report.objects.order_by("-received_at").values_list("received_at", flat=True).first()
    return last.date() if last and Area.objects.filter(code="99.01.01.2001").exists() else None


def is_somebody_elses() -> bool:
    strangers = Unit.objects.exclude(code__in=("MABES",)).exists() and not Unit.objects.filter(code="POLDA-NC").exists()
    return strangers or (Officer.objects.exists() and not Area.objects.filter(code="99").exists())


def build(now: datetime, progress: Callable[[float], None]) -> int:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")  # an invented world may be lost with the power
    start = datetime.combine(min(SINCE, now.date() - timedelta(weeks=WEEKS + 1)), time(8), ZONE_OF_THE_CAST)
    with clock.at(start):
        world = cast()
        borders.draw(system("demo"))
    deeds = live(world, now, progress)
    with clock.at(now):
        last_night(world, now)
    tiles.draw()
    connection.close()
    return deeds


def last_night(world: SimpleNamespace, now: datetime) -> None:
    """What was urgent and has been answered is judged; then the watch, as it would have gone over every unit this night."""
    for alert in Alert.objects.open().filter(kind="urgent", report__answers__isnull=False).select_related("owner").distinct():
        alerts.judge(world.actor(alert.owner), alert, verdict="known", reason="Sudah dibaca dan dijawab pada hari yang sama.")
    yesterday = now.astimezone(ZONE_OF_THE_CAST).date() - timedelta(days=1)
    for unit in watch.watched_units():
        watch.look_over(unit, yesterday)
    jobs.run_here()
