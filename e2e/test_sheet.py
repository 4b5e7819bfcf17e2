"""Atensi, the bell and the sheet: a Kapolsek asks, an officer acknowledges and is told, a Kasat reads and takes away one page."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESKTOP, PHONE
from rukun.directives.models import Directive
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.problems import services as problems

TEXT = "Parkiran surau dan pasar dijaga saat magrib; ingatkan warga memakai kunci ganda."


def wide(page: Page) -> bool:
    """Whether anything stands out of the page at its side."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_atensi_is_issued_acknowledged_and_read_by_the_auditor(world, walker, signed_in, run_jobs, screenshot, axe, width) -> None:
    budi, sari, yusuf = (signed_in(walker(width), person) for person in (world.budi, world.sari, world.yusuf))

    def look(page: Page, name: str) -> None:
        screenshot(page, f"atensi-{name}")
        assert axe(page) == [] and not wide(page)

    budi.goto("/")
    budi.get_by_role("link", name="apa yang perlu diperhatikan, dan siapa yang sudah membacanya").click()
    budi.get_by_role("link", name="Keluarkan Atensi").click()
    look(budi, "form")
    budi.get_by_label("Apa yang perlu diperhatikan?").fill("Awasi posko paslon di simpang")
    budi.get_by_role("button", name="Keluarkan").click()
    expect(budi.locator(".errors")).to_contain_text("tidak membicarakan partai, calon, atau tim")
    budi.get_by_label("Apa yang perlu diperhatikan?").fill(TEXT)
    budi.get_by_label("Aia Baliang, nagari", exact=False).first.check()
    budi.get_by_role("button", name="Keluarkan").click()
    expect(budi.get_by_text("Lebih baik ditelepon daripada ditunggu")).to_be_visible()
    look(budi, "detail")
    run_jobs()

    sari.goto("/")
    look(sari, "today")
    sari.get_by_role("link", name="Pemberitahuan").first.click()
    look(sari, "notices")
    sari.get_by_role("link", name="Sebuah Atensi meminta Anda").click()
    expect(sari.get_by_role("heading", name=TEXT)).to_be_visible()
    sari.goto("/")
    sari.get_by_role("button", name="Sudah saya baca").click()
    expect(sari.get_by_text("Anda menyatakan sudah membacanya")).to_be_visible()
    sari.goto("/pemberitahuan/pilihan/")
    look(sari, "choices")

    yusuf.goto("/atensi/")
    expect(yusuf.get_by_text(TEXT)).to_be_visible()
    look(yusuf, "auditor")
    assert Directive.objects.get().addressees.exclude(acknowledged_at=None).count() == 1


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_kasat_reads_the_sheet_words_a_decision_and_takes_it_away(world, walker, signed_in, screenshot, axe, width) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        nofri = world.actor(world.nofri)
        for number, title in enumerate(("Motor hilang di sekitar Pasar", "Ternak hilang dari kandang tepi sungai", "Lampu pasar padam")):
            report = fieldwork.receive_report(
                world.actor(world.sari), world.aia_baliang, id=new_id(), title=title, facts=title, basis="told", code="CRM-03",
                happened_at=clock.now() - timedelta(hours=3),
            )  # fmt: skip
            fieldwork.answer(nofri, report, kind="forwarded", text="Diteruskan.", forwarded_to="Dinas PU")
            owner = world.nofri if number else None
            problems.open_from_reports(nofri, report, title=title, code="CRM-03", stage="GN", severity=4, owner=owner)
    dewi = signed_in(walker(width), world.dewi)
    dewi.goto("/")
    dewi.get_by_role("link", name="selesai, tertahan, perlu diputuskan: satu halaman").click()
    expect(dewi.get_by_role("heading", name="Apa yang selesai, apa yang tertahan, apa yang perlu diputuskan?")).to_be_visible()
    screenshot(dewi, "sheet")
    assert axe(dewi) == [] and not wide(dewi)
    dewi.get_by_text("Tulis dengan kata sendiri").click()
    dewi.get_by_label("Keputusan 1").fill("Satu tim Reskrim ke Pasar Aia Baliang sampai akhir bulan.")
    screenshot(dewi, "sheet-decide")
    dewi.get_by_role("button", name="Simpan untuk kurun ini").click()
    expect(dewi.get_by_role("listitem").filter(has_text="Satu tim Reskrim").first).to_be_visible()
    assert "Satu tim Reskrim" in dewi.get_by_label("Teks").input_value()
    dewi.get_by_text("Tulis dengan kata sendiri").click()
    dewi.get_by_role("button", name="Batalkan tulisan ini").click()
    expect(dewi.get_by_text("Usulan menurut aturan")).to_be_visible()
    answer = dewi.request.get(dewi.get_by_role("link", name="PDF, satu halaman").get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
    dewi.emulate_media(media="print")
    screenshot(dewi, "sheet-print")
    dewi.emulate_media(media="screen")
    dewi.get_by_role("link", name="Bulan").click()
    assert not wide(dewi)
