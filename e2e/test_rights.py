"""A resident asks about their data, from taking it down to the answer; and what others recorded, looked through on a phone."""

from datetime import timedelta

from playwright.sync_api import expect

from rukun.fieldwork import services
from rukun.fieldwork.models import Report, new_id
from rukun.history.tests.conftest import brought, keep, reports
from rukun.lib import clock
from rukun.rights.models import Request

__all__ = ["brought", "keep", "reports"]

NAME = "Kenari Rumahmerah"


def test_a_request_is_taken_down_found_decided_and_answered_within_its_time(world, desktop, walker, signed_in, run_jobs, screenshot, axe):
    report = {"id": new_id(), "basis": "told", "code": "CRM-03", "happened_at": clock.now() - timedelta(hours=2)}
    services.receive_report(world.actor(world.sari), world.pasar, title="Lampu mati", facts=f"Menurut {NAME}, tiga malam.", **report)
    services.receive_report(world.actor(world.rahmi), world.pasar, title="Pasar", facts=f"{NAME} minta ronda.", **report | {"id": new_id()})
    page = signed_in(desktop, world.mira)
    page.goto("/pelindungan-data/")
    page.get_by_role("link", name="Catat permintaan").click()
    page.get_by_text("Meminta penghapusan").click()
    page.get_by_label("Nama").fill(NAME)
    page.get_by_role("button", name="Simpan lalu cari").click()
    expect(page.get_by_role("listitem").filter(has=page.locator("blockquote"))).to_have_count(2)
    expect(page.get_by_text("Dijawab paling lambat")).to_be_visible()
    screenshot(page, "rights-found")
    assert axe(page) == []
    first, second = (page.get_by_role("listitem").filter(has_text=words) for words in ("tiga malam", "minta ronda"))
    first.get_by_text("Hapus", exact=True).click()
    expect(first.get_by_text("tidak dapat dibatalkan")).to_be_visible()
    first.get_by_role("button", name="Hapus untuk selamanya").click()
    expect(page.get_by_text("tiga malam")).to_have_count(0)
    second.get_by_role("button", name="Diperbaiki oleh penulisnya").click()
    page.get_by_label("Dikabulkan sebagian").check()
    page.get_by_label("Isi jawaban seperti di surat").fill("Satu catatan dihapus, satu diperbaiki oleh penulisnya.")
    page.get_by_role("button", name="Jawab dan lupakan siapa yang meminta").click()
    expect(page.get_by_role("link", name="Surat (PDF)")).to_be_visible()
    expect(page.get_by_text(NAME)).to_have_count(0)
    screenshot(page, "rights-answered")
    assert Request.objects.get().name == "" and Report.objects.filter(facts__contains=NAME).count() == 1
    run_jobs()
    author = signed_in(walker(), world.rahmi)
    author.goto("/pemberitahuan/")
    author.get_by_role("link", name="Seseorang menggunakan haknya").click()
    expect(author.get_by_role("heading", name="Pasar")).to_be_visible()


def test_what_others_recorded_is_narrowed_opened_and_seen_on_the_map(world, brought, phone, signed_in, screenshot, axe):
    page = signed_in(phone, world.nofri)
    page.goto("/riwayat/")
    expect(page.get_by_role("main").locator("li.item")).not_to_have_count(0)
    assert axe(page) == [] and page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "history")
    every = page.locator("li.item").count()
    page.get_by_label("Jenis").select_option("CRM-03")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("li.item")).to_have_count(1)
    page.get_by_role("link", name="Tampilkan semua").first.click()
    expect(page.locator("li.item")).to_have_count(every)
    page.locator("li.item a").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert axe(page) == []
    page.go_back()
    page.get_by_role("link", name="Lihat di peta").click()
    expect(page.get_by_role("main").get_by_role("table").first).to_be_visible()
