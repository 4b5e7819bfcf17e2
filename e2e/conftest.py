"""Journeys in a real Chromium: served as an installation serves, walked at phone and desktop width."""

import os

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in the test's thread

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from rukun.conftest import emptied_between_tests, run_jobs, world
from tools.browser import fetch, find

__all__ = ["emptied_between_tests", "run_jobs", "world"]

FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = next(Path(__file__).parent.glob("vendor/axe-core-*/axe.min.js"))
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PATIENCE = 20_000  # milliseconds: a machine may be busy with other things
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))  # the server's threads see what is committed, nothing else


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find() or fetch(), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Jakarta", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """A file, not memory: each of the server's threads has a connection of its own, as in an installation."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(settings.DATA / "journeys.db")


@pytest.fixture(autouse=True, scope="session")
def served_as_deployed(gathered: None) -> Iterator[None]:
    """Static files are served by WhiteNoise under their hashed names, not by Django's helper for tests."""
    from django.contrib.staticfiles import handlers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", lambda application: application)
        yield


@pytest.fixture
def walker(new_context: Callable[..., BrowserContext], live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for one person: `walker(DESKTOP)`. What the console complains of ends the test."""
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # a page that is refused or missing is a test's own business; a script or a policy that breaks never is
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def open_page(viewport: dict[str, int] = PHONE, **options: Any) -> Page:
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if viewport["width"] < 600 else {}
        context = new_context(base_url=live_server.url, viewport=viewport, **touch, **options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", heard)
        return context.new_page()

    yield open_page
    assert complaints == []


@pytest.fixture
def phone(walker: Callable[..., Page]) -> Page:
    return walker(PHONE)


@pytest.fixture
def desktop(walker: Callable[..., Page]) -> Page:
    return walker(DESKTOP)


@pytest.fixture
def signed_in(live_server: Any) -> Callable[[Page, Any], Page]:
    """`signed_in(phone, world.sari)`: the session that signing in would have given; the sign-in itself has its own journey."""
    from django.conf import settings
    from django.test import Client

    def sign_in(page: Page, person: Any) -> Page:
        client = Client()
        client.force_login(getattr(person, "account", person))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True, "sameSite": "Lax"}])
        return page

    return sign_in


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Keeps what the page looks like in the folder that RUKUN_SCREENSHOTS names; without it, nothing."""
    folder = os.environ.get("RUKUN_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = (page.viewport_size or PHONE)["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return take


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with the page as it stands: `assert axe(phone) == []`."""

    def examine(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            tab = page.context.new_cdp_session(page)
            tab.send("Runtime.evaluate", {"expression": AXE.read_text()})  # past the page's own policy, which rightly takes no script
            tab.detach()
        found = page.evaluate("() => axe.run().then(result => result.violations)")
        return [f"{each['id']}: {node['target']} {node.get('failureSummary', '')}" for each in found for node in each["nodes"]]

    return examine
