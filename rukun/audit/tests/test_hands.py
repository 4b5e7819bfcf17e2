"""Many hands write at once, and a hand may be stopped at any moment: no gap, no place given twice, nothing lost."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from rukun.audit import book, pen
from rukun.audit.models import Entry
from rukun.audit.tests.conftest import BUDI, YUSUF

DAYS = 25
WRITER = """
import django; django.setup()
from rukun.access.scope import COUNTRY, system
from rukun.audit import book, pen
from rukun.audit.guard import writing_allowed
from django.db import transaction
print("ready", flush=True)
while True:
    with transaction.atomic(), writing_allowed("test.world"):
        pen.write_many(system("test"), "report.receive", [pen.Told("test.thing:1", "", COUNTRY)] * 100, {"code": "x"})
    book.sequence()
"""


@pytest.mark.django_db(transaction=True)
def test_acts_and_sealing_at_the_same_time_leave_a_whole_book(house: SimpleNamespace):
    def live(writer: int) -> None:
        for day in range(DAYS):
            house.rename(BUDI, house.aia_baliang, to=f"name {writer} {day}")
            if day % 10 == writer:
                book.sequence()
        connection.close()

    # the tests' SQLite lives in memory, where only one may write; PostgreSQL takes them all
    hands = [Thread(target=live, args=(writer,)) for writer in range(4 if connection.vendor == "postgresql" else 1)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    book.sequence()
    report = book.examine([])
    assert (report.findings, report.sealed) == ([], len(hands) * DAYS)
    assert sorted(Entry.objects.values_list("idx", flat=True)) == list(range(len(hands) * DAYS))


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_committed_although_its_act_is_undone(house: SimpleNamespace):
    with pytest.raises(PermissionDenied, match="may not"):
        house.rename(YUSUF, house.aia_baliang, to="Mine")
    assert Entry.objects.get().act == "subunit.change:refused"
    assert len(pen.journal().read().leaves) == 1


def house_of_its_own(folder: Path) -> dict[str, str]:
    env = {**os.environ, "RUKUN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    env.pop("RUKUN_DATABASE", None)
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0", "--run-syncdb", "--skip-checks"], env=env, check=True)
    return env


def killed_rounds(folder: Path, rounds: int, seed: int) -> int:
    """So many writers that also seal, each killed in the middle of it; then the verifier, from outside. Returns the entries."""
    env, chance = house_of_its_own(folder), random.Random(seed)
    for _round in range(rounds):
        with subprocess.Popen([sys.executable, "-c", WRITER], env=env, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            try:
                writer.wait(timeout=chance.uniform(0.1, 0.7))
            except subprocess.TimeoutExpired:
                os.kill(writer.pid, signal.SIGKILL)
        looked = subprocess.run(
            [sys.executable, "-m", "rukun.audit", str(folder / "rukun.db"), "--public", str(folder / "keys/book.pub"),
             "--entry-key", str(folder / "keys/entry.key"), "--journal", str(folder / "book.journal")],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert looked.returncode == 0, looked.stdout + looked.stderr
    return int(looked.stdout.split(" entries")[0].rsplit(" ", 1)[-1])


def test_a_sealer_killed_in_its_work_leaves_a_whole_book(tmp_path: Path):
    assert killed_rounds(tmp_path, rounds=2, seed=1) > 0


@pytest.mark.long
def test_a_sealer_killed_fifty_times_leaves_a_whole_book(tmp_path: Path):
    assert killed_rounds(tmp_path, rounds=50, seed=2) > 1000
