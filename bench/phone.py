"""The phone's app in a Chromium slowed down six times: cold start, and from the tap to kept: `python bench/phone.py [--slower 6]`."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from e2e.conftest import FLAGS, PHONE
from e2e.pocket import set_up
from tools.browser import fetch, find

PORT = 8853


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--slower", type=float, default=6)
    asked.add_argument("--times", type=int, default=9)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rukun = str(Path(sys.executable).parent / "rukun")
        env = os.environ | {"RUKUN_DATA": folder, "RUKUN_DEMO": "1"}
        subprocess.run([rukun, "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            [rukun, "run", "--bind", f"127.0.0.1:{PORT}"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            ready()
            measure(options)
        finally:
            server.terminate()
            server.wait()


def ready() -> None:
    for _each in range(120):
        try:
            urllib.request.urlopen(f"http://localhost:{PORT}/hp/")
        except OSError:
            time.sleep(0.5)
        else:
            return


def measure(options: argparse.Namespace) -> None:
    expect.set_options(timeout=90_000)  # setting up is not what is measured
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find() or fetch(), args=FLAGS)
        context = browser.new_context(viewport=PHONE, locale="id-ID", base_url=f"http://localhost:{PORT}", has_touch=True, is_mobile=True)
        page = context.new_page()
        page.goto("/")
        page.locator("form[action*='/demo/'] button").filter(has_text="Sari").first.click()
        page.wait_for_url("**/")
        set_up(page)
        context.set_offline(True)
        starts = [started(context, options.slower) for _each in range(options.times)]
        tell(f"cold start from the phone's own memory, CPU slowed {options.slower:g} times", starts)
        tell("from the tap to kept on the disk, sealed twice", saved(page, options))
        browser.close()


def slow(page: Page, times: float) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def started(context: BrowserContext, slower: float) -> float:
    page = context.new_page()
    slow(page, slower)
    page.goto("/hp/")
    page.wait_for_function("() => performance.getEntriesByName('rukun-ready').length")
    took = page.evaluate("() => performance.getEntriesByName('rukun-ready')[0].startTime")
    page.close()
    return float(took)


def saved(page: Page, options: argparse.Namespace) -> list[float]:
    slow(page, options.slower)
    for _each in range(options.times):
        page.evaluate("() => { location.hash = 'kunjungan' }")
        page.get_by_role("radio", name="Pasar", exact=True).check()
        page.get_by_role("button", name="Tidak ada yang disampaikan").click()
        page.get_by_role("heading", name="Tersimpan di ponsel ini.").wait_for()
    took: list[Any] = page.evaluate("() => performance.getEntriesByName('rukun-saved').map(each => each.duration)")
    return [float(each) for each in took]


def tell(what: str, times: list[float]) -> None:
    print(f"{what}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms, n {len(times)}")


if __name__ == "__main__":
    main()
