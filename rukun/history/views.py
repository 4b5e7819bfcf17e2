"""Pages of history: what was recorded elsewhere about our areas, one incident, and the files it came in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.door import declare_note, note
from rukun.history import services
from rukun.history.figures import by_place, by_time, figures, lead, page
from rukun.history.forms import FindForm, WithdrawForm, period_of
from rukun.history.models import Batch, Incident, IncidentQuerySet
from rukun.history.services import NotPossible
from rukun.territory.models import Area
from rukun.territory.rules import ancestors

READ = declare_note("incident.read")
BATCHES = 50


@policy("history.view")
@require_GET
def incidents(request: Request) -> HttpResponse:
    asked = request.GET
    root, area = area_of(request, asked.get("wilayah", ""))
    within = asked.get("bulan", "") if period_of(asked.get("bulan", "")) else ""
    here: IncidentQuerySet = Incident.objects.within(request.actor).in_area(root)
    form = FindForm(asked, codes=here.order_by().values_list("code", flat=True).distinct())
    form.is_valid()
    rows = narrowed(here, within, form)
    found = figures(rows)
    shown, mark = page(rows, asked.get("sebelum", ""))
    places, more_places = by_place(request.actor, rows, root)
    kept = {name: asked[name] for name in ("wilayah", "bulan", "kode", "saluran") if asked.get(name)}
    context = {
        "area": area, "above": Area.objects.within(request.actor).filter(path__in=ancestors(root)[:-1]).order_by("level") if root else [],
        "form": form, "found": found, "lead": lead(found), "rows": shown, "next": urlencode(kept | {"sebelum": mark}) if mark else "",
        "times": by_time(found, within), "within": within, "places": places, "more_places": more_places, "kept": kept,
        "sees_batches": request.actor.holds("batch.view"), "map_url": map_of(root if kept.get("wilayah") else "", within, kept.get("kode", "")),
    }  # fmt: skip
    return render(request, "history/incidents.html", context)


def map_of(root: str, within: str, code: str) -> str:
    """The same, drawn: by area and year."""
    asked = {"isi": "riwayat", "wilayah": root, "tahun": within[:4], "jenis": code}
    return f"{reverse('desk:map')}?{urlencode({name: value for name, value in asked.items() if value})}"


def area_of(request: Request, path: str) -> tuple[str, Area | None]:
    """The area that is asked for; none: all that this hat reaches, its one root where there is one."""
    roots = request.actor.roots
    wanted = path or (roots[0] if len(roots) == 1 else "")
    area = get_object_or_404(Area.objects.within(request.actor), path=path) if path else None
    area = area or (Area.objects.within(request.actor).filter(path=wanted).first() if wanted else None)
    return (area.path if area else ""), area


def narrowed(rows: IncidentQuerySet, within: str, form: FindForm) -> IncidentQuerySet:
    if period := period_of(within):
        rows = rows.filter(happened_on__gte=period[0], happened_on__lt=period[1])
    if code := form.cleaned_data.get("kode"):
        rows = rows.of_code(code.pk)
    if channel := form.cleaned_data.get("saluran"):
        rows = rows.of_channel(channel)
    return rows


@policy("history.view")
@require_GET
def incident(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Incident.objects.within(request.actor).select_related("area", "code", "batch"), pk=pk)
    if found.text:
        note(request.actor, READ, found, once_per_hour=True)
    batch = Batch.objects.within(request.actor).filter(pk=found.batch_id).first()
    return render(request, "history/incident.html", {"incident": found, "batch": batch})


@policy("batch.view")
@require_GET
def batches(request: Request) -> HttpResponse:
    before = request.GET.get("sebelum", "")
    mine = Batch.objects.within(request.actor).select_related("brought_by")
    older = mine.filter(pk__lt=int(before)) if before.isascii() and before.isdigit() and len(before) < 19 else mine
    rows = list(older.order_by("-pk")[: BATCHES + 1])
    more = urlencode({"sebelum": rows[BATCHES - 1].pk}) if len(rows) > BATCHES else ""
    return render(request, "history/batches.html", {"rows": rows[:BATCHES], "next": more, "sees": request.actor.holds("history.view")})


@policy("batch.view")
@require_GET
def batch(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Batch.objects.within(request.actor).select_related("brought_by"), pk=pk)
    rows = Incident.objects.within(request.actor).filter(batch=found)
    mine = figures(rows)
    held = found.shares.within(request.actor).aggregate(n=Count("pk"))["n"]
    context = {
        "batch": found, "mine": mine, "lead": lead(mine), "areas": held, "sees": request.actor.holds("history.view"),
        "may_withdraw": found.withdrawn_at is None and request.actor.may("report.withdraw", found.where()),
    }  # fmt: skip
    return render(request, "history/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@policy("report.withdraw")
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Batch.objects.within(request.actor, "report.withdraw").filter(withdrawn_at=None), pk=pk)
    form = WithdrawForm(request.POST or None)
    held = found.incidents.count()  # the file goes as a whole, also where it reaches beyond its unit
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(request.actor, found, why=form.cleaned_data["why"], incidents=held)
        except NotPossible as reason:
            form.add_error("why", str(reason))
        else:
            messages.success(request, _("Withdrawn. The same file can be brought in again at any time."))
            return redirect("history:batch", pk)
    context = {"batch": found, "form": form, "held": held}
    return render(request, "history/withdraw.html", context, status=422 if form.errors else 200)
