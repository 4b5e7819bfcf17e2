from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from rukun.audit.door import maintenance
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, new_id
from rukun.lib import clock
from rukun.notices.models import Notice
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.site.tests import rebuilt
from rukun.site.worker import drain

MORNING = datetime(2026, 11, 10, 2, tzinfo=UTC)  # nine o'clock in Aia Baliang


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(MORNING):
        yield


@pytest.fixture
def world(db) -> SimpleNamespace:
    return rebuilt.world(quiet)


def quiet() -> SimpleNamespace:
    """The world when everybody has long been told of the roles with which it began."""
    from rukun.demo.cast import cast

    world = cast()
    drain()
    with maintenance("test.quiet"):
        Notice.objects.all().delete()
    return world


@pytest.fixture
def told(world) -> Callable[..., Report]:
    def tell(who, where, title: str = "Motor hilang di belakang pasar", code: str = "CRM-03") -> Report:
        moment = clock.now() - timedelta(hours=3)
        return fieldwork.receive_report(
            world.actor(who), where, id=new_id(), title=title, facts=title, basis="told", code=code, happened_at=moment
        )

    return tell


@pytest.fixture
def problem(world, told) -> Problem:
    report = told(world.sari, world.pasar)
    return problems.open_from_reports(
        world.actor(world.nofri), report, title="Motor hilang di sekitar Pasar", code="CRM-03", stage="GN", severity=3
    )


@pytest.fixture
def kinds(world, run_jobs) -> Callable[..., list[str]]:
    """What one of the cast has been told, the oldest first, once the queue is empty."""

    def of(who) -> list[str]:
        run_jobs()
        return list(Notice.objects.filter(officer=who).order_by("pk").values_list("kind", flat=True))

    return of


@pytest.fixture
def page(signed_in, run_jobs):
    """What one of the cast reads at an address, in one line, once the queue is empty."""

    def read(officer, address: str = "/pemberitahuan/") -> str:
        run_jobs()
        answer = signed_in(officer).get(address)
        assert answer.status_code == 200, answer.status_code
        return " ".join(answer.content.decode().split())

    return read
