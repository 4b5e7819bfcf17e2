"""What recurs on the desk: what was asked for in a period of years ago goes."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.desk import services
from rukun.lib import clock
from rukun.lib.jobs import every


@every(days=1)
def retain() -> None:
    while services.expire(system("retention"), before=keep.before("decisions", clock.now()).date()):
        pass
