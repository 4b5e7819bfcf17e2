"""Reports as the season of Aia Baliang brings them, and a problem made of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, new_id
from rukun.lib import clock
from rukun.problems import services
from rukun.problems.models import Problem

MORNING = datetime(2026, 11, 10, 2, tzinfo=UTC)  # nine o'clock in Aia Baliang


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(MORNING):
        yield


@pytest.fixture
def told(world) -> Callable[..., Report]:
    """A report that somebody sends: `told(world.sari, world.pasar, "Motor hilang")`."""

    def tell(who, where, title: str, code: str = "CRM-03", days_ago: int = 1) -> Report:
        moment = clock.now() - timedelta(days=days_ago)
        return fieldwork.receive_report(
            world.actor(who),
            where,
            id=new_id(),
            title=title,
            facts=f"{title}, sekitar magrib.",
            basis="told",
            code=code,
            happened_at=moment,
        )

    return tell


@pytest.fixture
def report(world, told) -> Report:
    return told(world.sari, world.pasar, "Motor hilang di belakang pasar")


@pytest.fixture
def problem(world, report) -> Problem:
    return services.open_from_reports(
        world.actor(world.nofri), report, title="Motor hilang di sekitar Pasar", code="CRM-03", stage="GN", severity=3, owner=world.nofri
    )
