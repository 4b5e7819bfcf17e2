"""An alert that was judged long ago keeps its places, figures and verdict; what was written of it goes."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Look, Second
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.fieldwork.rules import REMOVED

AT_ONCE = 2000


@act("alert.blank", records=("before",))
def blank_alerts(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    rows = list(Alert.objects.filter(judged_at__lt=before).exclude(verdict_reason=REMOVED).select_related("unit").order_by("pk")[:AT_ONCE])
    keys = [alert.pk for alert in rows]
    Alert.objects.filter(pk__in=keys).update(verdict_reason=REMOVED)
    Look.objects.filter(alert__in=keys).update(text=REMOVED)
    Second.objects.filter(alert__in=keys).update(reason=REMOVED)
    return Many(rows) if rows else None


@act("alert.erase", records=("basis",))
def erase_alert(actor: Actor, alert: Alert, *, basis: str) -> Alert:
    """On somebody's right: what was written of it goes; that it was raised, looked into and judged stays."""
    Alert.objects.filter(pk=alert.pk).exclude(verdict_reason="").update(verdict_reason=REMOVED)
    alert.looks.update(text=REMOVED)
    Second.objects.filter(alert=alert).update(reason=REMOVED)
    erasures.remember(erasures.Erased("alerts.alert", str(alert.pk)))
    return alert


@erasures.replays("alerts.alert", tables=("alerts_alert", "alerts_look", "alerts_second"))
def erase_alerts_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for alert in Alert.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_alert(actor, alert, basis=erasures.AGAIN)
