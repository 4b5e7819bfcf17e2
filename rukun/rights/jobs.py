"""What recurs: requests that were answered long ago go."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import every
from rukun.rights import services


@every(days=1)
def retain() -> None:
    while services.expire(system("retention"), before=keep.before("request", clock.now())):
        pass
