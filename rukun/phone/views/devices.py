"""Phones: one's own, those of one's unit; revoked by one, admitted again by two."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.fieldwork.guarded import NotPossible
from rukun.lib import clock
from rukun.phone.forms import WhyForm
from rukun.phone.models import Device, Renewal
from rukun.phone.rules import LEASE, SEAL_FOR, WELCOME
from rukun.phone.services import devices as services

SHOWN = 200


@policy("device.view")
@require_GET
def devices(request: Request) -> HttpResponse:
    """My own first; then, for who commands, those of the unit, the ones heard of longest ago on top."""
    rows = Device.objects.within(request.actor).select_related("officer__unit", "revoked_by").order_by("revoked_at", "seen_at", "pk")
    mine = list(rows.filter(officer=request.actor.officer_id))
    units = rows.exclude(officer=request.actor.officer_id) if request.actor.holds("device.renew") else rows.none()
    waiting = Renewal.objects.within(request.actor, "device.confirm").open(clock.now()).filter(confirmed_by=None)
    shown = {
        "mine": mine, "unit": list(units[:SHOWN]), "waiting": waiting.select_related("device__officer", "asked_by").order_by("asked_at"),
        "renews": request.actor.holds("device.renew"), "now": clock.now(), "welcome": WELCOME, "lease": LEASE.days * 24, "month": SEAL_FOR.days,
    }  # fmt: skip
    return render(request, "phone/devices.html", shown)


@policy("device.revoke")
@require_http_methods(["GET", "POST"])
def revoke(request: Request, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Device.objects.within(request.actor, "device.revoke").select_related("officer__unit"), pk=pk)
    if request.method == "POST":
        services.revoke(request.actor, found)
        messages.success(request, _("Revoked. What is unsent stays on the phone; two people can admit it again."))
        return redirect("phone:devices")
    return render(request, "phone/revoke.html", {"device": found, "own": found.officer_id == request.actor.officer_id})


@policy("device.renew")
@require_http_methods(["GET", "POST"])
def renew(request: Request, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Device.objects.within(request.actor, "device.renew").exclude(officer=request.actor.officer_id), pk=pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_renewal(request.actor, found, why=form.cleaned_data["why"])
        except NotPossible as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, _("Asked. A second person of the unit confirms on this page; then the officer signs in on the phone.")
            )
            return redirect("phone:devices")
    return render(request, "phone/renew.html", {"device": found, "form": form}, status=422 if form.errors else 200)


@policy("device.confirm")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Renewal.objects.within(request.actor, "device.confirm").select_related("device__officer__unit"), pk=pk)
    if request.actor.officer_id in (found.asked_by_id, found.device.officer_id):
        messages.warning(request, _("This takes a second person: neither who asked, nor whose phone it is."))
    elif services.confirm_renewal(request.actor, found):
        messages.success(request, _("Confirmed. The officer signs in on the phone and chooses a new PIN; what was unsent is sent then."))
    else:
        messages.info(request, _("This has been confirmed already, or its time is over. Ask again."))
    return redirect("phone:devices")
