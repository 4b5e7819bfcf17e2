"""What follows and what recurs: a report that nobody reads goes one level up, people are told of what is theirs, what is too old goes."""

from datetime import timedelta

from rukun.access.scope import system
from rukun.care import keep
from rukun.fieldwork import services
from rukun.fieldwork.models import Answer, Promise, Reading, Report
from rukun.fieldwork.rules import REMINDED_FOR, is_urgent
from rukun.fieldwork.services.photos import sweep
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.officers.models import Officer

HERALD = system("herald")


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
        ("photo", services.expire_photos), ("visit_text", services.blank_visits), ("promise_text", services.blank_promises), ("visit", services.expire_visits),
        ("coordinates", services.unpin_reports), ("report_text", services.blank_reports),
    ):  # fmt: skip
        while act(actor, before=keep.before(rule, now)):
            pass
    sweep(now.timestamp() - 3600)


@after("report.open")
def tell_of_reading(pk: str) -> None:
    """Read and not answered in the same breath: then the answer alone is told."""
    reading = Reading.objects.select_related("report").filter(pk=pk, report__answers=None).first()
    if reading:
        tell(HERALD, to=[reading.report.officer_id], kind="report.read", about=f"report:{reading.report_id}", key=f"reading:{pk}")


@after("report.answer")
def tell_of_answer(pk: str) -> None:
    said = Answer.objects.select_related("report").filter(pk=pk).first()
    if said:
        tell(HERALD, to=[said.report.officer_id], kind="report.answered", about=f"report:{said.report_id}", key=f"answer:{pk}")


@after("report.escalate")
def tell_of_rise(pk: str) -> None:
    """Those at whose desk it lies now, and who are there."""
    report = Report.objects.select_related("area").filter(pk=pk).first()
    if report is None or not report.risen_from:
        return
    readers = Officer.objects.answerable(report.desk, report.area.path, report.area.today()).exclude(pk=report.officer_id)
    tell(
        HERALD, to=readers.values_list("pk", flat=True), kind="report.risen", about=f"report:{pk}", key=f"report:{pk}:{report.desk}",
        urgent=is_urgent(report.stage, report.severity, danger=report.sounds_dangerous),
    )  # fmt: skip


@after("promise.hand_over")
def tell_of_inheritance(pk: str) -> None:
    promise = Promise.objects.filter(pk=pk).first()
    if promise:
        tell(HERALD, to=[promise.holder_id], kind="promise.given", about=f"promise:{pk}", key=f"promise:{pk}:held:{promise.holder_id}")


@every(hours=3)
def remind_of_promises() -> None:
    """On the day before, and once more when the day has passed; each day that was promised is told once."""
    soon = clock.today("Asia/Jayapura") + timedelta(days=1)  # the first of our zones in which a day begins
    rows = Promise.objects.open().filter(due__lte=soon, visit__practice=False, visit__corrected_by=None).select_related("visit__area")
    for promise in rows.iterator():
        today = promise.visit.area.today()
        kind = "promise.late" if promise.due < today else "promise.due"
        if promise.due <= today + timedelta(days=1) and promise.due >= today - REMINDED_FOR:
            tell(HERALD, to=[promise.holder_id], kind=kind, about=f"promise:{promise.pk}", key=f"{kind}:{promise.pk}:{promise.due}")
