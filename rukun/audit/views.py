"""The pages of the book: what was done in my area, and whether an entry still stands as it was written."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rukun.access.policy import policy
from rukun.access.request import Request
from rukun.audit import book, words
from rukun.audit.forms import SearchForm
from rukun.audit.lines import lines
from rukun.audit.models import Entry

PAGE = 50


@require_safe
@policy("book.view")
def entries(request: Request) -> HttpResponse:
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    everywhere = "" in request.actor.roots
    found = Entry.objects.within(request.actor).asked(asked.get("act"), asked.get("thing"), asked.get("before"), everywhere=everywhere)
    page = list(found.order_by("-pk")[: PAGE + 1])
    older = request.GET.copy()
    older["before"] = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "form": form,
        "lines": lines(page[:PAGE]),
        "next": older.urlencode() if len(page) > PAGE else "",
        "checkpoint": book.newest(),
    }
    return render(request, "audit/_entries.html" if request.htmx else "audit/entries.html", context)


@require_safe
@policy("book.view")
def entry(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Entry.objects.within(request.actor).select_related("payload"), pk=pk)
    kept = found.details
    details = None if kept is None else [(words.detail(name), words.value(value)) for name, value in kept.items() if value]
    context = {"line": lines([found])[0], "entry": found, "details": details, "proof": book.prove(found), "leaf": bytes(found.leaf).hex()}
    return render(request, "audit/entry.html", context)


@require_safe
@policy("book.view")
def checkpoint(request: Request) -> HttpResponse:
    """The newest signed checkpoint as plain text, to be printed or kept elsewhere."""
    newest = book.newest()
    return HttpResponse(newest.note if newest else _("Nothing has been sealed yet.\n"), content_type="text/plain; charset=utf-8")
