"""The first day: three steps that anybody finds, and a visit that counts nowhere."""

from rukun.desk.places import places_of
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.territory.models import Area, PublicPlace


def visit(world, **more):
    return {"id": str(new_id()), "area": world.pasar.path, "kind": "visit", "day": "2026-03-01", "clock": "09:00", "nothing": "1"} | more


def test_an_officer_who_has_recorded_nothing_is_led_to_the_first_day(world, client):
    client.force_login(world.sari.account)
    assert 'href="/hari-pertama/"' in client.get("/").content.decode()
    client.post("/kunjungan/baru/", visit(world))
    assert 'href="/hari-pertama/"' not in client.get("/").content.decode()


def test_the_steps_say_what_is_left_and_lead_there(world, client):
    client.force_login(world.sari.account)
    village = world.aia_baliang.path
    before = client.get("/hari-pertama/").content.decode()
    assert f'href="/wilayah/{village}/tempat/"' in before and "0 dari 5" in before
    for name in ("Pasar Pagi", "Surau Ujung", "SD 01", "Simpang Tugu", "Poskamling Pasar"):
        client.post(f"/wilayah/{village}/tempat/", {"area": world.pasar.path, "kind": "other", "name": name})
    assert PublicPlace.objects.count() == 5
    assert Area.objects.filter(parent=world.aia_baliang).exists()
    client.post("/kunjungan/baru/", visit(world, practice="on"))
    assert "Selesai semua" in client.get("/hari-pertama/").content.decode()


def test_a_practice_visit_counts_nowhere(world, client):
    client.force_login(world.sari.account)
    client.get("/kunjungan/baru/?latihan=1")
    page = client.post("/kunjungan/baru/", visit(world, practice="on"), follow=True)
    assert "Mode latihan" in page.content.decode()
    assert Visit.objects.get().practice
    assert all(place.last is None for place in places_of(world.actor(world.sari)))
    assert 'href="/hari-pertama/"' in client.get("/").content.decode()


def test_a_practice_report_reaches_nobody(world, client):
    client.force_login(world.sari.account)
    client.post(
        "/laporan/baru/",
        {"id": str(new_id()), "area": world.pasar.path, "day": "2026-03-01", "clock": "09:00", "title": "Motor hilang di pasar",
         "facts": "Latihan saja.", "basis": "told", "practice": "on"},
    )  # fmt: skip
    assert Report.objects.get().practice
    client.force_login(world.nofri.account)
    assert "Motor hilang di pasar" not in client.get("/kotak-masuk/").content.decode()


def test_command_has_no_first_day_of_its_own(world, client):
    client.force_login(world.tomi.account)
    assert client.get("/hari-pertama/").status_code == 403
