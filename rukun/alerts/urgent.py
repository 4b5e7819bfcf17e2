"""One report that goes to a person at once, without statistics: an actual disturbance, severity 5, words of danger now."""

from datetime import timedelta

from rukun import guard
from rukun.access.scope import system
from rukun.alerts import services, watch
from rukun.alerts.models import Alert
from rukun.alerts.rules import Kind, Method, Voices, is_urgent_alone
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.territory.models import Unit

FRESH = timedelta(hours=48)  # what is told later than that is history, and lies on a desk
HERALD = system("watch")


def check(report: Report) -> Alert | None:
    """The alert of this report, if it needs one and has none; a correction has that of what it corrects."""
    if report.practice or clock.now() - report.received_at > FRESH or told_before(report) or not is_urgent(report):
        return None
    on = report.area.today()
    units = list(Unit.objects.covering(report.area.path, on))
    unit = units[0] if units else None
    watched = next((each for each in units if each.kind in watch.WATCHED), unit)
    if unit is None or watched is None:
        return None
    return services.raise_alert(
        HERALD, unit, watched=watched, kind=Kind.URGENT, method=Method.RULE, areas=[report.area], since=on, until=on, observed=1, voices=Voices((), 1),
        group=report.code.group if report.code else "", report=report, owner=answering(report, unit),
    )  # fmt: skip


def is_urgent(report: Report) -> bool:
    said = guard.read(f"{report.title}. {report.facts}", kind="report")
    return is_urgent_alone(report.stage, report.severity, any(one.kind == "emergency" for one in said.findings))


def told_before(report: Report) -> bool:
    versions = [report.pk]
    earlier = report.corrects
    while earlier is not None:
        versions.append(earlier.pk)
        earlier = earlier.corrects
    return Alert.objects.filter(report__in=versions).exists()


def answering(report: Report, unit: Unit) -> Officer | None:
    """The first on the ladder who is there and neither wrote nor assessed it, for they know already. Who has assessed it keeps it where nobody
    else of the unit commands: it does not climb for that."""
    on = report.area.today()
    there = [officer for rung in LADDER for officer in Officer.objects.answerable(rung, report.area.path, on).order_by("pk")]
    strangers = [officer for officer in there if officer.pk not in (report.officer_id, report.assessed_by_id)]
    if report.assessed_by is None:
        return next(iter(strangers or there), None)
    near = set(Assignment.objects.valid(on).filter(unit=unit, role__in=LADDER).values_list("officer", flat=True))
    return next((officer for officer in strangers if officer.pk in near), report.assessed_by)
