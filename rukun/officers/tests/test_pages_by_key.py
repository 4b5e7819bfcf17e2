"""A long list of people goes on after the last one shown, so that nobody is shown twice or left out."""

import re
import sys

import pytest

from rukun.officers.models import Officer
from rukun.officers.views.people import PAGE


@pytest.fixture
def shown(world, client):
    client.force_login(world.dewi.account)

    def read(query: str = "") -> tuple[list[int], str]:
        page = client.get(f"/petugas/{query}").content.decode()
        keys = [int(key) for key in re.findall(r'href="/petugas/(\d+)/"', page)]
        further = re.search(r'href="(\?[^"]*sesudah=\d+)"', page)
        return list(dict.fromkeys(keys)), further.group(1).replace("&amp;", "&") if further else ""

    return read


def test_everybody_is_shown_once_page_after_page(world, shown, monkeypatch):
    everybody, _ = shown()
    assert PAGE > 3
    monkeypatch.setattr(sys.modules["rukun.officers.views.people"], "PAGE", 3)
    found, further = shown()
    while further:
        some, further = shown(further)
        found += some
    assert found == everybody == list(Officer.objects.within(world.actor(world.dewi)).in_service().by_unit().values_list("pk", flat=True))


@pytest.mark.parametrize("mark", ["x", "-1", "9" * 30, "999999", "%F0%9F%98%80"])
def test_a_bent_mark_begins_at_the_top(shown, mark):
    assert shown(f"?sesudah={mark}")[0] == shown()[0]
