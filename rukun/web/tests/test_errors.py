"""When something is not possible, the page says so as a good colleague would."""

from django.test import Client


def test_a_page_that_does_not_exist_says_so_in_plain_words(world, client):
    client.force_login(world.sari.account)
    page = client.get("/tidak-ada/")
    assert page.status_code == 404
    assert "Halaman ini tidak ada, atau bukan di wilayah Anda." in page.content.decode()


def test_without_a_network_the_page_says_that_nothing_is_lost(client, db):
    assert "Yang sudah terkirim tidak hilang." in client.get("/luring/").content.decode()


def test_a_role_that_does_not_open_a_page_is_told_so(world, client):
    client.force_login(world.tomi.account)
    page = client.get("/kotak-masuk/")
    assert page.status_code == 403
    assert "Peran Anda sekarang tidak membuka halaman ini." in page.content.decode()


def test_when_the_house_fails_it_says_what_to_do(world, client, monkeypatch):
    monkeypatch.setattr("rukun.fieldwork.views.inbox.desk.lines", lambda actor: 1 / 0)
    client.force_login(world.nofri.account)
    client.raise_request_exception = False
    page = client.get("/kotak-masuk/")
    assert page.status_code == 500
    assert "Maaf, kami gagal menyelesaikan ini." in page.content.decode()


def test_a_form_that_stood_open_too_long_says_that_nothing_was_sent(world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.sari.account)
    page = strict.post("/kunjungan/baru/", {})
    assert page.status_code == 403
    assert "Halaman ini terbuka terlalu lama." in page.content.decode()


def test_whoever_has_not_signed_in_is_shown_the_door(client, db):
    page = client.get("/")
    assert page.status_code == 302 and "/masuk/" in page.url


def test_an_address_with_a_null_byte_is_no_address(world, client, settings):
    client.force_login(world.tomi.account)
    for address in ("/petugas/?unit=%00", "/wilayah/%00/", "/%00"):
        assert client.get(address).status_code == 400, address
    settings.DEMO = True
    assert client.get("/cari/?q=%00").status_code == 400
