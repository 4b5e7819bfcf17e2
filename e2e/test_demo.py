"""`rukun demo` as anyone meets it on the first day: built from nothing, served, entered with one tap, its book whole."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

RUKUN = [sys.executable, "-c", "from rukun.site.cli import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation of its own, on SQLite."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    return {**own, "RUKUN_DATA": str(tmp_path_factory.mktemp("demo"))}


@pytest.fixture(scope="session")
def served(house: dict[str, str]) -> Iterator[str]:
    port = free_port()
    log = Path(house["RUKUN_DATA"]) / "demo.log"
    with log.open("w") as out:
        demo = subprocess.Popen([*RUKUN, "demo", "--bind", f"127.0.0.1:{port}"], env=house, stdout=out, stderr=out)
    address = f"http://localhost:{port}"
    try:
        while not answers(address):
            assert demo.poll() is None, log.read_text()
            time.sleep(0.5)
        yield address
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=60)


def answers(address: str) -> bool:
    try:
        return urllib.request.urlopen(address, timeout=5).status == 200
    except OSError:
        return False


def test_a_visitor_becomes_one_of_the_cast_with_one_tap(served: str, new_context: Callable[..., BrowserContext], screenshot) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(served)
    screenshot(page, "demo-door")
    page.get_by_role("button", name="Sari Melati").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/masuk" not in page.url
    screenshot(page, "demo-today")


def test_the_book_of_the_demo_is_whole(served: str, house: dict[str, str]) -> None:
    told = subprocess.run([*RUKUN, "audit", "verify"], env=house, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
