"""Reports as officers hand them in, on any day, and an alert made of them."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rukun.access.scope import system
from rukun.alerts import services
from rukun.alerts.models import Alert
from rukun.alerts.rules import Voices
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, new_id
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.territory.models import Area

NOON = datetime(2026, 11, 10, 5, tzinfo=UTC)  # twelve o'clock in Aia Baliang


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(NOON):
        yield


@pytest.fixture
def told(world) -> Callable[..., Report]:
    """A report, by default Sari's of a lost scooter at Pasar: `told(days_ago=3)`."""
    numbers = itertools.count(1)

    def tell(who=None, where=None, days_ago: float = 0, code: str | None = "CRM-03", **said) -> Report:
        moment = NOON - timedelta(days=days_ago)
        said = {
            "title": f"Motor hilang di dekat pasar {next(numbers)}",
            "facts": "Satu motor hilang dari parkiran saat magrib; parkiran tidak dijaga.",
            "basis": "told",
        } | said
        with clock.at(moment):
            return fieldwork.receive_report(
                world.actor(who or world.sari),
                where or world.pasar,
                id=new_id(),
                code=code,
                happened_at=moment - timedelta(hours=1),
                **said,
            )

    return tell


@pytest.fixture
def visited(world) -> Callable[..., None]:
    def visit(who=None, where=None, days_ago: float = 0) -> None:
        moment = NOON - timedelta(days=days_ago)
        with clock.at(moment):
            fieldwork.receive_visit(
                world.actor(who or world.sari), where or world.pasar, id=new_id(), kind="visit", made_at=moment, nothing_said=True
            )

    return visit


@pytest.fixture
def raised(world) -> Callable[..., Alert]:
    """An alert at Aia Baliang, held by Nofri: `raised()`; whatever the act takes may be named otherwise."""

    def raise_it(unit=None, **said) -> Alert:
        on = NOON.date()
        said = {
            "watched": world.res_rd, "kind": "statistical", "areas": [village(world)], "since": on - timedelta(days=4), "until": on,
            "observed": 7, "voices": Voices((3, 2, 1, 1)), "group": "CRM", "expected": 1.2, "statistic": 9.0, "threshold": 6.0, "owner": world.nofri,
        } | said  # fmt: skip
        return services.raise_alert(system("watch"), unit or world.sek_kr, **said)

    return raise_it


def village(world) -> Area:
    return world.areas["99.01.01.2001"]


@pytest.fixture
def lived(world) -> Callable[..., None]:
    """Quiet days before today, written straight into the tables: each village has a report now and then, and a visit every other day."""

    def live(days: int = 240, rate: float = 0.06, seed: int = 1, code: str = "ORD-01", visits: float = 0.5, where: str = "99.01") -> None:
        from rukun.audit.guard import writing_allowed
        from rukun.fieldwork.models import Visit

        chance = random.Random(seed)
        here = [area for areacode, area in world.areas.items() if areacode.startswith(where) and area.level == 4]
        of = {area.pk: teller(world, area) for area in here}
        reports, visited = [], []
        for day in range(days, 0, -1):
            moment = NOON - timedelta(days=day)
            for area in here:
                who = chance.choice(of[area.pk])
                if chance.random() < rate or day == days:
                    reports.append(
                        Report(
                            officer=who,
                            area=area,
                            happened_at=moment,
                            received_at=moment,
                            title="Warga mengeluh",
                            facts="Warga mengeluh.",
                            basis="told",
                            code_id=code,
                            desk_since=moment,
                        )
                    )
                if chance.random() < visits:
                    visited.append(Visit(officer=who, area=area, made_at=moment, received_at=moment, nothing_said=True))
        with writing_allowed("test"):
            Report.objects.bulk_create(reports)
            Visit.objects.bulk_create(visited)

    return live


def teller(world, area: Area) -> list:
    near = list(Officer.objects.of_area(area.path, NOON.date()).order_by("pk"))
    return near or [world.wendra]
