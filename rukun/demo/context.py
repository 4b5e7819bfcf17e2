"""The cast on the sign-in page, one tap each: in the demo, from this very machine, and nowhere else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rukun.demo.nusa import PEOPLE

LOOPBACK = {"127.0.0.1", "::1"}


def is_open_to(request: HttpRequest) -> bool:
    return settings.DEMO and request.META.get("REMOTE_ADDR") in LOOPBACK and "HTTP_X_FORWARDED_FOR" not in request.META


def cast(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)  # none yet where an address was refused before anybody was known
    if not is_open_to(request) or user is None or user.is_authenticated:
        return {}
    return {"cast": [{"key": key, "name": f"{rank} {name}", "who": sentence} for key, _, name, rank, *_, sentence in PEOPLE]}
