"""What every page knows: its tabs, whose hat it is seen under, and whether all this is practice."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from rukun.access.request import Request
from rukun.web import tabs

HAT: list = []  # a room above says who wears the hat: one function (request) -> dict
PRACTICE: list[Callable[[], bool]] = []  # and whether all this is practice; until it does, it is
BELL: list = []  # and another how many notices wait: one function (request) -> {"url", "count", "here"} or None


def page(request: Request) -> dict[str, Any]:
    known = {"practice": is_practice(), "demo": settings.DEMO}
    if not getattr(request, "actor", None) or not request.user.is_authenticated:
        return known
    hat = HAT[0](request) if HAT else {}
    finder = tabs.finder_for(request.actor)
    return known | {"tabs": tabs.shown(request), "hat": hat, "bell": BELL[0](request) if BELL else None, "finder": finder}


def wear(say: Any) -> None:
    """Registers the function that says whose hat a request is seen under: {"name", "role", "others"}."""
    HAT[:] = [say]


def practise(say: Callable[[], bool]) -> None:
    """Registers the function that says whether this is practice."""
    PRACTICE[:] = [say]


def is_practice() -> bool:
    """For pages and for whatever is printed."""
    return PRACTICE[0]() if PRACTICE else True


def practice_words() -> str:
    """What stands on top of whatever is printed from invented records; empty once all this is real."""
    return _("PRACTICE: nothing here is real.") if is_practice() else ""


def practice_place() -> str:
    """The same for paper that tells of the server and not of records."""
    return _("PRACTICE: this server is for trying; record nothing real in it yet.") if is_practice() else ""


def ring(say: Any) -> None:
    """Registers the function that says what waits at the bell."""
    BELL[:] = [say]
