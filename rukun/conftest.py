"""What every test may ask for: the named world, the queue emptied."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest


@pytest.fixture
def world(db) -> SimpleNamespace:
    from rukun.demo.cast import cast

    return cast()


@pytest.fixture
def run_jobs(db) -> Callable[[], None]:
    """Runs everything that waits in the queue, as the worker would."""
    from rukun.site.worker import drain

    return drain
