"""Whose phone it is, and until when it tells anything: three days, a month, ten PINs, another officer, a new version."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.pocket import PIN, a_problem, at_rest, becomes, everything_kept, open_again, opened_anew, report, rows, screen, sent, set_up, visit
from rukun.fieldwork.models import Report, Visit
from rukun.lib import clock
from rukun.phone.views import shell

SECRET = "Kabau apak ilang di padang"


SHARE = """text => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: "/hp/bagi/", enctype: "multipart/form-data"});
  form.append(Object.assign(document.createElement("textarea"), {name: "text", value: text}));
  document.body.append(form);
  form.submit();
}"""


LEFT = """async (rows) => {
  const {seal, utf8} = await import(document.querySelector('link[href*="phone/seal"]').href);
  const {officer, own, server} = rukun.session.kept;
  for (const {told, own: mine, ...row} of rows) await rukun.store.put("outbox", {
    ...row, officer, schema: 1, client_ts: new Date().toISOString(), monotonic: 1, boot: "b", practice: false, parts: [], changed: Date.now(),
    sealed: await seal(utf8(JSON.stringify(told)), row.id, server), own: await seal(utf8(JSON.stringify(mine)), row.id, {id: "own", jwk: own.jwk}),
  });
}"""


def later(page: Page, **passed: float) -> None:
    """The phone's clock, that much further on; it is opened again."""
    page.clock.set_fixed_time(clock.now() + timedelta(**passed))
    opened_anew(page)


def test_three_days_it_can_be_read_a_month_it_records_and_then_it_asks_to_sign_in(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    sari.context.set_offline(True)
    report(sari, "Kabau ilang", SECRET)
    later(sari, hours=71)
    expect(sari.get_by_text("pekerjaan tidak bisa dibaca di sini sampai Anda masuk lagi")).to_be_visible()
    open_again(sari)
    expect(sari.get_by_text("Di mana saya belum hadir?")).to_be_visible()

    later(sari, hours=73)
    expect(sari.get_by_text("Sudah 72 jam sejak Anda masuk").first).to_be_visible()
    expect(sari.get_by_text("Di mana saya belum hadir?")).not_to_be_visible()
    assert sari.evaluate("() => rukun.store.all('work').then(rows => rows.length)") == 0
    assert sari.evaluate(f"() => rukun.session.unlock('{PIN}')") == "write_only"
    visit(sari)
    screen(sari, "buka")
    screenshot(sari, "hp-73-jam")
    held = everything_kept(sari)
    assert SECRET not in held and "Sari" in held  # her name is on the phone, what she wrote is sealed

    later(sari, hours=70)  # a clock put back gives nothing back
    assert sari.evaluate(f"() => rukun.session.unlock('{PIN}')") == "write_only"
    later(sari, days=32, hours=1)
    visit(sari)
    expect(sari.get_by_text("Besok mencatat berhenti di ponsel ini").first).to_be_visible()
    later(sari, days=34)
    screen(sari, "kunjungan")
    expect(sari.get_by_role("heading", name="Buka kunci")).to_be_visible()
    expect(sari.get_by_text("Sudah sebulan sejak Anda masuk").first).to_be_visible()
    screenshot(sari, "hp-sebulan")
    at_rest(sari, "queued", "queued", "queued")
    sent(sari)
    assert (Visit.objects.count(), Report.objects.get().facts) == (2, SECRET)
    expect(sari.get_by_text("Sudah sebulan").first).not_to_be_visible()  # she was still signed in: three days more


def test_another_officer_reads_nothing_and_what_the_first_recorded_still_goes(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    sari.context.set_offline(True)
    report(sari, "Kabau ilang", SECRET)
    screen(sari, "buka")
    sari.get_by_role("button", name="Kunci").first.click()
    for left in range(9, 0, -1):
        if left in (9, 5):
            screenshot(sari, f"hp-pin-{left}")
        sari.evaluate("() => rukun.session.unlock('000000')")
    assert sari.evaluate("() => rukun.session.unlock('000000')") == "write_only"
    screen(sari, "catat")
    screen(sari, "buka")
    expect(sari.get_by_text("PIN salah sepuluh kali")).to_be_visible()
    screenshot(sari, "hp-sepuluh-pin")
    assert sari.evaluate(f"() => rukun.session.unlock('{PIN}')") == "write_only"
    visit(sari)

    sari.route("**/api/hp/v1/batch", lambda route: route.abort())
    sari.context.set_offline(False)
    rahmi = signed_in(sari, world.rahmi)
    screen(rahmi, "ganti")
    rahmi.get_by_role("link", name="Siapkan untuk petugas lain").click()
    rahmi.get_by_label("PIN, enam angka atau lebih").fill("660412")
    rahmi.get_by_label("PIN yang sama sekali lagi").fill("660412")
    rahmi.get_by_role("button", name="Siapkan ponsel ini").click()
    expect(rahmi.get_by_role("heading", name="Apa yang menunggu saya?")).to_be_visible()
    screen(rahmi, "keluar")
    expect(rahmi.get_by_text("Belum ada catatan di ponsel ini")).to_be_visible()
    assert {row["officer"] for row in rows(rahmi)} == {str(world.sari.pk)}
    rahmi.unroute("**/api/hp/v1/batch")
    rahmi.evaluate("() => rukun.sender.now()")
    at_rest(rahmi)
    assert Report.objects.get().officer_id == Visit.objects.get().officer_id == world.sari.pk
    screen(rahmi, "saya")
    rahmi.get_by_role("button", name="Keluar dari ponsel ini").click()
    expect(rahmi.get_by_text("Anda sudah keluar dari ponsel ini")).to_be_visible()
    assert str(world.rahmi) not in everything_kept(rahmi)


def test_a_new_version_takes_over_while_the_outbox_is_full(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = set_up(signed_in(phone, world.sari))
    before = sari.evaluate("() => caches.keys()")
    sari.route("**/api/hp/v1/batch", lambda route: route.abort())
    for _each in range(3):
        visit(sari)
    words = shell.spoken()
    monkeypatch.setattr(shell, "spoken", lambda: words.replace("Semua sudah terkirim", "Semuanya sudah terkirim"))
    sari.evaluate("() => navigator.serviceWorker.getRegistration('/hp/').then(kept => kept.update())")
    becomes(sari, lambda: sari.evaluate("before => caches.keys().then(now => now.length === 1 && now[0] !== before[0])", before), True)
    expect(sari.get_by_text("Versi baru siap")).to_be_visible()
    sari.unroute("**/api/hp/v1/batch")
    sari.context.set_offline(True)
    opened_anew(sari)
    at_rest(sari, "queued", "queued", "queued")
    sari.context.set_offline(False)
    expect(sari.get_by_text("Semuanya sudah terkirim").first).to_be_visible()
    assert Visit.objects.count() == 3


def test_what_the_first_version_left_on_the_phone_is_sent_mended_and_gone_on_with(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page]
) -> None:
    problem = a_problem(world)
    nofri = set_up(signed_in(phone, world.nofri))
    nofri.context.set_offline(True)
    now = clock.now()
    text = (Path(__file__).parent / "left.json").read_text()
    for name, value in {
        "{pasar}": world.pasar.path,
        "{problem}": str(problem.pk),
        "{day}": f"{now:%Y-%m-%d}",
        "{at}": now.isoformat(),
    }.items():
        text = text.replace(name, value)
    nofri.evaluate(LEFT, json.loads(text)["rows"])
    opened_anew(nofri)
    open_again(nofri)
    expect(nofri.get_by_text("2 belum terkirim").first).to_be_visible()
    nofri.context.set_offline(False)
    becomes(nofri, lambda: (Visit.objects.count(), Report.objects.filter(title="Lampu padam").count()), (1, 1))

    screen(nofri, "keluar")
    nofri.get_by_role("link", name="Lanjut").click()
    expect(nofri.get_by_label("Apa yang baru?")).to_have_value("Lampu dibeli.")
    nofri.get_by_role("button", name="Simpan", exact=True).click()
    becomes(nofri, lambda: problem.story.filter(text="Lampu dibeli.").count(), 1)
    screen(nofri, "keluar")
    nofri.get_by_role("link", name="Perbaiki").click()
    nofri.get_by_role("button", name="Pakai kata-kata ini").click()
    nofri.get_by_role("button", name="Kirim ke Kanit").click()
    becomes(nofri, lambda: list(Report.objects.filter(title="Baliho rusak").values_list("facts", flat=True)), ["Baliho robek."])
    at_rest(nofri)


def test_a_fingerprint_opens_the_phone_and_a_text_shared_from_whatsapp_becomes_a_report(
    world: SimpleNamespace, phone: Page, signed_in: Callable[[Page, Any], Page], screenshot: Callable[[Page, str], None]
) -> None:
    tab = phone.context.new_cdp_session(phone)
    tab.send("WebAuthn.enable")
    finger = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
              "isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True}  # fmt: skip
    tab.send("WebAuthn.addVirtualAuthenticator", {"options": finger})
    sari = set_up(signed_in(phone, world.sari))
    sari.evaluate("""() => navigator.credentials.create({publicKey: {challenge: new Uint8Array(16), rp: {name: "rukun"}, user: {id: new Uint8Array(8), name: "s", displayName: "s"},
      pubKeyCredParams: [{type: "public-key", alg: -7}], authenticatorSelection: {residentKey: "required", userVerification: "required"}, extensions: {prf: {}}}})""")
    screen(sari, "saya")
    sari.get_by_text("Ganti PIN, atau buka dengan sidik jari").click()
    sari.get_by_label("PIN sekarang").fill(PIN)
    sari.get_by_role("button", name="Buka juga dengan sidik jari").click()
    expect(sari.get_by_text("Mulai sekarang sidik jari Anda juga membukanya")).to_be_visible()
    sari.get_by_role("button", name="Kunci", exact=True).click()
    screen(sari, "buka")
    sari.get_by_role("button", name="Dengan sidik jari").click()
    expect(sari.get_by_text("Di mana saya belum hadir?")).to_be_visible()

    sari.evaluate(SHARE, "*Perihal : Lampu jalan padam*\nSudah tiga malam gelap di tikungan.")
    sari.wait_for_url("**/hp/#tempel/*")
    expect(sari.get_by_label("Teksnya")).to_have_value("*Perihal : Lampu jalan padam*\nSudah tiga malam gelap di tikungan.")
    assert "gelap di tikungan" not in everything_kept(sari)  # it waits under a key that stands in the address alone
    screenshot(sari, "hp-tempel")
    sari.get_by_role("button", name="Jadikan laporan").click()
    expect(sari.get_by_label("Dalam satu baris")).to_have_value("Lampu jalan padam")
