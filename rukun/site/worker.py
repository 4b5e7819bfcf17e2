"""The worker process: runs jobs, and beside them a pulse that shows it lives, starts what is due, and takes back what was lost."""

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as LibraryWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from rukun.lib import clock, jobs

log = logging.getLogger("rukun.worker")
PULSE = 5.0


class Worker(LibraryWorker):
    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            again = jobs.retry(db_task_result, clock.now())
            log.error("%s failed%s", db_task_result.task_path, ", will be tried again" if again else " and is dead; see the jobs page")


def make() -> Worker:
    return Worker(
        queue_names=["*"], interval=0.2, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=get_random_string(16), excluded_queue_names=[],
    )  # fmt: skip


def drain() -> None:
    """Runs what is in the queue now, and returns; for tests, the demo and the command line. The connection stays the caller's."""
    worker = make()
    while (job := take(worker.worker_id)) is not None:
        worker.run_task(job)


def take(name: str) -> DBTaskResult | None:
    with exclusive_transaction():
        job = DBTaskResult.objects.ready().get_locked()
        if job is not None:
            job.claim(name)
    return job


def serve() -> None:
    worker = make()
    worker.configure_signals()
    threading.Thread(target=pulse, args=(worker.worker_id,), daemon=True).start()
    log.info("worker %s is ready", worker.worker_id)
    worker.run()


def pulse(name: str) -> None:
    swept = clock.now() - timedelta(days=1)
    while True:
        try:
            now = clock.now()
            jobs.beat(name, now)
            jobs.enqueue_due(now)
            if now - swept > timedelta(seconds=30):
                swept = now
                jobs.sweep(now)
        except Exception:  # the pulse must go on: a locked database now is none in five seconds
            log.exception("pulse")
        close_old_connections()
        time.sleep(PULSE)
