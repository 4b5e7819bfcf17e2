"""One problem, two phones without a signal: what differs is merged, what both changed waits for its owner, and both see that."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from e2e.pocket import a_problem, at_rest, fits, open_again, opened_anew, screen, set_up


def edit(page: Page) -> None:
    """The file of the one problem there is, open for changing."""
    screen(page, "hari-ini")
    page.locator("[data-at=problems]").get_by_role("link", name="Motor hilang").click()
    page.get_by_text("Ubah isi berkasnya").click()


def test_two_phones_change_one_problem_apart_and_its_owner_decides(
    world: SimpleNamespace, walker: Callable[..., Page], signed_in: Callable[[Page, Any], Page], axe: Callable[[Page], list[str]],
    screenshot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    problem = a_problem(world)
    nofri, budi = set_up(signed_in(walker(), world.nofri)), set_up(signed_in(walker({"width": 320, "height": 640}), world.budi))
    for page in (nofri, budi):
        page.context.set_offline(True)

    edit(budi)
    screenshot(budi, "hp-masalah")
    budi.get_by_label("Masalahnya dalam satu kalimat").fill("Motor hilang saat magrib")
    budi.get_by_role("radio", name="4, berat").check()
    budi.get_by_role("region", name="Yang Anda ubah").get_by_role("button", name="Kembalikan: Keparahan").click()
    expect(budi.get_by_role("radio", name="3, sedang")).to_be_checked()
    budi.get_by_label("Mengapa di sini, mengapa sekarang?").fill("Parkiran tidak dijaga saat magrib.")
    assert fits(budi, axe, screenshot, "masalah-diubah") == []
    screen(budi, "hari-ini")  # left as it is, and taken up again
    budi.get_by_role("link", name="Motor hilang").first.click()
    expect(budi.get_by_label("Masalahnya dalam satu kalimat")).to_have_value("Motor hilang saat magrib")
    budi.get_by_role("button", name="Simpan", exact=True).click()
    expect(budi.get_by_text("Motor hilang saat magrib")).to_be_visible()
    budi.get_by_role("button", name="Tarik kembali").click()
    budi.get_by_role("button", name="Simpan", exact=True).click()
    expect(budi.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    edit(budi)
    expect(budi.get_by_text("Belum terkirim dari ponsel ini")).to_be_visible()
    expect(budi.get_by_role("heading", name="Motor hilang saat magrib")).to_be_visible()  # what is unsent holds here already
    screenshot(budi, "hp-masalah-belum-terkirim")

    edit(nofri)
    nofri.get_by_label("Masalahnya dalam satu kalimat").fill("Motor hilang di surau")
    nofri.get_by_role("radio", name="Nyata").check()
    nofri.get_by_role("button", name="Simpan", exact=True).click()
    expect(nofri.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()
    for page in (nofri, budi):
        page.context.set_offline(False)
        page.evaluate("() => void rukun.sender.now()")
        at_rest(page)
    problem.refresh_from_db()
    assert (problem.title, problem.stage, problem.analysis) == ("Motor hilang di surau", "GN", "Parkiran tidak dijaga saat magrib.")

    screen(budi, "keluar")
    expect(budi.get_by_text("Disimpan, menunggu keputusan pemilik masalah")).to_be_visible()
    budi.get_by_role("link", name="Lihat", exact=True).click()
    waits = budi.get_by_role("region", name="Diubah dua orang")
    expect(waits.get_by_text("Motor hilang di surau")).to_be_visible()
    expect(waits.get_by_text("Motor hilang saat magrib")).to_be_visible()
    assert fits(budi, axe, screenshot, "menunggu-keputusan") == []

    nofri.goto("/hp/keputusan/")
    nofri.get_by_role("link", name="Motor hilang").click()
    nofri.get_by_role("button", name="Pakai ini").click()
    expect(nofri.get_by_text("Diputuskan")).to_be_visible()
    opened_anew(budi)
    open_again(budi)
    budi.get_by_role("link", name="Motor hilang saat magrib").click()
    expect(budi.get_by_text("versi yang datang kemudian dipakai")).to_be_visible()
