"""The main pages of a hat: rooms add theirs when they are ready, and a hat sees those that it may open.

tabs.add("fieldwork:inbox", _("Inbox"), icon="inbox", permission="report.answer", order=20, count=unread)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from rukun.access.request import Request
from rukun.access.scope import Actor

Count = Callable[[Actor], int]
THUMB = 5  # main pages that fit under a thumb


@dataclass(frozen=True, slots=True)
class Tab:
    url_name: str
    label: str | Promise
    icon: str
    permissions: tuple[str, ...]
    order: int
    count: Count | None = None
    record: bool = False  # the one large button, under the thumb
    roles: frozenset[str] = frozenset()  # for these alone; none named: for every role
    wide: bool = False  # gives way on a phone where the thumb has more than five; another page leads there, too


@dataclass(frozen=True, slots=True)
class Shown:
    url: str
    label: str | Promise
    icon: str
    current: str  # as aria-current says it: "page", "true" for a page below it, or nothing
    count: int
    record: bool
    wide: bool = False


TABS: dict[str, Tab] = {}
FINDER: list[tuple[str, tuple[str, ...]]] = []


def finder(url_name: str, *, permission: tuple[str, ...]) -> None:
    """Registers the page that searches: its field stands in the head of every page of a hat that holds any of these."""
    FINDER[:] = [(url_name, permission)]


def finder_for(actor: Actor) -> str:
    """Its address for this hat, "" where there is none."""
    for url_name, permissions in FINDER:
        if any(actor.holds(permission) for permission in permissions):
            return reverse(url_name)
    return ""


def add(url_name: str, label: str | Promise, *, icon: str, permission: str | tuple[str, ...] = (), order: int, count: Count | None = None,
        record: bool = False, roles: frozenset[str] = frozenset(), wide: bool = False) -> None:  # fmt: skip
    """Registers a main page; `permission` names one or several of which any will do, none means every hat."""
    permissions = (permission,) if isinstance(permission, str) else permission
    TABS[url_name] = Tab(url_name, label, icon, permissions, order, count, record, roles, wide)


def shown(request: Request) -> list[Shown]:
    actor = request.actor
    open_to = [tab for tab in TABS.values() if not tab.permissions or any(actor.holds(permission) for permission in tab.permissions)]
    open_to = [tab for tab in open_to if not tab.roles or actor.role in tab.roles]
    rows, crowded = [], len(open_to) > THUMB
    for tab in sorted(open_to, key=lambda tab: tab.order):
        try:
            url = reverse(tab.url_name)
        except NoReverseMatch:
            continue
        rows.append(
            Shown(url, tab.label, tab.icon, here(request, tab, url), tab.count(actor) if tab.count else 0, tab.record, tab.wide and crowded)
        )
    return rows


def here(request: Request, tab: Tab, url: str) -> str:
    if request.resolver_match and request.resolver_match.view_name == tab.url_name:
        return "page"
    return "true" if url != "/" and request.path.startswith(url) else ""
