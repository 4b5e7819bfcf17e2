"""What follows a decision: its author is told; and what recurs: requests that were answered long ago go."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.officers.models import Assignment
from rukun.officers.rules import Role
from rukun.rights import services
from rukun.rights.models import Hit, Request
from rukun.rights.records import RECORDS
from rukun.rights.rules import LAST_CALL, Decision
from rukun.territory.rules import UNIT_WIDTHS, ancestors


@after("request.decide")
def tell_the_author(pk: str) -> None:
    hit = Hit.objects.filter(pk=pk, decision=Decision.CORRECTED).first()
    record = RECORDS[hit.thing].table._default_manager.filter(pk=hit.key).first() if hit else None
    if hit and record is not None and RECORDS[hit.thing].author:
        author = getattr(record, RECORDS[hit.thing].author)
        tell(system("herald"), to=[author], kind="request.correct", about=f"hit:{pk}", key=f"hit:{pk}")


@every(hours=1)
def remind() -> None:
    """Once, when less than a day is left."""
    for request in Request.objects.open().filter(due_at__lte=clock.now() + LAST_CALL).select_related("unit"):
        serving = Assignment.objects.valid(request.unit.today()).filter(
            role=Role.DPO, unit__path__in=ancestors(request.unit.path, UNIT_WIDTHS)
        )
        tell(
            system("herald"),
            to=serving.values_list("officer", flat=True),
            kind="request.due",
            about=f"request:{request.pk}",
            key=f"request:{request.pk}:due",
        )


@every(days=1)
def retain() -> None:
    while services.expire(system("retention"), before=keep.before("request", clock.now())):
        pass
