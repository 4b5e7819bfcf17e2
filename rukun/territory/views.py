"""Pages of territory: what lies below a village, and which unit answers for which area."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.access.scope import COUNTRY, Actor
from rukun.lib import clock
from rukun.territory import bring, services, tables, tiles
from rukun.territory.forms import LARGEST, CoverForm, FileForm, FoundForm, PlacedSubunitForm, SubunitForm, UnitForm
from rukun.territory.gaps import MOST, gaps
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.rules import SUBUNIT, VILLAGE, WIB, UnitKind, ancestors, kind_below
from rukun.territory.services import NotPossible

# --- borders -----------------------------------------------------------------------------------------------------------------------

A_YEAR = "private, max-age=31536000, immutable"


@require_safe
@policy("area.view")
def tile(request: Request, version: str, zoom: int, x: int, y: int) -> HttpResponse:
    """A piece of the map of borders, which are public; a new import gives it a new address, so it may be kept for ever."""
    content = tiles.tile(version, zoom, x, y) if zoom <= tiles.LAST and max(x, y) < 2**zoom else None
    if content is None:
        raise Http404
    headers = {"Cache-Control": A_YEAR} | ({"Content-Encoding": "gzip"} if content else {})
    return HttpResponse(content, "application/vnd.mapbox-vector-tile", 200 if content else 204, headers=headers)


# --- what lies below a village -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@policy("area.view")
def subunits(request: Request, path: str) -> HttpResponse:
    adding = request.method == "POST"
    village = village_of(request, path, "subunit.add" if adding else None)
    form = PlacedSubunitForm(request.POST if adding else None, initial={"kind": usual_kind(request.actor, village)})
    if adding and form.is_valid():
        done = tried(form, lambda: services.add_subunit(request.actor, village, **form.cleaned_data))
        if done:
            messages.success(request, _("%(name)s now belongs to %(village)s.") % {"name": done.name, "village": village.name})
            return redirect("territory:subunits", village.path)
    return render(request, "territory/subunits.html", subunits_context(request, village, form=form), status=422 if adding else 200)


def subunits_context(request: Request, village: Area, **more: Any) -> dict[str, Any]:
    today = village.today()
    below = Area.objects.within(request.actor).filter(parent=village).order_by("kind", "name")
    return {
        "village": village,
        "living": below.valid(today),
        "ended": below.filter(valid_until__lte=today),
        "may_add": request.actor.may("subunit.add", village.where()),
        "may_change": request.actor.may("subunit.change", village.where()),
        "form": PlacedSubunitForm(initial={"kind": usual_kind(request.actor, village)}),
        "file_form": FileForm(),
    } | more


def usual_kind(actor: Actor, village: Area) -> str:
    """What is already there, or is usual for such a village: a guess that spares a tap."""
    known = Area.objects.within(actor).filter(parent=village, valid_until=None).values_list("kind", flat=True).first()
    return known or {"nagari": "jorong", "kelurahan": "rw"}.get(village.kind, "dusun")


@require_POST
@policy("subunit.add")
def subunit_file(request: Request, path: str) -> HttpResponse:
    """A CSV is looked at first; what was seen is then added, all of it or nothing."""
    village = village_of(request, path, "subunit.add")
    if "text" in request.POST:
        return add_seen(request, village, request.POST["text"][:LARGEST])
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "territory/subunits.html", subunits_context(request, village, file_form=form), status=422)
    data: bytes = form.cleaned_data["file"].read()
    try:
        done = tables.enter_subunits(request.actor, tables.in_memory(data), village.today(), village, rehearsal=True)
    except tables.BadTable as bad:
        context = subunits_context(request, village, file_form=form, wrong=bad.sentences())
        return render(request, "territory/subunits.html", context, status=422)
    return bring.looked_at(request, bringing_to(request, village), done, data)


def bringing_to(request: Request, village: Area) -> bring.Bringing:
    return bring.Bringing(
        heading=_("Many at once"), hint="", here=reverse("territory:subunit_file", args=[village.path]),
        back=reverse("territory:subunits", args=[village.path]), back_to=f"{capfirst(village.get_kind_display())} {village.name}",
        named=tables.named, enter=lambda table, rehearsal: tables.enter_subunits(request.actor, table, village.today(), village, rehearsal=rehearsal),
    )  # fmt: skip


def add_seen(request: Request, village: Area, text: str) -> HttpResponse:
    try:
        done = tables.enter_subunits(request.actor, tables.in_memory(text), village.today(), village)
    except tables.BadTable as bad:
        context = subunits_context(request, village, wrong=bad.sentences())
        return render(request, "territory/subunits.html", context, status=422)
    messages.success(request, ngettext("%(n)s sub-unit was added.", "%(n)s sub-units were added.", done.founded) % {"n": done.founded})
    return redirect("territory:subunits", village.path)


@require_http_methods(["GET", "HEAD", "POST"])
@policy("subunit.change")
def subunit(request: Request, path: str) -> HttpResponse:
    area = subunit_of(request, path)
    form = SubunitForm(request.POST or None, initial={"kind": area.kind, "name": area.name})

    def kept() -> Any:
        return tried(form, lambda: services.change_subunit(request.actor, area, valid_until=area.valid_until, **form.cleaned_data), area)

    if request.method == "POST" and form.is_valid() and kept():
        messages.success(request, _("It is called %s now.") % form.cleaned_data["name"])
        return back_to_list(area)
    return render(request, "territory/subunit.html", {"area": area, "form": form}, status=422 if request.method == "POST" else 200)


@require_POST
@policy("subunit.change")
def end_subunit(request: Request, path: str) -> HttpResponse:
    area = subunit_of(request, path)
    services.change_subunit(request.actor, area, name=area.name, kind=area.kind, valid_until=area.today())
    messages.success(request, _("%s was taken off the list. What was reported there stays.") % area.name)
    return back_to_list(area)


@require_POST
@policy("subunit.change")
def revive_subunit(request: Request, path: str) -> HttpResponse:
    area = subunit_of(request, path)
    try:
        services.change_subunit(request.actor, area, name=area.name, kind=area.kind, valid_until=None)
        messages.success(request, _("%s is on the list again.") % area.name)
    except NotPossible as why:
        messages.error(request, str(why))
    return back_to_list(area)


def village_of(request: Request, path: str, permission: str | None = None) -> Area:
    return get_object_or_404(Area.objects.within(request.actor, permission).select_related("parent__parent"), path=path, level=VILLAGE)


def subunit_of(request: Request, path: str) -> Area:
    return get_object_or_404(Area.objects.within(request.actor, "subunit.change").select_related("parent"), path=path, level=SUBUNIT)


def back_to_list(area: Area) -> HttpResponseRedirect:
    return redirect("territory:subunits", ancestors(area.path)[VILLAGE - 1])


def tried(form: Any, act: Callable[[], Any], unchanged: Any = None) -> Any:
    """The act's result, or its refusal as a sentence on the form."""
    try:
        return act() or unchanged
    except NotPossible as why:
        form.add_error(None, str(why))
        return None


# --- units -------------------------------------------------------------------------------------------------------------------------


@require_safe
@policy("unit.view")
def units(request: Request) -> HttpResponse:
    mine = Unit.objects.within(request.actor).serving()
    top = mine.exclude(parent__in=mine.values("pk")).order_by("path")
    context = {
        "top": top.prefetch_related("children"),
        "may_bring": request.actor.holds("unit.found"),
        "may_begin": request.actor.may("unit.found", COUNTRY) and not Unit.objects.within(request.actor).exists(),
    }
    return render(request, "territory/units.html", context)


@require_safe
@policy("unit.view")
def unit(request: Request, path: str) -> HttpResponse:
    return render(request, "territory/unit.html", unit_context(request, get_object_or_404(Unit.objects.within(request.actor), path=path)))


def unit_context(request: Request, unit: Unit, **more: Any) -> dict[str, Any]:
    today, actor, where = unit.today(), request.actor, unit.where()
    uncovered = gaps(unit, today)
    return {
        "unit": unit,
        "above": Unit.objects.within(actor).filter(children=unit).first(),
        "children": Unit.objects.within(actor).serving().filter(parent=unit).order_by("name"),
        "held": unit.jurisdictions.valid(today).select_related("area__parent").order_by("area__path"),
        "gaps": uncovered,
        "many_gaps": len(uncovered) == MOST,
        "below": kind_below(unit.kind),
        "may_change": actor.may("unit.change", where),
        "may_found": actor.may("unit.found", where) and kind_below(unit.kind) is not None,
        "may_word": actor.may("wording.write", where),
        "may_cover": actor.may("unit.cover", where),
        "may_uncover": actor.may("unit.uncover", where),
        "form": UnitForm(initial={"name": unit.name, "phone": unit.phone}),
        "found_form": FoundForm(auto_id="new_%s"),
        "cover_form": CoverForm(initial={"valid_from": today}),
    } | more


@require_http_methods(["GET", "HEAD", "POST"])
@policy("unit.found")
def begin(request: Request) -> HttpResponse:
    """The first unit of all, Mabes, under which the others stand."""
    request.actor.must("unit.found", COUNTRY)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: services.found(request.actor, None, kind=str(UnitKind.MABES), **form.cleaned_data))
        if made:
            return redirect("territory:unit", made.path)
    return render(request, "territory/begin.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_POST
@policy("unit.found")
def found(request: Request, path: str) -> HttpResponse:
    above = unit_for(request, path, "unit.found")
    form = FoundForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        made = tried(form, lambda: services.found(request.actor, above, kind=str(kind_below(above.kind) or ""), **form.cleaned_data))
        if made:
            messages.success(request, _("%(unit)s now stands under %(above)s.") % {"unit": made.name, "above": above.name})
            return redirect("territory:unit", made.path)
    return again(request, above, found_form=form)


@require_POST
@policy("unit.change")
def change(request: Request, path: str) -> HttpResponse:
    unit = unit_for(request, path, "unit.change")
    form = UnitForm(request.POST)

    def kept() -> Any:
        return tried(form, lambda: services.change_unit(request.actor, unit, closed_on=unit.closed_on, **form.cleaned_data), unit)

    if form.is_valid() and kept():
        return told(request, unit, _("Kept."))
    return again(request, unit, form=form)


@require_POST
@policy("unit.cover")
def cover(request: Request, path: str) -> HttpResponse:
    unit = unit_for(request, path, "unit.cover")
    form = CoverForm(request.POST)
    if form.is_valid() and tried(form, lambda: services.cover(request.actor, unit, **form.cleaned_data), unit):
        return told(request, unit, _("%(unit)s answers for %(area)s.") % {"unit": unit.name, "area": form.cleaned_data["area"].name})
    return again(request, unit, cover_form=form)


@require_POST
@policy("unit.uncover")
def uncover(request: Request, path: str, pk: int) -> HttpResponse:
    mine = Jurisdiction.objects.within(request.actor, "unit.uncover").select_related("unit", "area")
    held = get_object_or_404(mine, pk=pk, unit__path=path)
    services.uncover(request.actor, held, valid_until=clock.today(held.unit.time_zone))
    return told(request, held.unit, _("%(unit)s no longer answers for %(area)s.") % {"unit": held.unit.name, "area": held.area.name})


@require_http_methods(["GET", "HEAD", "POST"])
@policy("unit.found")
def unit_file(request: Request) -> HttpResponse:
    """Many units from a CSV, with the areas they answer for."""
    what = bring.Bringing(
        heading=_("Bring in units from a file"), hint=_("First line: code,name,kind,parent and, where wanted, phone,areas,time_zone."),
        here=reverse("territory:unit_file"), back=reverse("territory:units"), back_to=_("Units"), named=tables.named,
        enter=lambda table, rehearsal: tables.enter_units(request.actor, table, clock.today(WIB), rehearsal=rehearsal),
    )  # fmt: skip
    return bring.page(request, what)


def unit_for(request: Request, path: str, permission: str) -> Unit:
    return get_object_or_404(Unit.objects.within(request.actor, permission), path=path)


def told(request: Request, unit: Unit, sentence: str) -> HttpResponseRedirect:
    messages.success(request, sentence)
    return redirect("territory:unit", unit.path)


def again(request: Request, unit: Unit, **forms: Any) -> HttpResponse:
    return render(request, "territory/unit.html", unit_context(request, unit, **forms), status=422)
