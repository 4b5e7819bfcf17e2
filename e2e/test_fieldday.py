"""A field day without a signal: practice, a position, Minang words, five photos, WhatsApp and BOS; a megabyte at most when it comes back."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, Request, expect

from e2e.conftest import PHONE
from e2e.pocket import at_rest, becomes, open_again, opened_anew, picture, screen, set_up, visit
from rukun.fieldwork.models import Photo, Report, Visit
from rukun.territory.placing import add_place

HERE = {"latitude": -0.9501, "longitude": 100.4001}
MEGABYTE = 1_000_000
WATCHED = """() => {
  window.shut = [];
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = (how, key, bytes) => { window.shut.push(bytes); return encrypt(how, key, bytes); };
}"""
CAMERA = """() => window.shut.filter(bytes => bytes.length > 5000).map(bytes => new TextDecoder("latin1").decode(bytes))
  .map(text => [text.startsWith("\u00ff\u00d8"), /Exif|http:..ns.adobe/.test(text)])"""


def photographed(page: Page, folder: Path, *numbers: int) -> None:
    page.locator("input[type=file]").set_input_files([picture(folder, number) for number in numbers])
    expect(page.get_by_alt_text(f"Foto {len(numbers)}")).to_be_visible()


def told(page: Page, title: str, place: str) -> None:
    page.get_by_role("radio", name=place, exact=True).check()
    page.get_by_label("Dalam satu baris").fill(title)
    page.get_by_label("Apa yang terjadi?", exact=True).fill("Kabau apak ilang di padang.")
    page.get_by_role("radio", name="Warga menyampaikan").check()


def test_a_field_day_with_five_photos_takes_a_megabyte_and_tells_nothing_of_the_camera(
    world: SimpleNamespace, walker: Callable[..., Page], signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None], tmp_path: Path
) -> None:  # fmt: skip
    add_place(world.actor(world.sari), world.pasar, name="Los Ikan", kind="market", **HERE)
    sari = set_up(signed_in(walker(PHONE, geolocation=HERE, permissions=["geolocation"]), world.sari))
    sari.evaluate(WATCHED)
    sari.context.set_offline(True)

    screen(sari, "saya")
    sari.get_by_label("Catatan saya sekarang tidak dihitung").check()
    expect(sari.get_by_text("Mode latihan: ")).to_be_visible()
    visit(sari)
    screen(sari, "saya")
    sari.get_by_label("Catatan saya sekarang tidak dihitung").uncheck()

    screen(sari, "laporan")
    sari.get_by_role("button", name="Di sini").click()
    expect(sari.get_by_role("radio", name="Los Ikan")).to_be_checked()  # by its position, with no network and no map
    told(sari, "Kabau ilang", "Los Ikan Pasar")
    sari.get_by_label("Cari jenis").fill("kabau")
    sari.get_by_role("radio", name="CRM-01").check()
    photographed(sari, tmp_path, 1, 2, 3, 4)
    expect(sari.get_by_text("Ambil atau pilih foto")).not_to_be_visible()
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_label("Teksnya")).to_have_value(expect_text := sari.get_by_label("Teksnya").input_value())
    assert "Kabau apak ilang di padang" in expect_text and "Sari" in expect_text
    sari.get_by_text("Untuk BOS").click()
    expect(sari.get_by_role("button", name="Salin: ").first).to_be_visible()
    screenshot(sari, "hp-untuk-bos")

    screen(sari, "laporan")
    told(sari, "Lampu padam", "Pasar")
    photographed(sari, tmp_path, 5)
    sari.evaluate("() => { rukun.session.moved -= 6 * 60_000; return rukun.tick(); }")  # five minutes without a hand on it
    expect(sari.get_by_label("Dalam satu baris")).to_have_value("Lampu padam")  # what is being written stays
    assert sari.evaluate("() => rukun.session.opened") is None
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()

    open_again(sari)
    expect(sari.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()
    screen(sari, "penyuluhan")
    sari.get_by_role("radio", name="Pasar", exact=True).check()
    sari.get_by_label("Berapa orang?").fill("25")
    sari.get_by_role("button", name="Tidak ada yang disampaikan").click()
    expect(sari.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    screen(sari, "rekap")
    expect(sari.get_by_role("heading", name="Kunjungan menurut jenis").first).to_be_visible()
    screen(sari, "saya")
    sari.get_by_role("link", name="Halaman biasa").click()
    expect(sari.get_by_text("Halaman ini perlu sinyal")).to_be_visible()
    sari.evaluate("() => { rukun.session.moved -= 6 * 60_000; return rukun.tick(); }")
    screen(sari, "hari-ini")
    expect(sari.get_by_text("Buka kunci untuk melihat")).to_be_visible()
    camera = sari.evaluate(CAMERA)
    assert len([jpeg for jpeg, _exif in camera if jpeg]) >= 5 and not any(exif for _jpeg, exif in camera)

    asked: list[Request] = []
    opened_anew(sari).on("requestfinished", lambda request: asked.append(request))
    sari.context.set_offline(False)
    at_rest(sari)
    becomes(sari, lambda: Photo.objects.count(), 5)
    used = sum(sum(request.sizes().values()) for request in asked)
    assert used <= MEGABYTE
    assert {(one.practice, one.kind, one.people) for one in Visit.objects.all()} == {(True, "visit", None), (False, "outreach", 25)}
    assert {(one.title, one.place, one.code_id or "") for one in Report.objects.all()} == {
        ("Kabau ilang", "Los Ikan", "CRM-01"),
        ("Lampu padam", "", ""),
    }


def test_the_browser_sends_by_itself_when_the_app_is_closed(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page]
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    sari.context.set_offline(True)
    visit(sari)
    elsewhere = sari.context.new_page()
    tab = elsewhere.context.new_cdp_session(elsewhere)
    known: list[dict[str, Any]] = []
    tab.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    tab.send("ServiceWorker.enable")
    becomes(elsewhere, lambda: any(one["scopeURL"].endswith("/hp/") for one in known), True)
    [worker] = {(one["scopeURL"], one["registrationId"]) for one in known if one["scopeURL"].endswith("/hp/")}
    sari.close()
    assert not Visit.objects.exists()
    elsewhere.context.set_offline(False)
    origin = worker[0].removesuffix("/hp/")
    tab.send("ServiceWorker.dispatchSyncEvent", {"origin": origin, "registrationId": worker[1], "tag": "rukun-hp", "lastChance": False})
    becomes(elsewhere, lambda: Visit.objects.count(), 1)
