"""The world in which the access of everybody to everything is tried."""

from types import SimpleNamespace

import pytest

from rukun.demo.cast import cast
from rukun.site.tests import rebuilt
from rukun.site.tests.planted import Planted, keep_photos, planted


@pytest.fixture
def world(request, db, monkeypatch) -> SimpleNamespace:
    """For whoever asks for `all_planted`, too, with one thing of every kind in it."""
    if "all_planted" not in request.fixturenames:
        return rebuilt.world(cast)
    monkeypatch.setattr("rukun.officers.sheets.pdf", lambda sheets: b"%PDF")  # drawing sheets has tests of its own
    return rebuilt.world(sown)


def sown() -> SimpleNamespace:
    world = cast()
    return SimpleNamespace(**vars(world), **vars(planted(world)))


@pytest.fixture
def all_planted(world) -> Planted:
    keep_photos()
    return Planted(world.accounts, world.things, world.own, world.machine)
