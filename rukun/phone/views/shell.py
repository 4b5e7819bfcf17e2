"""The app itself: one page without personal data that stays on the phone, its worker, its manifest, its icons."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from rukun.access.policy import public
from rukun.phone.icons import SIZES, drawn
from rukun.phone.words import WORDS
from rukun.web.context import is_practice

FACE = ("web/tokens.css", "web/rukun.css", "web/mark.svg", "web/fonts/plus-jakarta-sans-latin.woff2")
IMPORTED = re.compile(r'^import .* from "\./(\w+\.js)";$', re.MULTILINE)
OWN = Path(__file__).parents[1] / "static"


@public
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The same for everybody who reads its language: what is personal never stands in it."""
    answer = HttpResponse(page())
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = reverse("phone:shell")
    return answer


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(told(), json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/manifest+json"
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    if size not in SIZES:
        raise Http404
    answer = HttpResponse(drawn(size), content_type="image/png")
    answer["Cache-Control"] = "public, max-age=604800"
    return answer


@csrf_exempt  # another app of the phone sends it; nothing is kept of it here
@public
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """What another app shares is taken by the worker on the phone. Where there is none yet, it goes on, as it came, to the page for pasting."""
    return redirect(reverse("sharing:paste"), preserve_request=True)


def page() -> str:
    return render_to_string(
        "phone/shell.html", {"words": spoken(), "modules": scripts(), "practice": is_practice(), "language": get_language()}
    )


def spoken() -> str:
    return json.dumps({key: str(word) for key, word in WORDS.items()}, ensure_ascii=False)


def script() -> str:
    """The worker's few lines, with the files of this version: a changed file is a new version."""
    files = [*files_served(), *(reverse("phone:icon", args=[size]) for size in SIZES), reverse("phone:manifest")]
    version = hashlib.sha256("\n".join([*files, page(), json.dumps(told())]).encode()).hexdigest()[:16]
    names = {"home": reverse("phone:shell"), "share": reverse("phone:share"), "language": get_language()}
    known = json.dumps({"version": version, "files": files} | names)
    return f'import {{ serve }} from "{staticfiles_storage.url("phone/worker.js")}";\n\nserve(self, {known});\n'


def files_served() -> list[str]:
    """Under the names by which they are served."""
    return [staticfiles_storage.url(name) for name in (*names_of_scripts(), "phone/phone.css", *FACE)]


@cache
def scripts() -> tuple[str, ...]:
    """What the first screen needs, found by what app.js imports: the browser fetches them all at once."""
    found, open_ends = set(), ["app.js"]
    while open_ends:
        name = open_ends.pop()
        if name not in found:
            found.add(name)
            open_ends += IMPORTED.findall((OWN / "phone" / name).read_text())
    return tuple(sorted(f"phone/{name}" for name in found))


@cache
def names_of_scripts() -> tuple[str, ...]:
    """As the manifest of the static files lists them; while nothing has been gathered, as they lie in this room."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    listed = [name for name in hashed if name.startswith("phone/") and name.endswith(".js")]
    return tuple(sorted(listed or (f"phone/{file.name}" for file in OWN.glob("phone/*.js"))))


def told() -> dict[str, object]:
    home = reverse("phone:shell")
    icons = [
        {"src": reverse("phone:icon", args=[size]), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in SIZES
    ]
    taken = {"title": "title", "text": "text", "url": "url", "files": [{"name": "photos", "accept": ["image/*"]}]}
    return {
        "id": home, "name": "rukun", "short_name": "rukun", "lang": get_language(), "start_url": home, "scope": home, "display": "standalone",
        "description": _("Visits and reports, with or without a signal."), "theme_color": "#0E5A4E", "background_color": "#FBFAF6",
        "icons": [{"src": staticfiles_storage.url("web/mark.svg"), "sizes": "any", "type": "image/svg+xml"}, *icons],
        "shortcuts": [
            {"name": _("Visit"), "url": f"{home}#kunjungan", "icons": icons[:1]},
            {"name": _("Report"), "url": f"{home}#laporan", "icons": icons[:1]},
        ],
        "share_target": {"action": reverse("phone:share"), "method": "POST", "enctype": "multipart/form-data", "params": taken},
    }  # fmt: skip
