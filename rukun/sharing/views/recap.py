"""One's own month, for oneself: as a page, on paper, as a table. No address asks for anybody else's."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.officers.models import Officer
from rukun.sharing import recap as month
from rukun.sharing.rules import recap as rules
from rukun.sharing.rules.recap import Recap


def mine(request: Request) -> tuple[Recap, date, date]:
    officer = Officer.objects.within(request.actor).select_related("unit").filter(pk=request.actor.officer_id or 0).first()
    if officer is None:
        raise Http404
    today = officer.unit.today()
    chosen = rules.month_of(request.GET.get("bulan", ""), today)
    return month.of(request.actor, officer, chosen, today), chosen, today


@policy("recap.view")
@never_cache
@require_safe
def recap(request: Request) -> HttpResponse:
    told, chosen, today = mine(request)
    return render(request, "sharing/recap.html", {"recap": told, "chosen": f"{chosen:%Y-%m}", "months": month.choices(today)})


@policy("recap.view")
@never_cache
@require_safe
def pdf(request: Request) -> HttpResponse:
    told, chosen, _today = mine(request)
    return kept(month.pdf(told), "application/pdf", f"rekap-{chosen:%Y-%m}.pdf")


@policy("recap.view")
@never_cache
@require_safe
def csv(request: Request) -> HttpResponse:
    told, chosen, _today = mine(request)
    return kept(rules.table(told).encode(), "text/csv; charset=utf-8", f"rekap-{chosen:%Y-%m}.csv")


def kept(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
