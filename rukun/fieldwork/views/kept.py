"""Where one stands after something was recorded."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rukun.access.request import Request
from rukun.fieldwork.forms import Recorded


def kept(request: Request, name: str, pk: Any, words: str, form: Recorded) -> HttpResponse:
    """To the record's own page; an operator, who does not read what others record, back to where she began."""
    form.tell(request)
    if author := form.cleaned_data.get("author"):
        messages.success(request, _("Kept for %s, with your name beside it.") % author)
        return redirect("fieldwork:record")
    messages.success(request, words)
    return redirect(name, pk=pk)
