"""One place for all that people are told: the list, the way to the thing, and one's own choices."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rukun.access.policy import policy, signed_in
from rukun.lib import clock
from rukun.notices import mail, services
from rukun.notices.forms import ChoiceForm
from rukun.notices.models import Notice
from rukun.notices.services import NotPossible
from rukun.notices.shown import LISTED, quiet_for, read_lately, unread, visible
from rukun.officers import hats
from rukun.officers.models import Officer
from rukun.officers.request import Request


@signed_in
@never_cache
@require_GET
def notices(request: Request) -> HttpResponse:
    waiting, officer = unread(request.actor), request.officer
    others = [hat for hat in hats.of(officer, request.actor.role, officer.unit.today()) if not hat.worn] if officer else []
    context = {
        "waiting": waiting, "read": read_lately(request.actor), "lead": lead(len(waiting)), "now": clock.now(),
        "quiet": quiet_for(officer) if officer else None, "others": others, "may_mark": request.actor.holds("notice.mark"),
    }  # fmt: skip
    return render(request, "notices/notices.html", context)


def lead(count: int) -> str:
    if not count:
        return _("Nothing new.")
    if count >= LISTED:
        return _("%d or more that you have not opened yet.") % LISTED
    return ngettext("%d that you have not opened yet.", "%d that you have not opened yet.", count) % count


@policy("notice.mark")
@never_cache
@require_GET
def lead_on(request: Request, pk: int) -> HttpResponse:
    """To the thing itself, if it is still there for whoever asks; then the notice has done its work."""
    found = get_object_or_404(Notice.objects.within(request.actor, "notice.mark"), pk=pk)
    there = visible(request.actor, [found])
    if not there:
        raise Http404
    services.mark(request.actor, found)
    return redirect(there[0].url)


@policy("notice.mark")
@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Notice.objects.within(request.actor, "notice.mark"), pk=pk)
    services.mark(request.actor, found, read=request.POST.get("read", "yes") == "yes")
    return redirect("notices:notices")


@policy("notice.clear")
@require_POST
def clear(request: Request) -> HttpResponse:
    services.clear(request.actor, officer_of(request), until=moment_of(request.POST.get("until", "")))
    return redirect("notices:notices")


@policy("notice.choose")
@never_cache
@require_http_methods(["GET", "POST"])
def choices(request: Request) -> HttpResponse:
    officer = officer_of(request)
    choice, mailed = services.choice_of(officer), mail.is_set()
    form = ChoiceForm(request.POST or None, choice=choice, mailed=mailed)
    if request.method == "POST" and form.is_valid():
        told = {"email": choice.email} | form.cleaned_data
        after = services.choose(request.actor, officer, **told)
        waits = mailed and after.email and after.confirmed_at is None
        messages.success(request, _("Saved. A link was sent to that address; open it to confirm.") if waits else _("Saved."))
        return redirect("notices:choices")
    context = {"form": form, "choice": choice, "mailed": mailed}
    return render(request, "notices/choices.html", context, status=422 if form.errors else 200)


@policy("notice.confirm")
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Reached from a letter. A button, since programs that look at letters follow links, too."""
    officer, key = officer_of(request), request.POST.get("kunci") or request.GET.get("kunci", "")
    if request.method == "POST":
        try:
            services.confirm(request.actor, officer, key=key)
        except NotPossible as reason:
            messages.warning(request, str(reason))
        else:
            messages.success(request, _("Confirmed. From now on one letter a day at most comes to this address."))
        return redirect("notices:choices")
    return render(request, "notices/confirm.html", {"choice": services.choice_of(officer), "key": key})


def officer_of(request: Request) -> Officer:
    if request.officer is None:
        raise Http404
    return request.officer


def moment_of(text: str) -> datetime | None:
    """Up to when the page that was seen listed them; a bent one means now."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
