"""Signing in, in a real browser: a sheet, then a key on the phone, then the key alone; and a password with an app."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect

from rukun.access.scope import system
from rukun.officers import services

PASSWORD = "padi kuning pagi sekali"


@pytest.fixture(autouse=True)
def _no_memory_of_tries() -> None:
    cache.clear()


def with_a_key_store(page: Page) -> None:
    """A phone that holds keys and knows its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})


def test_a_sheet_then_a_key_then_the_key_alone(phone: Page, world: SimpleNamespace) -> None:
    sheet = services.invite(world.actor(world.budi), world.nofri)
    with_a_key_store(phone)
    phone.goto(f"/masuk/lembar/#{world.nofri.account.nrp}.{sheet.code}")
    expect(phone.get_by_label("NRP")).to_have_value(world.nofri.account.nrp)  # read from the square on the sheet
    phone.get_by_label("Kata sandi baru Anda").fill(PASSWORD)
    phone.get_by_label("Kata sandi baru, sekali lagi").fill(PASSWORD)
    phone.get_by_role("button", name="Simpan dan masuk").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Dengan apa Anda membuktikan diri?")  # a Kanit needs a second proof
    phone.get_by_role("link", name="Pasang kunci").click()
    phone.get_by_label("Anda menyebutnya apa?").fill("Ponsel saya")
    phone.get_by_role("button", name="Pasang kunci").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kode cadangan Anda")
    phone.get_by_role("link", name="Sudah disimpan").click()
    expect(phone.get_by_role("link", name="Kanit Binmas Koto Rimbo")).to_be_visible()

    phone.locator("footer").get_by_role("button", name="Keluar").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Siapa Anda?")
    phone.get_by_role("button", name="Pakai kunci di ponsel ini").click()
    expect(phone.get_by_role("link", name="Kanit Binmas Koto Rimbo")).to_be_visible()


def test_a_password_and_the_six_digits_of_an_app(desktop: Page, world: SimpleNamespace) -> None:
    services.open_account(system("test"), world.sari, password=PASSWORD)
    sign_in(desktop, world.sari.account.nrp)
    desktop.goto("/akun/bukti/")
    desktop.get_by_role("link", name="Pasang aplikasi").click()
    desktop.get_by_label("Kata sandi").fill(PASSWORD)
    desktop.get_by_role("button", name="Lanjut").click()
    secret = desktop.locator("dd code").inner_text()
    expect(desktop.get_by_role("img", name="Kode kotak")).to_be_visible()
    desktop.get_by_label("Enam angka yang tampil").fill(code(secret))
    desktop.get_by_role("button", name="Simpan").click()
    recovery = desktop.locator("li code").first.inner_text()
    desktop.locator("footer").get_by_role("button", name="Keluar").click()

    sign_in(desktop, world.sari.account.nrp)
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Satu bukti lagi")
    desktop.get_by_label("Kode").fill("000000")
    desktop.get_by_role("button", name="Masuk").click()
    expect(desktop.locator(".errors")).to_contain_text("Kode ini salah")
    desktop.get_by_label("Kode").fill(recovery)
    desktop.get_by_role("button", name="Masuk").click()
    expect(desktop.get_by_role("link", name="Polisi RW Aia Baliang")).to_be_visible()


def test_the_pages_of_people_and_of_the_door_break_no_rule_of_access(
    phone: Page,
    world: SimpleNamespace,
    axe: Callable[[Page], list[str]],
    signed_in: Callable[..., Page],
    screenshot: Callable[[Page, str], None],
) -> None:
    phone.goto("/masuk/")
    assert axe(phone) == []
    phone.goto("/masuk/lembar/")
    assert axe(phone) == []
    signed_in(phone, world.nofri)
    for path in (
        "/saya/",
        "/akun/bukti/",
        "/akun/perangkat/",
        "/petugas/",
        f"/petugas/{world.sari.pk}/",
        f"/petugas/{world.sari.pk}/peran/",
        "/wilayah-tanpa-petugas/",
    ):
        phone.goto(path)
        assert axe(phone) == [], path
        assert phone.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        screenshot(phone, f"officers{path.replace('/', '-')}")


def sign_in(page: Page, nrp: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("NRP").fill(nrp)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
