"""The look keeps its word: readable in light and dark, light to load, and no page carries script or style inside."""

import gzip
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from rukun.lib import clock

ROOMS = Path(__file__).parents[2]
STATIC = ROOMS / "web/static/web"
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 5, 12, 7, 52, tzinfo=WIB)
TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "wash"), ("ink", "leaf-wash"), ("muted", "paper"), ("muted", "surface"), ("muted", "wash"),
    ("leaf", "paper"), ("leaf", "surface"), ("leaf", "wash"), ("leaf", "leaf-wash"), ("on-leaf", "leaf"), ("on-leaf", "leaf-deep"),
    ("marigold-ink", "paper"), ("marigold-ink", "marigold-wash"), ("ink", "marigold-wash"), ("gn", "paper"), ("gn", "surface"),
]  # fmt: skip


def tokens(theme: str) -> dict[str, str]:
    css = (STATIC / "tokens.css").read_text()
    light, dark = css.split("prefers-color-scheme: dark", 1)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", light))
    return found if theme == "light" else found | dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", dark.split("@media print")[0]))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", TEXT)
def test_every_text_is_readable_on_its_ground(theme, pair):
    known = tokens(theme)
    assert contrast(known[pair[0]], known[pair[1]]) >= 4.5


def test_the_style_is_light_enough_for_a_cheap_phone():
    assert len(gzip.compress((STATIC / "tokens.css").read_bytes() + (STATIC / "rukun.css").read_bytes())) < 10_000


def test_no_page_carries_script_style_or_handlers_inside():
    loose = []
    for file in ROOMS.glob("*/templates/**/*.html"):
        text = file.read_text()
        for wrong in (r"<style", r"\sstyle=", r"\son\w+=", r"<script(?![^>]*\bsrc=)", r"javascript:", r"hx-on"):
            if re.search(wrong, text):
                loose.append(f"{file.relative_to(ROOMS)}: {wrong}")
    assert loose == []


def drawn(source: str, **context) -> str:
    with translation.override("id"), clock.at(NOW):
        return Template("{% load web %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 5, 12, 7, 51, 30, tzinfo=WIB), "baru saja"),
        (datetime(2026, 5, 12, 7, 10, tzinfo=WIB), "42 menit lalu"),
        (datetime(2026, 5, 12, 5, 52, tzinfo=WIB), "2 jam lalu"),
        (datetime(2026, 5, 11, 20, 15, tzinfo=WIB), "tadi malam"),
        (datetime(2026, 5, 11, 9, 0, tzinfo=WIB), "kemarin"),
        (datetime(2026, 4, 30, 9, 0, tzinfo=WIB), "12 hari lalu"),
        (datetime(2026, 5, 13, 9, 0, tzinfo=WIB), "besok"),
        (datetime(2026, 5, 26, 9, 0, tzinfo=WIB), "14 hari lagi"),
        (datetime(2026, 5, 26, 9, 0, tzinfo=WIB).date(), "14 hari lagi"),
        (datetime(2026, 5, 10, 9, 0, tzinfo=WIB).date(), "2 hari lalu"),
        (datetime(2026, 5, 12).date(), "hari ini"),
    ],
)
def test_a_moment_is_told_as_people_say_it(moment, words):
    assert f">{words}</time>" in drawn("{% when moment %}", moment=moment)


def test_a_moment_names_its_date_and_clock_on_hover():
    assert 'title="Selasa, 12 Mei 2026, pukul 05.52"' in drawn("{% when moment %}", moment=datetime(2026, 5, 12, 5, 52, tzinfo=WIB))


@pytest.mark.parametrize(("hour", "words"), [(12, "tadi malam"), (23, "kemarin")])
def test_an_evening_is_last_night_until_the_next_one(hour, words):
    with clock.at(datetime(2026, 5, 12, hour, tzinfo=WIB)), translation.override("id"):
        assert f">{words}</time>" in Template("{% load web %}{% when moment %}").render(
            Context({"moment": datetime(2026, 5, 11, 20, tzinfo=WIB)})
        )


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (datetime(2026, 5, 10).date(), "lewat 2 hari"),
        (datetime(2026, 5, 11).date(), "lewat 1 hari"),
        (datetime(2026, 5, 12, 7, 0, tzinfo=WIB), "lewat hari ini"),
        (datetime(2026, 5, 12, 18, 0, tzinfo=WIB), "hari ini"),
        (datetime(2026, 5, 13).date(), "besok"),
    ],
)
def test_what_is_due_says_how_long_it_has_been_over(last, words):
    assert f">{words}</time>" in drawn("{% due last %}", last=last)


def test_a_day_is_the_local_day_of_its_place():
    midnight_in_jayapura = datetime(2026, 5, 12, 0, 30, tzinfo=ZoneInfo("Asia/Jayapura"))
    assert 'title="Selasa, 12 Mei 2026, pukul 00.30"' in drawn('{% when moment "Asia/Jayapura" %}', moment=midnight_in_jayapura)
    assert 'title="Senin, 11 Mei 2026, pukul 22.30"' in drawn('{% when moment "Asia/Jakarta" %}', moment=midnight_in_jayapura)


def test_a_day_that_is_past_is_late_and_today_is_not():
    assert 'class="due late"' in drawn("{% due day %}", day=datetime(2026, 5, 10).date())
    assert 'class="due"' in drawn("{% due day %}", day=datetime(2026, 5, 12).date())


@pytest.mark.parametrize(("stage", "word"), [("PG", "Potensi"), ("AG", "Ambang"), ("GN", "Nyata"), ("solved", "Selesai")])
def test_a_stage_is_a_shape_and_a_word(stage, word):
    page = drawn("{% shape stage %}", stage=stage)
    assert "<svg" in page and word in page
