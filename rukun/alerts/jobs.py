"""What the worker does: it looks over each unit at night, checks each report as it comes, and does not rest until somebody has looked."""

from datetime import date, timedelta

from django_tasks import task

from rukun.access.scope import system
from rukun.alerts import quick, services, urgent, watch
from rukun.alerts.evidence import head_of
from rukun.alerts.models import Alert
from rukun.alerts.retention import blank_alerts
from rukun.alerts.rules import CHIEF_AFTER, Kind
from rukun.alerts.services.keeping import watch_as_it_is
from rukun.care import keep
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.notices.telling import by_whom
from rukun.territory.models import Unit

HERALD = system("herald")
NIGHT = 2  # o'clock, in the unit's own zone
AFTER_OTHERS = -50  # a report that has just come in does not wait for the night's units


@every(hours=1)
def night() -> None:
    """Puts into the queue each unit whose night it is and that has not been looked over."""
    for unit in watch.watched_units():
        here = clock.now().astimezone(unit.zone)
        yesterday, looked_on = here.date() - timedelta(days=1), watch_as_it_is(unit).looked_on
        if here.hour >= NIGHT and (looked_on is None or looked_on < yesterday):
            look_over.using(priority=AFTER_OTHERS).enqueue(unit.pk, yesterday.isoformat())


@task()
def look_over(unit: int, on: str) -> None:
    watched, day = Unit.objects.get(pk=unit), date.fromisoformat(on)
    looked_on = watch_as_it_is(watched).looked_on
    if looked_on is None or looked_on < day:
        watch.look_over(watched, day)


@after("report.receive", "report.assess")
def within_a_minute(pk: str) -> None:
    """One report may be enough; else it may complete a cluster."""
    report = Report.objects.select_related("area", "code").filter(pk=pk, corrected_by=None).first()
    if report is not None:
        urgent.check(report)
        quick.check(report)


@every(hours=1)
def follow_up() -> None:
    """Nobody has looked by the day: its owner is reminded, two days later who stands above."""
    for alert in Alert.objects.overdue(clock.today("Asia/Jayapura")).filter(looks=None, reminded__lt=2).select_related("unit").iterator():
        late = alert.unit.today() - alert.due
        if late > timedelta(0) and (alert.reminded == 0 or late > CHIEF_AFTER):
            services.remind(system("remind"), alert, reminded=alert.reminded + 1)


@every(days=1)
def retain() -> None:
    while blank_alerts(system("retention"), before=keep.before("alert_text", clock.now())):
        pass


@after("alert.raise")
def tell_of_alert(pk: str) -> None:
    """Whoever is to look; of an urgent one also in the quiet hours."""
    alert = Alert.objects.filter(pk=int(pk)).first()
    if alert:
        at_once = alert.kind == Kind.URGENT
        kind = "alert.urgent" if at_once else "alert.raised"
        tell(HERALD, to=[alert.owner_id], kind=kind, about=f"alert:{pk}", key=f"alert:{pk}", urgent=at_once)


@after("alert.assign")
def tell_of_looker(pk: str) -> None:
    """The one who is asked to look, unless by himself."""
    alert = Alert.objects.filter(pk=int(pk)).first()
    if alert and alert.owner_id != by_whom(f"alerts.alert:{pk}", "alert.assign"):
        tell(HERALD, to=[alert.owner_id], kind="alert.given", about=f"alert:{pk}", key=f"alert:{pk}:given:{alert.owner_id}")


@after("alert.remind")
def tell_of_lateness(pk: str) -> None:
    """Its owner, or who heads the unit where it has none; then who stands above."""
    alert = Alert.objects.select_related("unit__parent").filter(pk=int(pk)).first()
    if alert is None:
        return
    on = alert.unit.today()
    head = head_of(alert.unit, on) if alert.reminded == 1 else head_of(alert.unit.parent or alert.unit, on)
    to = alert.owner_id if alert.reminded == 1 and alert.owner_id else head.pk if head else None
    kind = "alert.late" if alert.reminded == 1 else "alert.late_above"
    tell(HERALD, to=[to], kind=kind, about=f"alert:{pk}", key=f"alert:{pk}:late:{alert.reminded}:{alert.due}")
