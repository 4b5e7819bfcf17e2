"""A field officer's phone: set up once, used at the door without a signal, and everything arrives once."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from playwright.sync_api import Page, expect

from e2e.pocket import (
    a_problem,
    at_rest,
    becomes,
    everything_kept,
    fits,
    open_again,
    opened_anew,
    picture,
    report,
    rows,
    screen,
    sent,
    set_up,
    visit,
)
from rukun.fieldwork.models import Photo, Report, Visit
from rukun.phone.models import Device
from rukun.phone.services import devices

SCREENS = {
    "hari-ini": "Apa yang menunggu saya?", "catat": "Apa yang Anda catat?", "kunjungan": "Anda ke mana", "laporan": "Apa yang terjadi, dan di mana?",
    "tindakan": "Apa yang Anda lakukan?", "penyuluhan": "Penyuluhan di mana", "tempel": "Apa isi teksnya?", "keluar": "Sudah sampaikah?", "saya": "Melati", "rekap": "Apa yang saya kerjakan",
    "wilayah": "Tempat mana", "ganti": "Siapa yang memakai", "pasang": "Siapkan ponsel ini",
}  # fmt: skip

NARROW = {"width": 320, "height": 640}
TROUBLES = ["guard", "other_content", "too_large", "broken", "photo"]  # one of each way in which the tray speaks
SET_ASIDE = """async (codes) => {
  for (const [number, row] of (await rukun.store.all("outbox")).entries())
    await rukun.store.change("outbox", row.id, (kept) => ({...kept, state: "attention", trouble: {code: codes[number], reason: "Kalimat dari server tentang sebabnya.", fields: {}}}));
  await rukun.afterwards();
}"""


def test_set_up_once_then_a_day_without_a_signal_arrives_by_itself(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None], tmp_path: Path
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    screenshot(sari, "hp-hari-ini")
    sari.context.set_offline(True)
    opened_anew(sari)  # comes from the phone
    expect(sari.get_by_text("Buka kunci untuk melihat")).to_be_visible()

    taps = sari.evaluate_handle(
        "() => { const taps = []; addEventListener('pointerup', e => e.isTrusted && taps.push(e.target.tagName), true); return taps; }"
    )
    sari.get_by_role("link", name="Catat").tap()
    sari.get_by_role("link", name="Kunjungan", exact=True).tap()
    sari.get_by_text("Pasar", exact=True).tap()
    sari.get_by_role("button", name="Tidak ada yang disampaikan").tap()
    expect(sari.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    assert taps.evaluate("taps => taps.length") <= 5  # from the opened app, and nothing typed
    screenshot(sari, "hp-tersimpan")

    report(sari, "Kabau ilang", "Kabau apak ilang di padang.", picture(tmp_path))
    screenshot(sari, "hp-tersimpan-laporan")
    screen(sari, "keluar")
    expect(sari.get_by_text("Tertutup oleh PIN Anda").first).to_be_visible()
    open_again(sari)
    screen(sari, "keluar")
    expect(sari.get_by_text("2 belum terkirim").first).to_be_visible()
    screenshot(sari, "hp-keluar")
    assert "Kabau" not in everything_kept(sari)
    sent(sari)
    visit_made, told = Visit.objects.get(), Report.objects.get()
    assert (visit_made.nothing_said, visit_made.officer_id, told.title) == (True, world.sari.pk, "Kabau ilang")
    photo = Photo.objects.get()
    assert photo.report_id == told.pk
    assert rows(sari) == [] and len(rows(sari, "log")) == 2
    screen(sari, "keluar")
    expect(sari.get_by_text("Sampai dalam tujuh hari terakhir")).to_be_visible()
    screenshot(sari, "hp-terkirim")


def test_each_screen_is_sound_and_fits_a_narrow_phone_with_large_letters(
    world: SimpleNamespace, walker: Callable[..., Page], signed_in: Callable[[Page, Any], Page], axe: Callable[[Page], list[str]],
    screenshot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    problem = a_problem(world)
    sari = set_up(signed_in(walker(NARROW), world.sari))

    def sound(name: str) -> None:
        assert fits(sari, axe, screenshot, name) == [], name

    visit(sari)
    sound("tersimpan")
    for name, heading in (SCREENS | {f"masalah/{problem.pk}": "Motor hilang"}).items():
        screen(sari, name)
        expect(sari.get_by_role("heading", name=heading).first).to_be_visible()
        sound(name.partition("/")[0])

    screen(sari, "laporan")
    sari.get_by_label("Dalam satu baris").fill("Kabau ilang, telepon 081234567890")
    sari.get_by_label("Apa yang terjadi?", exact=True).fill("Orang berkelahi pakai parang sekarang, minta tolong.")
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_role("link", name="110")).to_be_visible()
    sound("laporan-kurang")

    sari.context.set_offline(True)
    for _each in TROUBLES:
        visit(sari)
    screen(sari, "keluar")
    sari.evaluate(SET_ASIDE, TROUBLES)
    expect(sari.get_by_role("heading", name="Perlu perhatian Anda")).to_be_visible()
    sound("perlu-perhatian")
    sari.evaluate("() => rukun.lock()")
    sound("terkunci")
    screen(sari, "buka")
    sari.get_by_label("PIN Anda").fill("111119")
    sari.get_by_role("button", name="Buka", exact=True).click()
    expect(sari.get_by_text("Bukan itu PIN-nya")).to_be_visible()
    sound("buka")


def test_what_goes_wrong_has_its_own_words_and_loses_nothing(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    api = "**/api/hp/v1/**"
    sari.route(api, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Masuk Wi-Fi</h1>"))
    visit(sari)
    expect(sari.get_by_text("Wi-Fi ini menjawab sebagai ganti rukun").first).to_be_visible()
    sari.unroute(api)
    old = '{"code":"schema_old","reason":"lama","welcome":[2]}'
    sari.route(api, lambda route: route.fulfill(status=426, content_type="application/json", headers={"X-Rukun-Api": "1"}, body=old))
    sari.evaluate("() => rukun.sender.now()")
    expect(sari.get_by_text("Aplikasi ini perlu diperbarui").first).to_be_visible()
    screen(sari, "saya")
    sari.get_by_role("button", name="Keluar dari ponsel ini").click()
    expect(sari.get_by_text("1 belum terkirim. Mohon kirim dulu")).to_be_visible()
    screenshot(sari, "hp-belum-keluar")
    sari.unroute(api)

    report(sari, "Warga ikut paslon satu", "Si Fulan timses nomor 1.")
    expect(sari.get_by_text("1 perlu perhatian Anda").first).to_be_visible()
    assert Visit.objects.count() == 1 and not Report.objects.exists()
    screen(sari, "keluar")
    screenshot(sari, "hp-perlu-perhatian")
    sari.get_by_role("link", name="Perbaiki").click()
    expect(sari.locator(".errors")).to_be_visible()
    sari.get_by_label("Dalam satu baris").fill("Baliho rusak")
    sari.get_by_label("Apa yang terjadi?", exact=True).fill("Baliho di simpang pasar robek.")
    sari.get_by_role("button", name="Kirim ke Kanit").click()
    expect(sari.get_by_role("link", name="Semua sudah terkirim").first).to_be_visible()
    assert Report.objects.get().title == "Baliho rusak"

    cookies = sari.context.cookies()
    sari.context.clear_cookies(
        name=settings.SESSION_COOKIE_NAME
    )  # the session has ended: what is recorded still goes, by the phone's own signature
    visit(sari)
    becomes(sari, lambda: Visit.objects.count(), 2)
    sari.evaluate("() => rukun.freshen()")
    screen(sari, "saya")
    expect(sari.get_by_role("link", name="Masuk lagi")).to_be_visible()
    sari.context.add_cookies(cookies)

    sari.context.set_offline(True)
    visit(sari)
    devices.revoke(world.actor(world.nofri), Device.objects.get())
    sari.context.set_offline(False)
    expect(sari.get_by_text("Ponsel ini dicabut oleh satuan Anda").first).to_be_visible()
    at_rest(sari, "queued")
    screenshot(sari, "hp-dicabut")
    sari.evaluate("() => { rukun.store.db.close(); return new Promise(done => { indexedDB.deleteDatabase('rukun-hp').onsuccess = done }) }")
    sari.goto("/hp/")  # the browser has cleared the memory
    sari.reload()
    expect(sari.get_by_text("Yang belum terkirim saat itu ikut hilang: 1")).to_be_visible()
    screenshot(sari, "hp-dikosongkan")


def test_two_windows_a_full_phone_and_a_tab_that_dies_lose_nothing(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], tmp_path: Path
) -> None:
    one = set_up(signed_in(phone, world.sari))
    one.context.set_offline(True)
    other = one.context.new_page()
    other.goto("/hp/")
    for page in (one, other, one, other):
        visit(page)
    assert len(rows(one)) == 4 and len({row["id"] for row in rows(other)}) == 4

    screen(other, "laporan")
    other.get_by_role("radio", name="Pasar", exact=True).check()
    other.get_by_label("Dalam satu baris").fill("Lampu padam")
    other.get_by_label("Apa yang terjadi?", exact=True).fill("Gelap di tikungan.")
    other.get_by_role("radio", name="Saya lihat sendiri").check()
    other.locator("input[type=file]").set_input_files(picture(tmp_path))
    expect(other.get_by_alt_text("Foto 1")).to_be_visible()
    other.evaluate("() => void document.querySelector('main button.primary').click()")
    other.close()  # in the middle of keeping it
    kept = [row for row in rows(one) if row["kind"] == "report"]
    assert len(kept) == 1 and len(kept[0]["parts"]) == 1 == len(rows(one, "parts"))  # draft or kept, never without its photo
    if kept[0]["state"] == "draft":
        screen(one, f"laporan/{kept[0]['id']}")
        one.get_by_role("button", name="Kirim ke Kanit").click()
        expect(one.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()

    screen(one, "kunjungan")
    one.get_by_role("radio", name="Pasar", exact=True).check()
    becomes(one, lambda: [row["state"] for row in rows(one) if row["state"] == "draft"], ["draft"])
    [begun] = [row["id"] for row in rows(one) if row["state"] == "draft"]
    again = one.context.new_page()
    again.goto("/hp/")
    open_again(again)
    expect(again.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()
    screen(again, f"kunjungan/{begun}")
    again.get_by_role("radio", name="Pasar", exact=True).check()
    one.get_by_role("button", name="Tidak ada yang disampaikan").click()
    expect(one.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    again.locator("textarea[name='concerns.0.text']").fill("Air PDAM mati.")  # the same draft, in another window
    expect(again.get_by_text("sudah disimpan dari jendela lain")).to_be_visible()
    assert [row["state"] for row in rows(one) if row["id"] == begun] == ["queued"]
    again.get_by_role("button", name="Simpan kunjungan").click()
    expect(again.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    again.close()

    one.evaluate("""() => {
      const keep = rukun.store.keep;
      rukun.store.keep = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
      rukun.roomy = () => { rukun.store.keep = keep };
    }""")
    screen(one, "kunjungan")
    one.get_by_role("radio", name="Pasar", exact=True).check()
    one.locator("textarea[name='concerns.0.text']").fill("Air PDAM mati dua hari. " * 40)
    one.get_by_role("button", name="Simpan kunjungan").click()
    expect(one.get_by_text("Memori ponsel penuh")).to_be_visible()
    assert one.locator("textarea[name='concerns.0.text']").input_value().startswith("Air PDAM")
    one.evaluate("() => rukun.roomy()")
    one.get_by_role("button", name="Simpan kunjungan").click()
    expect(one.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    sent(one)
    assert (Visit.objects.count(), Report.objects.count(), Photo.objects.count()) == (7, 1, 1)
