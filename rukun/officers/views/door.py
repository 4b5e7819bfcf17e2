"""At the door and about oneself: the first sign-in with a sheet, my hats, my sessions."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from rukun.access.policy import public, signed_in
from rukun.access.scope import system
from rukun.audit.door import note
from rukun.officers import entries, hats, own, services, sessions
from rukun.officers.forms import UseSheet
from rukun.officers.request import Request
from rukun.officers.services import NotPossible


@public
@never_cache
@sensitive_post_parameters("password1", "password2", "code")
def use_sheet(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("officers:me")
    form = UseSheet(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = form.sheet.account
            services.open_account(system("sign-in"), account.officer, password=form.cleaned_data["password1"], sheet=form.sheet)
        except NotPossible as reason:
            form.add_error("code", str(reason))
        else:
            # just proven: setting up a second proof must not ask for the password that was chosen a minute ago
            record_authentication(request, account, method="password", username=account.nrp, reauthenticated=True)
            return perform_login(request, Login(user=account))
    if request.method == "POST" and "code" in form.errors:
        note(entries.NOBODY, entries.FAILED, entries.DOOR, once_per_hour=True, by="sheet")
    return render(request, "officers/sheet.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_safe
def me(request: Request) -> HttpResponse:
    officer = request.officer
    held = hats.of(officer, request.actor.role, officer.unit.today()) if officer else []
    worn = next((hat for hat in held if hat.worn), None)
    others = [hat for hat in held if not hat.worn]
    second = sessions.has_second_factor(request.user)
    shown = {"officer": officer, "worn": worn, "others": others, "second": second, "links": own.LINKS if worn else {}}
    return render(request, "officers/me.html", shown)


@signed_in
@require_POST
def wear(request: Request) -> HttpResponse:
    """Another hat, if it is held; said in the book, since it changes what is seen."""
    role, officer = request.POST.get("role", ""), request.officer
    if officer and role in {hat.role for hat in hats.of(officer, "", officer.unit.today())} and role != request.actor.role:
        request.session[hats.HAT] = role
        note(hats.actor_for(officer, role), entries.HAT, entries.Page("sign-in", entries.place(officer)), role=role)
        return redirect("/")
    return redirect("officers:me")


@signed_in
@require_POST
def end_everywhere(request: Request) -> HttpResponse:
    """Every device at once, this one too."""
    entries.say(request.user, entries.ENDED)
    sessions.end_all(request.user)
    request.session.flush()
    messages.info(request, _("You are signed out on every device."))
    return redirect("account_login")


@signed_in
def no_password(request: Request) -> HttpResponse:
    messages.info(request, _("This account has no password yet: it is set with a sign-in sheet."))
    return redirect("officers:me")
