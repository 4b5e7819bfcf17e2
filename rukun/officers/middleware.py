"""Gives every request its actor and its time zone, once; and asks for a second proof where one is due."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from rukun.access.scope import NOBODY
from rukun.officers import sessions
from rukun.officers.hats import actor_of, held
from rukun.officers.request import Request
from rukun.officers.rules import needs_second_factor

ALWAYS_OPEN = ("account_", "mfa_", "usersessions_", "set_language", "officers:me", "phone_api:")


class ActorMiddleware:
    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.officer = None
        request.actor = actor_of(request) if request.user.is_authenticated else NOBODY
        zone = request.officer.unit.time_zone if request.officer else settings.TIME_ZONE
        with timezone.override(zone):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Who commands or keeps the machine sets up a second proof before the first page; others are asked on their own page."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(ALWAYS_OPEN) or not lacks_proof(request):
            return None
        messages.info(request, _("Your role opens much. Before the first page, please set up a second proof beside the password."))
        return redirect("mfa_index")


def lacks_proof(request: Request) -> bool:
    """Somebody whose role opens much, with nothing set up beside the password."""
    if not request.officer or not by_password_alone(request):
        return False
    roles = {term.role for term in held(request.officer, request.officer.unit.today())}
    return needs_second_factor(roles, settings.SECOND_FACTOR) and not sessions.has_second_factor(request.user)


def by_password_alone(request: Request) -> bool:
    """A session that began with a password and was never proven further; one that the demo opened has no records at all."""
    records = get_authentication_records(request, request.user)
    return bool(records) and all(record["method"] == "password" for record in records)
