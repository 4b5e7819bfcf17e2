"""Whose desk a report lies on, what an operator is shown, and lists longer than a page."""

from datetime import UTC, datetime, timedelta

from rukun.fieldwork import inbox, jobs
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.lib import clock


def sent(world, **more):
    return {
        "id": str(new_id()), "area": world.pasar.path, "day": "2026-03-01", "clock": "18:30", "title": "Motor hilang di parkiran surau",
        "facts": "Satu motor hilang dari parkiran surau saat magrib.", "basis": "told",
    } | more  # fmt: skip


def test_a_report_of_the_unit_head_lies_on_the_desk_above_his_own(world, told):
    assert told(who=world.nofri).desk == "sector_chief"
    assert told(who=world.budi).desk == "sector_unit_head"


def test_an_operator_is_led_back_and_told_for_whom_she_wrote(world, client):
    client.force_login(world.lina.account)
    page = client.post("/laporan/baru/", sent(world, author=world.rahmi.pk), follow=True)
    assert page.status_code == 200
    assert "Tersimpan untuk Bripka Rahmi Anjani, dengan nama Anda sebagai pencatat." in page.content.decode()
    visit = {"id": str(new_id()), "area": world.pasar.path, "kind": "visit", "day": "2026-03-01", "clock": "09:30", "nothing": "1"}
    assert client.post("/kunjungan/baru/", visit | {"author": world.rahmi.pk}, follow=True).status_code == 200
    report = Report.objects.get()
    client.force_login(world.nofri.account)
    page = client.get(f"/laporan/{report.pk}/").content.decode()
    assert "Bripka Rahmi Anjani" in page
    assert "Bripda Lina Marlina" in page


def test_an_operator_whose_line_broke_sends_again_and_is_not_asked_whether_it_is_alike(world, client):
    client.force_login(world.lina.account)
    form = sent(world, author=world.rahmi.pk)
    client.post("/laporan/baru/", form)
    again = client.post("/laporan/baru/", form)
    assert again.status_code == 302
    assert Report.objects.count() == 1


def test_the_kind_chosen_from_the_words_is_kept(world, client):
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world, usul="CRM-03"))
    assert Report.objects.get().code_id == "CRM-03"


def test_the_same_kind_in_the_same_place_is_shown_however_it_is_worded(world, client):
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world, code="CRM-03"))
    page = client.post("/laporan/baru/", sent(world, code="CRM-03", title="Honda raib", facts="Baru saja lenyap.")).content.decode()
    assert "Mungkin sudah dilaporkan?" in page


def test_places_are_offered_from_the_smallest(world, client):
    client.force_login(world.sari.account)
    page = client.get("/laporan/baru/").content.decode()
    assert page.index(f'value="{world.pasar.path}"') < page.index(f'value="{world.aia_baliang.path}"')


def test_ones_own_records_go_on_page_after_page(world, told, met, client, monkeypatch):
    monkeypatch.setattr("rukun.fieldwork.views.own.PAGE", 2)
    start = datetime(2026, 3, 1, 2, tzinfo=UTC)
    for number in range(5):
        with clock.at(start + timedelta(hours=number // 2)):  # two at the same moment: none is shown twice, none is skipped
            told(title=f"Laporan ke-{number}")
            met(made_at=start, place=f"Tempat ke-{number}")
    assert Visit.objects.count() == 5
    client.force_login(world.rahmi.account)
    for name, word in (("laporan", "Laporan ke-"), ("kunjungan", "Tempat ke-")):
        address, seen = "/catatan/", []
        while address:
            page = client.get(address).content.decode()
            seen += [number for number in range(5) if f"{word}{number}" in page]
            at = page.find(f'href="?{name}=')
            address = "/catatan/" + page[at + 6 :].split('"')[0].replace("&amp;", "&") if at >= 0 else ""
        assert sorted(seen) == [0, 1, 2, 3, 4]


def test_a_bent_mark_begins_at_the_top(world, told, client):
    told()
    client.force_login(world.rahmi.account)
    for mark in ("x", "2026-03-01_1", "2026-03-01T00:00:00+00:00_zz", "_"):
        assert "Motor hilang di parkiran surau" in client.get("/catatan/", {"laporan": mark}).content.decode()


def test_the_inbox_goes_on_page_after_page(world, told, client, monkeypatch):
    monkeypatch.setattr(inbox, "SHOWN", 2)
    for number in range(5):
        told(title=f"Laporan ke-{number}")
    actor, mark, seen = world.actor(world.nofri), "", []
    while True:
        rows, mark = inbox.lines(actor, mark)
        seen += [row.report.title for row in rows]
        if not mark:
            break
    assert sorted(seen) == [f"Laporan ke-{number}" for number in range(5)]
    client.force_login(world.nofri.account)
    assert "?sesudah=" in client.get("/kotak-masuk/").content.decode()


def test_the_inbox_says_what_to_begin_with(world, told, client):
    with clock.at(clock.now() - timedelta(hours=22)):
        told()
    client.force_login(world.nofri.account)
    assert "Dahulukan “Motor hilang di parkiran surau”" in client.get("/kotak-masuk/").content.decode()


def test_what_sounds_like_danger_now_lies_on_top_and_goes_up_within_the_hour(world, told, client):
    """Nobody has assessed it yet; the words are enough to hurry."""
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with clock.at(start):
        told(title="Kabel telepon putus di tepi jalan", facts="Kabel terjatuh sejak kemarin.", code=None)
    with clock.at(start + timedelta(minutes=5)):
        fight = told(
            title="Perkelahian di lapau",
            facts="Sedang berlangsung perkelahian, ada yang membawa parang, butuh bantuan sekarang.",
            code=None,
        )
        client.force_login(world.nofri.account)
        rows, _further = inbox.lines(world.actor(world.nofri))
        assert next(row.report for row in rows) == fight
        assert (rows[0].danger, rows[1].danger) == (True, False)
        assert rows[0].rises == fight.desk_since + timedelta(hours=1)
        assert "terdengar seperti bahaya sekarang" in client.get("/kotak-masuk/").content.decode()
    with clock.at(start + timedelta(minutes=70)):
        jobs.raise_unread.func()
    desks = dict(Report.objects.values_list("title", "desk"))
    assert desks == {"Perkelahian di lapau": "sector_chief", "Kabel telepon putus di tepi jalan": "sector_unit_head"}
