"""What recurs: old texts and points of past incidents go."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.history.services import blank_incidents
from rukun.lib import clock
from rukun.lib.jobs import every


@every(days=1)
def retain() -> None:
    while blank_incidents(system("retention"), before=keep.before("history_text", clock.now())):
        pass
