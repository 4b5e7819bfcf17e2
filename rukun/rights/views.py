"""The request desk: a register with its clocks, one request at a time, the letter; and everybody's own data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy, signed_in
from rukun.access.request import Request as Page
from rukun.audit.door import note
from rukun.care import mode
from rukun.care import services as care
from rukun.care.proofs import assessment
from rukun.lib import clock
from rukun.rights import letter as printed
from rukun.rights import services
from rukun.rights.forms import AnswerForm, DecideForm, ReceiveForm
from rukun.rights.models import Hit, Request
from rukun.rights.own import own_data
from rukun.rights.search import passages

both = require_http_methods(["GET", "POST"])
NEWEST = 200


@policy("request.view")
@require_GET
def requests(page: Page) -> HttpResponse:
    """Open ones first, the most urgent on top; then what was answered."""
    now = clock.now()
    found = Request.objects.within(page.actor).select_related("unit")
    waiting, answered = found.open().order_by("due_at"), found.exclude(answered_at=None).order_by("-answered_at")[:NEWEST]
    shown = {
        "waiting": [(request, request.is_late(now)) for request in waiting], "answered": [(request, request.is_late(now)) for request in answered],
        "may": page.actor.holds("request.receive"), "agrees": page.actor.holds("request.approve_export"), "me": page.actor.officer_id, "dpia": assessment(now), "may_sign": page.actor.holds("dpia.sign"),
        "sha256": mode.digest(mode.assessment_file()),
    }  # fmt: skip
    return render(page, "rights/requests.html", shown)


@policy("request.receive")
@both
def new(page: Page) -> HttpResponse:
    unit = services.unit_of(page.actor)
    if unit is None:
        raise Http404
    now = clock.now().astimezone(unit.zone)
    form = ReceiveForm(page.POST or None, initial={"day": now.date(), "clock": now.time(), "kind": "export"})
    if form.is_valid():
        try:
            made = services.receive(page.actor, unit, **form.arguments(unit.zone))
        except services.NotPossible as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect(services.search(page.actor, made))
    return render(page, "rights/new.html", {"form": form})


@policy("request.view")
@require_GET
def request(page: Page, pk: int) -> HttpResponse:
    return draw(page, get_object_or_404(Request.objects.within(page.actor).select_related("unit"), pk=pk))


def draw(page: Page, found: Request, form: AnswerForm | None = None) -> HttpResponse:
    may = page.actor.may("request.decide", found.where()) and found.answered_at is None
    texts: dict[tuple[str, str], list[Any]] = {}
    for one in passages(page.actor, found.name) if may else ():
        texts.setdefault((one.thing, str(one.record.pk)), []).append(one)
    hits = [(hit, printed.kind_of(hit.thing), texts.get((hit.thing, hit.key), [])) for hit in found.hits.order_by("pk")]
    shown = {
        "request_": found, "hits": hits, "may": may, "late": found.is_late(clock.now()), "form": form or AnswerForm(),
        "leaves": found.may_leave(clock.now()), "asks": may and page.actor.may("request.ask_export", found.where()),
        "agrees": found.answered_at is None and found.export_asked_by_id is not None and found.export_asked_by_id != page.actor.officer_id
        and page.actor.may("request.approve_export", found.where()),
    }  # fmt: skip
    return render(page, "rights/request.html", shown)


@policy("request.search")
@require_POST
def search(page: Page, pk: int) -> HttpResponse:
    found = get_object_or_404(Request.objects.within(page.actor, "request.search"), pk=pk)
    return attempted(page, found, lambda: services.search(page.actor, found))


@policy("request.decide")
@require_POST
def decide(page: Page, pk: int) -> HttpResponse:
    hit = get_object_or_404(Hit.objects.within(page.actor, "request.decide").select_related("request__unit"), pk=pk)
    form = DecideForm(page.POST)
    if not form.is_valid():
        messages.warning(page, _("Choose what becomes of it."))
        return redirect(hit.request)
    return attempted(page, hit.request, lambda: services.decide(page.actor, hit, **form.cleaned_data))


@policy("request.answer")
@require_POST
def answer(page: Page, pk: int) -> HttpResponse:
    found = get_object_or_404(Request.objects.within(page.actor, "request.answer").select_related("unit"), pk=pk)
    form = AnswerForm(page.POST)
    if not form.is_valid():
        return draw(page, found, form)
    return attempted(page, found, lambda: services.answer(page.actor, found, **form.cleaned_data))


def attempted(page: Page, found: Request, deed: Any) -> HttpResponse:
    try:
        deed()
    except services.NotPossible as refusal:
        messages.warning(page, str(refusal))
    return redirect(found)


@policy("request.answer")
@require_GET
def letter(page: Page, pk: int) -> HttpResponse:
    found = get_object_or_404(Request.objects.within(page.actor, "request.answer").select_related("unit").exclude(answered_at=None), pk=pk)
    return file(printed.pdf(found), "application/pdf", f"{found.number.replace('/', '-')}.pdf")


@policy("request.answer")
@require_GET
def export(page: Page, pk: int) -> HttpResponse:
    """What was found, for the person it is about: while the request is open, since the name is forgotten then; and once two have agreed."""
    found = get_object_or_404(Request.objects.within(page.actor, "request.answer").open(), pk=pk)
    if not found.may_leave(clock.now()):
        messages.warning(page, _("A second person has to agree before the file can be taken."))
        return redirect(found)
    note(page.actor, services.EXPORTED, found)
    rows = [{"record": printed.kind_of(one.thing), "where": one.where, "text": one.text} for one in passages(page.actor, found.name)]
    answer = JsonResponse(
        {"number": found.number, "asked_by": str(found.export_asked_by), "approved_by": str(found.export_approved_by), "found": rows},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return attached(answer, f"{found.number.replace('/', '-')}.json")


@policy("request.ask_export", "request.approve_export")
@require_POST
def allow(page: Page, pk: int) -> HttpResponse:
    """One asks that the file may leave, another agrees or does not."""
    found = get_object_or_404(Request.objects.within(page.actor).select_related("unit").open(), pk=pk)
    wanted = page.POST.get("langkah")
    if wanted == "setuju":
        return attempted(page, found, lambda: services.approve_export(page.actor, found, asked_by=found.export_asked_by_id))
    if wanted == "tolak":
        return attempted(page, found, lambda: services.refuse_export(page.actor, found))
    return attempted(page, found, lambda: services.ask_export(page.actor, found))


@signed_in
@require_GET
def mine(page: Page) -> HttpResponse:
    if page.actor.officer_id is None:
        raise Http404
    if "unduh" not in page.GET:
        return render(page, "rights/mine.html")
    note(page.actor, services.OWN_DATA)
    return attached(JsonResponse(own_data(page.actor), json_dumps_params={"ensure_ascii": False, "indent": 1}), "data-saya.json")


@policy("dpia.sign")
@require_POST
def sign(page: Page) -> HttpResponse:
    """The assessment that lies in the data folder now, if it is the one that was shown."""
    lies = mode.assessment_file()
    if lies is None:
        raise Http404
    try:
        care.sign_assessment(page.actor, care.ground(page.actor), name=lies.name, sha256=page.POST.get("sha256", ""))
        messages.success(page, _("Noted in the book."))
    except care.NotGranted as refusal:
        messages.warning(page, str(refusal))
    return redirect("rights:requests")


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    return attached(HttpResponse(content, content_type=kind), name)


def attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"], answer["Cache-Control"] = f'attachment; filename="{name}"', "no-store"
    return answer
