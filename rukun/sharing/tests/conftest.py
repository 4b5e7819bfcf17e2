from datetime import UTC, datetime

import pytest

from rukun.fieldwork.tests.conftest import met, told
from rukun.lib import clock
from rukun.web import context

__all__ = ["met", "told"]

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # Monday, 09.00 WIB


@pytest.fixture
def real(monkeypatch) -> None:
    """A server that is no longer for practice."""
    monkeypatch.setattr(context, "PRACTICE", [lambda: False])


@pytest.fixture
def monday():
    """It is Monday, 2 March 2026, three in the afternoon in Koto Rimbo."""
    with clock.at(datetime(2026, 3, 2, 8, 0, tzinfo=UTC)):
        yield
