"""History comes in from a file: once, however often; told where it differs; nothing lost; and back out again."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError

from rukun.access import console
from rukun.access.scope import system
from rukun.audit.models import Entry
from rukun.fieldwork.models import Report
from rukun.history import bringing, services
from rukun.history.jobs import retain
from rukun.history.models import Batch, Change, Incident
from rukun.history.tests.conftest import HEAD, ROWS
from rukun.lib import clock
from rukun.lib.jobs import AFTER
from rukun.problems.models import Problem


def told(tmp_path) -> list[dict[str, str]]:
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def nth(number: int) -> int:
    """The key of the first, second … file that was brought in."""
    return Batch.objects.order_by("pk").values_list("pk", flat=True)[number - 1]


def test_rows_come_in_with_the_precision_that_they_have(world, brought):
    assert "5 rows read = 5 new + 0 unchanged + 0 changed + 0 rejected" in brought
    assert "place known to: subunit 1, village 2, district 1, regency 1" in brought and "2026-03-01 to 2026-05-07" in brought
    first = Incident.objects.get(reference="1")
    assert (first.area, first.precision, str(first.happened_time), first.text) == (
        world.aia_baliang, "village", "18:30:00", "Dua motor hilang di parkiran pasar.",
    )  # fmt: skip
    assert Incident.objects.get(reference="5").area == world.pasar and Incident.objects.get(reference="2").area == world.koto_rimbo_district


def test_the_same_file_again_brings_nothing(world, brought, keep, reports):
    assert "0 new + 5 unchanged + 0 changed + 0 rejected" in reports("import", keep(ROWS), "--source", "Arsip Polsek")
    assert Incident.objects.count() == 5 and Entry.objects.filter(act="report.import").count() == 5


def test_what_differs_is_changed_and_comes_back_when_the_file_is_withdrawn(world, brought, keep, reports):
    other = ROWS.replace("2026-03-02", "2026-03-09").replace("CRM-01", "CRM-02") + "6,2026-05-08,,99.01,CON-01,,,\n"
    assert "1 new + 3 unchanged + 2 changed" in reports("import", keep(other), "--source", "Arsip Polsek")
    assert Incident.objects.get(reference="2").happened_on == date(2026, 3, 9) and Change.objects.count() == 2
    assert "Withdrawn: 1 incidents" in reports("withdraw", nth(2), "--why", "tahun yang salah")
    assert Incident.objects.get(reference="2").happened_on == date(2026, 3, 2) and Incident.objects.get(reference="4").code_id == "CRM-01"
    assert Incident.objects.count() == 5 and not Change.objects.exists()
    assert "was withdrawn before" in reports("withdraw", nth(2), "--why", "lagi")
    assert Entry.objects.get(act="report.withdraw").details["why"] == "tahun yang salah"


def test_a_middle_file_is_withdrawn_and_the_later_one_keeps_its_word(world, brought, keep, reports):
    second, third = ROWS.replace("2026-03-02", "2026-03-09"), ROWS.replace("2026-03-02", "2026-03-19")
    reports("import", keep(second), "--source", "Arsip Polsek")
    reports("import", keep(third), "--source", "Arsip Polsek")
    reports("withdraw", nth(2), "--why", "salah")
    assert Incident.objects.get(reference="2").happened_on == date(2026, 3, 19)
    reports("withdraw", nth(3), "--why", "salah juga")
    assert Incident.objects.get(reference="2").happened_on == date(2026, 3, 2)


def test_what_a_later_file_told_anew_stays_when_the_first_is_withdrawn(world, brought, keep, reports):
    reports("import", keep(ROWS.replace("2026-03-02", "2026-03-09")), "--source", "Arsip Polsek")
    reports("withdraw", nth(1), "--why", "salah")
    left = Incident.objects.get()
    assert (left.reference, left.happened_on, left.batch_id) == ("2", date(2026, 3, 9), nth(2))
    reports("withdraw", nth(2), "--why", "salah")
    assert not Incident.objects.exists()
    assert "5 new" in reports("import", keep(ROWS), "--source", "Arsip Polsek")  # the file that was withdrawn, again


def test_a_rehearsal_counts_the_same_and_changes_nothing(world, brought, keep, reports):
    other = ROWS.replace("2026-03-02", "2026-03-09") + "6,2026-05-08,,99.01,CON-01,,,\n7,besok,,99.01,CON-01,,,\n"
    said = reports("import", keep(other), "--source", "Arsip Polsek", "--dry-run")
    assert "7 rows read = 1 new + 4 unchanged + 1 changed + 1 rejected" in said and "nothing was changed" in said
    assert Batch.objects.count() == 1 and Incident.objects.count() == 5


def test_nothing_of_it_waits_for_an_answer_or_starts_anything(world, brought, run_jobs):
    run_jobs()
    assert not Report.objects.exists() and not Problem.objects.exists() and "report.import" not in AFTER


def test_the_book_tells_of_each_incident_from_which_file_it_came(world, brought):
    entry = Entry.objects.filter(act="report.import").first()
    assert (
        entry.details == {"batch": f"history.batch:{nth(1)}"}
        and entry.actor == "system:console"
        and entry.object.startswith("history.incident:")
    )
    assert [entry.act for entry in Entry.objects.filter(act__startswith="batch.").order_by("pk")] == ["batch.open", "batch.close"]


def test_police_reports_bring_place_day_and_kind_and_nothing_that_names_anybody(world, keep, reports, tmp_path):
    rows = "No LP;Tanggal;Desa;Perkara;Pelapor;Uraian;Lintang;Bujur\nLP/1;01-03-2026;99.01.01.2001;CURANMOR;Kenari Pelapor;motor milik kenari;-0.471;96.521\n"
    rows += "LP/2;01-03-2026;99.09;CURANMOR;Kenari Kedua;x;;\nLP/3;Kenari Ketiga\n"
    mapping = keep(
        'source = "LP Polres"\nchannel = "lp"\n[columns]\nreference = "No LP"\ndate = "Tanggal"\narea = "Desa"\ncode = "Perkara"\n'
        'latitude = "Lintang"\nlongitude = "Bujur"\n[values.code]\nCuranmor = "CRM-03"\n', "lp.toml",
    )  # fmt: skip
    said = reports("import", keep(rows), "--mapping", mapping)
    assert "3 rows read = 1 new + 0 unchanged + 0 changed + 2 rejected" in said
    incident = Incident.objects.of_channel("lp").get()
    assert (incident.text, incident.latitude, incident.precision, incident.code_id) == ("", None, "village", "CRM-03")
    assert "Kenari" not in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "rejected.csv").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="bring no text"):
        reports("import", keep(rows), "--mapping", keep(mapping.read_text().replace("[columns]", '[columns]\ntext = "Uraian"'), "x.toml"))


def test_of_a_text_only_what_may_be_kept_is_stored(world, keep, reports):
    row = "1,2026-03-01,,99.01.01.2001,CRM-03,,,Motor hilang di pasar. Hubungi 0812-3456-7890 NIK 1399994101990001.\n"
    assert "1 came with a text of which not everything may be kept" in reports("import", keep(HEAD + row), "--source", "x")
    assert "0812" not in Incident.objects.get().text and "Motor hilang di pasar" in Incident.objects.get().text


def test_without_a_reference_rows_that_are_alike_are_numbered(world, keep, reports):
    rows = "tanggal,wilayah,jenis\n2026-03-01,99.01.01.2001,CRM-03\n2026-03-01,99.01.01.2001,CRM-03\n"
    assert "2 new" in reports("import", keep(rows), "--source", "x")
    assert "0 new + 2 unchanged" in reports("import", keep(rows), "--source", "x")


def test_a_point_is_kept_to_a_street_and_believed_only_inside_the_area_that_is_named(world, keep, reports):
    rows = "reference,date,code,area,latitude,longitude\n"
    rows += "1,2026-03-01,CRM-03,,-0.471234,96.521234\n2,2026-03-01,CRM-03,99.01.02.2001,-0.471234,96.521234\n3,2026-03-01,CRM-03,99.01,-0.471234,96.521234\n"
    assert "point 2, village 1" in reports("import", keep(rows), "--source", "x")
    assert (Incident.objects.get(reference="1").latitude, Incident.objects.get(reference="1").area) == (-0.471, world.aia_baliang)
    assert Incident.objects.get(reference="2").latitude is None


def test_names_from_the_top_down_stop_where_nobody_knows_further(world, keep, reports):
    rows = "no,tgl,prov,kab,kec,desa\n1,1 Maret 2026,NUSA CONTOH,KAB. RIMBO DATA,KEC. KOTO RIMBO,KOTO RIMBO\n2,1 Maret 2026,Nusa Contoh,Rimbo Data,Koto Rimbo,Entah\n"
    rows += "3,1 Maret 2026,Entah,,,\n"
    mapping = 'source = "x"\n[columns]\nreference = "no"\ndate = "tgl"\narea_names = ["prov", "kab", "kec", "desa"]\n[[rules.code]]\ngive = "CRM-01"\n'
    said = reports("import", keep(rows), "--mapping", keep(mapping, "m.toml"))
    assert "2 new" in said and "1 rejected" in said and "1 of them stand at a wider area" in said and "village 1, district 1" in said


def test_a_file_that_was_cut_short_is_completed_by_the_same_file(world, keep, reports, monkeypatch):
    monkeypatch.setattr(bringing, "CHUNK", 2)
    receive, calls = services.receive, []

    def fails_at_the_second(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return receive(*args, **more)

    monkeypatch.setattr(services, "receive", fails_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        reports("import", keep(ROWS), "--source", "x")
    monkeypatch.setattr(services, "receive", receive)
    assert Incident.objects.count() == 2 and "cut short" in reports("batches")
    assert "3 new + 2 unchanged" in reports("import", keep(ROWS), "--source", "x")


def test_whoever_brings_it_in_may_do_so_only_where_they_serve(world, keep, reports):
    with pytest.raises(CommandError, match="may not batch"):
        reports("import", keep(ROWS), "--source", "x", "--as", "82111107")  # Dewi sees batches, and brings in none
    assert "5 new" in reports("import", keep(ROWS), "--source", "x", "--as", "94031119")  # Tomi
    assert Batch.objects.get(brought_by=world.tomi).owner == world.mabes.path
    assert console.actor("94031119").role == "administrator"


def test_later_rooms_count_by_area_day_and_kind(world, brought):
    dewi = world.actor(world.dewi)
    counts = {
        (row["path"], row["happened_on"], row["code"]): row["count"] for row in Incident.objects.within(dewi).of_channel("history").daily()
    }
    assert counts[world.aia_baliang.path, date(2026, 3, 1), "CRM-03"] == 1 and len(counts) == 5
    assert Incident.objects.within(dewi).at_least("village").count() == 3
    assert not Incident.objects.within(world.actor(world.joko)).exists() and not Incident.objects.within(dewi).of_channel("lp").exists()


def test_one_source_is_of_one_channel(world, brought, keep, reports):
    with pytest.raises(CommandError, match="Name the source otherwise"):
        reports("import", keep(ROWS), "--source", "Arsip Polsek", "--channel", "lp")


def test_a_withdrawal_says_why_and_of_which_file(world, brought, reports):
    with pytest.raises(CommandError, match="There is no batch 99999"):
        reports("withdraw", 99999, "--why", "x")
    with pytest.raises(CommandError, match="why"):
        reports("withdraw", nth(1), "--why", " ")
    with pytest.raises(services.NotPossible):
        services.receive(system("test"), Batch.objects.get(), batch=Batch.objects.get(), facts=[], tally=services.Tally())


def test_tomorrow_is_the_tomorrow_of_the_place(world, keep, reports):
    today = world.aia_baliang.today()
    rows = HEAD + f"1,{today},,99.01.01.2001,CRM-03,,,\n2,{today + timedelta(days=2)},,99.01.01.2001,CRM-03,,,\n"
    assert "1 new" in reports("import", keep(rows), "--source", "x") and not Incident.objects.filter(reference="2").exists()


def test_old_texts_and_points_go_while_area_day_and_kind_stay(world, keep, reports):
    rows = ROWS.replace("time,area", "latitude,area").replace("severity,text", "severity,text,longitude").replace("18:30,", "-0.471,")
    rows = "".join(line + (",96.521\n" if "-0.471" in line else ",\n") if line[:1].isdigit() else line + "\n" for line in rows.splitlines())
    assert "point 1" in reports("import", keep(rows), "--source", "Arsip Polsek")
    with clock.at(datetime.now(UTC) + timedelta(days=700)):
        retain.func()
    assert Incident.objects.get(reference="1").text
    with clock.at(datetime.now(UTC) + timedelta(days=740)):
        retain.func()
    old = Incident.objects.get(reference="1")
    assert (old.text, old.latitude, old.precision, old.area) == ("", None, "village", world.aia_baliang) and Incident.objects.count() == 5
    assert Entry.objects.filter(act="incident.blank").count() == 1
