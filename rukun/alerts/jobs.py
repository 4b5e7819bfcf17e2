"""What recurs: texts that are too old go."""

from rukun.access.scope import system
from rukun.alerts.retention import blank_alerts
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import every


@every(days=1)
def retain() -> None:
    while blank_alerts(system("retention"), before=keep.before("alert_text", clock.now())):
        pass
