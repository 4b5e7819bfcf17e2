"""Pages of public places: the list of a village, one place, off the list and back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.territory.forms import PlaceForm
from rukun.territory.models import Area, PublicPlace
from rukun.territory.placing import add_place, change_place
from rukun.territory.rules import VILLAGE, ancestors
from rukun.territory.services import NotPossible
from rukun.territory.views import tried, village_of


@require_http_methods(["GET", "HEAD", "POST"])
@policy("area.view")
def places(request: Request, path: str) -> HttpResponse:
    adding = request.method == "POST"
    village = village_of(request, path, "place.add" if adding else None)
    today = village.today()
    parts = Area.objects.within(request.actor).valid(today).filter(Area.objects.all().inside(village.path)).order_by("path")
    form = PlaceForm(request.POST if adding else None, areas=parts)
    if adding and form.is_valid():
        given = form.cleaned_data
        area = given.pop("area")
        if done := tried(form, lambda: add_place(request.actor, area, **given)):
            messages.success(request, _("%s is on the list.") % done.name)
            return redirect("territory:places", village.path)
    here = PublicPlace.objects.within(request.actor).filter(PublicPlace.objects.all().inside(village.path)).select_related("area")
    shown = {
        "village": village, "form": form, "living": here.valid(today).order_by("kind", "name"),
        "ended": here.filter(valid_until__lte=today).order_by("name"),
        "may_add": request.actor.may("place.add", village.where()), "may_change": request.actor.may("place.change", village.where()),
    }  # fmt: skip
    return render(request, "territory/places.html", shown, status=422 if adding else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@policy("place.change")
def place(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(PublicPlace.objects.within(request.actor, "place.change").select_related("area"), pk=pk, valid_until=None)
    parts = Area.objects.filter(pk=found.area_id)  # it stays where it is; elsewhere it is another place
    form = PlaceForm(request.POST or None, areas=parts, initial={"area": found.area.path, "kind": found.kind, "name": found.name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: change_place(request.actor, found, kind=given["kind"], name=given["name"]), found):
            messages.success(request, _("It is called %s now.") % given["name"])
            return back_to_list(found)
    return render(request, "territory/place.html", {"place": found, "form": form}, status=422 if request.method == "POST" else 200)


@require_POST
@policy("place.change")
def end_place(request: Request, pk: int) -> HttpResponse:
    found = place_of(request, pk)
    change_place(request.actor, found, kind=found.kind, name=found.name, valid_until=found.area.today())
    messages.success(request, _("%s was taken off the list. What was reported there stays.") % found.name)
    return back_to_list(found)


@require_POST
@policy("place.change")
def revive_place(request: Request, pk: int) -> HttpResponse:
    found = place_of(request, pk)
    try:
        change_place(request.actor, found, kind=found.kind, name=found.name)
        messages.success(request, _("%s is on the list again.") % found.name)
    except NotPossible as why:
        messages.error(request, str(why))
    return back_to_list(found)


def place_of(request: Request, pk: int) -> PublicPlace:
    return get_object_or_404(PublicPlace.objects.within(request.actor, "place.change").select_related("area"), pk=pk)


def back_to_list(place: PublicPlace) -> HttpResponseRedirect:
    return redirect("territory:places", ancestors(place.area.path)[VILLAGE - 1])
