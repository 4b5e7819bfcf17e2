"""The parts of a page: a field says what is wrong where it is wrong, a tab knows where one is, and the reference names them all."""

import re
from pathlib import Path

from django import forms
from django.template import Context, Template
from django.utils import translation

from rukun.web.icons import SYMBOLS
from rukun.web.templatetags.web import register

REFERENCE = (Path(__file__).parents[3] / "docs/reference/components.md").read_text()
STYLE = (Path(__file__).parents[1] / "static/web/rukun.css").read_text()


class Talk(forms.Form):
    place = forms.CharField(label="Di mana?", help_text="Tanpa nomor rumah.", error_messages={"required": "Tuliskan tempatnya."})
    source = forms.ChoiceField(label="Dari mana?", choices=[("seen", "Saya lihat"), ("told", "Warga")], widget=forms.RadioSelect)
    opinion = forms.CharField(label="Pendapat Anda", required=False)


def drawn(source: str, form: forms.Form) -> str:
    with translation.override("id"):
        return Template("{% load web %}" + source).render(Context({"form": form}))


def test_an_empty_field_is_named_on_top_and_the_sentence_stands_again_at_the_field():
    form = Talk({"source": "seen"})
    summary, place = drawn("{% errors form %}", form), drawn("{% field form.place %}", form)
    assert "Satu hal perlu diperiksa" in summary and '<a href="#id_place">Tuliskan tempatnya.</a>' in summary
    assert 'id="id_place-error">Tuliskan tempatnya.' in place and 'aria-invalid="true"' in place
    assert 'aria-describedby="id_place-hint id_place-error"' in place


def test_two_things_are_counted():
    assert "2 hal perlu diperiksa" in drawn("{% errors form %}", Talk({}))


def test_a_form_in_order_has_no_summary():
    assert drawn("{% errors form %}", Talk({"place": "Pasar", "source": "seen"})) == ""


def test_choices_are_one_group_that_the_summary_can_lead_to():
    source = drawn("{% field form.source %}", Talk({"place": "Pasar"}))
    assert '<fieldset class="field" id="id_source" tabindex="-1" aria-describedby="id_source-error"><legend>' in source
    assert source.count("<label>") == 2


def test_what_may_stay_empty_says_so():
    assert "(boleh kosong)" in drawn("{% field form.opinion %}", Talk())
    assert "(boleh kosong)" not in drawn("{% field form.place %}", Talk())


def test_what_was_typed_is_never_taken_as_markup():
    place = drawn("{% field form.place %}", Talk({"place": "<b>Pasar</b>"}))
    assert "<b>" not in place and "&lt;b&gt;Pasar" in place


def test_the_tab_of_a_section_is_marked_on_the_pages_below_it(world, client):
    client.force_login(world.nofri.account)
    assert re.search(r'href="/wilayah/" aria-current="page"', client.get("/wilayah/").content.decode())
    below = client.get(f"/wilayah/{world.aia_baliang.path}/").content.decode()
    assert re.search(r'href="/wilayah/" aria-current="true"', below) and 'href="/" aria-current' not in below


def test_every_page_has_one_main_heading_a_way_past_the_bar_and_a_place_for_bad_news(world, client):
    client.force_login(world.sari.account)
    page = client.get("/").content.decode()
    assert page.count("<h1") == 1 and 'href="#isi"' in page and "data-failed hidden" in page


def test_the_reference_names_every_tag_filter_and_icon_and_no_other():
    named = set(re.findall(r"`\{% (\w+)", REFERENCE)) - {"extends", "load", "include", "block"}
    assert named == set(register.tags)
    assert set(re.findall(r"`\\?\|(\w+)", REFERENCE)) == set(register.filters)
    icons = re.search(r"^Icons: (.+)\.$", REFERENCE, re.M)
    assert icons and set(re.findall(r"\w+", icons[1])) == set(SYMBOLS) - {"pg", "ag", "gn", "solved"}


def test_every_class_in_the_reference_has_a_style():
    unknown = [name for name in re.findall(r"`\.([a-z]+)", REFERENCE) if not re.search(rf"\.{name}\b", STYLE)]
    assert unknown == []
