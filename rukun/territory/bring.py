"""A table brought in by a page: looked at first, nothing changed; then confirmed, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rukun.access.request import Request
from rukun.lib.table import Table
from rukun.territory.forms import TableForm
from rukun.territory.tables import BadTable, Done, in_memory

SHOWN = 300  # changes on the page; what lies beyond is counted
WRONG = 40


@dataclass(frozen=True, slots=True)
class Bringing:
    """What a page brings in, and where it leads back to."""

    heading: str
    hint: str  # the columns, in words
    here: str
    back: str
    back_to: str
    named: Callable[[str], str]
    enter: Callable[[Table, bool], Done]  # with True, as a rehearsal


def page(request: Request, what: Bringing) -> HttpResponse:
    if request.method != "POST":
        return asked(request, what, TableForm())
    if "text" in request.POST:
        return entered(request, what, request.POST["text"])
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked(request, what, form, status=422)
    data: bytes = form.cleaned_data["file"].read()
    try:
        done = what.enter(in_memory(data, named=what.named), True)
    except BadTable as bad:
        return asked(request, what, form, wrong=bad, status=422)
    return looked_at(request, what, done, data)


def looked_at(request: Request, what: Bringing, done: Done, data: bytes) -> HttpResponse:
    shown = {
        "what": what, "done": done, "changes": done.changes[:SHOWN], "beyond": max(0, len(done.changes) - SHOWN), "new": len(done.changes),
        "text": data.decode("utf-8-sig"),
    }  # fmt: skip
    return render(request, "territory/file.html", shown)


def asked(request: Request, what: Bringing, form: TableForm, wrong: BadTable | None = None, status: int = 200) -> HttpResponse:
    sentences = wrong.sentences() if wrong else []
    context = {"what": what, "form": form, "wrong": sentences[:WRONG], "wrong_beyond": max(0, len(sentences) - WRONG)}
    return render(request, "territory/bring.html", context, status=status)


def entered(request: Request, what: Bringing, text: str) -> HttpResponse:
    try:
        done = what.enter(in_memory(text, named=what.named), False)
    except BadTable as bad:
        return asked(request, what, TableForm(), wrong=bad, status=422)
    messages.success(request, brought(done))
    return redirect(what.back)


def brought(done: Done) -> str:
    return _("Brought in: %(new)s new, %(changed)s changed, %(given)s given, %(same)s known already.") % {
        "new": done.founded, "changed": done.changed, "given": done.covered, "same": done.same,
    }  # fmt: skip
