"""The guard, met with a thumb: what will be replaced is said while one types, and a refused text comes back with other words."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from rukun.fieldwork.models import Report


def begun(page: Page, facts: str) -> None:
    page.goto("/laporan/baru/")
    page.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    page.get_by_label("Dalam satu baris").fill("Motor hilang di parkiran surau")
    page.get_by_label("Warga menyampaikan").check()
    page.get_by_label("Apa yang terjadi?").press_sequentially(facts)


def test_a_number_and_a_name_are_seen_in_the_hint_and_never_stored(
    world: SimpleNamespace,
    phone: Page,
    signed_in: Callable[[Page, Any], Page],
    screenshot: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
) -> None:
    sari = signed_in(phone, world.sari)
    begun(sari, "Pak Rusdi, NIK 1399014507880003, kehilangan motor saat magrib")
    expect(sari.get_by_text("Nomor identitas tidak disimpan; diganti dengan [NIK].")).to_be_visible()
    expect(sari.get_by_text("Pak [nama], NIK [NIK], kehilangan motor saat magrib")).to_be_visible()
    screenshot(sari, "guard-hint")
    assert axe(sari) == []
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_text("Terkirim, belum dibaca").first).to_be_visible()
    screenshot(sari, "guard-kept")
    assert Report.objects.get().facts == "Pak [nama], NIK [NIK], kehilangan motor saat magrib"


def test_whom_residents_vote_for_is_offered_otherwise_and_one_tap_takes_it(
    world: SimpleNamespace,
    phone: Page,
    signed_in: Callable[[Page, Any], Page],
    screenshot: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
) -> None:
    sari = signed_in(phone, world.sari)
    begun(sari, "Lampu jalan mati di gang belakang. Dari 30 KK sekitar 20 KK condong ke nomor 2.")
    expect(sari.get_by_text("Pilihan politik warga tidak pernah dicatat.").first).to_be_visible()
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.locator(".errors")).to_be_visible()
    screenshot(sari, "guard-refused")
    assert axe(sari) == []
    sari.get_by_role("button", name="Pakai teks ini").click()
    expect(sari.get_by_label("Apa yang terjadi?")).to_have_value("Lampu jalan mati di gang belakang.")
    screenshot(sari, "guard-taken")
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_text("Terkirim, belum dibaca").first).to_be_visible()
    assert Report.objects.get().facts == "Lampu jalan mati di gang belakang."


def test_danger_and_nothing_are_answered_on_the_page(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    sari = signed_in(phone, world.sari)
    begun(sari, "Tolong, rumah terbakar sekarang")
    expect(sari.get_by_role("link", name="Telepon 110")).to_be_visible()
    screenshot(sari, "guard-danger")
    sari.get_by_label("Apa yang terjadi?").fill("Giat sambang. Situasi aman dan kondusif. Nihil.")
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    screenshot(sari, "guard-nothing")
    sari.get_by_role("button", name="Catat sebagai kunjungan").click()
    expect(sari.get_by_label("Catatan Anda")).to_have_value(
        "Motor hilang di parkiran surau\nGiat sambang. Situasi aman dan kondusif. Nihil."
    )
    screenshot(sari, "guard-visit")
