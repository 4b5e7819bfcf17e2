"""An alert that was judged long ago keeps its places, figures and verdict; what was written of it goes."""

from datetime import datetime

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Look, Second
from rukun.audit.door import Many, act

AT_ONCE = 2000
REMOVED = "—"


@act("alert.blank", records=("before",))
def blank_alerts(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    rows = list(Alert.objects.filter(judged_at__lt=before).exclude(verdict_reason=REMOVED).select_related("unit").order_by("pk")[:AT_ONCE])
    keys = [alert.pk for alert in rows]
    Alert.objects.filter(pk__in=keys).update(verdict_reason=REMOVED)
    Look.objects.filter(alert__in=keys).update(text=REMOVED)
    Second.objects.filter(alert__in=keys).update(reason=REMOVED)
    return Many(rows) if rows else None
