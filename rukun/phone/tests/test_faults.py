"""The short form of `make faults-phone`: the real server behind a network at its worst, killed at random; nothing is lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

ITEMS = 200


@pytest.fixture
def house(world: Any, tmp_path: Path) -> dict[str, str]:
    """The named world where another process can serve it: a copy of it on SQLite, the tests' own database on PostgreSQL."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    if connection.vendor == "sqlite":
        (tmp_path / "rukun.db").write_bytes(connection.connection.serialize())  # with what this test has written and not committed
        return kept
    told = connection.settings_dict
    return kept | {"RUKUN_DATABASE": f"postgres://{told['USER']}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT']}/{told['NAME']}"}


def stormed(house: dict[str, str], data: Path) -> dict[str, Any]:
    words = ["--items", str(ITEMS), "--kills", "2", "--delay", "0.2", "--crawl", "500", "--minutes", "4", "--data", str(data)]
    done = subprocess.run(
        [sys.executable, "-m", "rukun.phone.tests.faults", *words], env=house, capture_output=True, text=True, timeout=290
    )
    assert done.stdout, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.django_db(transaction=connection.vendor == "postgresql")
def test_nothing_is_lost_doubled_or_acknowledged_and_missing(house, tmp_path):
    told = stormed(house, tmp_path)
    count = told["count"]
    assert (count["queued"], count["acknowledged"], count["stored"]) == (ITEMS, ITEMS, ITEMS)
    assert {name: value for name, value in count.items() if value} == {"queued": ITEMS, "acknowledged": ITEMS, "stored": ITEMS}
    assert told["kills"] == 2
    assert set(told["weather"]) > {"dropped", "reply lost"}
    if told["database"] == "sqlite":
        assert told["safeguards"] == {"journal_mode": "wal", "synchronous": "2"}
