"""A report: facts apart from opinion, read, assessed and answered, or it goes one level up by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.audit.models import Entry, Payload
from rukun.fieldwork import services
from rukun.fieldwork.jobs import raise_unread
from rukun.fieldwork.models import Report, new_id
from rukun.fieldwork.rules import REMOVED
from rukun.lib import clock


def sent(world, **more):
    return {
        "id": str(new_id()), "area": world.pasar.path, "day": "2026-03-01", "clock": "18:30", "title": "Motor hilang di parkiran surau",
        "facts": "Satu motor hilang dari parkiran surau saat magrib.", "basis": "told", "code": "CRM-03",
    } | more  # fmt: skip


def later(**time):
    return clock.at(clock.now() + timedelta(**time))


def rise():
    raise_unread.func()


def test_an_officer_reports_and_it_lies_on_the_desk_of_her_unit_head(world, client):
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world))
    report = Report.objects.get()
    assert (report.unit, report.desk, report.officer) == (world.sek_kr, "sector_unit_head", world.rahmi)
    client.force_login(world.nofri.account)
    assert "Motor hilang di parkiran surau" in client.get("/kotak-masuk/").content.decode()


def test_the_unit_head_reads_assesses_and_answers_and_the_author_sees_it(world, told, client):
    report = told()
    client.force_login(world.nofri.account)
    client.get(f"/laporan/{report.pk}/")
    client.post(
        f"/laporan/{report.pk}/nilai/", {"stage": "GN", "severity": "3", "code": "CRM-03", "source_grade": "B", "content_grade": "2"}
    )
    client.post(f"/laporan/{report.pk}/jawab/", {"kind": "acted", "text": "Malam ini patroli singgah."})
    report.refresh_from_db()
    assert (report.stage, report.severity, report.assessed_by) == ("GN", 3, world.nofri)
    client.force_login(world.rahmi.account)
    page = client.get(f"/laporan/{report.pk}/").content.decode()
    assert "Dibaca Iptu Nofri Hasan" in page
    assert "Malam ini patroli singgah." in page
    told_of = list(Entry.objects.of(report).order_by("pk").values_list("act", flat=True))
    assert told_of == ["report.receive", "report.assess"]
    assert {"report.open", "report.answer"} <= set(Entry.objects.values_list("act", flat=True))


def test_forwarding_says_to_whom(world, told, client):
    report = told()
    client.force_login(world.nofri.account)
    page = client.post(f"/laporan/{report.pk}/jawab/", {"kind": "forwarded", "text": "Diteruskan."}).content.decode()
    assert "Sebutkan diteruskan kepada siapa." in page
    assert not report.answers.exists()


def test_nobody_answers_his_own_report(world, told):
    report = told(who=world.nofri)
    with pytest.raises(PermissionDenied):
        services.answer(world.actor(world.nofri), report, kind="noted", text="Cukup.")


@pytest.mark.parametrize(("hours", "desk"), [(23, "sector_unit_head"), (25, "sector_chief")])
def test_a_report_that_nobody_reads_goes_up_after_a_day(world, told, hours, desk):
    report = told()
    with later(hours=hours):
        rise()
    report.refresh_from_db()
    assert report.desk == desk


def test_it_goes_on_rising_rung_by_rung_until_somebody_reads_it(world, told):
    report = told()
    for hours, desk in (
        (25, "sector_chief"),
        (50, "resort_unit_head"),
        (75, "resort_chief"),
        (100, "regional_director"),
        (125, "regional_director"),
    ):
        with later(hours=hours):
            rise()
        report.refresh_from_db()
        assert report.desk == desk
    assert Entry.objects.filter(act="report.escalate").count() == 4


def test_a_report_that_is_read_in_the_moment_it_should_rise_does_not(world, told):
    report = told()
    services.open_report(world.actor(world.nofri), report)
    assert services.escalate(system("escalation"), report, desk="sector_chief") is None


def test_a_report_that_was_read_stays_where_it_lies(world, told):
    report = told()
    services.open_report(world.actor(world.nofri), report)
    with later(days=9):
        rise()
    report.refresh_from_db()
    assert report.desk == "sector_unit_head"


def test_an_urgent_report_waits_an_hour_at_most(world, told):
    report = told()
    services.assess(world.actor(world.nofri), report, stage="GN", severity=2, code="CRM-03")
    with later(minutes=61):
        rise()
    report.refresh_from_db()
    assert report.desk == "sector_chief"


def test_a_report_of_something_like_it_is_shown_before_another_is_sent(world, client):
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world))
    page = client.post("/laporan/baru/", sent(world, title="Motor hilang dekat surau", clock="19:00")).content.decode()
    assert "Mungkin sudah dilaporkan?" in page
    assert Report.objects.count() == 1
    client.post("/laporan/baru/", sent(world, title="Motor hilang dekat surau", clock="19:00", anyway="1"))
    assert Report.objects.count() == 2


def test_a_colleagues_report_is_hinted_at_without_a_word_of_it(world, client):
    client.force_login(world.sari.account)
    client.post("/laporan/baru/", sent(world, title="Motor hilang rahasia sari"))
    client.force_login(world.rahmi.account)
    page = client.post("/laporan/baru/", sent(world)).content.decode()
    assert "Rekan Anda sudah melaporkan hal serupa di sini" in page
    assert "rahasia sari" not in page


def test_a_report_sent_twice_is_kept_once(world, told):
    first = told()
    again = services.receive_report(
        world.actor(world.rahmi),
        world.pasar,
        id=first.pk,
        title=first.title,
        facts=first.facts,
        basis="told",
        happened_at=first.happened_at,
    )
    assert again is None
    assert Report.objects.count() == 1


def test_a_correction_that_removes_an_identity_makes_older_versions_unreadable_in_the_book_too(world, told, client):
    report = told(title="Seseorang di kios tiga", facts="Warga menyebut nama seseorang.")
    entry = Entry.objects.of(report).get(act="report.receive")
    assert Payload.objects.filter(entry=entry).exists()
    client.force_login(world.rahmi.account)
    client.post(f"/laporan/{report.pk}/perbaiki/", sent(world, title="Motor hilang", facts="Motor hilang di pasar.", identity="on"))
    report.refresh_from_db()
    assert (report.title, report.facts, report.identity_removed) == (REMOVED, REMOVED, True)
    assert not Payload.objects.filter(entry=entry).exists()
    assert "menyebut nama seseorang" not in client.get(f"/laporan/{report.pk}/").content.decode()
    assert Report.objects.current().get().title == "Motor hilang"


def test_a_correction_keeps_the_answers_and_the_older_version_leads_to_the_newer(world, told, client):
    report = told()
    services.answer(world.actor(world.nofri), report, kind="noted", text="Cukup diketahui.")
    client.force_login(world.rahmi.account)
    client.post(f"/laporan/{report.pk}/perbaiki/", sent(world, title="Dua motor hilang"))
    newer = Report.objects.get(corrects=report)
    assert newer.answers.get().text == "Cukup diketahui."
    assert "Ini versi lama." in client.get(f"/laporan/{report.pk}/").content.decode()


@pytest.mark.parametrize("who", ["joko", "yeni", "arif", "tomi", "yusuf", "mira"])
def test_whoever_has_no_business_there_does_not_reach_a_report(world, told, client, who):
    report = told()
    client.force_login(getattr(world, who).account)
    assert client.get(f"/laporan/{report.pk}/").status_code in (403, 404)


def test_a_colleague_on_the_street_does_not_read_it_either(world, told, client):
    report = told()
    client.force_login(world.sari.account)
    assert client.get(f"/laporan/{report.pk}/").status_code == 404


def test_a_moment_that_lies_ahead_is_asked_back_in_words(world, client):
    client.force_login(world.rahmi.account)
    page = client.post("/laporan/baru/", sent(world, day="2031-01-01")).content.decode()
    assert "Waktu ini belum tiba. Periksa hari dan jamnya." in page
    assert not Report.objects.exists()


def test_what_is_typed_is_shown_as_text_and_never_run(world, told, client):
    report = told(facts="<script>alert(1)</script>", title="<b>judul</b>")
    client.force_login(world.nofri.account)
    page = client.get(f"/laporan/{report.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>judul" not in page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Motor warga hilang di parkiran surau waktu magrib", "CRM-03"),
        ("kabau apak ilang, tali putuih", "CRM-01"),
        ("lah 3 malam anak mudo trek di jalan lingkar, knalpot brong", "ORD-01"),
        ("Poskamling tidak aktif, jadwal ronda kosong", "SVC-02"),
        ("hujan labek, batang gadang naiak, takuik galodo", "ENV-01"),
        ("diteror pinjol, penagih kasar", "CYB-02"),
    ],
)
def test_words_people_use_lead_to_a_kind(world, client, text, code):
    client.force_login(world.rahmi.account)
    assert f"({code})" in client.post("/laporan/usulan/", {"facts": text}).content.decode()


def test_a_report_from_another_time_zone_keeps_its_local_moment(world, client):
    client.force_login(world.rahmi.account)
    client.post("/laporan/baru/", sent(world, day="2026-03-01", clock="00:30"))
    assert Report.objects.get().happened_at.isoformat() == "2026-02-28T17:30:00+00:00"
