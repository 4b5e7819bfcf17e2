"""What the desk itself wrote of somebody, in the answer to another request, goes on somebody's right."""

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import act
from rukun.fieldwork.rules import REMOVED
from rukun.rights.models import Request


@act("request.erase", records=("basis",))
def erase_request(actor: Actor, request: Request, *, basis: str) -> Request | None:
    """Only once it was answered: an open one is still needed, and forgets who asked when it is."""
    if request.answered_at is None:
        return None
    Request.objects.filter(pk=request.pk).update(answer=REMOVED)
    request.hits.exclude(reason="").update(reason=REMOVED)
    erasures.remember(erasures.Erased("rights.request", str(request.pk)))
    return request


@erasures.replays("rights.request", tables=("rights_request", "rights_hit"))
def erase_requests_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for request in Request.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_request(actor, request, basis=erasures.AGAIN)
