"""Whoever is refused a page is in the book, and so is whoever asks for what is not his to see."""

from rukun.audit.models import Entry


def test_a_page_that_a_role_does_not_open_is_a_line_in_the_book(world, client):
    client.force_login(world.tomi.account)
    client.get("/kotak-masuk/")
    client.get("/kotak-masuk/")
    entry = Entry.objects.get(act="page.refuse")
    assert (entry.actor, entry.object) == (f"officer:{world.tomi.pk}", "page:fieldwork:inbox")


def test_a_report_out_of_reach_is_a_line_in_the_book(world, client):
    client.force_login(world.joko.account)
    client.get("/laporan/01900000-0000-7000-8000-000000000000/")
    assert Entry.objects.get(act="page.miss").actor == f"officer:{world.joko.pk}"


def test_an_entry_of_the_book_names_the_place_where_it_was_done(world, client):
    client.force_login(world.yusuf.account)
    assert "Aia Baliang" in client.get("/buku/").content.decode()
