"""Background work, declared where it belongs: in a room's jobs.py.

    @after("report.receive")      runs once that act has been committed; gets the key of what the act returned
    @every(hours=6)               runs on the worker's clock

A job is tried five times with growing pauses, then it is dead and a person must look; one left over by a killed worker
goes back to the queue. So a job must be able to run twice.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.lib.models import Schedule, Worker

AFTER: dict[str, list[Task]] = defaultdict(list)
EVERY: dict[str, tuple[timedelta, Task]] = {}
TRIES = 5
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
SILENT_AFTER = timedelta(seconds=60)


def after(*acts: str) -> Callable[[Callable], Task]:
    """Runs after any of these acts."""

    def declare(function: Callable) -> Task:
        job = task()(function)
        for act in acts:
            AFTER[act].append(job)
        return job

    return declare


def every(**interval: int) -> Callable[[Callable], Task]:
    def declare(function: Callable) -> Task:
        job = task()(function)
        EVERY[job.module_path] = (timedelta(**interval), job)
        return job

    return declare


def announce(act: str, subject_id: str) -> None:
    for job in AFTER.get(act, ()):
        job.enqueue(subject_id)


def enqueue_due(now: datetime) -> list[str]:
    """Puts every recurring job that is due into the queue, once, however many workers ask."""
    started = []
    for path, (interval, job) in EVERY.items():
        with transaction.atomic():
            Schedule.objects.get_or_create(job=path, defaults={"due_at": now})
            if Schedule.objects.filter(job=path, due_at__lte=now).update(due_at=now + interval):
                job.enqueue()
                started.append(path)
    return started


def retry(result: DBTaskResult, now: datetime) -> bool:
    """Sends a failed job back to the queue, later each time; False when it has had its tries and is dead."""
    tried = len(result.worker_ids)
    if tried >= TRIES:
        return False
    due = now + PAUSES[min(tried, len(PAUSES)) - 1]
    return bool(
        DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.FAILED).update(status=TaskResultStatus.READY, run_after=due)
    )


def run_here() -> int:
    """Runs what waits, in this process and on this clock, and leaves nothing of it: for a world that is lived through on a set clock."""
    done = 0
    while waiting := list(DBTaskResult.objects.ready().order_by("enqueued_at")[:100]):
        for result in waiting:
            result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
            result.delete()
        done += len(waiting)
    return done


def drop() -> None:
    """Forgets what waits: what it would do belongs to a day that has long passed."""
    DBTaskResult.objects.ready().delete()


def beat(name: str, now: datetime) -> None:
    Worker.objects.update_or_create(name=name, defaults={"seen_at": now})
    Worker.objects.filter(seen_at__lt=now - timedelta(days=7)).delete()


def sweep(now: datetime) -> int:
    """Takes back what killed workers left running; says how many jobs that were."""
    living = set(Worker.objects.filter(seen_at__gte=now - SILENT_AFTER).values_list("name", flat=True))
    left = [job.pk for job in DBTaskResult.objects.running() if not living & set(job.worker_ids[-1:])]
    return DBTaskResult.objects.filter(pk__in=left, status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY, run_after=now)


def dead() -> "list[DBTaskResult]":
    """Jobs that failed five times: somebody must look."""
    return list(DBTaskResult.objects.failed().order_by("-finished_at")[:100])


def revive(result: DBTaskResult, now: datetime) -> None:
    DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.READY, worker_ids=[], run_after=now)


def somebody_works(now: datetime) -> bool:
    return Worker.objects.filter(seen_at__gte=now - SILENT_AFTER).exists()
