"""The list and the cards as people read them, and what they can do there without a script."""

import json
from datetime import timedelta

import pytest

from rukun.access.scope import system
from rukun.alerts import services
from rukun.alerts.models import Alert
from rukun.alerts.rules import Voices, is_second_look
from rukun.alerts.tests.conftest import NOON
from rukun.audit.guard import writing_allowed
from rukun.fieldwork.models import Report
from rukun.history import services as history
from rukun.history.places import Standing
from rukun.history.reading import Fact
from rukun.history.rules import precision_of
from rukun.lib import clock
from rukun.problems.models import Problem

MACHINE = system("watch")


@pytest.fixture
def read(signed_in):
    """What one of the cast reads at an address, in one line."""

    def page(officer, address: str, status: int = 200) -> str:
        answer = signed_in(officer).get(address)
        assert answer.status_code == status, answer.status_code
        return " ".join(answer.content.decode().split())

    return page


@pytest.fixture
def send(signed_in):
    def post(officer, address: str, **said):
        return signed_in(officer).post(address, said, follow=True)

    return post


def watched(world, weeks: int = 30) -> None:
    services.looked(MACHINE, world.res_rd, on=NOON.date(), weeks=weeks, raised=1, seen=0)


def test_the_list_says_what_stands_out_and_how_it_is_watched(world, read, raised, told):
    for days in (4, 3, 1):
        told(days_ago=days)
    raised()
    watched(world)
    page = read(world.nofri, "/peringatan/")
    assert "Apa yang menonjol?" in page
    assert "1 peringatan menunggu ditengok." in page
    assert "7 laporan kehilangan motor dari 4 orang dalam 5 hari di sekitar Aia Baliang" in page
    assert "Perlu ditangani · biasanya 0–3 · Iptu Nofri Hasan" in page
    assert "Belum cukup riwayat" not in page


def test_where_history_is_short_the_list_says_so(world, read):
    watched(world, weeks=6)
    assert "Belum cukup riwayat (6 dari 26 minggu)." in read(world.nofri, "/peringatan/")


def test_an_officer_of_another_polsek_sees_neither_list_nor_card(world, read, raised):
    alert = raised()
    assert "Aia Baliang" not in read(world.yeni, "/peringatan/")
    for address in (f"/peringatan/{alert.pk}/", f"/peringatan/{alert.pk}/tempat.geojson"):
        assert read(world.yeni, address, 404)


def test_who_is_asked_to_look_sees_that_card_and_no_other(world, read, send, raised):
    alert, other = raised(), raised(areas=[world.areas["99.01.01.2001"]], group="ORD")
    send(world.nofri, f"/peringatan/{alert.pk}/penengok/", owner=world.rahmi.pk)
    assert "Bripka Rahmi Anjani menengok" in read(world.rahmi, f"/peringatan/{alert.pk}/")
    assert read(world.rahmi, f"/peringatan/{other.pk}/", 404)
    page = send(world.rahmi, f"/peringatan/{alert.pk}/tengok/", text="Lampu samping surau padam, parkiran tidak dijaga.").content.decode()
    assert "Lampu samping surau padam" in page
    assert "Simpan penilaian" not in page


def test_the_card_shows_what_it_rests_on(world, read, raised, told, visited):
    for days in (40, 20, 4, 3, 1):
        told(days_ago=days)
    visited(days_ago=10)
    page = read(world.nofri, f"/peringatan/{raised().pk}/")
    assert "Lebih banyak dari biasanya:" in page
    assert page.count("Coba tengok") >= 3
    assert "Motor hilang di dekat pasar 3" in page
    assert "Motor hilang di dekat pasar 1<" not in page  # before these days
    assert 'class="matter"' in page and "Lihat tabelnya" in page
    assert "Belum ada angka: baru 0 dari 20 penilaian yang diperlukan." in page
    assert "Satu akun dihitung sekali dalam tujuh hari" in page
    assert "<rukun-map" in page


def test_what_solved_the_like_of_it_before_stands_on_the_card(world, read, raised, told):
    chief, earlier = world.actor(world.nofri), told(days_ago=60)
    from rukun.problems import services as problems

    problem = problems.open_from_reports(chief, earlier, title="Motor hilang di parkiran", code="CRM-03", stage="GN", severity=3)
    problems.describe(chief, problem, analysis="Parkiran gelap.")
    for step in ("analysis", "response"):
        problems.move(chief, problem, to=step, note="begitu")
    given = problems.give_action(chief, problem, text="Pasang lampu", officer=world.sari, due=NOON.date())
    problems.finish_action(chief, given, result="terpasang")
    problems.move(chief, problem, to="assessment", note="begitu")
    problems.move(chief, problem, to="solved", note="tenang", outcome="cause_removed", outcome_text="Lampu samping dan penjaga bergilir.")
    page = read(world.nofri, f"/peringatan/{raised().pk}/")
    assert "Lampu samping dan penjaga bergilir." in page


def test_a_true_one_opens_a_problem_with_what_was_proposed(world, send, read, raised, told):
    told(days_ago=2), told(days_ago=1)
    alert = raised()
    card = read(world.nofri, f"/peringatan/{alert.pk}/")
    assert 'value="Kehilangan motor di sekitar Pasar"' in card
    said = {
        "verdict": "true",
        "reason": "Parkiran surau gelap dan tidak dijaga.",
        "problem": "baru",
        "title": "Motor hilang di sekitar Pasar",
        "code": "CRM-03",
        "severity": 3,
    }
    page = send(world.nofri, f"/peringatan/{alert.pk}/nilai/", **said).content.decode()
    problem = Problem.objects.get()
    assert (problem.reports.count(), problem.unit, problem.stage) == (2, world.sek_kr, "PG")
    assert "Terima kasih, tersimpan." in page and problem.get_absolute_url() in page
    assert "Parkiran surau gelap dan tidak dijaga." in page


def test_a_true_one_joins_a_problem_that_stands(world, send, raised, told):
    from rukun.problems import services as problems

    first, second = told(days_ago=2), told(days_ago=1)
    problem = problems.open_from_reports(world.actor(world.nofri), first, title="Motor hilang", code="CRM-03", stage="GN", severity=3)
    alert = raised()
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="true", reason="Hal yang sama.", problem=problem.pk)
    alert.refresh_from_db()
    assert alert.problem == problem
    assert set(problem.reports.all()) == {first, second}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"verdict": "true", "reason": ""}, "Bidang ini tidak boleh kosong."),
        ({"verdict": "true", "reason": "Benar", "problem": "tidak"}, "pilih masalahnya, atau buka yang baru."),
        ({"verdict": "true", "reason": "Benar", "problem": "baru", "title": ""}, "Sebutkan dalam satu baris apa masalahnya."),
        ({"verdict": "nonsense", "reason": "x"}, "nonsense"),
    ],
)
def test_a_verdict_that_lacks_something_comes_back_with_what_was_written(world, send, raised, told, said, sentence):
    told(days_ago=1)
    answer = send(world.nofri, f"/peringatan/{raised().pk}/nilai/", **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Alert.objects.get().is_open


def test_a_verdict_is_taken_back_on_the_card(world, send, raised):
    alert = raised()
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="false", reason="Dua motor ternyata dipinjam.")
    page = send(world.nofri, f"/peringatan/{alert.pk}/buka-lagi/").content.decode()
    assert "menunggu ditengok lagi" in page
    alert.refresh_from_db()
    assert alert.is_open


def test_a_reason_that_names_a_person_is_not_kept_as_it_was_typed(world, send, raised):
    alert = raised()
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="false", reason="Kata warga, hubungi 0812-3456-7890, ternyata kosong.")
    alert.refresh_from_db()
    assert "0812" not in alert.verdict_reason


def test_the_outsider_judges_before_reading_the_first_verdict(world, send, read, raised):
    alert = next(made for made in (raised() for _try in range(40)) if is_second_look(made.pk))
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="false", reason="Ternyata kebetulan saja.")
    assert "Penilaian kedua" in read(world.dewi, "/peringatan/")
    page = read(world.dewi, f"/peringatan/{alert.pk}/")
    assert "Ternyata kebetulan saja." not in page and "Simpan penilaian kedua" in page
    assert "Ternyata kebetulan saja." not in read(world.dewi, "/peringatan/?lihat=kedua")
    assert "Ternyata kebetulan saja." not in read(world.dewi, "/peringatan/?lihat=dinilai")
    page = send(
        world.dewi, f"/peringatan/{alert.pk}/nilai-kedua/", verdict="partly", reason="Dua dari enam memang hilang."
    ).content.decode()
    assert "Ternyata kebetulan saja." in page and "Dua dari enam memang hilang." in page
    assert send(world.nofri, f"/peringatan/{alert.pk}/nilai-kedua/", verdict="true", reason="sendiri").status_code == 404


def test_an_urgent_one_has_a_telephone_and_no_chart(world, read, raised, told):
    report = told(title="Tawuran di simpang", code="ORD-02")
    alert = raised(
        kind="urgent",
        areas=[world.pasar],
        group="ORD",
        report=report,
        observed=1,
        voices=Voices((), 1),
        expected=None,
        statistic=None,
        threshold=None,
        method="rule",
    )
    page = read(world.nofri, f"/peringatan/{alert.pk}/")
    assert 'href="tel:0000-113"' in page and 'href="tel:110"' in page
    assert "Telepon piket Polsek Koto Rimbo" in page
    assert "<span>Tawuran di simpang, Pasar</span>" in page and 'Jorong Pasar</a></h3><p class="due">1 laporan' in page
    assert "Seberapa tidak biasa?" not in page


def test_the_places_on_the_map_are_those_of_the_list(world, signed_in, raised, told):
    told(days_ago=1), told(world.rahmi, days_ago=2)
    answer = signed_in(world.nofri).get(f"/peringatan/{raised().pk}/tempat.geojson")
    places = {each["properties"]["name"]: each["properties"] for each in json.loads(answer.content)["features"]}
    assert places["Aia Baliang"]["n"] == 2
    assert "bagian dari peringatan ini" in places["Aia Baliang"]["says"]
    assert "bagian dari peringatan ini" not in places["Koto Rimbo"]["says"]
    assert places["Koto Rimbo"]["silent"]


def test_whoever_holds_an_alert_is_told_and_of_an_urgent_one_at_night_too(world, raised, read, told, run_jobs):
    from rukun.notices.models import Notice

    raised()
    raised(kind="urgent", report=told(), observed=1, voices=Voices((), 1), method="rule")
    run_jobs()
    rows = dict(Notice.objects.filter(officer=world.nofri, kind__startswith="alert.").values_list("kind", "urgent"))
    assert rows == {"alert.raised": False, "alert.urgent": True}
    assert "Ada yang menonjol: mohon ditengok" in read(world.nofri, "/pemberitahuan/")


def test_the_kasat_sets_how_many_the_unit_can_look_into_and_the_kanit_does_not(world, send, read):
    watched(world)
    assert "Berapa yang sanggup kami tengok?" not in read(world.nofri, f"/peringatan/penjagaan/{world.res_rd.path}/")
    address = f"/peringatan/penjagaan/{world.res_rd.path}/"
    assert "24 setahun" in send(world.dewi, address, budget=24).content.decode()
    assert send(world.dewi, address, budget=0).status_code == 422
    assert send(world.nofri, address, budget=24).status_code == 403
    assert read(world.yeni, f"/peringatan/penjagaan/{world.res_sc.path}/", 404)


def test_the_record_gives_no_share_before_twenty_verdicts(world, send, read, raised):
    alert = raised()
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="false", reason="Kebetulan.")
    page = read(world.nofri, "/peringatan/catatan/")
    assert "baru 1 dari 20 penilaian" in page and "persen" not in page


def test_those_above_read_the_record_a_month_later(world, send, read, raised):
    alert = raised()
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", verdict="false", reason="Kebetulan.")
    page = read(world.ratna, f"/peringatan/catatan/?satuan={world.res_rd.path}")
    assert "tiga puluh hari sesudahnya" in page and "baru 0 dari 20" in page


def test_figures_reach_those_above_on_no_page_before_thirty_days(world, read, raised):
    *judged, last = [raised() for _ in range(21)]
    for alert in judged:
        services.judge(world.actor(world.nofri), alert, verdict="false", reason="Sudah ditengok.")
    card, page = f"/peringatan/{last.pk}/", f"/peringatan/catatan/?satuan={world.res_rd.path}"
    assert all("0 dari 20 benar" in read(world.dewi, each) for each in (card, page))
    assert all(
        "baru 0 dari 20 penilaian" in read(world.ratna, each) and "0 dari 20 benar" not in read(world.ratna, each) for each in (card, page)
    )
    with clock.at(NOON + timedelta(days=31)):
        assert all("0 dari 20 benar" in read(world.ratna, each) for each in (card, page))


def test_a_card_says_from_how_many_accounts_that_serve_there_and_what_was_left_out(world, read, raised, told):
    alert = raised(voices=Voices((2, 1, 1), 3))
    for hour in range(10):
        told(days_ago=hour / 24)
    page = read(world.nofri, f"/peringatan/{alert.pk}/")
    assert "Sampai sekarang 10 laporan; 7 dihitung saat dinaikkan" in page and "dari 3 orang" in page
    assert "3 yang bertugas atau memimpin di sana, 3 lainnya" in page and "tidak dihitung: berasal dari HP" not in page
    with writing_allowed("test"):
        Report.objects.update(time_uncertain=True)
    assert "10 laporan tidak dihitung: berasal dari HP" in read(world.nofri, f"/peringatan/{alert.pk}/")


def test_load_stands_beside_what_is_usual_and_says_when_that_is_not_known(world, read, told):
    told(days_ago=2)
    page = read(world.nofri, "/peringatan/kerawanan/")
    assert "Apa yang membebani Polsek Koto Rimbo?" in page
    assert "1 laporan dalam 30 hari. Yang biasa belum dapat dikatakan (0 dari 8 minggu)." in page
    for week in range(1, 16):
        told(days_ago=30 + 7 * week)
    of_sector = f"/peringatan/kerawanan/?satuan={world.sek_kr.path}&hari=30"
    for hour in range(8):
        told(days_ago=1 + hour / 24)
    page = read(world.dewi, of_sector)
    assert "lebih, bisa kebetulan" in page and "↑ naik" not in page and "9 laporan dalam 30 hari; biasanya 1–7" in page
    for hour in range(8, 20):
        told(days_ago=1 + hour / 24, who=world.rahmi)
    page = read(world.dewi, of_sector)
    assert "Naik:" in page and "↑ naik" in page
    assert "21 laporan dalam 30 hari; biasanya" in page
    assert read(world.nofri, f"/peringatan/kerawanan/?satuan={world.sek_la.path}", 404)


def test_an_analyst_reads_load_and_alerts_and_judges_nothing(world, read, send, raised):
    alert = raised()
    assert "Apa yang membebani" in read(world.putri, "/peringatan/kerawanan/")
    assert "Simpan penilaian" not in read(world.putri, f"/peringatan/{alert.pk}/")
    assert send(world.putri, f"/peringatan/{alert.pk}/nilai/", verdict="true", reason="x").status_code == 403


def test_the_record_names_what_was_missed_and_says_when_it_cannot_compare(world, read):
    place, tally = world.areas["99.01.01.2002"], history.Tally()
    batch = history.open_batch(MACHINE, world.res_rd, source="lp 2026", channel="lp", file="lp.csv", sha256="0")
    fact = Fact("1", Standing(place, precision_of(place.level)), NOON.date() - timedelta(days=3), None, "CRM-03", "GN", 3, "")
    history.receive(MACHINE, batch, batch=batch, facts=[fact], tally=tally)
    page = read(world.dewi, f"/peringatan/catatan/?satuan={world.res_rd.path}")
    assert "Belum dapat dikatakan apakah lebih baik dari aturan sederhana: 1 laporan polisi (LP) tercatat, diperlukan 20" in page
    assert "Yang terlewat" in page and "Koto Rimbo" in page and "Kejahatan" in page
    assert "0 dari 1 (0–79%)" in page


def test_what_stands_out_is_found_where_people_begin(world, read, send, raised, told):
    told(days_ago=1)
    alert = raised()
    headline = "7 laporan kehilangan motor dari 4 orang dalam 5 hari di sekitar Aia Baliang"
    for address in ("/", "/wilayah/0101010001/", "/peringatan/menunggu/"):
        assert headline in read(world.nofri, address), address
    assert "/peringatan/menunggu/" in read(world.nofri, "/masalah/")
    assert "satu peringatan untuk ditengok" in read(world.nofri, "/").lower()
    assert headline not in read(world.rahmi, "/")
    send(world.nofri, f"/peringatan/{alert.pk}/penengok/", owner=world.rahmi.pk)
    page = read(world.rahmi, "/")
    assert "Saya diminta menengok" in page and headline in page


def test_a_problem_leads_back_to_the_alert_from_which_it_came(world, read, send, raised, told):
    told(days_ago=1)
    alert = raised()
    said = {
        "verdict": "true",
        "reason": "Parkiran gelap.",
        "problem": "baru",
        "title": "Motor hilang di Pasar",
        "code": "CRM-03",
        "severity": 3,
    }
    send(world.nofri, f"/peringatan/{alert.pk}/nilai/", **said)
    assert alert.get_absolute_url() in read(world.nofri, Problem.objects.get().get_absolute_url())


def test_a_place_from_which_nothing_came_is_not_named(world, read, raised, told):
    told(days_ago=1)
    alert = raised(areas=[world.areas["99.01.01.2001"], world.areas["99.01.01.2005"]])
    page = read(world.nofri, f"/peringatan/{alert.pk}/")
    assert "di sekitar Aia Baliang</span>" in page


def test_where_nobody_looks_its_owner_is_reminded_and_then_who_stands_above(world, read, raised, run_jobs):
    from rukun.notices.models import Notice

    alert = raised()
    run_jobs()
    with clock.at(NOON + timedelta(days=3)):
        services.remind(MACHINE, alert, reminded=1)
        run_jobs()
        services.remind(MACHINE, alert, reminded=2)
        run_jobs()
    kinds = sorted(Notice.objects.filter(about=f"alert:{alert.pk}").values_list("kind", "officer__name"))
    assert kinds == [("alert.late", "Nofri Hasan"), ("alert.late_above", "Dewi Lestari"), ("alert.raised", "Nofri Hasan")]


def test_no_step_points_at_the_spot_of_what_is_sensitive(world, read, raised, told):
    for hour in (1, 2):
        told(days_ago=hour, code="VUL-01", place="dekat simpang tiga")
        told(days_ago=hour + 0.1, code="CRM-03", place="los ikan")
    assert "Coba tengok dekat simpang tiga" not in read(world.nofri, f"/peringatan/{raised(group='VUL').pk}/")
    assert "Coba tengok los ikan:" in read(world.nofri, f"/peringatan/{raised(group='CRM').pk}/")
