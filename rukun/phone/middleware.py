"""Every answer under the phone's addresses says that it is ours and can be read by a program, whatever went wrong on the way."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from rukun.phone.doors import refused

ADDRESSES = "/api/hp/"
VERSION = "1"
CODES = {400: "malformed", 403: "csrf", 404: "not_found", 405: "method", 413: "too_large"}
RETRY = "20"

log = logging.getLogger(__name__)


class ApiMiddleware:
    """The mark by which a phone tells us from a hotel's sign-in page; errors as JSON; a database that can't now as 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(ADDRESSES):
            return response
        if response.status_code in CODES and not response.get("Content-Type", "").startswith("application/json"):
            allowed = response.get("Allow")
            response = refused(response.status_code, CODES[response.status_code])
            if allowed:
                response["Allow"] = allowed
        response["X-Rukun-Api"] = VERSION
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)  # what was refused before the rest of the house saw it, too
        response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not request.path_info.startswith(ADDRESSES) or not isinstance(error, DatabaseError | OSError):
            return None
        log.warning("a phone is asked to come again: %s", error.__class__.__name__)
        answer: JsonResponse = refused(503, "busy")
        answer["Retry-After"] = RETRY
        return answer
