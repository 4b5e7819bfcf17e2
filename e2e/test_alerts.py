"""An alert in a browser: found on the first page, looked into, judged, and gone on with as a problem, on a phone and on a desktop."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from e2e.conftest import DESKTOP, PHONE
from rukun.access.scope import system
from rukun.alerts import services
from rukun.alerts.rules import Voices
from rukun.demo import borders
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.territory import tiles

MACHINE = system("watch")


@pytest.fixture
def raised(world):
    """Three kinds of card, as the machine raises them."""
    borders.draw(system("demo"))
    tiles.draw()
    on, village = world.sek_kr.today(), world.areas["99.01.01.2001"]
    for title in ("Motor hilang di parkiran surau", "Motor hilang di tepi pasar"):
        report = fieldwork.receive_report(
            world.actor(world.rahmi), world.pasar, id=new_id(), title=title, facts=f"{title} waktu magrib.", basis="told", code="CRM-03",
            happened_at=clock.now() - timedelta(hours=1),
        )  # fmt: skip
    said = {"watched": world.res_rd, "areas": [village], "owner": world.nofri, "until": on}
    more = services.raise_alert(
        MACHINE,
        world.sek_kr,
        kind="statistical",
        since=on - timedelta(days=4),
        observed=7,
        voices=Voices((3, 2, 2)),
        group="CRM",
        expected=1.2,
        **said,
    )
    services.raise_alert(
        MACHINE, world.sek_kr, kind="urgent", since=on, observed=1, voices=Voices((), 1), group="CRM", report=report, method="rule", **said
    )
    said["areas"] = [world.areas["99.01.01.2005"]]
    services.raise_alert(
        MACHINE, world.sek_kr, kind="silence", since=on - timedelta(days=27), observed=0, expected=11.0, reason="no_officer", **said
    )
    services.looked(MACHINE, world.res_rd, on=on, weeks=6, raised=1, seen=0)
    return more


@pytest.mark.parametrize("width", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_kanit_looks_judges_and_goes_on(raised, world, walker, signed_in, screenshot, axe, width) -> None:
    page = signed_in(walker(width), world.nofri)
    page.goto("/")
    page.get_by_role("link", name="7 laporan kehilangan motor").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lebih banyak dari biasanya:")
    page.locator("rukun-map[drawn]").wait_for(timeout=60_000)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    screenshot(page, "alert")
    assert axe(page) == []
    page.get_by_role("link", name="Beri penilaian").click()
    page.get_by_text("ada hal yang perlu ditangani").click()
    page.get_by_label("Apa yang ditemukan, satu atau dua kalimat").fill("Parkiran surau gelap dan tidak dijaga waktu magrib.")
    page.get_by_role("button", name="Simpan penilaian").click()
    expect(page.get_by_text("Terima kasih, tersimpan.")).to_be_visible()
    expect(page.get_by_role("link", name="Kehilangan motor di sekitar Pasar")).to_be_visible()
    page.goto("/peringatan/")
    expect(page.get_by_text("Belum cukup riwayat (6 dari 26 minggu).")).to_be_visible()
    screenshot(page, "alerts")
    assert axe(page) == []
    if width is DESKTOP:
        return
    for name, heading in (("Motor hilang di tepi pasar", "Mendesak:"), ("Tidak ada laporan dan kunjungan", "Lebih sepi dari biasanya:")):
        page.goto("/peringatan/")
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        assert axe(page) == []
    page.goto("/peringatan/kerawanan/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Apa yang membebani")
    screenshot(page, "load")
    assert axe(page) == []
