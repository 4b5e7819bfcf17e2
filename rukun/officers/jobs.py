"""What recurs: what is too old to be kept of those who sign in and serve goes."""

from datetime import timedelta

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import every
from rukun.officers import retention


@every(days=1)
def retain() -> None:
    actor, now = system("retention"), clock.now()
    while retention.expire_sheets(actor, before=keep.before("sign_in_sheet", now)):
        pass
    while retention.expire_absences(actor, before=keep.before("absence", now).date()):
        pass
    retention.forget_sessions(now, keep.before("session", now) - timedelta(hours=12))  # not before the session itself has ended
    retention.forget_attempts(keep.before("attempt", now))
