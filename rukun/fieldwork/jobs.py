"""What recurs: a report that nobody reads goes one level up."""

from rukun.access.scope import system
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
