"""A clumsy or a bad hand: whatever stands in a form, the machine answers with words, never with an error of its own."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from rukun.site.tests.reading import links

HUGE = "99999999999999999999"
WRITTEN = ("", HUGE, "\x00tanpa ujung", "2026-02-30", "<b>" + "x" * 5000)
LEFT_ALONE = re.compile(r"^/(keluar|demo|bahasa)/")


class Forms(HTMLParser):
    """The forms of a page: where each goes, how, and what stands in its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self.choosing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.found.append((given.get("action", ""), given.get("method", "get").lower(), {}))
        elif not self.found:
            return
        elif tag == "option" and self.choosing and given.get("value"):
            self.found[-1][2][self.choosing] = self.found[-1][2][self.choosing] or given["value"]
        elif tag in ("input", "textarea", "select", "button") and given.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken":
            self.found[-1][2].setdefault(given["name"], given.get("value", ""))
            self.choosing = given["name"] if tag == "select" else ""


def pages_reached(client: Client, start: tuple[str, ...]) -> dict[str, str]:
    """One page of each kind that links lead to."""
    waiting, kinds, found = list(start), set(), {}
    while waiting:
        url = waiting.pop(0)
        kind = re.sub(r"[0-9a-f-]{36}|\d+|\?.*", "#", url)
        if kind in kinds:
            continue
        kinds.add(kind)
        page = client.get(url)
        if page.status_code == 200 and page["content-type"].startswith("text/html"):
            found[url] = page.content.decode()
            waiting += links(found[url], url)
    return found


def spoilt(fields: dict[str, str]) -> list[dict[str, str]]:
    """The form with the same in all its fields, and with one field beyond all bounds."""
    return [dict.fromkeys(fields, text) for text in WRITTEN] + [fields | {name: HUGE} for name in fields]


def sent(client: Client, method: str, url: str, data: dict[str, Any]) -> int:
    cache.clear()
    with transaction.atomic():  # every hand finds the world as it was
        answer = client.post(url, data) if method == "post" else client.get(url, data)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("role", ["village_officer", "sector_unit_head", "administrator"])
def test_nothing_written_in_a_form_breaks_the_machine(all_planted, role):
    client = Client(raise_request_exception=False)
    client.force_login(all_planted.accounts[role])
    broken, tried = [], 0
    for page, html in pages_reached(client, ("/", "/saya/")).items():
        for action, method, fields in Forms(html).found:
            url = action or page
            if LEFT_ALONE.match(url):
                continue
            for data in spoilt(fields):
                tried += 1
                if (status := sent(client, method, url, data)) >= 500:
                    broken.append((url, status, data))
    assert broken == []
    assert tried > 100
