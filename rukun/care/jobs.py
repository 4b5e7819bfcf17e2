"""What the worker does for the house: examines the book every night, and removes the traces of jobs that ended long ago."""

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.access.scope import system
from rukun.audit import book
from rukun.audit.door import note
from rukun.care import keep, services
from rukun.lib import clock
from rukun.lib.jobs import every


@every(days=1)
def examine_book() -> None:
    report = book.examine([])
    note(system("care"), services.VERIFIED, whole=report.whole, entries=report.entries, findings=len(report.findings))


@every(days=1)
def retain() -> None:
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=ended, finished_at__lt=keep.before("job", clock.now())).delete()
