"""Sending a dead job back to the queue: no table of ours changes, and yet the book says who did it."""

from django_tasks_db.models import DBTaskResult

from rukun.access.scope import COUNTRY, Actor
from rukun.audit.door import declare_note, note
from rukun.lib import clock, jobs

REVIVED = declare_note("job.revive")


def revive(actor: Actor, job: DBTaskResult) -> None:
    actor.must("job.view", COUNTRY)
    jobs.revive(job, clock.now())
    note(actor, REVIVED, None, job=job.task_path)
