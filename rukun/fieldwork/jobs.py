"""What recurs: a report that nobody reads goes one level up, and what is too old to be kept goes."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.fieldwork import services
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.lib.jobs import every


@every(minutes=5)
def raise_unread() -> None:
    actor, now = system("escalation"), clock.now()
    for report in Report.objects.unread().select_related("area", "officer").iterator():
        if services.is_due_to_rise(report, now) and (desk := services.next_desk(report)):
            services.escalate(actor, report, desk=desk)


@every(days=1)
def retain() -> None:
    """By the table of docs/reference/retention.md, a batch at a time until nothing is left."""
    actor, now = system("retention"), clock.now()
    for rule, act in (
        ("visit_text", services.blank_visits), ("visit", services.expire_visits),
        ("coordinates", services.unpin_reports), ("report_text", services.blank_reports),
    ):  # fmt: skip
        while act(actor, before=keep.before(rule, now)):
            pass
