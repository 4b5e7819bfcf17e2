"""The first administrator, sheets and lists from the command line."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
    with pytest.raises(CommandError, match=r"people\.csv:3: The NRP “12” lacks digits"):
        say("officers", "enrol", str(table))
    assert not Officer.objects.filter(account__nrp="00020078").exists()
    assert "00010077" in say("officers", "list", "SEK-KR")


PEOPLE = """nrp;nama;pangkat;fungsi;satuan;peran;wilayah;sprin;mulai;sampai
00010077;Wati;BRIPDA;Binmas;SEK-KR;Polisi RW;Aia Baliang|jorong Lubuak;Sprin/1;01/06/2026;2027-05-31
84021105;Nofri Hasan;Iptu;Binmas;Polsek Koto Rimbo;Kanit Binmas;;;;
"""


def enter(tmp_path, text: str, *more: str) -> str:
    file = tmp_path / "people.csv"
    file.write_text(text)
    return say("officers", "import", str(file), *more)


def test_people_come_with_roles_and_areas_by_name_and_again_change_nothing(world, tmp_path):
    said = enter(tmp_path, PEOPLE, "--dry-run")
    assert (
        "A rehearsal" in said
        and "Bripda Wati: enrolled at Polsek Koto Rimbo" in said
        and not Account.objects.filter(nrp="00010077").exists()
    )
    assert "1 officers enrolled, 0 changed, 1 roles given or ended, 1 rows known already" in enter(tmp_path, PEOPLE)
    term = Officer.objects.get(account__nrp="00010077").assignments.get()
    assert {area.name for area in term.areas.all()} == {"Aia Baliang", "Lubuak"} and str(term.valid_until) == "2027-06-01"
    assert not term.officer.account.has_usable_password() and not term.officer.account.invites.exists()
    assert "0 officers enrolled, 0 changed, 0 roles given or ended, 2 rows known already" in enter(tmp_path, PEOPLE)


def test_a_known_officer_is_changed_and_it_is_said_how(world, tmp_path):
    enter(tmp_path, PEOPLE)
    said = enter(tmp_path, PEOPLE.replace("BRIPDA", "Briptu").replace("Aia Baliang|jorong Lubuak", "Guguak Sapan"))
    assert "rank: “Bripda” becomes “Briptu”" in said and "Polisi RW from" in said and "Guguak Sapan" in said
    officer = Officer.objects.get(account__nrp="00010077")
    assert officer.rank == "Briptu"
    said = enter(
        tmp_path,
        PEOPLE.replace("BRIPDA", "Briptu").replace("Aia Baliang|jorong Lubuak", "Guguak Sapan").replace("2027-05-31", "2027-01-31"),
    )
    assert "until and including 2027-01-31" in said and str(officer.assignments.latest("pk").valid_until) == "2027-02-01"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1010078;Ani;Bripda;;SEK-KR;;;;;", "lacks digits"),
        ("1.01008E+07;Ani;Bripda;;SEK-KR;;;;;", "taken for a number"),
        ("00130078;Ani;Bripda;;SEK-KR;;;;;", "is no NRP"),
        ("00020078;Ani;Mayor;;SEK-KR;;;;;", "no rank"),
        ("00020078;;Bripda;;SEK-KR;;;;;", "name is missing"),
        ("00020078;Ani;Bripda;;SEK-XX;;;;;", "SEK-XX"),
        ("00020078;Ani;Bripda;;SEK-KR;hansip;;;;", "no role"),
        ("00020078;Ani;Bripda;;SEK-KR;rw_officer;;;;", "named areas"),
        ("00020078;Ani;Bripda;;SEK-KR;rw_officer;Sungai Alun;;;", "Sungai Alun"),
        ("00020078;Ani;Bripda;;SEK-KR;rw_officer;99.01.02.2001;;;", "not covered"),
        ("00020078;Ani;Bripda;;SEK-KR;rw_officer;Aia Baliang;;kemarin;", "no day"),
        ("84021105;Nofri Hasan;Iptu;Binmas;SEK-KR;Kanit Binmas;;;;", "stands with this role in line 3"),
        ("=1+1;Ani;Bripda;;SEK-KR;;;;;", "formula"),
    ],
)
def test_a_bad_row_stops_all_and_says_what_to_do(world, tmp_path, row, why):
    before = Officer.objects.count()
    with pytest.raises(CommandError, match=why):
        enter(tmp_path, PEOPLE + row + "\n")
    assert Officer.objects.count() == before


def test_a_table_with_passwords_is_refused_and_other_columns_are_not_kept(world, tmp_path):
    with pytest.raises(CommandError, match="nobody else may know"):
        enter(tmp_path, "nrp,name,rank,unit,password\n00010077,Wati,Bripda,SEK-KR,rahasia\n")
    assert "Columns that were not read: alamat." in enter(tmp_path, "nrp,name,rank,unit,alamat\n00010077,Wati,Bripda,SEK-KR,Jl. Melur\n")


def test_who_has_left_is_not_brought_back_by_a_table(world, tmp_path):
    services.leave(system("test"), world.joko, on=world.joko.unit.today())
    with pytest.raises(CommandError, match="has left the service"):
        enter(tmp_path, "nrp,name,rank,unit\n98021110,Joko Prasetyo,Briptu,SEK-LA\n")


def test_tomi_brings_in_officers_on_a_page_and_budi_does_not(world, client):
    client.force_login(world.tomi.account)
    client.cookies["rukun_language"] = "en"
    assert "/petugas/berkas/" in client.get("/petugas/").content.decode() and client.get("/petugas/berkas/").status_code == 200
    seen = client.post("/petugas/berkas/", {"file": SimpleUploadedFile("people.csv", PEOPLE.encode("utf-8-sig"))})
    assert "Bripda Wati" in seen.content.decode() and not Account.objects.filter(nrp="00010077").exists()
    client.post("/petugas/berkas/", {"text": seen.context["text"]})
    assert Account.objects.filter(nrp="00010077").exists()
    client.force_login(world.budi.account)
    assert client.get("/petugas/berkas/").status_code == 403 and client.post("/petugas/berkas/", {"text": PEOPLE}).status_code == 403
