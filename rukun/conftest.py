"""What every test may ask for: the named world, the queue emptied."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from rukun.officers.models import Officer


@pytest.fixture
def world(db) -> SimpleNamespace:
    from rukun.demo.cast import cast
    from rukun.site.tests import rebuilt

    return rebuilt.world(cast)


@pytest.fixture
def run_jobs(db) -> Callable[[], None]:
    """Runs everything that waits in the queue, as the worker would."""
    from rukun.site.worker import drain

    return drain


@pytest.fixture
def signed_in(client: "Client") -> "Callable[[Officer], Client]":
    """The browser of one of the cast: `signed_in(world.sari).get("/")`."""

    def as_who(officer: "Officer") -> "Client":
        assert officer.account is not None
        client.force_login(officer.account)
        return client

    return as_who


@pytest.fixture(autouse=True)
def in_the_first_language() -> Iterator[None]:
    """A page that somebody read in English leaves its language in the thread; the next test begins in that of the settings again."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Iterator[None]:
    """The book refuses to be emptied; between two tests that commit for real, it must be. What a migration brought is brought again."""
    from importlib import import_module

    from django.apps import apps
    from django.test import TransactionTestCase

    from rukun.audit.triggers import lifted

    teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs

    def lift_and_empty(case: TransactionTestCase) -> None:
        with lifted():
            teardown(case)
        import_module("rukun.fieldwork.migrations.0002_taxonomy").load(apps, None)

    TransactionTestCase._fixture_teardown = lift_and_empty  # type: ignore[attr-defined]  # not in the stubs
    yield
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]  # not in the stubs
