"""To BOS: its fields in its order, a tick of one's own that can be taken back, and never a field for who residents are."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.sharing import bos, services
from rukun.sharing.models import Copied
from rukun.sharing.rules.mapping import Unusable, read
from rukun.sharing.tests.conftest import MORNING

FORM = '[[form]]\ntitle = "DDS"\nrecord = "kunjungan"\nfields = [ { label = "%s", value = "%s" } ]\n'


def test_a_visit_is_copied_field_by_field_in_the_order_of_bos(world, met, client):
    visit = met(
        world.sari, made_at=MORNING, place_kind="lapau", place="lapau simpang", promises=(("Menyampaikan ke Dinas PU", date(2026, 3, 9)),)
    )
    client.force_login(world.sari.account)
    page = client.get(f"/bos/kunjungan/{visit.pk}/")
    told = [(answer.label, answer.text) for answer in page.context["answers"]]
    assert told == [
        ("Tanggal kunjungan", "02-03-2026"), ("Jam", "09.00"), ("Desa/kelurahan", "Nagari Aia Baliang"), ("RT/RW/dusun", "Jorong Pasar"),
        ("Kecamatan", "Koto Rimbo"), ("Tempat", "Lapau simpang"), ("Pendapat warga", "Warga menyampaikan: Lampu jalan padam dua minggu."),
        ("Keterangan", "Menyampaikan ke Dinas PU (paling lambat 9 Maret 2026)"), ("Nama petugas", "Sari Melati"), ("Pangkat petugas", "Briptu"),
    ]  # fmt: skip
    assert page.content.decode().count("data-copy=") == 10


def test_a_tick_takes_it_off_the_list_and_can_be_taken_back(world, met, told, client):
    visit, report = met(world.sari), told(world.sari)
    client.force_login(world.sari.account)
    assert "2 catatan dari 60 hari terakhir belum ditandai disalin." in client.get("/bos/").content.decode()
    page = client.post(f"/bos/laporan/{report.pk}/", follow=True).content.decode()
    assert "1 catatan dari 60 hari terakhir" in page and "Batal, belum disalin" in page
    client.post(f"/bos/laporan/{report.pk}/")
    tick = Copied.objects.get()
    client.post(f"/bos/centang/{tick.pk}/batal/")
    assert not Copied.objects.exists()
    assert [entry.act for entry in Entry.objects.filter(act__startswith="bos.").order_by("pk")] == ["bos.copy", "bos.undo"]
    assert f"/bos/kunjungan/{visit.pk}/" in client.get("/bos/").content.decode()


def test_a_correction_waits_again_and_says_that_the_version_before_was_copied(world, told, client):
    report = told(world.sari)
    services.copy(world.actor(world.sari), report)
    newer = fieldwork.correct_report(
        world.actor(world.sari), report, title="Lain", facts="Lain sama sekali.", basis="saw", happened_at=report.happened_at
    )
    client.force_login(world.sari.account)
    assert f"/bos/laporan/{newer.pk}/" in client.get("/bos/").content.decode()
    assert "Versi sebelum perbaikan ini sudah disalin." in client.get(f"/bos/laporan/{newer.pk}/").content.decode()


def test_a_tick_is_ones_own_whoever_commands(world, met, client):
    visit = met(world.sari)
    tick = services.copy(world.actor(world.sari), visit)
    for person in (world.rahmi, world.joko, world.nofri, world.hendra):
        client.force_login(person.account)
        assert client.get(f"/bos/kunjungan/{visit.pk}/").status_code == 404
        assert client.post(f"/bos/kunjungan/{visit.pk}/").status_code == 404
        assert client.post(f"/bos/centang/{tick.pk}/batal/").status_code == 404
        assert not Copied.objects.within(world.actor(person)).exists()
    for person in (world.lina, world.putri, world.yusuf):
        client.force_login(person.account)
        assert client.get("/bos/").status_code == 403


def test_practice_and_old_records_do_not_wait(world, met, told):
    told(world.sari, practice=True)
    met(world.sari, made_at=clock.now() - timedelta(days=90))
    since = clock.now() - timedelta(days=60)
    assert not bos.uncopied_visits(world.actor(world.sari), since).exists()
    assert not bos.uncopied_reports(world.actor(world.sari), since).exists()


def test_of_sealed_kinds_bos_gets_a_number(world, told, client):
    report = told(
        world.sari, code="VUL-01", title="Hal di rumah biru", facts="Terjadi di rumah biru.", opinion="rumah biru", place="rumah biru"
    )
    client.force_login(world.sari.account)
    answers = client.get(f"/bos/laporan/{report.pk}/").context["answers"]
    assert not any("rumah biru" in answer.text for answer in answers)
    assert any("Isi hanya di aplikasi rukun" in answer.text for answer in answers)


@pytest.mark.parametrize(
    "label",
    ["Suku", "Agama", "Suku bangsa warga", "Kewarganegaraan", "Religion", "Ethnicity", "Nama kepala keluarga", "Nama warga", "Nama penerima", "Nama",
     "NIK", "No. KTP", "Tanda tangan penerima", "Tempat/tanggal lahir", "No. HP warga", "Identitas tamu", "Marga", "Nama tokoh"],
)  # fmt: skip
def test_a_field_for_who_residents_are_is_refused_by_name(label):
    with pytest.raises(Unusable) as refused:
        read(FORM % (label, "uraian"))
    assert f"“{label}”" in str(refused.value)


@pytest.mark.parametrize("value", ["agama", "suku", "nama_warga", "narasi", "latitude", "__class__", "catatan"])
def test_a_value_that_no_record_has_is_refused_by_name(value):
    with pytest.raises(Unusable) as refused:
        read(FORM % ("Isian", value))
    assert "“Isian”" in str(refused.value)


@pytest.mark.parametrize(
    "label", ["Nama petugas", "Nama kegiatan", "Nama desa/kelurahan", "Nama tempat", "Keterangan", "Rasa aman warga", "Nama pos kamling"]
)
def test_fields_of_the_service_and_of_places_are_taken(label):
    assert read(FORM % (label, "uraian"))[0].fields[0].label == label


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x = [", "bukan TOML"), ("", "[[form]]"), ("form = 3", "[[form]]"), ('[[form]]\ntitle = "X"\nrecord = "warga"', "“warga”"),
        ('[[form]]\ntitle = "X"\nrecord = "laporan"', "tidak punya kolom"), (FORM % ("", "uraian"), "tanpa label"), (FORM % ("Isi", ""), "value atau text"),
        ('[[form]]\ntitle = "X"\nrecord = "kunjungan"\nkinds = ["pesta"]\nfields = [ { label = "Isi", value = "uraian" } ]', "“pesta”"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping_says_what_is_wrong(text, says):
    with pytest.raises(Unusable) as refused:
        read(text)
    assert says in str(refused.value)


def test_a_file_of_the_installation_stands_for_ours_and_a_bad_one_stands_aside(world, met, client, settings, tmp_path):
    settings.DATA = tmp_path
    visit = met(world.sari)
    client.force_login(world.sari.account)
    (tmp_path / "bos.toml").write_text(FORM % ("Uraian sambang", "uraian"))
    assert [answer.label for answer in client.get(f"/bos/kunjungan/{visit.pk}/").context["answers"]] == ["Uraian sambang"]
    assert client.get("/bos/").context["reports"] == []
    (tmp_path / "bos.toml").write_text(FORM % ("Agama warga", "uraian") + "# a longer file, so that it is another one")
    page = client.get(f"/bos/kunjungan/{visit.pk}/")
    assert "“Agama warga” tidak boleh dipetakan: rukun tidak menyimpan agama." in page.content.decode()
    assert len(page.context["answers"]) == 10


def test_the_command_checks_a_mapping(tmp_path, settings):
    settings.DATA = tmp_path
    out = StringIO()
    call_command("sharing", "check", stdout=out)
    assert "DDS: 10 fields" in out.getvalue()
    bad = tmp_path / "lain.toml"
    bad.write_text(FORM % ("Suku", "uraian"))
    with pytest.raises(CommandError, match="Suku"):
        call_command("sharing", "check", str(bad))
    bad.write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="can't be used"):
        call_command("sharing", "check", str(bad))
    with pytest.raises(CommandError, match="not there"):
        call_command("sharing", "check", str(tmp_path / "tiada.toml"))
    (tmp_path / "bos.toml").write_text(FORM % ("Isi", "uraian"))
    call_command("sharing", "check", stdout=out)
    assert "DDS: 1 fields" in out.getvalue()


def test_a_tick_goes_when_a_visit_of_its_age_does(world, met):
    from rukun.sharing.jobs import retain

    services.copy(world.actor(world.sari), met(world.sari))
    with clock.at(clock.now() + timedelta(days=700)):
        retain.func()
        assert Copied.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=740)):
        retain.func()
    assert not Copied.objects.exists()
    assert Entry.objects.filter(act="bos.expire").count() == 1
