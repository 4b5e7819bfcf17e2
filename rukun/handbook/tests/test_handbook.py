"""The handbooks say what the pages say, on one page each."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation

from rukun.handbook.sheets import Reader, handbook
from rukun.handbook.words import WORDS

ROOMS = Path(__file__).parents[2]


def pages_in(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(("room", "said"), sorted(set(WORDS.values())))
def test_every_word_in_a_handbook_is_said_by_a_page_of_its_room(room, said):
    assert apps.is_installed(f"rukun.{room}")
    files = [file for file in (ROOMS / room).rglob("*") if file.suffix in {".py", ".html"} and "tests" not in file.parts]
    assert any(f'"{said}"' in file.read_text() for file in files), f"no page of {room} says {said!r} any more"


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_handbook_is_one_page_with_every_button_in_the_readers_language(reader, language, tmp_path):
    call_command("handbook", str(tmp_path), "--language", language, stdout=StringIO())
    assert pages_in((tmp_path / f"rukun-{reader}.pdf").read_bytes()) == 1
    with translation.override(language):
        runs = [run for part in handbook(reader).parts for line in part.lines for run in line]
    assert all(run.text.strip() for run in runs if run.strong)
    assert not any("{" in run.text for run in runs)


def test_whoever_is_signed_in_opens_a_handbook(world, client):
    client.force_login(world.sari.account)
    page = client.get("/buku-saku/officer.pdf")
    assert (page.status_code, page["content-type"], page.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert 'href="/buku-saku/officer.pdf"' in client.get("/hari-pertama/").content.decode()
    assert client.get("/buku-saku/polda.pdf").status_code == 404


def test_a_head_of_unit_finds_his_own(world, client):
    client.force_login(world.nofri.account)
    assert 'href="/buku-saku/kasat.pdf"' in client.get("/saya/").content.decode()
