"""A day of a Polsek: an officer, a colleague's chat, the operator, the Kanit and the Kasat, from the first Atensi to the sheet."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from e2e.conftest import DESKTOP, PHONE
from rukun.audit.models import Entry
from rukun.directives import services as directives
from rukun.fieldwork.models import Report, Visit

SLOW = 20_000  # milliseconds: five people at once on a busy machine
CHAT = (
    "Assalamualaikum ndan, mohon ijin melaporkan giat sambang di Simpang Data tadi pagi jam 7. "
    "Banyak anak mudo minum tuak di pos ronda, warga resah. Situasi aman kondusif"
)


def test_a_day_of_a_polsek(
    world: SimpleNamespace, walker: Callable[..., Page], signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    directives.issue(world.actor(world.budi), world.sek_kr, text="Hujan lebat: datangi tepi batang air.", last_day=world.pasar.today())
    sari, fadli = (signed_in(walker(PHONE), person) for person in (world.sari, world.fadli))
    lina, nofri, dewi = (signed_in(walker(DESKTOP), person) for person in (world.lina, world.nofri, world.dewi))

    # the morning: heeded in one tap; a promise has a day already, and what comes back is no practice
    sari.goto("/")
    sari.get_by_role("button", name="Sudah saya baca").click()
    expect(sari.get_by_text("Anda menyatakan")).to_be_visible(timeout=SLOW)
    sari.goto("/kunjungan/baru/")
    sari.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    sari.locator("#id_promise_1").fill("Menyampaikan lampu padam ke PLN")
    sari.get_by_role("button", name="Simpan kunjungan").click()
    expect(sari.get_by_text("Satu hal perlu diperiksa")).to_be_visible(timeout=SLOW)
    expect(sari.get_by_text("Mode latihan")).to_have_count(0)
    sari.locator("#id_said_1").fill("Lampu jalan padam dua minggu, kata Pak Rusdi.")
    sari.get_by_role("button", name="Simpan kunjungan").click()
    expect(sari.get_by_text("Tersimpan. Terima kasih.")).to_be_visible(timeout=SLOW)
    expect(sari.get_by_role("button", name="Bagikan ke WhatsApp")).to_be_visible(timeout=SLOW)

    # what stands in a chat fills the form, story and all
    fadli.goto("/tempel/")
    fadli.get_by_label("Teksnya").fill(CHAT)
    fadli.get_by_role("button", name="Isi kunjungan").click()
    fadli.get_by_role("button", name="Lanjut ke isian kunjungan").click()
    expect(fadli.locator("#id_said_1")).to_have_value("Banyak anak mudo minum tuak di pos ronda, warga resah.", timeout=SLOW)

    # the operator writes for one without a phone; danger is heard, and lies on top for the Kanit
    lina.goto("/laporan/baru/")
    lina.get_by_label("Untuk petugas siapa?").select_option(label=str(world.dasril))
    lina.get_by_label("Di mana?").select_option(label="Balai Tangah Baru · Balai Tangah")
    lina.get_by_label("Dalam satu baris").fill("Perkelahian di lapau")
    lina.get_by_label("Apa yang terjadi?").fill("Sedang berlangsung perkelahian, ada yang membawa parang, butuh bantuan sekarang.")
    expect(lina.get_by_role("link", name="Telepon 110").first).to_be_visible(timeout=SLOW)
    lina.get_by_label("Warga menyampaikan").check()
    lina.get_by_role("button", name="Kirim ke Kanit").click()
    expect(lina.get_by_text("dengan nama Anda sebagai pencatat")).to_be_visible(timeout=SLOW)
    nofri.goto("/kotak-masuk/")
    expect(nofri.get_by_text("terdengar seperti bahaya sekarang")).to_be_visible(timeout=SLOW)
    screenshot(nofri, "day-inbox")
    nofri.goto(f"/laporan/{Report.objects.get().pk}/")
    nofri.get_by_label("Satu kalimat untuk pelapor").fill("Patroli sudah di tempat, dua kelompok dipisahkan.")
    nofri.get_by_role("button", name="Jawab", exact=True).click()
    expect(nofri.get_by_text("Semua sudah dijawab.")).to_be_visible(timeout=SLOW)

    # the evening: the Kasat's sheet says it
    dewi.goto("/lembar/?kurun=hari")
    expect(dewi.get_by_role("heading", level=1)).to_be_visible(timeout=SLOW)
    screenshot(dewi, "day-sheet")
    assert Visit.objects.get().promises.get().due is not None
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"directive.acknowledge", "visit.receive", "report.receive", "report.open", "report.answer"} <= acts
