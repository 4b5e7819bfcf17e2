"""The phone's twin of the guard hints what the guard would say: the same labelled texts, read in node and in Python."""

import json
import shutil
import subprocess
from pathlib import Path

import playwright
import pytest

from rukun import guard
from rukun.guard.tests.texts import HALVES, texts
from rukun.phone.lexicon import lexicon

HERE = Path(__file__).parent
# names of persons and empty reports are for the server: the phone carries no list of names
ONLY_THERE = {"name", "empty"}


@pytest.fixture(scope="module")
def node() -> str:
    carried = Path(playwright.__file__).parent / "driver/node"
    return str(carried) if carried.exists() else shutil.which("node") or "node"


@pytest.mark.parametrize("half", HALVES)
def test_the_phone_hints_what_the_guard_says(node, half):
    rows = texts(half)
    asked = json.dumps({"lexicon": lexicon(), "texts": [row.text for row in rows]})
    done = subprocess.run([node, str(HERE / "agree.mjs")], input=asked, capture_output=True, text=True, check=True)
    wanted = [sorted(guard.read(row.text, kind=row.kind).kinds - ONLY_THERE) for row in rows]
    apart = [
        (row.text, on_phone, there) for row, on_phone, there in zip(rows, json.loads(done.stdout), wanted, strict=True) if on_phone != there
    ]
    assert apart == []


def test_the_words_of_the_guard_travel_light():
    assert len(json.dumps(lexicon())) < 24_000
