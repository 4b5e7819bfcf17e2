"""The sheet of a unit: read on a page, taken away as PDF or as a message, its decisions worded by hand."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.access.scope import Actor, Where
from rukun.audit.door import Page, declare_note, note
from rukun.desk import services
from rukun.desk.models import Wording
from rukun.desk.services import NotPossible
from rukun.desk.sheet import chat, paper
from rukun.desk.sheet.document import Sheet
from rukun.desk.sheet.forms import DecisionsForm
from rukun.desk.sheet.gather import sheet as gathered
from rukun.desk.sheet.period import DAY, MONTH, SPANS, WEEK, Period, asked
from rukun.lib import clock
from rukun.territory.models import Unit
from rukun.territory.rules import UnitKind

EXPORTED = declare_note("summary.export")
KINDS = (UnitKind.POLRES, UnitKind.POLSEK)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose sheet, and of which days."""

    units: list[Unit]
    unit: Unit
    period: Period

    def query(self, **other: str) -> str:
        return urlencode({"satuan": self.unit.path, "rentang": self.period.span, "pada": self.period.first.isoformat()} | other)


@policy("summary.view")
@never_cache
@require_GET
def sheet(request: Request) -> HttpResponse:
    wanted = wanted_by(request.actor, request.GET)
    return page(request, wanted)


@policy("summary.view")
@never_cache
@require_GET
def pdf(request: Request) -> HttpResponse:
    wanted = wanted_by(request.actor, request.GET)
    drawn = paper.pdf(gathered(request.actor, wanted.unit, wanted.period, clock.now()))
    note(request.actor, EXPORTED, Page("lembar", Where((), unit=wanted.unit.path)), once_per_hour=True, span=wanted.period.span, first=wanted.period.first)  # fmt: skip
    name = f"lembar-{wanted.unit.code.lower()}-{wanted.period.first.isoformat()}.pdf"
    return HttpResponse(drawn, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@policy("summary.decide")
@require_POST
def decide(request: Request) -> HttpResponse:
    wanted = wanted_by(request.actor, request.POST, "summary.decide")
    form = DecisionsForm(request.POST, texts=[])
    if form.is_valid():
        try:
            services.decide(request.actor, wanted.unit, span=wanted.period.span, first=wanted.period.first, texts=form.texts)
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved for this period."))
            return redirect(f"{reverse('desk:sheet')}?{wanted.query()}")
    return page(request, wanted, form)


@policy("summary.undo")
@require_POST
def undo(request: Request) -> HttpResponse:
    wanted = wanted_by(request.actor, request.POST, "summary.undo")
    newest = standing(request.actor, wanted, "summary.undo")
    if newest:
        services.undo(request.actor, newest)
        messages.success(request, _("Taken back."))
    return redirect(f"{reverse('desk:sheet')}?{wanted.query()}")


def page(request: Request, wanted: Wanted, form: DecisionsForm | None = None) -> HttpResponse:
    drawn = gathered(request.actor, wanted.unit, wanted.period, clock.now())
    return render(request, "desk/sheet.html", around(request.actor, wanted, drawn, form), status=422 if form else 200)


def around(actor: Actor, wanted: Wanted, drawn: Sheet, form: DecisionsForm | None) -> dict[str, Any]:
    """The sheet, and the ways to another one."""
    period, may = wanted.period, actor.may("summary.decide", Where((), unit=wanted.unit.path))
    message, further = chat.text(drawn), not period.runs(clock.now())
    names = {DAY: pgettext("sheet", "Day"), WEEK: pgettext("sheet", "Week"), MONTH: pgettext("sheet", "Month")}
    texts = [asked_for.text for asked_for in drawn.decisions]
    return {
        "sheet": drawn, "wanted": wanted, "query": wanted.query(), "title": paper.title(drawn.unit, period), "question": paper.question(),
        "spans": [(names[span], wanted.query(rentang=span, pada=period.last.isoformat() if further else ""), span == period.span) for span in SPANS],
        "earlier": wanted.query(pada=period.before.first.isoformat()), "later": wanted.query(pada=period.after.first.isoformat()) if further else "",
        "far_heading": paper.far_heading(drawn), "waiting_heading": paper.waiting_heading(drawn), "message": message,
        "whatsapp": "https://wa.me/?" + urlencode({"text": message}), "may_decide": may,
        "form": form or (DecisionsForm(texts=texts) if may else None), "worded": standing(actor, wanted),
    }  # fmt: skip


def standing(actor: Actor, wanted: Wanted, permission: str | None = None) -> Wording | None:
    rows = Wording.objects.within(actor, permission).standing().select_related("by", "unit")
    return rows.filter(unit=wanted.unit, span=wanted.period.span, first=wanted.period.first).first()


def wanted_by(actor: Actor, sent: Any, permission: str = "summary.view") -> Wanted:
    """The unit that is named, if it is within reach; else one's own. This week, where no days are named."""
    rows = Unit.objects.within(actor, permission).serving().filter(kind__in=KINDS)
    units = list(rows.order_by("path"))
    if named := sent.get("satuan", ""):
        unit = next((unit for unit in units if unit.path == named), None)
    else:
        own = {grant.unit for grant in actor.grants}
        unit = next((unit for unit in units if unit.path in own), units[0] if units else None)
    if unit is None:
        raise Http404
    return Wanted(units, unit, asked(sent.get("rentang", ""), sent.get("pada", ""), unit.today(), unit.time_zone))
