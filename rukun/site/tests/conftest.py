"""The world in which the access of everybody to everything is tried."""

import pytest

from rukun.site.tests.planted import Planted, planted


@pytest.fixture
def all_planted(world, monkeypatch) -> Planted:
    monkeypatch.setattr("rukun.officers.sheets.pdf", lambda sheets: b"%PDF")  # drawing sheets has tests of its own
    return planted(world)
