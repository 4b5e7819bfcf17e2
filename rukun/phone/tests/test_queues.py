"""Old phones: queues as earlier versions of the app wrote them, replayed against the server of today. Once written, a file here stays."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rukun.fieldwork.models import Report, Visit
from rukun.lib import clock
from rukun.phone.rules import WELCOME

QUEUES = sorted((Path(__file__).parent / "queues").glob("*.json"))


def test_a_queue_of_every_version_that_is_welcome_is_kept_here():
    assert {json.loads(file.read_text())["schema"] for file in QUEUES} == set(WELCOME)


@pytest.mark.parametrize("file", QUEUES, ids=lambda file: file.stem)
def test_an_old_queue_ends_as_it_was_promised(world, admit, file):
    told = json.loads(file.read_text())
    written = datetime.fromisoformat(told["written"]).astimezone(UTC)
    with clock.at(written):
        phone = admit(getattr(world, told["officer"]))
        phone.now = lambda: written
        places = {"{pasar}": world.pasar.path, "{village}": world.aia_baliang.path}
        text = json.dumps(told["items"])
        for name, path in places.items():
            text = text.replace(name, path)
        status, _headers, raw = phone.batch(json.loads(text), schema=told["schema"])
    assert status == 200
    assert [row["status"] for row in json.loads(raw)["results"]] == told["ends"]
    assert {str(row.pk): row.kind for row in Visit.objects.all()} == told["visits"]
    assert {str(row.pk): row.title for row in Report.objects.all()} == told["reports"]
