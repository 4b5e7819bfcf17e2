"""What the worker does for the book: seals it, forgets details when their five years are over, and leaves no trace of them."""

from datetime import timedelta

from django.db.models import Q

from rukun.access.scope import system
from rukun.audit import book, erasures, pen
from rukun.audit.models import Entry
from rukun.lib import clock
from rukun.lib.jobs import every

KEEP = timedelta(days=5 * 365)
AT_ONCE = 5000


@every(minutes=1)
def sequence() -> None:
    book.sequence()


@every(days=1)
def expire() -> None:
    old = Entry.objects.filter(payload__isnull=False, at__lt=clock.now() - KEEP).exclude(act="book.redact").order_by("pk")
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        book.erase(system("expire"), Entry.objects.filter(pk__gte=some[0], pk__lte=some[-1], pk__in=old), basis="retention")


@every(days=1)
def rebuild() -> None:
    """After days on which something was erased, whether by this worker or on somebody's request."""
    erased = Q(act="book.redact") | Q(act__endswith=".erase") | Q(act__endswith=".expire") | Q(act__endswith=".blank")
    if Entry.objects.filter(erased, at__gte=clock.now() - timedelta(days=3)).exists():
        pen.rebuild(erasures.TABLES)
