"""A November morning, and the browser of one of the cast."""

from datetime import UTC, datetime, timedelta

import pytest

from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import new_id
from rukun.lib import clock

MORNING = datetime(2026, 11, 10, 2, tzinfo=UTC)  # nine o'clock in Aia Baliang


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(MORNING):
        yield


@pytest.fixture
def page(signed_in):
    """What one of the cast reads at an address, in one line."""

    def read(officer, address: str = "/") -> str:
        answer = signed_in(officer).get(address)
        assert answer.status_code == 200, answer.status_code
        return " ".join(answer.content.decode().split())

    return read


@pytest.fixture
def told(world):
    def tell(who, where, title: str, code: str = "CRM-03"):
        moment = clock.now() - timedelta(hours=3)
        return fieldwork.receive_report(
            world.actor(who), where, id=new_id(), title=title, facts=title, basis="told", code=code, happened_at=moment
        )

    return tell


@pytest.fixture
def visited(world):
    def go(who, where, days_ago: int, promises=()):
        moment = clock.now() - timedelta(days=days_ago)
        return fieldwork.receive_visit(
            world.actor(who), where, id=new_id(), kind="visit", made_at=moment, place="lapau simpang", nothing_said=True, promises=promises
        )

    return go
