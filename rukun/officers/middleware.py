"""Gives every request its actor, once, so that no view asks who is calling."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from rukun.access.scope import NOBODY
from rukun.officers.hats import actor_of


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request) if request.user.is_authenticated else NOBODY
        return self.get_response(request)
