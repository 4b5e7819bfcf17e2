"""Sheets: printed once for those who never signed in, and by two people for those who lost a phone or a password."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rukun.access.policy import policy
from rukun.officers import services, sheets
from rukun.officers.forms import WhyForm
from rukun.officers.models import Invite, Officer
from rukun.officers.request import Request
from rukun.officers.services import NotPossible

MOST = 100  # sheets in one print


@policy("account.invite")
@never_cache
@require_POST
def invite(request: Request) -> HttpResponse:
    """A PDF with a sheet for each officer ticked. Whoever has signed in before is left out."""
    wanted = [key for key in request.POST.getlist("officer") if key.isdigit() and len(key) < 10][:MOST]
    officers = Officer.objects.within(request.actor, "account.invite").in_service().select_related("account", "unit").filter(pk__in=wanted)
    new = [officer for officer in officers if not officer.account.has_usable_password() and services.answers_for(request.actor, officer)]
    printed = [services.invite(request.actor, officer) for officer in new]
    if not printed:
        messages.info(request, _("There was no sheet to print: nobody was ticked who has not signed in yet."))
        return redirect("officers:people")
    return as_pdf(request, printed)


@policy("account.reissue")
def reissue(request: Request, pk: int) -> HttpResponse:
    officer = get_object_or_404(Officer.objects.within(request.actor, "account.reissue").select_related("account", "unit"), pk=pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reissue(request.actor, officer, why=form.cleaned_data["why"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request,
                _("Asked. All devices of %(officer)s are signed out. A second person of the unit confirms, then the sheet is printed.")
                % {"officer": officer},
            )
            return redirect("officers:officer", pk=pk)
    return render(request, "officers/reissue.html", {"officer": officer, "form": form}, status=422 if form.errors else 200)


@policy("account.confirm")
@never_cache
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(Invite.objects.within(request.actor, "account.confirm").select_related("account__officer__unit"), pk=pk)
    try:
        return as_pdf(request, [services.confirm(request.actor, asked)])
    except NotPossible as reason:
        messages.warning(request, str(reason))
        return redirect("officers:officer", pk=asked.account.officer.pk)


@policy("account.revoke")
def revoke(request: Request, pk: int) -> HttpResponse:
    officer = get_object_or_404(Officer.objects.within(request.actor, "account.revoke").select_related("account", "unit"), pk=pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke(request.actor, officer, why=form.cleaned_data["why"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Closed. Nothing signs in with this account until it is re-issued."))
            return redirect("officers:officer", pk=pk)
    return render(request, "officers/revoke.html", {"officer": officer, "form": form}, status=422 if form.errors else 200)


def as_pdf(request: Request, printed: list[Invite]) -> HttpResponse:
    name = ngettext("sign-in-sheet.pdf", "sign-in-sheets.pdf", len(printed))
    pdf = sheets.pdf([sheets.of(sheet, request.build_absolute_uri("/")) for sheet in printed])
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
