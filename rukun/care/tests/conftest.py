"""A house with a data folder of its own, of which nobody has said yet that it may be real."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rukun.care import mode


@pytest.fixture
def data(settings, tmp_path: Path, monkeypatch) -> Iterator[Path]:
    settings.DATA = tmp_path
    (tmp_path / "keys").mkdir(mode=0o700)
    monkeypatch.setattr(mode, "_known", (0.0, False))
    yield tmp_path
