from datetime import timedelta

import pytest

from rukun.fieldwork import services
from rukun.fieldwork.models import new_id
from rukun.lib import clock


@pytest.fixture
def told(world):
    """A report of Rahmi's from Pasar: `told()`; any argument of the act may be named otherwise."""

    def report(who=None, area=None, **said):
        said = {
            "id": new_id(), "title": "Motor hilang di parkiran surau", "facts": "Satu motor hilang dari parkiran surau saat magrib.",
            "basis": "told", "code": "CRM-03", "happened_at": clock.now() - timedelta(hours=2),
        } | said  # fmt: skip
        return services.receive_report(world.actor(who or world.rahmi), area or world.pasar, **said)

    return report


@pytest.fixture
def met(world):
    """A visit of Rahmi's in Pasar with one concern: `met()`."""

    def visit(who=None, area=None, **said):
        said = {"id": new_id(), "kind": "visit", "made_at": clock.now(), "concerns": (("Lampu jalan padam dua minggu.", "ENV-04"),)} | said
        return services.receive_visit(world.actor(who or world.rahmi), area or world.pasar, **said)

    return visit
