"""Finds the Chromium that the journeys are walked in, and with `--install` fetches one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(Exception):
    """There is no Chromium on this machine, and none could be had."""


def answers(program: str | None) -> bool:
    if not program or not Path(program).exists():
        return False
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def find() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        if answers(named):
            return named
        raise NoBrowser(f"CHROMIUM names {named}, which does not start.")
    for name in NAMES:
        if answers(path := shutil.which(name)):
            return path
    return own if answers(own := playwrights_own()) else None


def attempt(*command: str, seconds: int = 600) -> bool:
    print(f"Fetching a browser: {' '.join(command)}", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
                              env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def fetch() -> str:
    """Playwright's own, else the distribution's package."""
    attempt(sys.executable, "-m", "playwright", "install", "chromium", seconds=300)
    if path := find():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempt("apt-get", "update", "-qq")
        attempt("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation")
        if path := find():
            return path
    raise NoBrowser(
        "The journeys need Chromium, and none could be had: Playwright's download did not come through, and "
        + ("apt-get could not install the package." if os.geteuid() == 0 else "installing a package needs root.")
        + "\nInstall it (Debian: apt-get install chromium) or name one: CHROMIUM=/path/to/chromium make test"
    )


def main(arguments: list[str]) -> int:
    try:
        path = find() or (fetch() if "--install" in arguments else None)
    except NoBrowser as reason:
        print(reason, file=sys.stderr)
        return 1
    if path is None:
        print("No Chromium here. `make browser` fetches one.", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
