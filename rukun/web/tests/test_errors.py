"""When something is not possible, the page says so as a good colleague would."""


def test_a_page_that_does_not_exist_says_so_in_plain_words(world, client):
    client.force_login(world.sari.account)
    page = client.get("/tidak-ada/")
    assert page.status_code == 404
    assert "Halaman ini tidak ada, atau bukan di wilayah Anda." in page.content.decode()


def test_whoever_has_not_signed_in_is_shown_the_door(client, db):
    page = client.get("/")
    assert page.status_code == 302 and "/masuk/" in page.url
