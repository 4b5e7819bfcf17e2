"""Search in a browser: from the field in the head of any page on a desktop, from the page itself on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESKTOP, PHONE
from rukun.fieldwork import services
from rukun.fieldwork.models import new_id
from rukun.lib import clock


@pytest.fixture
def told(world):
    for title in ("Motor dicuri di parkiran surau", "Lampu jalan padam"):
        services.receive_report(
            world.actor(world.rahmi), world.pasar, id=new_id(), title=title, facts=f"{title}, sudah dua minggu.", basis="told", code="CRM-03",
            happened_at=clock.now() - timedelta(hours=3),
        )  # fmt: skip
    return world


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_chief_finds_a_matter_and_is_not_helped_to_a_person(told, walker, signed_in, screenshot, axe, width) -> None:
    page = signed_in(walker(width), told.nofri)
    page.goto("/")
    head = page.get_by_role("banner").get_by_role("search")
    if width is DESKTOP:
        head.get_by_role("searchbox").fill("pencurian")
        head.get_by_role("searchbox").press("Enter")
    else:
        head.get_by_role("button", name="Cari").click()
        page.get_by_label("Masalah, tempat, atau keduanya").fill("pencurian")
        page.get_by_label("Masalah, tempat, atau keduanya").press("Enter")
    expect(page.get_by_role("link", name="Motor dicuri di parkiran surau")).to_be_visible()
    expect(page.get_by_text("Lampu jalan padam")).to_have_count(0)
    expect(page.locator("mark").first).to_have_text("dicuri")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "find")
    assert axe(page) == []
    page.get_by_label("Masalah, tempat, atau keduanya").fill("pak Rusdi")
    page.get_by_role("main").get_by_role("button", name="Cari").click()
    expect(page.get_by_text("Silakan cari masalah dan tempatnya.")).to_be_visible()
    screenshot(page, "find-refused")
    assert axe(page) == []
