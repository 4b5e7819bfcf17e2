"""Whoever is refused a page is in the book, once an hour for each page: a forgotten tab is one line, and so is a search for a gap."""

from collections.abc import Callable

from django.http import HttpResponse

from rukun.access.request import Request
from rukun.audit.door import Page, declare_note, note

REFUSED = declare_note("page.refuse")
MISSED = declare_note("page.miss")


class RefusalMiddleware:
    """Stands between who is calling and what the page asks of its caller."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if response.status_code == 403:
            note(request.actor, REFUSED, Page(name or "unknown"), once_per_hour=True)
        elif response.status_code == 404 and name and request.user.is_authenticated:
            note(request.actor, MISSED, Page(name), once_per_hour=True)
        return response
