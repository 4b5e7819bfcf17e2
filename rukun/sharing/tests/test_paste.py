"""From WhatsApp into the form: read by the unit's own shape and as people write, and nothing of it is lost."""

import json
import random
import re
import string
from datetime import date, time

import pytest

from rukun.fieldwork.models import Report, Visit, new_id
from rukun.sharing import telling
from rukun.sharing.rules import moments
from rukun.sharing.rules.places import Place, guess
from rukun.sharing.rules.reading import read
from rukun.sharing.tests.conftest import MORNING

TODAY = date(2026, 3, 5)
AIA_BALIANG = Place("9901010001", "Aia Baliang", "nagari", "Koto Rimbo")
ATEH = Place("9901010001001", "Aia Baliang Ateh", "jorong", "Aia Baliang")
PASAR = Place("9901010001003", "Pasar", "jorong", "Aia Baliang")
SIMPANG = Place("9901010006001", "Simpang", "jorong", "Simpang Data")
KOTO_RIMBO = Place("9901010002", "Koto Rimbo", "nagari", "Koto Rimbo")
RW_ONE, OTHER_ONE = Place("9971010001001", "RW 01", "rw", "Pasa Lamo"), Place("9971010002001", "RW 01", "rw", "Kampuang Jua")
PLACES = [AIA_BALIANG, ATEH, PASAR, SIMPANG, KOTO_RIMBO]

GROUP = """[02/03/26 10.12] Briptu Contoh: *Selamat pagi Komandan*, mohon ijin melaporkan
giat Binluh bahaya narkoba
▪ Hari/tgl : Senin / 02-03-2026
▪ Pkl : 09:15 s/d 10.30 WIB
▪ Lokasi : SMP di Jorong Pasar
▪ Peserta : 25 orang
▪ Cuaca : cerah
Uraian :
- Siswa bertanya soal judi online
- Guru minta kunjungan lagi bulan depan
Petugas :
Bripka Contoh
Situasi aman dan kondusif. Dok terlampir"""


def test_the_house_reads_what_it_wrote_itself(world, met, real, monday):
    visit = met(
        world.sari, kind="listening", made_at=MORNING, place_kind="lapau", place="Lapau simpang", people=14,
        concerns=(("Lampu jalan padam dua minggu.", "ENV-04"), ("Ronda kosong sejak Lebaran.", "SVC-02")),
    )  # fmt: skip
    found = read(telling.message(visit), PLACES, TODAY)
    assert (found.kind, found.day, found.clock, found.area) == ("listening", date(2026, 3, 2), time(9), PASAR)
    assert (found.place, found.place_kind, found.people) == ("Lapau simpang", "lapau", 14)
    assert found.facts == ["Lampu jalan padam dua minggu.", "Ronda kosong sejak Lebaran."]
    assert found.unknown == [] and found.doubts == []


def test_the_house_reads_its_own_reports(world, told, real):
    report = told(world.sari, happened_at=MORNING, facts="Satu motor hilang.\nIni yang kedua.", basis="saw", place="parkiran surau")
    found = read(telling.message(report), PLACES, TODAY)
    assert (found.title, found.basis, found.area, found.clock) == ("Motor hilang di parkiran surau", "saw", PASAR, time(9))
    assert found.facts == ["Satu motor hilang.", "Ini yang kedua."]


def test_a_group_message_as_people_write_it():
    found = read(GROUP, PLACES, TODAY)
    assert (found.kind, found.day, found.clock, found.people) == ("outreach", date(2026, 3, 2), time(9, 15), 25)
    assert (found.area, found.place, found.place_kind) == (PASAR, "SMP", "school")
    assert found.facts == ["Siswa bertanya soal judi online", "Guru minta kunjungan lagi bulan depan"]
    assert found.unknown == ["▪ Cuaca : cerah"]
    assert found.aside[-2:] == ["Situasi aman dan kondusif. Dok terlampir", "Binluh bahaya narkoba"]


def test_the_whole_story_in_one_breath():
    text = "Mhn ijin komandan melaporkan giat DDS di Jorong Pasar, warga resah krn sdh 2x kehilangan R2 di parkiran surau wkt magrib. Blm ada yg lapor ke polsek. Situasi aman terkendali, dok terlampir"
    found = read(text, PLACES, TODAY)
    assert (found.kind, found.area) == ("visit", PASAR)
    assert found.facts == ["warga resah krn sdh 2x kehilangan R2 di parkiran surau wkt magrib.", "Blm ada yg lapor ke polsek."]


def test_a_report_behind_a_greeting_in_one_line_is_read_to_its_end():
    """As it stands in a chat: greeting, giat, story and formula in one paragraph."""
    text = "Assalamualaikum ndan, mohon ijin melaporkan giat sambang di Pasar Aia Baliang tadi pagi jam 9. Bakucakak jo urang lapau, banyak anak mudo minum tuak di pos ronda. Kamis 5 Mar 2026. Situasi aman kondusif"
    found = read(text, PLACES, TODAY)
    assert (found.kind, found.day, found.clock) == ("visit", TODAY, time(9))
    assert found.facts == ["Bakucakak jo urang lapau, banyak anak mudo minum tuak di pos ronda."] and found.unknown == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Selamat siang ndan. Di lapau simpang lampu jalan padam lah 2 minggu.", "Di lapau simpang lampu jalan padam lah 2 minggu."),
        ("Yth Kapolsek. Mohon ijin, sambang ke pos ronda, ronda kosong, lampu mati. Demikian ndan trims", "sambang ke pos ronda, ronda kosong, lampu mati."),
        ("Demikian dilaporkan ndan. Catatan: jembatan gantung putus satu sling", "Catatan: jembatan gantung putus satu sling"),
    ],
)  # fmt: skip
def test_a_courtesy_takes_nothing_along_that_was_said(text, fact):
    assert read(text, PLACES, TODAY).facts == [fact]


def test_a_story_without_a_form_stays_a_story():
    text = "kabau apak ilang di padang malam tadi, iko nan kaduo kali sabulan ko, sampai pukua 2 alun basuo"
    found = read(text, PLACES, TODAY)
    assert found.facts == [text] and found.day == date(2026, 3, 4) and found.clock is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Senin, 2 Maret 2026 pukul 09.00 WIB", date(2026, 3, 2)), ("02-03-2026", date(2026, 3, 2)), ("2/3/26", date(2026, 3, 2)),
        ("02.03.2026", date(2026, 3, 2)), ("tgl 2 Mar", date(2026, 3, 2)), ("28 Desember", date(2025, 12, 28)), ("2026-03-02", date(2026, 3, 2)),
        ("31-02-2026", None), ("32 Maret 2026", None), ("pukul 09.00", None), ("2 Pebruari 2026", date(2026, 2, 2)), ("1 Mei 2025.", date(2025, 5, 1)),
    ],
)  # fmt: skip
def test_days(text, day):
    assert moments.day_in(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("pukul 09.00 WIB", time(9)), ("pkl 09:05", time(9, 5)), ("jam 9 malam", time(21)), ("jam 10 pagi", time(10)), ("Pkl. 19.30 s/d selesai", time(19, 30)),
        ("20.00 WIB", time(20)), ("09.00 - 10.00 WIB", time(9)), ("pukul 24.00", time(0)), ("pukul 27.00", None), ("jam 2 siang", time(14)), ("Rp 20.000", None),
        ("pukua 2", time(2)),
    ],
)  # fmt: skip
def test_hours(text, clock):
    assert moments.clock_in(text) == clock


def test_a_weekday_that_does_not_fit_its_date_is_a_doubt():
    assert read("Hari/tgl: Selasa, 2 Maret 2026", PLACES, TODAY).doubts == ["weekday"]
    assert read("Hari/tgl: Senin, 2 Maret 2026, pukul 09.00 WITA", PLACES, TODAY).doubts == ["zone"]


@pytest.mark.parametrize(
    ("named", "means"),
    [
        ("Jorong Pasar, Nagari Aia Baliang, Kec. Koto Rimbo", [PASAR]), ("Nagari Aia Baliang", [AIA_BALIANG]), ("Jorong Aia Baliang Ateh", [ATEH]),
        ("RW 1 Kampuang Jua", [OTHER_ONE]), ("RW.01", [RW_ONE, OTHER_ONE]), ("Polsek Koto Rimbo", []), ("Kec. Koto Rimbo", []), ("Nagari Koto Rimbo", [KOTO_RIMBO]),
    ],
)  # fmt: skip
def test_which_of_her_places_a_text_means(named, means):
    assert guess(named, named, [*PLACES, RW_ONE, OTHER_ONE]) == means


def test_pasar_is_a_word_before_it_is_a_jorong():
    assert guess("", "harga di pasar naik", PLACES) == []
    assert guess("", "pedagang pasar Aia Baliang", PLACES) == [PASAR]


def test_no_word_is_lost_whatever_is_pasted():
    """Every word that carries something is found again: in a field, among what is left, or in the moment and the numbers it became."""
    chance = random.Random(7)
    heads = [
        "Tempat :",
        "Hari/tgl :",
        "Pukul :",
        "Uraian :",
        "Petugas :",
        "III. HASIL",
        "Cuaca :",
        "-",
        "",
        "Peserta :",
        "Giat :",
        "Perihal :",
        "II. PETUGAS",
        "I. PELAKSANAAN",
        "di",
        "melaporkan giat",
        "Selasa, 3 Maret 2026 di",
        "Pendapat :",
        "Tindak lanjut :",
        "pada pukul 09.00 WIB",
        "Mohon ijin komandan, melaporkan",
        "1.",
        "Waktu : jam 9",
    ]
    for _round in range(400):
        words = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _number in range(12)]
        text = "\n".join(f"{chance.choice(heads)} {words[at]} {words[at + 1]}" for at in range(0, 12, 2))
        found = read(text, PLACES, TODAY)
        left = " ".join([found.place, found.title, *found.facts, *found.opinion, *found.unknown, *found.aside])
        assert [word for word in words if word not in left] == [], text


def test_hostile_text_is_read_in_moments():
    for piece in (
        "1" * 20_000,
        "a " * 10_000,
        ": " * 10_000,
        "jam " * 5_000,
        "2 Maret " * 2_500,
        "(" * 20_000,
        "Tempat : " * 2_000,
        "\n" * 20_000,
        " di" * 6_000,
    ):
        read(piece, PLACES, TODAY)
        telling.without_points(piece)


# --- through the pages -------------------------------------------------------------------------------------------------------------


def test_a_pasted_text_fills_a_visit_and_is_not_kept(world, client, monday):
    client.force_login(world.sari.account)
    assert "/tempel/" in client.get("/catat/").content.decode()
    page = client.post("/tempel/baca/", {"text": GROUP, "jenis": "kunjungan"}).content.decode()
    assert "Cuaca : cerah" in page and "Siswa bertanya soal judi online" in page and "1 baris belum dipahami" in page
    form = client.post("/tempel/isi/", {"text": GROUP, "jenis": "kunjungan", "ke_0": "catatan"})
    page = form.content.decode()
    assert 'action="/kunjungan/baru/"' in page and "Terisi dari teks Anda" in page
    filled = form.context["form"]
    sent = {name: filled[name].value() for name in filled.fields if filled[name].value() is not None}
    assert (sent["kind"], sent["area"], sent["said_2"]) == ("outreach", world.pasar.path, "Guru minta kunjungan lagi bulan depan")
    assert (sent["narrative"], sent["people"], sent["day"], sent["clock"]) == ("▪ Cuaca : cerah", 25, date(2026, 3, 2), time(9, 15))
    assert not Visit.objects.exists()
    client.post("/kunjungan/baru/", {name: str(value) for name, value in sent.items()})
    assert Visit.objects.get().concerns.count() == 2


def test_a_pasted_text_fills_a_report(world, client, monday):
    client.force_login(world.sari.account)
    text = "Perihal : Motor hilang\nWaktu : Senin, 2 Maret 2026 pukul 06.00 WIB\nTempat : parkiran surau, Jorong Pasar\nKronologis :\nSatu motor hilang saat subuh.\nSumber : keterangan warga"
    filled = client.post("/tempel/isi/", {"text": text, "jenis": "laporan"}).context["form"]
    told = {name: filled[name].value() for name in ("title", "facts", "basis", "area", "place")}
    assert told == {
        "title": "Motor hilang", "facts": "Satu motor hilang saat subuh.", "basis": "told", "area": world.pasar.path, "place": "parkiran surau",
    }  # fmt: skip
    client.post("/laporan/baru/", {"id": str(new_id()), "day": "2026-03-02", "clock": "06:00", **told})
    assert Report.objects.get().title == "Motor hilang"


def test_the_share_menu_of_a_phone_may_bring_the_text(world, client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.sari.account)
    page = strict.post("/tempel/", {"title": "Laporan", "text": "warga <b>resah</b>"})
    assert page.status_code == 200 and "warga &lt;b&gt;resah&lt;/b&gt;" in page.content.decode()
    assert "warga resah" in strict.get("/tempel/", {"text": "warga resah"}).content.decode()
    assert strict.post("/tempel/baca/", {"text": "x", "jenis": "kunjungan"}).status_code == 403  # from here on a token is asked


def test_pasting_may_be_practised(world, client, monday):
    client.force_login(world.sari.account)
    assert "/tempel/?latihan=1" in client.get("/catat/").content.decode()
    assert client.get("/tempel/?latihan=1").context["form"]["latihan"].value() is True
    assert "Mode latihan" in client.post("/tempel/baca/", {"text": GROUP, "jenis": "kunjungan", "latihan": "on"}).content.decode()
    for text, practice in (({"latihan": "on"}, True), ({}, False)):
        filled = client.post("/tempel/isi/", {"text": GROUP, "jenis": "kunjungan"} | text).context["form"]
        assert filled.practising is practice
    sent = {name: filled[name].value() for name in filled.fields if filled[name].value() is not None} | {"practice": "True"}
    client.post("/kunjungan/baru/", {name: str(value) for name, value in sent.items()})
    assert Visit.objects.get().practice


def test_places_of_others_are_never_guessed(world, client, monday):
    client.force_login(world.joko.account)
    page = client.post("/tempel/baca/", {"text": GROUP, "jenis": "kunjungan"}).content.decode()
    assert "Aia Baliang" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.S)


def test_an_empty_or_endless_text_is_asked_back(world, client):
    client.force_login(world.sari.account)
    assert "errors" in client.post("/tempel/baca/", {"text": " "}).content.decode()
    assert "errors" in client.post("/tempel/baca/", {"text": "x" * 30_000}).content.decode()
    assert "errors" in client.post("/tempel/isi/", {"text": "", "jenis": "lain"}).content.decode()


def test_an_operator_pastes_for_an_officer(world, client, monday):
    client.force_login(world.lina.account)
    assert "Untuk petugas siapa?" in client.post("/tempel/isi/", {"text": GROUP, "jenis": "kunjungan"}).content.decode()


def test_who_records_nothing_pastes_nothing(world, client):
    for person in (world.putri, world.yusuf, world.tomi):
        client.force_login(person.account)
        assert client.get("/tempel/").status_code == 403


def test_the_texts_of_the_field_are_read_without_losing_a_story(world):
    for text in json.loads(FIELD):
        found = read(text, PLACES, TODAY)
        assert found.facts, text


FIELD = json.dumps(
    [
        "lah tigo malam ko anak mudo balap di jalan lingkar, urang surau taganggu lalok",
        "pak anak2 sekolah seberang udh janjian mau ribut sabtu sore dkt jembatan baru, tolong dijagain",
        "Dilaporkan bahwa orgen tunggal bermain sampai pukul 01.00 WIB tanpa pemberitahuan.",
        "Ijin ndan, poskamling tdk aktif sejak lebaran, jadwal ronda kosong, lampu pos mati.",
    ]
)
