"""Pages of the field: what an officer records and finds again, and the inbox where it is read and answered."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.door import note
from rukun.fieldwork import inbox as desk
from rukun.fieldwork import rules, services
from rukun.fieldwork.forms import (
    AnswerForm,
    AssessForm,
    CorrectReportForm,
    CorrectVisitForm,
    KeepForm,
    ReasonForm,
    Recorded,
    ReportForm,
    VisitForm,
    concern_of,
)
from rukun.fieldwork.likeness import alike
from rukun.fieldwork.models import Answer, Code, Promise, Reading, Report, Visit
from rukun.fieldwork.pages import page
from rukun.fieldwork.story import readers, state_of, story

both = require_http_methods(["GET", "POST"])
PAGE = 30


@policy("visit.receive")
@require_GET
def record(request: Request) -> HttpResponse:
    return render(request, "fieldwork/record.html")


@policy("visit.receive")
@require_GET
def records(request: Request) -> HttpResponse:
    """One's own, the newest first."""
    mine = request.actor.officer_id
    answers = Prefetch("answers", Answer.objects.within(request.actor).select_related("officer").order_by("-at"))
    readings = Prefetch("readings", Reading.objects.within(request.actor).select_related("officer").order_by("at"))
    reports = (
        Report.objects.within(request.actor)
        .filter(officer=mine, corrected_by=None)
        .select_related("area", "code")
        .prefetch_related(answers, readings)
    )
    visits = Visit.objects.within(request.actor).filter(officer=mine, corrected_by=None).select_related("area").prefetch_related("concerns")
    promises = Promise.objects.within(request.actor).filter(visit__officer=mine).open().select_related("visit__area").order_by("due")
    sent, older_reports = page(reports, "received_at", request.GET.get("laporan", ""), name="laporan", size=PAGE)
    made, older_visits = page(visits, "made_at", request.GET.get("kunjungan", ""), name="kunjungan", size=PAGE)
    shown = {
        "reports": [(report, state_of(report)) for report in sent], "older_reports": older_reports,
        "visits": made, "older_visits": older_visits, "promises": promises,
    }  # fmt: skip
    return render(request, "fieldwork/records.html", shown)


# --- visits ------------------------------------------------------------------------------------------------------------------------


@policy("visit.receive")
@both
def new_visit(request: Request) -> HttpResponse:
    form = VisitForm(
        request.POST or None, actor=request.actor, initial={"area": request.GET.get("di", ""), "kind": request.GET.get("jenis", "visit")}
    )
    if form.is_valid():
        try:
            made = services.receive_visit(request.actor, form.cleaned_data["area"], **form.arguments())
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return kept(request, "fieldwork:visit", made.pk if made else form.cleaned_data["id"], _("Kept. Thank you."), form)
    return render(request, "fieldwork/visit_form.html", {"form": form, "title": _("Whom did you meet?")})


@policy("visit.view")
@require_GET
def visit(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Visit.objects.within(request.actor).select_related("area__parent", "officer", "recorded_by"), pk=pk)
    own = found.officer_id == request.actor.officer_id or found.recorded_by_id == request.actor.officer_id
    return render(
        request,
        "fieldwork/visit.html",
        {
            "visit": found,
            "own": own,
            "open": own,
            "form": ReasonForm(),
            "readers": readers(found) if own else [],
            "may_read": request.actor.may("visit.read", found.where()),
        },
    )


@policy("visit.read")
@require_POST
def read_visit(request: Request, pk: Any) -> HttpResponse:
    """Somebody else's notes, with a reason that the book keeps."""
    found = get_object_or_404(Visit.objects.within(request.actor, "visit.read").select_related("area__parent", "officer"), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        note(request.actor, services.VISIT_READ, found, reason=form.cleaned_data["reason"])
    return render(request, "fieldwork/visit.html", {"visit": found, "own": False, "open": form.is_valid(), "form": form, "may_read": True})


@policy("visit.correct")
@both
def correct_visit(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Visit.objects.within(request.actor, "visit.correct").select_related("area"), pk=pk, corrected_by=None)
    form = CorrectVisitForm(request.POST or None, actor=request.actor, visit=found)
    if form.is_valid():
        newer = services.correct_visit(request.actor, found, **form.arguments())
        messages.success(request, _("Corrected. The earlier version is kept."))
        return redirect("fieldwork:visit", pk=newer.pk)
    return render(request, "fieldwork/visit_form.html", {"form": form, "title": _("What was it really?"), "correcting": found})


@policy("promise.keep")
@both
def promise(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Promise.objects.within(request.actor, "promise.keep").select_related("visit__area"), pk=pk)
    if request.POST.get("reopen"):
        services.reopen_promise(request.actor, found)
        return redirect("fieldwork:promise", pk=pk)
    form = KeepForm(request.POST or None, initial={"outcome": found.outcome})
    if form.is_valid():
        services.keep_promise(request.actor, found, outcome=form.cleaned_data["outcome"])
        messages.success(request, _("Kept. Tell the residents, too."))
        return redirect("fieldwork:records")
    return render(request, "fieldwork/promise.html", {"promise": found, "form": form})


# --- reports -----------------------------------------------------------------------------------------------------------------------


@policy("report.receive")
@both
def new_report(request: Request) -> HttpResponse:
    concern = concern_of(request.actor, request.GET.get("dari", ""))
    guess: dict[str, Any] = {"area": request.GET.get("di", "")}
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
    if form.is_valid():
        data = form.cleaned_data
        known = Report.objects.within(request.actor).filter(pk=data["id"]).exists()
        if not known and "anyway" not in request.POST:
            like = alike(
                request.actor, data["area"], id=data["id"], text=f"{data['title']} {data['facts']}", code=data["code"], since=data["moment"]
            )
        if not any(like):
            try:
                made = services.receive_report(request.actor, data["area"], concern=concern, **form.arguments())
            except services.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                return kept(
                    request, "fieldwork:report", made.pk if made else data["id"], _("Sent. You will see here who has read it."), form
                )
    shown = {"form": form, "title": _("What happened?"), "like": like[0], "unseen": like[1], "asked": any(like)} | suggested(form)
    return render(request, "fieldwork/report_form.html", shown)


@policy("report.receive")
@require_GET
def suggest(request: Request) -> HttpResponse:
    text = f"{request.GET.get('title', '')} {request.GET.get('facts', '')}"
    return render(request, "fieldwork/_suggested.html", {"codes": codes_for(text), "chosen": request.GET.get("usul", "")})


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
        messages.success(request, _("Corrected. Whoever opens it sees the newer version first."))
        return redirect("fieldwork:report", pk=newer.pk)
    return render(
        request,
        "fieldwork/report_form.html",
        {"form": form, "title": _("What happened really?"), "correcting": found} | suggested(form),
    )


# --- the inbox ---------------------------------------------------------------------------------------------------------------------


@policy("report.answer")
@require_GET
def inbox(request: Request) -> HttpResponse:
    rows, further = desk.lines(request.actor, request.GET.get("sesudah", ""))
    shown = {"rows": rows, "lead": desk.lead(request.actor, rows), "next": urlencode({"sesudah": further}) if further else ""}
    return render(request, "fieldwork/inbox.html", shown)


@policy("report.assess")
@require_POST
def assess(request: Request, pk: Any) -> HttpResponse:
    found = find(request, pk, "report.assess")
    form = AssessForm(request.POST)
    if form.is_valid():
        try:
            services.assess(request.actor, found, **form.cleaned_data)
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Assessed."))
            return redirect("fieldwork:report", pk=pk)
    return render(request, "fieldwork/report.html", reading(request, found, assess=form))


@policy("report.answer")
@require_POST
def answer(request: Request, pk: Any) -> HttpResponse:
    found = find(request, pk, "report.answer")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer(request.actor, found, **form.cleaned_data)
        except services.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered. %s sees it.") % found.officer)
            return redirect("fieldwork:inbox")
    return render(request, "fieldwork/report.html", reading(request, found, answer=form))


def kept(request: Request, name: str, pk: Any, words: str, form: Recorded) -> HttpResponse:
    """To the record's own page; an operator, who does not read what others record, back to where she began."""
    if author := form.cleaned_data.get("author"):
        messages.success(request, _("Kept for %s, with your name beside it.") % author)
        return redirect("fieldwork:record")
    messages.success(request, words)
    return redirect(name, pk=pk)


def find(request: Request, pk: Any, permission: str | None = None) -> Report:
    rows = Report.objects.within(request.actor, permission).select_related(
        "area__parent", "officer", "recorded_by", "unit", "code", "assessed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if permission and found.officer_id == request.actor.officer_id:
        raise Http404
    return found


def reading(request: Request, found: Report, **forms: Any) -> dict[str, Any]:
    """A report as a page shows it: to its author, or to whoever answers it."""
    where, own = found.where(), found.officer_id == request.actor.officer_id
    newest = not Report.objects.within(request.actor).filter(corrects=found).exists()
    told = {name: getattr(found, name) for name in ("stage", "severity", "source_grade", "content_grade")} | {
        "code": found.code_id,
        "other_codes": found.other_codes.all(),
    }
    return {
        "report": found, "own": own, "newest": newest, "state": state_of(found), "story": story(request.actor, found),
        "problems": found.problems.within(request.actor),
        "newer": None if newest else found.corrected_by,
        "assess": forms.get("assess") or (AssessForm(initial=told, auto_id=f"nilai-{found.pk}-%s") if newest and not own and request.actor.may("report.assess", where) else None),
        "answer": forms.get("answer") or (AnswerForm(initial={"kind": "acted"}, auto_id=f"jawab-{found.pk}-%s") if newest and not own and request.actor.may("report.answer", where) else None),
        "may_open_problem": newest and request.actor.may("problem.open", where),
        "may_correct": newest and request.actor.may("report.correct", where),
    }  # fmt: skip
