"""A PIN that was forgotten: two people of the unit agree, and drafts and unsent records are there as before."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from e2e.pocket import at_rest, opened_anew, report, screen, set_up
from rukun.fieldwork.models import Report
from rukun.phone.models import Device
from rukun.phone.services import devices

NEW = "730514"


def test_a_forgotten_pin_is_replaced_with_the_consent_of_two_and_nothing_is_lost(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], axe: Callable[[Page], list[str]],
    screenshot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    sari = set_up(signed_in(phone, world.sari))
    sari.context.set_offline(True)
    report(sari, "Kabau ilang", "Kabau apak ilang di padang.")
    screen(sari, "laporan")
    sari.get_by_label("Dalam satu baris").fill("Lampu simpang padam")
    screen(sari, "hari-ini")
    for _ in range(10):
        sari.evaluate("() => rukun.session.unlock('000000')")
    opened_anew(sari)
    screen(sari, "buka")
    expect(sari.get_by_text("PIN salah sepuluh kali")).to_be_visible()
    assert axe(sari) == []
    screenshot(sari, "hp-lupa-pin")
    choose(sari, "123456")
    expect(sari.get_by_text("Jangan berurutan").or_(sari.get_by_text("123456")).first).to_be_visible()

    sari.route("**/api/hp/v1/batch", lambda route: route.abort())
    sari.context.set_offline(False)
    choose(sari, NEW)
    expect(sari.get_by_text("Dua orang di satuan Anda menyetujui dulu")).to_be_visible()
    screenshot(sari, "hp-lupa-pin-ditolak")
    renewal = devices.ask_renewal(world.actor(world.nofri), Device.objects.get(), why="Lupa PIN")
    devices.confirm_renewal(world.actor(world.budi), renewal)
    choose(sari, NEW)
    expect(sari.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()
    expect(sari.get_by_role("link", name="Lampu simpang padam")).to_be_visible()
    at_rest(sari, "queued", "draft")
    screenshot(sari, "hp-terbuka-kembali")
    sari.unroute("**/api/hp/v1/batch")
    sari.evaluate("() => rukun.sender.now()")
    at_rest(sari, "draft")
    assert Report.objects.get().title == "Kabau ilang"
    opened_anew(sari)
    screen(sari, "buka")
    sari.get_by_label("PIN Anda").fill(NEW)
    sari.get_by_role("button", name="Buka", exact=True).click()
    expect(sari.get_by_role("link", name="Lampu simpang padam")).to_be_visible()


def choose(page: Page, pin: str) -> None:
    page.get_by_label("PIN baru, enam angka atau lebih").fill(pin)
    page.get_by_label("PIN yang sama sekali lagi").fill(pin)
    page.get_by_role("button", name="Buka dengan PIN baru").click()
