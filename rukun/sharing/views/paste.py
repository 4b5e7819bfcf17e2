"""From WhatsApp: a text that is pasted, or shared to rukun by the phone, fills the form of a visit or of a report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.forms import ReportForm, VisitForm
from rukun.fieldwork.views.reports import codes_for
from rukun.sharing import pasting
from rukun.sharing.forms import PasteForm
from rukun.sharing.rules.reading import MOST
from rukun.sharing.rules.wording import Kind


@csrf_exempt  # the phone's share menu sends no token; nothing is written here, the text is only shown to whoever sent it
@policy("visit.receive")
@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """The empty page; or, called by the phone's share menu, the page with what was shared."""
    given = request.POST or request.GET
    text = "\n".join(part for name in ("title", "text", "url") if (part := given.get(name, "").strip()))
    return render(request, "sharing/paste.html", {"form": PasteForm(initial={"text": text[:MOST], "latihan": "latihan" in given})})


@policy("visit.receive")
@require_POST
def understood(request: Request) -> HttpResponse:
    """What the text says, and what is left of it; nothing is kept yet."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return render(request, "sharing/paste.html", {"form": form})
    kind, text, practice = (form.cleaned_data[name] for name in ("jenis", "text", "latihan"))
    found = pasting.understand(request.actor, text, kind)
    shown = {
        "form": PasteForm(initial={"text": text, "jenis": kind, "latihan": practice}), "summary": pasting.summary(found, kind), "missing": pasting.missing(found, kind),
        "lines": pasting.lines(found), "unknown": len(found.unknown), "destinations": pasting.destinations(kind), "visit": kind == Kind.VISIT,
    }  # fmt: skip
    return render(request, "sharing/understood.html", shown)


@policy("visit.receive")
@require_POST
def fill(request: Request) -> HttpResponse:
    """The form of the field, filled; it is sent from there like any other."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return render(request, "sharing/paste.html", {"form": form})
    kind = form.cleaned_data["jenis"]
    found = pasting.understand(request.actor, form.cleaned_data["text"], kind)
    start = pasting.initial(found, kind, request.POST.dict()) | {"practice": form.cleaned_data["latihan"]}
    if kind == Kind.VISIT:
        filled = VisitForm(actor=request.actor, initial=start)
        shown = {"form": filled, "title": _("Whom did you meet?"), "action": reverse("fieldwork:new_visit"), "pasted": True}
        return render(request, "fieldwork/visit_form.html", shown)
    asked = ReportForm(actor=request.actor, initial=start)
    shown = {
        "form": asked, "title": _("What happened?"), "action": reverse("fieldwork:new_report"), "pasted": True,
        "codes": codes_for(f"{start['title']} {start['facts']}"), "chosen": "",
    }  # fmt: skip
    return render(request, "fieldwork/report_form.html", shown)
