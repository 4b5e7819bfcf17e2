"""Shared on WhatsApp: in the words of the unit, guarded, never a point on the map; of some kinds a number alone."""

import re
from datetime import UTC, date, datetime

import pytest

from rukun.audit.door import writing_allowed
from rukun.audit.models import Entry
from rukun.sharing import telling
from rukun.sharing.rules.sealed import is_sealed, key_of, number_of, without_points
from rukun.sharing.tests.conftest import MORNING
from rukun.web import context


def test_a_visit_reads_like_a_report_to_the_commander(world, met, real):
    visit = met(
        world.sari, kind="visit", made_at=MORNING, place_kind="lapau", place="lapau simpang", people=4,
        concerns=(("Lampu jalan padam dua minggu.", "ENV-04"), ("Ronda kosong.", "SVC-02")),
        promises=(("Menyampaikan lampu padam ke Dinas PU", date(2026, 3, 9)),), narrative="rahasia saya",
    )  # fmt: skip
    assert telling.message(visit) == (
        "*Mohon ijin Komandan,*\nmelaporkan giat sambang / DDS di wilayah hukum Polsek Koto Rimbo.\n\n"
        "*I. PELAKSANAAN*\nHari/tanggal : Senin, 2 Maret 2026\nPukul : 09.00 WIB\n"
        "Tempat : Lapau simpang, Jorong Pasar, Nagari Aia Baliang, Kec. Koto Rimbo\nJumlah warga : 4 orang\n\n"
        "*II. PETUGAS*\nBriptu Sari Melati\nPolisi RW Nagari Aia Baliang\n\n"
        "*III. URAIAN / HASIL*\nWarga menyampaikan:\n1. Lampu jalan padam dua minggu.\n2. Ronda kosong.\n\n"
        "*Tindak lanjut yang dijanjikan kepada warga*\nMenyampaikan lampu padam ke Dinas PU (paling lambat 9 Maret 2026)\n\n"
        "*IV. DOKUMENTASI*\nFoto menyusul di bawah pesan ini bila ada.\n\n"
        f"Demikian dilaporkan, mohon petunjuk dan arahan Komandan.\n_No. {telling.number(visit)}_"
    )


def test_where_nothing_was_said_nothing_is_called_calm(met, real):
    text = telling.message(met(nothing_said=True, concerns=(), made_at=MORNING))
    assert "Petugas menemui warga. Tidak ada hal yang disampaikan." in text
    assert "Tindak lanjut" not in text and "Jumlah warga" not in text
    assert not re.search("kondusif|terkendali", text, re.I)


def test_a_report_has_facts_and_source_and_neither_opinion_nor_point(told, real):
    report = told(
        facts="Satu motor hilang dari parkiran surau di -0.47123, 96.52110 saat magrib, lihat https://maps.app.goo.gl/xyz. Pemilik 0812-3456-7890.",
        opinion="Menurut saya parkiran perlu lampu.", latitude=-0.47, longitude=96.52,
    )  # fmt: skip
    text = telling.message(report)
    assert "*Perihal : Motor hilang di parkiran surau*" in text
    assert "Sumber : keterangan warga" in text
    assert "Pemilik" in text
    for never in ("96.5", "maps.app", "7890", "Menurut saya"):
        assert never not in text


@pytest.mark.parametrize("code", ["VUL-01", "ELC-01", "CON-06"])
def test_of_sealed_kinds_only_a_number_is_shared(code, told, met, real):
    for record in (
        told(code=code, title="Hal di rumah biru", facts="Terjadi di rumah biru."),
        met(concerns=(("Terjadi di rumah biru.", code),)),
    ):
        text = telling.message(record)
        assert telling.number(record) in text and "Isi hanya di aplikasi rukun." in text
        for never in ("rumah biru", "Pasar", "Aia Baliang", "09", "Rahmi"):
            assert never not in text.replace(telling.number(record), "")


def test_words_that_point_to_a_sealed_kind_seal_a_record_that_nobody_has_classified(told, real):
    unclear = told(code=None, title="Suami bentak istri", facts="Suami bentak istri di dalam rumah tangga tiap malam.")
    assert telling.sealed(unclear)
    assert not telling.sealed(told(code="CON-03", title="Suami bentak istri", facts="Suami bentak istri tetangga soal got."))


def test_a_concern_that_became_a_sealed_report_seals_its_visit(met, told):
    visit = met(concerns=(("Ada yang perlu dibantu.", "SVC-04"),))
    told(code="VUL-01", concern=visit.concerns.get())
    assert telling.sealed(visit)


def test_practice_says_so_above_and_below_whatever_the_wording(told, real, monkeypatch):
    assert telling.message(told(practice=True)).count("LATIHAN") == 2
    assert "LATIHAN" not in telling.message(told(title="Satu lagi"))
    monkeypatch.setattr(context, "PRACTICE", [lambda: True])
    assert telling.message(told(title="Satu lagi sekali")).count("LATIHAN") == 2


def test_the_page_of_what_was_kept_offers_it_and_the_text_can_be_copied_without_a_script(world, met, client):
    visit = met(world.sari)
    client.force_login(world.sari.account)
    page = client.get(f"/kunjungan/{visit.pk}/").content.decode()
    assert f'hx-get="/bagikan/kunjungan/{visit.pk}/"' in page and "Bagikan ke WhatsApp" in page
    alone = client.get(f"/bagikan/kunjungan/{visit.pk}/").content.decode()
    assert re.search(r"<textarea[^>]*readonly[^>]*>[^<]*Mohon ijin Komandan", alone)
    fragment = client.get(f"/bagikan/kunjungan/{visit.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment and "Mohon ijin Komandan" in fragment


def test_the_book_knows_that_it_was_shared_and_not_to_whom(world, told, client):
    report = told(world.sari)
    client.force_login(world.sari.account)
    page = client.post(f"/bagikan/laporan/{report.pk}/").content.decode()
    assert "https://wa.me/?text=" in page and "Mohon%20ijin%20Komandan" in page
    assert client.post(f"/bagikan/laporan/{report.pk}/", {"sudah": "1"}).status_code == 204
    entry = Entry.objects.get(act="report.share")
    assert entry.details == {} or entry.details is None
    assert "Terakhir dibagikan" in client.get(f"/bagikan/laporan/{report.pk}/").content.decode()


def test_to_look_at_the_text_is_not_to_share_it(world, told, client):
    report = told(world.sari)
    client.force_login(world.sari.account)
    client.get(f"/bagikan/laporan/{report.pk}/")
    assert not Entry.objects.filter(act="report.share").exists()


def test_nobody_shares_what_somebody_else_recorded(world, told, met, client):
    report, visit = told(world.sari), met(world.sari)
    for person in (world.rahmi, world.joko, world.nofri, world.hendra):
        client.force_login(person.account)
        assert client.get(f"/bagikan/laporan/{report.pk}/").status_code == 404
        assert client.get(f"/bagikan/kunjungan/{visit.pk}/").status_code == 404
    client.force_login(world.putri.account)
    assert client.get(f"/bagikan/laporan/{report.pk}/").status_code == 403


def test_an_older_version_is_not_shared(world, told, client):
    from rukun.fieldwork import services

    report = told(world.sari)
    newer = services.correct_report(
        world.actor(world.sari), report, title="Lain", facts="Lain sama sekali.", basis="saw", happened_at=report.happened_at
    )
    client.force_login(world.sari.account)
    assert client.get(f"/bagikan/laporan/{report.pk}/").status_code == 404
    assert client.get(f"/bagikan/laporan/{newer.pk}/").status_code == 200


def test_a_number_from_a_message_leads_to_its_report_for_those_who_may_see_it(world, told, client):
    report = told(world.sari)
    client.force_login(world.nofri.account)
    for typed in (telling.number(report), telling.number(report).lower().replace("-", " "), f"No. {telling.number(report)}"):
        assert client.get("/nomor/", {"n": typed}).url == f"/laporan/{report.pk}/"
    assert "bukan nomor rukun" in client.get("/nomor/", {"n": "%' OR 1"}).content.decode()
    client.force_login(world.yeni.account)
    assert "Tidak ada laporan bernomor ini" in client.get("/nomor/", {"n": telling.number(report)}).content.decode()


def test_a_kapolsek_is_named_as_what_he_is(world, met, real):
    text = telling.message(met(world.budi, area=world.pasar))
    assert "AKP Budi Santoso\nKapolsek Koto Rimbo" in text


@pytest.mark.parametrize(
    "text",
    [
        "-0.4712, 96.5213",
        "0.4712 S 96.5213 E",
        "-0,47123; 96,52110",
        "https://www.google.com/maps?q=-0.4,96.5",
        "0°28'16\"S 96°31'17\"E",
        "maps.app.goo.gl/AbC",
    ],
)
def test_no_point_on_the_map_is_left_in_a_text(text):
    left = without_points(f"Lokasi {text} dekat pasar")
    assert not re.search(r"\d|maps", left) and left.startswith("Lokasi") and left.endswith("dekat pasar")


@pytest.mark.parametrize("text", ["2 motor, 3 kios", "pukul 09.30, 12 orang", "Rp 1.250.000, 2 karung", "2.500 kg beras 10.000 rupiah"])
def test_other_numbers_stay(text):
    assert without_points(text) == text


def test_numbers_are_read_as_people_type_them():
    number = number_of("L", "01966f3a-1111-7222-8333-44449c3f2a17")
    assert number == "L-9C3F-2A17"
    assert key_of(" no. l 9c3f 2a17 ") == ("L", "9c3f2a17")
    assert key_of("X-9C3F-2A17") is None and key_of("") is None


def test_what_is_sealed():
    assert is_sealed(["CRM-01", "VUL-05"]) and is_sealed(["ELC-10"]) and is_sealed(["CON-06"])
    assert not is_sealed(["CON-01", None, "ENV-04"])


def test_a_visit_in_another_zone_is_told_in_its_own_time(world, met, real):
    from rukun.audit.door import maintenance
    from rukun.territory.models import Area

    with maintenance("test.zone"):
        Area.objects.filter(pk=world.pasar.pk).update(time_zone="Asia/Makassar")
    visit = met(world.sari, area=Area.objects.get(pk=world.pasar.pk), made_at=datetime(2026, 3, 1, 16, 30, tzinfo=UTC))
    assert "Senin, 2 Maret 2026\nPukul : 00.30 WITA" in telling.message(visit)


def test_a_visit_whose_text_is_gone_does_not_say_that_nothing_was_said(met, real):
    from rukun.access.scope import system
    from rukun.fieldwork.services import blank_visits

    visit = met(made_at=MORNING, promises=(("Lapor PU", date(2026, 3, 9)),))
    blank_visits(system("retention"), before=datetime(2026, 4, 1, tzinfo=UTC))
    text = telling.message(visit)
    assert "Uraian tidak disertakan." in text and "Tidak ada hal" not in text
    assert "Lapor PU" in text  # a promise keeps its words while it is owed


def test_what_may_be_no_subject_does_not_leave_either(met, real):
    visit = met(concerns=(("Lampu jalan padam.", None),))
    with writing_allowed("test.older"):  # kept before the guard read what is stored
        visit.concerns.update(text="Lampu jalan padam. Dari 40 KK sekitar 25 KK condong ke nomor 1.")
    text = telling.message(visit)
    assert "Lampu jalan padam" in text and "condong" not in text
