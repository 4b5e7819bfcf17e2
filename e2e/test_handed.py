"""What can't be sent as it stands goes to the unit head from the phone, comes back with a sentence, and is taken in at last."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from e2e.pocket import at_rest, everything_kept, report, rows, screen, set_up
from rukun.fieldwork.models import Report
from rukun.phone.models import Handed


def test_what_can_not_be_sent_is_handed_to_the_unit_head_who_sends_it_back_and_then_takes_it_in(
    world: SimpleNamespace, phone: Page, desktop: Page, signed_in: Callable[[Page, Any], Page], axe: Callable[[Page], list[str]],
    screenshot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    sari, nofri = set_up(signed_in(phone, world.sari)), signed_in(desktop, world.nofri)
    report(sari, "Lampu simpang padam", "Lampu di simpang padam. Pak Amir diduga memilih paslon nomor dua.")
    expect(sari.get_by_text("1 perlu perhatian Anda").first).to_be_visible()
    hand_over(sari)
    assert "simpang" not in str(Handed.objects.get().content)
    screenshot(sari, "hp-di-kanit")

    nofri.goto("/hp/serahan/")
    nofri.get_by_role("link", name="Laporan, ").click()
    expect(nofri.get_by_text("Mengapa ditolak")).to_be_visible()
    expect(nofri.get_by_text("Amir")).to_have_count(0)
    assert axe(nofri) == []
    screenshot(nofri, "serahan")
    nofri.set_viewport_size({"width": 360, "height": 740})
    screenshot(nofri, "serahan")
    nofri.set_viewport_size({"width": 1280, "height": 800})
    nofri.get_by_label("Satu kalimat untuk petugas").fill("Tulis saja lampunya.")
    nofri.get_by_role("button", name="Kembalikan").click()
    expect(nofri.get_by_text("Catatan ini muncul lagi di ponsel petugas")).to_be_visible()
    screenshot(nofri, "serahan-dijawab")

    sari.evaluate("() => rukun.freshen()")
    expect(sari.get_by_text("mengembalikannya: “Tulis saja lampunya.”").first).to_be_visible()
    assert axe(sari) == []
    screenshot(sari, "hp-dikembalikan")
    assert "lampunya" not in everything_kept(sari)
    hand_over(sari)

    nofri.goto(Handed.objects.get().get_absolute_url())
    nofri.get_by_role("button", name="Masukkan").click()
    expect(nofri.get_by_text(f"dicatat oleh {world.nofri}")).to_be_visible()
    assert Report.objects.get().officer == world.sari

    sari.evaluate("() => rukun.freshen()")
    expect(sari.get_by_text("memasukkannya atas nama Anda")).to_be_visible()
    assert rows(sari) == []
    screenshot(sari, "hp-dimasukkan")


def hand_over(page: Page) -> None:
    screen(page, "keluar")
    page.get_by_role("button", name="Serahkan ke Kanit").click()
    page.get_by_role("button", name="Kanit akan membacanya").click()
    at_rest(page, "handed")
    expect(page.get_by_role("heading", name="Di Kanit Anda")).to_be_visible()
