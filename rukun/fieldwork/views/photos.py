"""Photos: shown to whoever may read their record, added, described and removed by whoever wrote it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit.models import Entry
from rukun.fieldwork import photos, services
from rukun.fieldwork.models import Photo, Report, Visit
from rukun.lib import clock


@policy("report.view", "visit.view")
@require_GET
def photo(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Photo.objects.within(request.actor).select_related("visit"), pk=pk)
    if found.visit and not opened(request, found.visit):
        raise Http404
    path = photos.place_of(found.sha256)
    if not path.exists():
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    answer["Content-Disposition"] = 'inline; filename="foto.jpg"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def opened(request: Request, visit: Visit) -> bool:
    """The photos of a visit are like its notes: the author's, and for others open after a reason that the book keeps."""
    if request.actor.officer_id in (visit.officer_id, visit.recorded_by_id):
        return True
    since = clock.now() - timedelta(hours=1)
    told = Entry.objects.within(request.actor).of(visit)
    return told.filter(act=services.VISIT_READ, actor=request.actor.name, at__gte=since).exists()


@policy("photo.add")
@require_POST
def add_to_report(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Report.objects.within(request.actor, "photo.add").select_related("area"), pk=pk, corrected_by=None)
    take(request, found)
    return redirect("fieldwork:report", pk=pk)


@policy("photo.add")
@require_POST
def add_to_visit(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Visit.objects.within(request.actor, "photo.add").select_related("area"), pk=pk, corrected_by=None)
    take(request, found)
    return redirect("fieldwork:visit", pk=pk)


@policy("photo.remove")
@require_POST
def change(request: Request, pk: Any) -> HttpResponse:
    found = get_object_or_404(Photo.objects.within(request.actor, "photo.remove").select_related("visit__area", "report__area"), pk=pk)
    if "remove" in request.POST:
        services.remove_photo(request.actor, found)
        messages.success(request, _("The photo is gone. You can add it again from your phone."))
    else:
        services.describe_photo(request.actor, found, alt=request.POST.get("alt", "")[:200])
        messages.success(request, _("Kept."))
    return redirect("fieldwork:report", pk=found.report_id) if found.report_id else redirect("fieldwork:visit", pk=found.visit_id)


def take(request: Request, record: Visit | Report | None) -> None:
    """Keeps the photos that came with a form. What can't be kept is said, and the record stays all the same."""
    if record is None or not request.actor.may("photo.add", record.where()):
        return
    developed = [made for sent in request.FILES.getlist("photos")[: photos.MOST + 1] if (made := one(request, sent))]
    if not developed:
        return
    try:
        services.add_photos(request.actor, record, developed=developed, alt=request.POST.get("photo_alt", "")[:200])
    except services.NotPossible as refusal:
        messages.warning(request, str(refusal))


def one(request: Request, sent: UploadedFile) -> photos.Developed | None:
    try:
        return photos.develop(sent.read())
    except photos.NotAPhoto as refusal:
        messages.warning(request, _("One photo was not kept. %s") % refusal)
        return None


def choose_again(request: Request) -> None:
    """A form that is shown once more comes without its files: no browser fills them in again."""
    if request.FILES.getlist("photos"):
        messages.warning(request, _("Please choose the photos again before you send this."))
