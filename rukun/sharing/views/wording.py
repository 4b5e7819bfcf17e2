"""A unit's own wording: seen with an example, changed, brought back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.sharing import services
from rukun.sharing.examples import EXAMPLES
from rukun.sharing.forms import WordingForm
from rukun.sharing.models import Wording
from rukun.sharing.rules import wording
from rukun.sharing.rules.wording import BLANKS, Kind
from rukun.sharing.telling import inherited, wording_for
from rukun.territory.models import Unit

MOST = 200


@policy("wording.write")
@require_safe
def wordings(request: Request) -> HttpResponse:
    """The units whose wording one may change, and whose wording each uses."""
    units = list(Unit.objects.within(request.actor, "wording.write").serving().order_by("path")[: MOST + 1])
    own = Wording.objects.within(request.actor, "wording.write").exclude(text="").values_list("unit", "kind")
    shown = {"units": units[:MOST], "more": len(units) > MOST, "own": {f"{unit}-{kind}" for unit, kind in own}, "kinds": Kind}
    return render(request, "sharing/wordings.html", shown)


def find(request: Request, path: str, kind: str) -> tuple[Unit, Wording | None]:
    if kind not in Kind.values:
        raise Http404
    unit = get_object_or_404(Unit.objects.within(request.actor, "wording.write").select_related("parent"), path=path)
    return unit, Wording.objects.within(request.actor, "wording.write").filter(unit=unit, kind=kind).first()


@policy("wording.write")
@require_http_methods(["GET", "POST"])
def change(request: Request, path: str, kind: str) -> HttpResponse:
    unit, row = find(request, path, kind)
    form = WordingForm(request.POST or None, kind=kind, initial={"text": wording_for(unit, kind)})
    if form.is_valid() and "contoh" not in request.POST:
        services.write(request.actor, unit, kind=kind, text=form.cleaned_data["text"])
        messages.success(request, _("Kept. From now on %s is worded like this.") % unit.name)
        return redirect("sharing:wording", path, kind)
    typed = form["text"].value() or ""
    shown = {
        "form": form, "unit": unit, "kind": kind, "label": Kind(kind).label, "blanks": BLANKS[kind].items(), "others": [each for each in Kind if each != kind],
        "preview": preview_of(typed, kind), "own": bool(row and row.text), "earlier": bool(row and row.earlier and row.earlier != row.text),
        "above": inherited(unit, kind),
    }  # fmt: skip
    return render(request, "sharing/wording.html", shown)


@policy("wording.write")
@require_POST
def preview(request: Request, path: str, kind: str) -> HttpResponse:
    find(request, path, kind)
    text = request.POST.get("text", "")
    return render(request, "sharing/_preview.html", {"preview": preview_of(text, kind), "faults": wording.faults(text, kind)})


@policy("wording.reset")
@require_POST
def reset(request: Request, path: str, kind: str) -> HttpResponse:
    """Back to what the unit above uses; or, asked for the earlier one, to that."""
    unit, row = find(request, path, kind)
    if request.POST.get("sebelumnya") and row and row.earlier:
        services.write(request.actor, unit, kind=kind, text=row.earlier)
        messages.success(request, _("The earlier wording stands again."))
    elif services.reset(request.actor, unit, kind=kind):
        messages.success(request, _("Back to the common wording. The one before can be brought back below."))
    return redirect("sharing:wording", path, kind)


def preview_of(text: str, kind: str) -> str:
    return wording.fill(text, EXAMPLES[kind])
