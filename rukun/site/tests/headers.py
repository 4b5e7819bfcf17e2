"""Asks a real house, in a process of its own, for every page by its name, and prints what its answers lack: python -m rukun.site.tests.headers"""

import json
import re

import django

WANTED = (
    "Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Referrer-Policy",
    "X-Frame-Options",
)  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*src=)[^>]*>|\son\w+=\"|\sstyle=\"")


def asked() -> dict[str, object]:
    from django.core import checks
    from django.core.management import call_command
    from django.test import Client
    from django.urls import NoReverseMatch, reverse

    from rukun.site.tests.matrix import pages

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    client, addresses = Client(enforce_csrf_checks=True), ["/", "/tidak-ada/"]
    for name, _pattern in pages():
        try:
            addresses.append(reverse(name))
        except NoReverseMatch:  # asks for a thing; without one it is the page that is not there
            continue
    bare, loose, cookies = [], [], set()
    for url in addresses:
        for method in ("get", "post"):
            answer = getattr(client, method)(url, secure=True, HTTP_HOST="rukun.contoh.go.id")
            bare += [f"{method} {url}: {header}" for header in WANTED if header not in answer]
            cookies |= {(key, bool(morsel["secure"]), morsel["samesite"]) for key, morsel in answer.cookies.items()}
            loose += [f"{url}: {found}" for found in INLINE.findall("" if answer.streaming else answer.content.decode(errors="ignore"))]
    warnings = [message.id for message in checks.run_checks(include_deployment_checks=True) if message.level >= checks.WARNING]
    return {"bare": bare, "loose": loose, "cookies": sorted(cookies), "pages": len(addresses), "warnings": warnings}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(asked()))
