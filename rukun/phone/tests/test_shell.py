"""The app itself: nothing personal in it, light to load, and a changed file is a new version of its worker."""

import gzip
import io
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from rukun.phone.views import shell
from rukun.phone.words import WORDS

STATIC = Path(__file__).parents[1] / "static/phone"


def test_the_page_is_the_same_for_everybody_and_names_nobody(world, client):
    before = client.get("/hp/").content
    client.force_login(world.sari.account)
    assert client.get("/hp/").content == before
    assert "Sari" not in before.decode() and "csrf" not in before.decode().lower()


def test_it_speaks_the_language_that_was_chosen(client):
    client.cookies["rukun_language"] = "en"
    assert "Set up this phone" in client.get("/hp/").content.decode()


def test_the_first_screen_loads_less_than_a_hundred_kilobytes(world, client):
    page = client.get("/hp/").content
    named = [*shell.scripts(), "phone/phone.css", *shell.FACE]
    files = {name: Path(finders.find(name)).read_bytes() for name in named}
    carried = sum(len(data if name.endswith("woff2") else gzip.compress(data)) for name, data in files.items()) + len(gzip.compress(page))
    assert carried < 90_000


def test_the_worker_keeps_every_script_that_lies_here_and_nothing_else(client):
    files = json.loads(re.search(r"serve\(self, (.*)\);", client.get("/hp/sw.js").content.decode())[1])["files"]
    scripts = {re.sub(r"\.[0-9a-f]{12}\.js$", ".js", name).rsplit("/", 1)[-1] for name in files if name.endswith(".js")}
    assert scripts == {file.name for file in STATIC.glob("*.js")}
    assert client.get("/hp/sw.js")["Service-Worker-Allowed"] == "/hp/"


def test_another_text_on_the_page_is_another_version(monkeypatch):
    before = shell.script()
    monkeypatch.setattr(shell, "spoken", lambda: "{}")
    assert shell.script() != before


def test_it_installs_with_icons_that_exist_and_takes_what_is_shared(client):
    told = json.loads(client.get("/hp/manifest.webmanifest").content)
    assert (told["start_url"], told["scope"], told["display"]) == ("/hp/", "/hp/", "standalone")
    for icon in told["icons"]:
        if icon["type"] == "image/png":
            picture = Image.open(io.BytesIO(client.get(icon["src"]).content))
            assert icon["sizes"] == "{}x{}".format(*picture.size)
    assert told["share_target"]["method"] == "POST"
    assert client.get("/hp/ikon-77.png").status_code == 404


def test_what_is_shared_before_there_is_a_worker_leads_to_the_page_for_pasting(client):
    assert client.post(told_share(client), {"text": "giat sambang"})["Location"].endswith("/tempel/")


def told_share(client) -> str:
    return json.loads(client.get("/hp/manifest.webmanifest").content)["share_target"]["action"]


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.js")), ids=lambda file: file.name)
def test_every_sentence_that_a_script_says_is_known(file):
    said = set(re.findall(r'\bsay\("(\w+)"', file.read_text()))
    assert said - set(WORDS) == set()
