"""Recording, as fast as a thumb: what is typed suggests its kind, and an operator writes for a colleague."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from rukun.fieldwork.models import Report, Visit


def test_the_kind_is_suggested_while_one_types_and_one_tap_keeps_it(
    world: SimpleNamespace,
    phone: Page,
    signed_in: Callable[[Page, Any], Page],
    screenshot: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
) -> None:
    sari = signed_in(phone, world.sari)
    sari.goto("/laporan/baru/")
    sari.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    sari.get_by_label("Dalam satu baris").fill("Kabau ilang")
    sari.get_by_label("Apa yang terjadi?").fill("Kabau apak ilang di padang, tali putuih bakas dipotong.")
    sari.get_by_label("Warga menyampaikan").check()
    sari.get_by_role("radio", name="(CRM-01)").check()
    screenshot(sari, "suggested")
    assert axe(sari) == []
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_text("Terkirim, belum dibaca").first).to_be_visible()
    assert Report.objects.get().code_id == "CRM-01"


def test_enter_in_a_field_does_not_say_that_nothing_was_said(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page]
) -> None:
    sari = signed_in(phone, world.sari)
    sari.goto("/kunjungan/baru/")
    sari.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    sari.get_by_label("Apa yang Anda janjikan?").first.press("Enter")
    expect(sari.locator(".errors")).to_be_visible()
    assert not Visit.objects.exists()
