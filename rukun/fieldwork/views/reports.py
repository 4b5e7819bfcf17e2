"""Reports: written, with codes suggested and near-duplicates shown, read again, corrected."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork import rules, services
from rukun.fieldwork.forms import CorrectReportForm, ReportForm, concern_of
from rukun.fieldwork.likeness import alike
from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.views.kept import kept
from rukun.fieldwork.views.photos import choose_again, take
from rukun.fieldwork.views.reading import find, reading

both = require_http_methods(["GET", "POST"])


@policy("report.receive")
@both
def new_report(request: Request) -> HttpResponse:
    concern = concern_of(request.actor, request.GET.get("dari", ""))
    guess: dict[str, Any] = {
        "area": request.GET.get("di", ""),
        "author": request.GET.get("author", ""),
        "practice": "latihan" in request.GET,
    }
    if concern:
        guess |= {
            "area": concern.visit.area.path,
            "facts": concern.text,
            "basis": "told",
            "code": concern.code_id,
            "place": concern.visit.place,
        }
    form = ReportForm(request.POST or None, actor=request.actor, initial=guess)
    like: tuple[list[Report], list[Report]] = ([], [])
    asks_back = False
    if form.is_valid():
        data = form.cleaned_data
        known = Report.objects.within(request.actor).filter(pk=data["id"]).exists()
        asks_back = form.says_nothing and "tetap" not in request.POST
        if not known and not asks_back and "anyway" not in request.POST:
            like = alike(
                request.actor, data["area"], id=data["id"], text=f"{data['title']} {data['facts']}", code=data["code"], since=data["moment"]
            )
        if not any(like) and not asks_back:
            try:
                made = services.receive_report(request.actor, data["area"], concern=concern, **form.arguments())
            except services.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                take(request, made)
                return kept(
                    request, "fieldwork:report", made.pk if made else data["id"], _("Sent. You will see here who has read it."), form
                )
    choose_again(request)
    shown = (
        {"form": form, "title": _("What happened?"), "like": like[0], "unseen": like[1], "asked": any(like)}
        | {"asks_back": asks_back, "insisted": "tetap" in request.POST}
        | suggested(form)
    )
    return render(request, "fieldwork/report_form.html", shown)


@policy("report.receive")
@require_POST
def suggest(request: Request) -> HttpResponse:
    text = f"{request.POST.get('title', '')} {request.POST.get('facts', '')}"
    return render(request, "fieldwork/_suggested.html", {"codes": codes_for(text), "chosen": request.POST.get("usul", "")})


def suggested(form: ReportForm) -> dict[str, Any]:
    codes = codes_for(f"{form['title'].value() or ''} {form['facts'].value() or ''}")
    return {"codes": codes, "chosen": form.data.get("usul", "")}


def codes_for(text: str) -> list[Code]:
    codes = {code.pk: code for code in Code.objects.all()}
    by = "label_en" if (get_language() or "id").startswith("en") else "label_id"
    return [codes[pk] for pk in rules.suggest(text, {pk: str(getattr(code, by)) for pk, code in codes.items()})]


@policy("report.view")
@require_GET
def report(request: Request, pk: Any) -> HttpResponse:
    found = find(request, pk)
    if request.actor.may("report.open", found.where()) and found.desk == request.actor.role:
        services.open_report(request.actor, found)
    page = "fieldwork/_pane.html" if request.htmx else "fieldwork/report.html"
    return render(request, page, reading(request, found))


@policy("report.correct")
@both
def correct_report(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Report.objects.within(request.actor, "report.correct").select_related("area"), pk=pk, corrected_by=None)
    form = CorrectReportForm(request.POST or None, actor=request.actor, report=found)
    if form.is_valid():
        newer = services.correct_report(request.actor, found, **form.arguments())
        form.tell(request)
        messages.success(request, _("Corrected. Whoever opens it sees the newer version first."))
        return redirect("fieldwork:report", pk=newer.pk)
    return render(
        request,
        "fieldwork/report_form.html",
        {"form": form, "title": _("What happened really?"), "correcting": found} | suggested(form),
    )
