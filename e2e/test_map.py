"""The map in a browser: drawn from our own tiles, by nothing of others; the table says the same, with and without it."""

import gzip
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESKTOP, PHONE
from rukun.access.scope import system
from rukun.demo import borders
from rukun.fieldwork import services
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.territory import tiles


@pytest.fixture
def told(world):
    borders.draw(system("demo"))
    tiles.draw()
    for title, place in (("Motor hilang", world.pasar), ("Sapi hilang", world.guguak_sapan)):
        services.receive_report(
            world.actor(world.rahmi), place, id=new_id(), title=title, facts=title, basis="told", code="CRM-03",
            happened_at=clock.now() - timedelta(hours=3),
        )  # fmt: skip
    return world


def drawn(page: Page) -> None:
    page.locator("rukun-map[drawn]").wait_for(timeout=60_000)


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_unit_head_sees_where_people_report(told, walker, signed_in, screenshot, axe, width, scheme) -> None:
    page = signed_in(walker(width, color_scheme=scheme), told.nofri)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/peta/")
    drawn(page)
    expect(page.get_by_role("link", name="Aia Baliang", exact=True)).to_be_visible()
    assert any(".mvt" in url for url in asked)
    home = page.url.split("/peta/")[0]
    assert [url for url in asked if not url.startswith((home, "blob:", "data:"))] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, f"map-{scheme}")
    assert axe(page) == []


def test_a_tap_on_a_place_leads_to_its_page_and_keys_do_too(told, desktop, signed_in) -> None:
    page = signed_in(desktop, told.nofri)
    page.goto(f"/peta/?wilayah={told.koto_rimbo_district.path}")
    drawn(page)
    canvas = page.locator("rukun-map canvas")
    canvas.focus()
    page.keyboard.press("+")  # the map listens to keys
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    way = page.locator(".maplibregl-popup").get_by_role("link", name="Buka halamannya")
    expect(way).to_be_visible()
    way.click()
    expect(page).to_have_url(re.compile("/wilayah/"))


def test_without_scripts_the_table_is_the_page(told, walker, signed_in) -> None:
    page = signed_in(walker(PHONE, java_script_enabled=False), told.nofri)
    page.goto("/peta/")
    expect(page.get_by_role("link", name="Guguak Sapan", exact=True)).to_be_visible()
    page.get_by_label("Jenis").select_option("ENV")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_text("Belum ada laporan dalam 30 hari.")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/laporan/baru/", "/kotak-masuk/", "/masalah/"])
def test_a_first_page_is_under_a_hundred_kilobytes(told, phone, signed_in, address) -> None:
    """All that a phone fetches for its first page, as it comes over the wire; the map is not among it."""
    sizes: dict[str, int] = {}

    def weigh(response) -> None:
        if response.status == 200:
            body = response.body()
            squeezed = response.headers.get("content-type", "").startswith("font/")
            sizes[response.url] = len(body) if squeezed else len(gzip.compress(body, 6))

    page = signed_in(phone, told.nofri if address != "/laporan/baru/" else told.rahmi)
    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")
    assert not [url for url in sizes if "maplibre" in url or "/map" in url]
    assert sum(sizes.values()) < 100_000, sizes
