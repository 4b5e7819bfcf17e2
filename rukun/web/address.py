"""An address that no page of ours ever made is answered as such, before any table is asked with it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class AddressMiddleware:
    """Refuses the null byte in an address (400): PostgreSQL holds no text with it. In forms, Django's own fields refuse it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            raise BadRequest("a null byte in the address")
        return self.get_response(request)
