"""What recurs: a tick for BOS goes when a visit of its age does."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import every
from rukun.sharing import services


@every(days=1)
def retain() -> None:
    while services.expire(system("retention"), before=keep.before("visit", clock.now())):
        pass
