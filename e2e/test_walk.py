"""The walk: a report from a nagari becomes a solved problem, by three people, on a phone and on a desktop, and is read back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import DESKTOP, PHONE
from rukun.audit.models import Entry
from rukun.lib import clock
from rukun.problems.models import Problem


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_report_becomes_a_solved_problem(world, walker, signed_in, screenshot, axe, width) -> None:
    rahmi, nofri, joko = (signed_in(walker(width), person) for person in (world.rahmi, world.nofri, world.joko))

    def look(page: Page, name: str) -> None:
        screenshot(page, f"walk-{name}")
        assert axe(page) == []

    # a visit in which nothing was said: record, visit, place, one tap
    rahmi.goto("/")
    look(rahmi, "today")
    rahmi.get_by_role("link", name="Catat", exact=True).click()
    rahmi.get_by_role("link", name="Kunjungan", exact=True).click()
    look(rahmi, "visit-form")
    rahmi.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    rahmi.get_by_role("button", name="Tidak ada yang disampaikan").click()
    expect(rahmi.get_by_text("Tersimpan. Terima kasih.")).to_be_visible()

    # a report
    rahmi.goto("/laporan/baru/")
    rahmi.get_by_label("Di mana?").select_option(label="Aia Baliang · Pasar")
    rahmi.get_by_label("Dalam satu baris").fill("Motor hilang di parkiran surau")
    rahmi.get_by_label("Apa yang terjadi?").fill("Satu motor hilang dari parkiran surau saat magrib. Parkiran tidak dijaga.")
    expect(rahmi.get_by_text("Curanmor (CRM-03)").first).to_be_attached()
    rahmi.get_by_label("Warga menyampaikan").check()
    rahmi.get_by_label("Jenisnya?").select_option("CRM-03")
    look(rahmi, "report-form")
    rahmi.get_by_role("button", name="Kirim ke Kanit").click()
    expect(rahmi.get_by_text("Terkirim, belum dibaca").first).to_be_visible()
    address = rahmi.url

    # her chief reads, assesses, answers
    nofri.goto("/kotak-masuk/")
    look(nofri, "inbox")
    nofri.get_by_role("heading", name="Motor hilang di parkiran surau").click()
    expect(nofri.get_by_label("Nyata")).to_be_visible()
    look(nofri, "inbox-open")
    nofri.get_by_role("link", name="Halamannya sendiri").click()
    look(nofri, "report")
    nofri.get_by_label("Nyata").check()
    nofri.get_by_label("3, sedang").check()
    nofri.get_by_role("button", name="Simpan penilaian").click()
    nofri.get_by_label("Ditindak").check()
    nofri.get_by_label("Satu kalimat untuk pelapor").fill("Malam ini patroli singgah pukul 18.00 sampai 19.30.")
    nofri.get_by_role("button", name="Jawab", exact=True).click()
    rahmi.goto(address)
    expect(rahmi.get_by_text("Malam ini patroli singgah")).to_be_visible()
    look(rahmi, "answered")

    # and opens a problem, with an action for her
    nofri.goto(address)
    nofri.get_by_role("link", name="Buka masalah").click()
    look(nofri, "open-problem")
    nofri.get_by_label("Siapa yang memegang").select_option(label=str(world.nofri))
    nofri.get_by_role("button", name="Buka masalah").click()
    problem = Problem.objects.get()
    home = f"/masalah/{problem.pk}/"
    expect(nofri).to_have_url(f"{nofri.url.split('/masalah/')[0]}{home}")
    look(nofri, "problem")

    def step(to: str, note: str) -> None:
        nofri.goto(f"{home}langkah/{to}/")
        nofri.locator("textarea[name=note]").fill(note)
        nofri.locator("main form button.primary, main form button[type=submit]").first.click()
        nofri.goto(home)

    step("analysis", "Selalu antara magrib dan isya.")
    nofri.goto(f"{home}telaah/")
    nofri.locator("textarea[name=analysis]").fill("Parkiran surau tidak dijaga saat salat; lampu samping padam.")
    nofri.locator("main form button.primary").click()
    step("response", "Jaga parkir saat magrib.")
    nofri.goto(f"{home}tindakan/")
    nofri.locator("[name=text]").fill("Ajak pengurus surau menunjuk penjaga parkir")
    nofri.locator("select[name=officer]").select_option(label=str(world.rahmi))
    nofri.locator("[name=due]").fill((clock.today("Asia/Jakarta") + timedelta(days=3)).isoformat())
    nofri.locator("main form button.primary").click()

    rahmi.goto("/")
    expect(rahmi.get_by_role("link", name="Ajak pengurus surau menunjuk penjaga parkir")).to_be_visible()
    look(rahmi, "today-with-action")
    action = problem.actions.get()
    rahmi.goto(f"/masalah/tindakan/{action.pk}/selesai/")
    rahmi.locator("textarea[name=result]").fill("Pengurus menunjuk dua pemuda.")
    rahmi.locator("main form button.primary").click()

    step("assessment", "Dua pekan tanpa kehilangan.")
    nofri.goto(f"{home}langkah/solved/")
    look(nofri, "solve")
    nofri.locator("[name=outcome]").first.check()
    nofri.locator("textarea[name=outcome_text]").fill("Parkir dijaga, lampu menyala.")
    nofri.locator("textarea[name=note]").fill("Pengurus surau dan pedagang membenarkan.")
    nofri.locator("main form button.primary").click()
    nofri.goto(home)
    look(nofri, "solved")
    problem.refresh_from_db()
    assert problem.step == "solved"

    # a neighbour reaches none of it
    for beyond in (address, home):
        assert joko.goto(beyond).status == 404
    expect(joko.get_by_role("heading", level=1)).to_have_text("Halaman ini tidak ada, atau bukan di wilayah Anda.")
    look(joko, "not-found")

    # every step can be read back
    acts = list(
        Entry.objects.exclude(act__contains="refused").exclude(act__startswith="session").order_by("pk").values_list("act", flat=True)
    )
    story = [
        "visit.receive", "report.receive", "report.open", "report.assess", "report.answer", "problem.open", "problem.move", "problem.describe",
        "problem.move", "action.give", "action.finish", "problem.move", "problem.move",
    ]  # fmt: skip
    assert [act for act in acts if act.split(".")[0] in {"visit", "report", "problem", "action"}] == story
