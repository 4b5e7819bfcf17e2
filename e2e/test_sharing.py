"""Written once: what is kept in rukun goes to WhatsApp and BOS, what stands in WhatsApp comes into rukun."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from rukun.audit.models import Entry
from rukun.fieldwork import services
from rukun.fieldwork.models import Visit, new_id
from rukun.lib import clock
from rukun.sharing.models import Copied, Wording

SignIn = Callable[[Page, Any], Page]
Shot = Callable[[Page, str], None]
Axe = Callable[[Page], list[str]]

CHAT = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>obrolan</title><style>
body { margin: 0; background: #efe7dd; font: 14.2px/1.35 "Segoe UI", Roboto, sans-serif; }
header { background: #075e54; color: #fff; padding: 12px 16px; font-weight: 600; }
p { background: #d9fdd3; margin: 12px; padding: 8px 10px; border-radius: 8px; white-space: pre-wrap; max-width: 520px; margin-left: auto; }
</style><header>Binmas Polsek Koto Rimbo</header><textarea></textarea><main></main>"""

GROUP = """[02/03/26 10.12] Briptu Contoh: *Selamat pagi Komandan*, mohon ijin melaporkan
giat Binluh bahaya narkoba
▪ Hari/tgl : Senin / 02-03-2026
▪ Pkl : 09:15 s/d 10.30 WIB
▪ Lokasi : SMP di Jorong Pasar
▪ Peserta : 25 orang
▪ Cuaca : cerah
Uraian :
- Siswa bertanya soal judi online
- Guru minta kunjungan lagi bulan depan
Situasi aman dan kondusif. Dok terlampir"""


def visit_of(world: SimpleNamespace) -> Visit:
    made = services.receive_visit(
        world.actor(world.sari), world.pasar, id=new_id(), kind="visit", made_at=clock.now(), place_kind="lapau", place="lapau simpang", people=4,
        concerns=(("Lampu jalan di tikungan padam dua minggu.", "ENV-04"), ("Ronda kosong sejak Lebaran.", "SVC-02")),
        promises=(("Menyampaikan lampu padam ke Dinas PU", world.pasar.today()),),
    )  # fmt: skip
    assert made
    return made


def test_what_was_kept_is_pasted_into_the_chat(world: SimpleNamespace, phone: Page, signed_in: SignIn, screenshot: Shot, axe: Axe) -> None:
    visit = visit_of(world)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sari = signed_in(phone, world.sari)
    sari.goto(f"/kunjungan/{visit.pk}/")
    copy = sari.get_by_role("button", name="Salin teks")
    expect(copy).to_be_visible()
    copy.click()
    expect(sari.get_by_text("Tersalin. Tempel di obrolan.")).to_be_visible()
    screenshot(sari, "share-saved")
    assert axe(sari) == []
    sari.wait_for_timeout(300)
    assert Entry.objects.filter(act="visit.share").count() == 1
    text = sari.evaluate("() => navigator.clipboard.readText()")
    chat = phone.context.new_page()
    chat.set_content(CHAT)
    chat.evaluate(
        """(text) => { const p = document.createElement("p");
        const shown = text.replace(/[&<>]/g, (c) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;"}[c]));
        p.innerHTML = shown.replace(/\\*([^*\\n]+)\\*/g, "<b>$1</b>").replace(/_([^_\\n]+)_/g, "<i>$1</i>");
        document.querySelector("textarea").remove(); document.querySelector("main").append(p); }""",
        text,
    )
    screenshot(chat, "share-chat")
    expect(chat.get_by_text("Mohon ijin Komandan,")).to_be_visible()
    expect(chat.get_by_text("2. Ronda kosong sejak Lebaran.")).to_be_visible()


def test_the_phones_own_menu_is_used_where_there_is_one(world: SimpleNamespace, phone: Page, signed_in: SignIn) -> None:
    visit = visit_of(world)
    phone.add_init_script(
        "navigator.canShare = () => true; navigator.share = async ({ text }) => { document.documentElement.dataset.given = text; };"
    )
    sari = signed_in(phone, world.sari)
    sari.goto(f"/kunjungan/{visit.pk}/")
    sari.get_by_role("button", name="Bagikan ke WhatsApp").click()
    sari.wait_for_function("() => document.documentElement.dataset.given")
    assert "Mohon ijin Komandan" in sari.evaluate("() => document.documentElement.dataset.given")
    sari.wait_for_timeout(300)
    assert Entry.objects.filter(act="visit.share").count() == 1


def test_without_scripts_the_text_can_be_selected_and_whatsapp_opens(
    world: SimpleNamespace, walker: Callable[..., Page], signed_in: SignIn
) -> None:
    visit = visit_of(world)
    page = signed_in(walker({"width": 1280, "height": 800}, java_script_enabled=False), world.sari)
    page.route("https://wa.me/**", lambda route: route.fulfill(body="WhatsApp"))
    page.goto(f"/kunjungan/{visit.pk}/")
    page.get_by_role("link", name="Bagikan ke WhatsApp").click()
    expect(page.get_by_label("Yang dikirim")).to_be_visible()
    expect(page.get_by_role("button", name="Salin teks")).to_be_hidden()
    page.get_by_role("button", name="Bagikan ke WhatsApp").click()
    page.wait_for_url("https://wa.me/**")
    assert "Mohon%20ijin%20Komandan" in page.url


def test_a_message_fills_the_form(world: SimpleNamespace, phone: Page, signed_in: SignIn, screenshot: Shot, axe: Axe) -> None:
    sari = signed_in(phone, world.sari)
    sari.goto("/catat/")
    sari.get_by_role("link", name="Tempel dari WhatsApp").click()
    sari.get_by_label("Teksnya").fill(GROUP)
    screenshot(sari, "paste")
    assert axe(sari) == []
    sari.get_by_role("button", name="Isi kunjungan").click()
    sari.get_by_label("▪ Cuaca : cerah").select_option(label="Tidak dimasukkan")
    screenshot(sari, "paste-understood")
    assert axe(sari) == []
    sari.get_by_role("button", name="Lanjut ke isian kunjungan").click()
    expect(sari.locator("#id_said_1")).to_have_value("Siswa bertanya soal judi online")
    screenshot(sari, "paste-filled")
    sari.get_by_role("button", name="Simpan kunjungan").click()
    expect(sari.get_by_text("Guru minta kunjungan lagi bulan depan").first).to_be_visible()
    visit = Visit.objects.get()
    assert (visit.kind, visit.area, visit.people) == ("outreach", world.pasar, 25)


def test_the_kanit_words_it_and_sees_it_while_typing(
    world: SimpleNamespace, desktop: Page, signed_in: SignIn, screenshot: Shot, axe: Axe
) -> None:
    nofri = signed_in(desktop, world.nofri)
    nofri.goto("/pola/")
    nofri.locator(f"a[href='/pola/{world.sek_kr.path}/kunjungan/']").click()
    nofri.get_by_label("Pola pesan").fill("*Selamat pagi Ndan*\nGiat {kegiatan} di {tmpat}\n{uraian}")
    expect(nofri.get_by_text("Tidak ada isian {tmpat}. Maksudnya {tempat}?")).to_be_visible()
    nofri.get_by_label("Pola pesan").fill("*Selamat pagi Ndan*\nGiat {kegiatan} di {tempat}\n{uraian}")
    expect(nofri.get_by_text("Giat sambang / DDS di Lapau dekat pasar")).to_be_visible()
    screenshot(nofri, "wording")
    assert axe(nofri) == []
    nofri.get_by_role("button", name="Simpan pola ini").click()
    expect(nofri.get_by_role("button", name="Kembali ke bawaan")).to_be_visible()
    assert Wording.objects.get().text.startswith("*Selamat pagi Ndan*")


def test_field_by_field_into_bos_and_ticked(world: SimpleNamespace, desktop: Page, signed_in: SignIn, screenshot: Shot, axe: Axe) -> None:
    visit = visit_of(world)
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sari = signed_in(desktop, world.sari)
    sari.goto("/bos/")
    screenshot(sari, "bos-list")
    sari.locator(f"a[href='/bos/kunjungan/{visit.pk}/']").click()
    sari.locator("[data-copy=bos-6]").click()
    expect(sari.get_by_text("Tersalin", exact=True)).to_be_visible()
    assert sari.evaluate("() => navigator.clipboard.readText()") == "Lapau simpang"
    screenshot(sari, "bos")
    assert axe(sari) == []
    sari.get_by_role("button", name="Sudah disalin").click()
    expect(sari.get_by_role("button", name="Batal, belum disalin")).to_be_visible()
    assert Copied.objects.count() == 1


def test_ones_own_month(world: SimpleNamespace, phone: Page, signed_in: SignIn, screenshot: Shot, axe: Axe) -> None:
    visit_of(world)
    sari = signed_in(phone, world.sari)
    sari.goto("/catatan/")
    screenshot(sari, "records")
    assert axe(sari) == []
    sari.get_by_role("link", name="Rekap saya").click()
    expect(sari.get_by_text("Hanya Anda yang melihat halaman ini.")).to_be_visible()
    screenshot(sari, "recap")
    assert axe(sari) == []
