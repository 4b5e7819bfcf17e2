"""What the guard says while somebody types: nothing is stored, and nothing of it stands in an address."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rukun import guard
from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.watched import hint as shown
from rukun.officers.models import Officer
from rukun.territory.models import Unit

LONGEST = 10_000


@policy("visit.receive", "report.receive")
@require_POST
def hint(request: Request) -> HttpResponse:
    name, kind = request.GET.get("nama", ""), request.GET.get("jenis", "report")
    if kind not in {"report", "visit"}:
        raise Http404
    reading = guard.read(request.POST.get(name, "")[:LONGEST], kind=kind)
    piket = duty_desk(request) if reading.emergency else None
    return render(request, "fieldwork/_hint.html", shown(reading, name) | {"piket": piket})


def duty_desk(request: Request) -> Unit | None:
    """The unit whose telephone is answered at any hour: the home of whoever asks."""
    me = Officer.objects.within(request.actor).filter(pk=request.actor.officer_id or 0).select_related("unit").first()
    return me.unit if me else None
