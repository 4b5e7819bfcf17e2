"""The first administrator, sheets and lists from the command line."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rukun.access import console
from rukun.access.scope import system
from rukun.officers import services
from rukun.officers.models import Account, Assignment, Invite, Officer

FIRST = {"nrp": "83021234", "name": "Andika Saputra", "rank": "Iptu"}


def say(*words: str, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_setup_makes_one_administrator_however_often_it_is_run(db, tmp_path):
    said = say("setup", out=tmp_path, **FIRST)
    assert "rukun territory import" in said and (tmp_path / "lembar-masuk-83021234.pdf").read_bytes().startswith(b"%PDF")
    first = Invite.objects.get()
    say("setup", out=tmp_path)
    assert Officer.objects.count() == 1 and Assignment.objects.get().unit.kind == "mabes"
    assert Invite.objects.exclude(used_at=None).get() == first and Invite.objects.filter(used_at=None).count() == 1


def test_a_second_administrator_and_the_console_bring_back_the_first(db, tmp_path):
    say("setup", out=tmp_path, **FIRST)
    say("setup", "--another", out=tmp_path, nrp="84051235", name="Citra Lestari", rank="Ipda")
    first, second = Officer.objects.order_by("pk")
    services.open_account(system("test"), first, password="padi kuning pagi sekali")
    assert "Asked" in say("officers", "reissue", "83021234", "--why", "phone lost at sea")
    sheet = services.confirm(console.actor("84051235"), Invite.objects.get(kind="reissue"))
    assert sheet.confirmed_by == second.pk and not Account.objects.get(nrp="83021234").has_usable_password()
    with pytest.raises(CommandError, match="99999999"):
        say("officers", "reissue", "99999999", "--why", "nobody")


def test_setup_says_what_is_missing(db, tmp_path):
    with pytest.raises(CommandError, match="missing: NRP"):
        say("setup", out=tmp_path)


def test_sheets_are_for_nobody_elses_eyes_and_hold_what_the_database_does_not(world, tmp_path):
    said = say("officers", "invite", "SEK-KR", out=tmp_path)
    table = tmp_path / "lembar-masuk-SEK-KR.csv"
    assert "sheets" in said and table.stat().st_mode & 0o077 == 0
    rows = {row["nrp"]: row for row in csv.DictReader(table.read_text().splitlines())}
    assert "02051101" in rows and "98021110" not in rows  # Sari is of this Polsek, Joko of another
    code = rows["02051101"]["code"]
    assert len(code.replace(" ", "")) == 16 and code.replace(" ", "") not in str(list(Invite.objects.values_list("secret_hash")))


def test_sheets_are_printed_in_somebodys_name_or_not_at_all(world, tmp_path):
    with pytest.raises(CommandError):
        say("officers", "invite", "SEK-LA", "--as", "84021105", out=tmp_path)
    with pytest.raises(CommandError, match="00000000"):
        say("officers", "invite", "SEK-KR", "--as", "00000000", out=tmp_path)
    assert not Invite.objects.exists() and console.actor("84021105").role == "sector_unit_head"


def test_people_are_enrolled_from_a_table_or_nobody_is(world, tmp_path):
    table = tmp_path / "people.csv"
    table.write_text("nrp,name,rank,function,unit,role,areas,order\n00010077,Wati,Bripda,Binmas,SEK-KR,rw_officer,99.01.01.2001,Sprin/1\n")
    assert "1 officers" in say("officers", "enrol", str(table))
    assert Officer.objects.get(account__nrp="00010077").assignments.get().areas.get() == world.aia_baliang
    table.write_text("nrp,name,rank,unit\n00020078,Ani,Bripda,SEK-KR\n12,Salah,Bripda,SEK-KR\n")
    with pytest.raises(CommandError, match="line 3"):
        say("officers", "enrol", str(table))
    assert not Officer.objects.filter(account__nrp="00020078").exists()
    assert "00010077" in say("officers", "list", "SEK-KR")
