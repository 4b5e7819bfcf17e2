"""What every page knows: its tabs, whose hat it is seen under, and whether all this is practice."""

from typing import Any

from django.conf import settings

from rukun.access.request import Request
from rukun.web import tabs

HAT: list = []  # a room above says who wears the hat: one function (request) -> dict


def page(request: Request) -> dict[str, Any]:
    known = {"practice": settings.MODE != "real", "demo": settings.DEMO}
    if not getattr(request, "actor", None) or not request.user.is_authenticated:
        return known
    hat = HAT[0](request) if HAT else {}
    return known | {"tabs": tabs.shown(request), "hat": hat}


def wear(say: Any) -> None:
    """Registers the function that says whose hat a request is seen under: {"name", "role", "others"}."""
    HAT[:] = [say]
