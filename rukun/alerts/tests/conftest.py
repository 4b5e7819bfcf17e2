"""Reports as officers hand them in, on any day, and an alert made of them."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rukun.access.scope import system
from rukun.alerts import services
from rukun.alerts.models import Alert
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, new_id
from rukun.lib import clock
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
            "observed": 7, "by_account": (3, 2, 1, 1), "group": "CRM", "expected": 1.2, "statistic": 9.0, "threshold": 6.0, "owner": world.nofri,
        } | said  # fmt: skip
        return services.raise_alert(system("watch"), unit or world.sek_kr, **said)

    return raise_it


def village(world) -> Area:
    return world.areas["99.01.01.2001"]
