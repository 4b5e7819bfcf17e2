"""Reads pages as a person does: what a page links to, and all that can be reached from the first page by following links."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from rukun.access.scope import Actor
from rukun.audit.models import Entry
from rukun.directives.models import Directive
from rukun.fieldwork.models import Promise, Report, Visit
from rukun.notices.models import Notice
from rukun.officers.models import Account, Assignment, Officer
from rukun.problems.models import Action, Problem
from rukun.site.tests.matrix import LOCAL, PERSONAL
from rukun.territory.models import Area, Unit

MODELS: dict[str, type[Model]] = {
    "report": Report, "visit": Visit, "promise": Promise, "problem": Problem, "action": Action, "officer": Officer, "term": Assignment,
    "entry": Entry, "area": Area, "subunit": Area, "unit": Unit, "notice": Notice, "directive": Directive,
}  # fmt: skip
Shown = set[tuple[type[Model], str]]
LINK = re.compile(r'\bhref="([^"#]+)')
NOT_FOLLOWED = re.compile(r"^/(static|keluar|masuk|akun|bahasa)/|^https?:|^mailto:|^tel:")


def as_somebody(account: Account | None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client


def links(page: str, base: str = "/") -> Iterator[str]:
    """Addresses of this installation, in the order in which they stand."""
    for found in LINK.findall(page):
        url = urljoin(base, unescape(found))
        if not NOT_FOLLOWED.match(url):
            yield url


def shown(page: str) -> Shown:
    """The things that a page links to."""
    things = set()
    for url in links(page):
        try:
            match = resolve(urlsplit(url).path)
        except Resolver404:
            continue
        kind = PERSONAL.get(match.view_name) or LOCAL.get(match.view_name)
        if kind in MODELS and match.kwargs:
            things.add((MODELS[kind], str(match.kwargs.get("path") or match.kwargs["pk"])))
    return things


def seen(actor: Actor, model: Any, **among: Any) -> Shown:
    """By brute force, row by row: what this actor may see of a table. Knows nothing of `.within`."""
    may = [row for row in model.objects.filter(**among) if actor.may(model.objects.all().sees, row.where())]
    return {(model, str(row.path if model in {Area, Unit} else row.pk)) for row in may}


def walk(client: Client, most: int, start: str = "/") -> dict[str, HttpResponse]:
    """The pages that open by following links from the first, nearest first; of the many that differ in a query alone, three."""
    pages: dict[str, HttpResponse] = {}
    waiting, alike = [start], {start: 1}
    while waiting and len(pages) < most:
        url = waiting.pop(0)
        response = client.get(url)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        pages[url] = response
        for further in links(response.content.decode(), url):
            path = urlsplit(further).path
            if further not in pages and further not in waiting and alike.get(path, 0) < 3:
                alike[path] = alike.get(path, 0) + 1
                waiting.append(further)
    return pages
