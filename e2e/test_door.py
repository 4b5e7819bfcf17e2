"""Before anyone signs in: the door itself, at phone and desktop width."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_stranger_is_shown_the_door_and_it_is_fit_to_use(width, request, world, axe, screenshot):
    page: Page = request.getfixturevalue(width)
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "id"
    expect(page.locator("form input:not([type=hidden])").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe(page) == []
    screenshot(page, "door")
