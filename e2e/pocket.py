"""A phone in somebody's pocket: set up, without a signal, with one again; what stands in its outbox."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

PIN = "829104"
PATIENCE = 20  # seconds
SECRET = "RAHASIA-7431"


def set_up(page: Page, pin: str = PIN) -> Page:
    """Whoever is signed in takes this phone into use; it sends from the page alone, where a test can stand in between."""
    page.add_init_script("delete ServiceWorkerRegistration.prototype.sync")
    page.goto("/hp/")
    page.get_by_label("PIN, enam angka atau lebih").fill(pin)
    page.get_by_label("PIN yang sama sekali lagi").fill(pin)
    page.get_by_role("button", name="Siapkan ponsel ini").click()
    expect(page.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(ready => new Promise(done => ready.active.state === 'activated' ? done() : "
                  "ready.active.addEventListener('statechange', done)))")  # fmt: skip
    return page


def open_again(page: Page, pin: str = PIN) -> None:
    page.goto("/hp/#buka")
    page.get_by_label("PIN Anda").fill(pin)
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()


def screen(page: Page, name: str) -> Page:
    page.evaluate("name => { location.hash = name }", name)
    return page


def visit(page: Page, place: str = "Pasar") -> None:
    """At a door where nothing was said."""
    screen(page, "kunjungan")
    page.get_by_role("radio", name=place, exact=True).check()
    page.get_by_role("button", name="Tidak ada yang disampaikan").click()
    expect(page.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()


def report(page: Page, title: str, facts: str, photo: Path | None = None) -> None:
    screen(page, "laporan")
    page.get_by_role("radio", name="Pasar", exact=True).check()
    page.get_by_label("Dalam satu baris").fill(title)
    page.get_by_label("Apa yang terjadi?", exact=True).fill(facts)
    page.get_by_role("radio", name="Warga menyampaikan").check()
    if photo:
        page.locator("input[type=file]").set_input_files(photo)
        expect(page.get_by_alt_text("Foto 1")).to_be_visible()
    page.get_by_role("button", name="Kirim ke Kanit").click()
    expect(page.get_by_role("heading", name="Tersimpan di ponsel ini.")).to_be_visible()


def sent(page: Page) -> None:
    """There is a signal again; nobody has to do anything."""
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Semua sudah terkirim").first).to_be_visible()


def opened_anew(page: Page) -> Page:
    """From the phone's own keeping; the app stands once it has opened its store."""
    page.reload()
    page.wait_for_function("() => 'rukun' in window")
    return page


def becomes(page: Page, ask: Callable[[], Any], wanted: Any) -> None:
    """What comes by itself is waited for: a promise is true to the browser before it is kept, so the question is asked again and again."""
    until = time.monotonic() + PATIENCE
    while (found := ask()) != wanted and time.monotonic() < until:
        page.wait_for_timeout(100)
    assert found == wanted


def at_rest(page: Page, *states: str) -> None:
    """How the outbox stands once no try is under way."""
    becomes(page, lambda: [row["state"] for row in rows(page)], list(states))


def rows(page: Page, store: str = "outbox") -> list[dict[str, Any]]:
    return page.evaluate(
        "store => rukun.store.all(store).then(rows => rows.map(({id, state, kind, parts, officer, trouble}) => ({id, state, kind, parts, officer, trouble})))",
        store,
    )


def fits(page: Page, axe: Callable[[Page], list[str]], screenshot: Callable[[Page, str], None], name: str) -> list[str]:
    """What is wrong with the screen as it stands: what axe finds, and what no longer fits once letters are twice as large."""
    screenshot(page, f"hp-{name}")
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe(page)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    width = (page.viewport_size or {"width": 0})["width"]
    wide = ["the page is wider than the phone"] if page.evaluate("() => document.documentElement.scrollWidth") > width else []
    screenshot(page, f"hp-besar-{name}")
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return found + wide


def a_problem(world: Any) -> Any:
    """Held by Nofri, in Pasar: motorcycles stolen."""
    from rukun.fieldwork import services as fieldwork
    from rukun.fieldwork.models import new_id
    from rukun.lib import clock
    from rukun.problems import services

    told = {"title": "Motor hilang", "facts": "Hilang.", "basis": "told", "happened_at": clock.now(), "code": "CRM-03"}
    report = fieldwork.receive_report(world.actor(world.sari), world.pasar, id=new_id(), **told)
    return services.open_from_reports(
        world.actor(world.nofri), report, title="Motor hilang", code="CRM-03", stage="AG", severity=3, owner=world.nofri
    )


def everything_kept(page: Page) -> str:
    """All that this phone holds, as somebody would find it who took its memory apart."""
    return page.evaluate("""async () => {
      const text = [];
      const plain = (value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : value instanceof CryptoKey ? `key ${value.extractable}`
        : value && typeof value === "object" ? Object.values(value).map(plain).join(" ") : String(value);
      for (const name of rukun.store.db.objectStoreNames) for (const row of await rukun.store.all(name)) text.push(plain(row));
      for (const name of await caches.keys()) for (const answer of await (await caches.open(name)).matchAll()) text.push(await answer.text());
      return text.join("\\n");
    }""")


def picture(folder: Path, number: int = 1) -> Path:
    """As a camera writes it: large, and with the place in it."""
    file = folder / f"foto-{number}.jpg"
    if not file.exists():
        written = Image.Exif()
        written[0x8825] = {1: "S", 2: (0.0, 56.0, 12.0), 3: "E", 4: (100.0, 22.0, 30.0)}
        picture = Image.effect_noise((2400, 1800), 70).convert("RGB")
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=88, exif=written)
        file.write_bytes(out.getvalue())
    return file
