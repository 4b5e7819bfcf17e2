"""The worker tries again, gives up in the open, and loses nothing when it is killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.lib import clock, jobs
from rukun.lib.models import Schedule, Worker
from rukun.officers.services import record_absence
from rukun.site import worker
from rukun.site.tests.chores import fails

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
RUKUN = [sys.executable, "-c", "from rukun.site.cli import main; main()"]


def test_a_job_that_fails_is_tried_five_times_with_longer_pauses_and_then_is_dead(db):
    fails.enqueue()
    pauses = []
    for _ in range(4):
        worker.drain()
        job = DBTaskResult.objects.get()
        assert job.status == TaskResultStatus.READY
        pauses.append(job.run_after - clock.now())
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
    worker.drain()
    assert pauses == sorted(pauses)
    assert [job.task_path for job in jobs.dead()] == ["rukun.site.tests.chores.fails"]


def test_a_dead_job_can_be_revived(db):
    fails.enqueue()
    for _ in range(5):
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
        worker.drain()
    jobs.revive(jobs.dead()[0], clock.now() - timedelta(seconds=1))
    assert jobs.dead() == []
    assert DBTaskResult.objects.ready().count() == 1


def test_what_recurs_is_started_once_however_many_workers_ask(db):
    assert jobs.enqueue_due(NOW) == list(jobs.EVERY)
    assert jobs.enqueue_due(NOW) == []
    assert DBTaskResult.objects.count() == len(jobs.EVERY)
    interval, _job = jobs.EVERY["rukun.fieldwork.jobs.raise_unread"]
    assert "rukun.fieldwork.jobs.raise_unread" in jobs.enqueue_due(NOW + interval)


def test_a_schedule_survives_the_worker(db):
    jobs.enqueue_due(NOW)
    assert Schedule.objects.filter(due_at__gt=NOW).count() == len(jobs.EVERY)


def test_what_a_silent_worker_left_running_goes_back_and_what_a_living_one_runs_stays(db):
    fails.enqueue()
    fails.enqueue()
    for job, name in zip(DBTaskResult.objects.all(), ("dead", "alive"), strict=True):
        job.claim(name)
    jobs.beat("dead", NOW - timedelta(minutes=2))
    jobs.beat("alive", NOW)
    assert jobs.sweep(NOW) == 1
    assert DBTaskResult.objects.running().get().worker_ids == ["alive"]


def test_it_is_known_whether_anybody_works(db):
    assert not jobs.somebody_works(NOW)
    jobs.beat("one", NOW)
    assert jobs.somebody_works(NOW + timedelta(seconds=59))
    assert not jobs.somebody_works(NOW + timedelta(seconds=61))
    assert Worker.objects.count() == 1


def test_what_an_act_announces_is_queued_with_it_or_not_at_all(world, monkeypatch):
    monkeypatch.setitem(jobs.AFTER, "absence.record", [fails])
    act = {"reason": "leave", "valid_from": NOW.date()}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_absence(world.actor(world.nofri), world.sari, **act)
        _ = 1 / 0
    queued = DBTaskResult.objects.filter(task_path="rukun.site.tests.chores.fails")
    assert not queued.exists()
    record_absence(world.actor(world.nofri), world.sari, **act)
    assert queued.count() == 1


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(tmp_path):
    own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    house = {**own, "RUKUN_DATA": str(tmp_path / "data")}

    def rukun(*arguments: str) -> None:
        subprocess.run([*RUKUN, *arguments], env=house, check=True, capture_output=True)

    def shell(code: str) -> str:
        return subprocess.run([*RUKUN, "shell", "--no-imports", "-c", code], env=house, check=True, capture_output=True, text=True).stdout

    (tmp_path / "data").mkdir()
    rukun("migrate")
    shell(f"from rukun.site.tests.chores import takes_its_time; takes_its_time.enqueue({str(tmp_path)!r})")
    first = subprocess.Popen([*RUKUN, "worker"], env=house, stderr=subprocess.DEVNULL)
    wait_for(tmp_path / "begun")
    first.send_signal(signal.SIGKILL)
    first.wait()
    shell(
        "from datetime import timedelta; from rukun.lib import clock, jobs; later = clock.now() + timedelta(minutes=2);"
        "print(jobs.sweep(later)); from django_tasks_db.models import DBTaskResult as R; R.objects.update(run_after=clock.now())"
    )
    rukun("worker", "--once")
    assert (tmp_path / "ended").exists()


def wait_for(file: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not file.exists():
        assert time.monotonic() < end, f"{file.name} never came"
        time.sleep(0.1)
