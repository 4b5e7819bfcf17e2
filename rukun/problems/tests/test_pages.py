"""The board and the page of a problem, as each of the cast meets them."""

from datetime import date, timedelta

import pytest

from rukun.lib import clock
from rukun.problems import services
from rukun.problems.models import Problem
from rukun.problems.rules import Step
from rukun.problems.tests.conftest import MORNING
from rukun.problems.tests.test_acts import through

HTMX = {"HX-Request": "true"}


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.fixture
def action(world, problem):
    return services.give_action(
        world.actor(world.nofri), problem, text="Nyalakan lampu samping", officer=world.sari, due=date(2026, 11, 14)
    )


def test_the_board_says_what_wants_a_push_and_lists_it_first(world, told, problem, signed_in):
    lost = services.open_from_reports(
        world.actor(world.nofri),
        told(world.rahmi, world.guguak, "Pos ronda kosong", "SVC-02"),
        title="Poskamling Guguak kosong",
        code="SVC-02",
        stage="PG",
        severity=2,
    )
    with clock.at(MORNING + timedelta(days=31)):
        page = text(signed_in(world.nofri).get("/masalah/"))
    assert "Dua dari 2: satu lewat tenggat, satu belum ada yang memegang." in page
    assert page.index(problem.title) < page.index(lost.title)
    assert f"/masalah/{lost.pk}/pemegang/" in page and "Tunjuk orang" in page


@pytest.mark.parametrize(("view", "shown"), [("lewat", False), ("lepas", False), ("saya", True), ("", True)])
def test_the_board_can_be_narrowed(world, problem, signed_in, view, shown):
    assert (problem.title in text(signed_in(world.nofri).get(f"/masalah/?lihat={view}"))) is shown


def test_an_empty_board_teaches_how_a_problem_begins(world, signed_in):
    page = text(signed_in(world.yeni).get("/masalah/"))
    assert "Tidak ada masalah terbuka di wilayah Anda." in page and "Buka masalah" in page


def test_a_solved_problem_stays_on_the_board_for_90_days(world, problem, signed_in):
    through(world, problem, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT, Step.SOLVED)
    board = signed_in(world.nofri)
    assert problem.title in text(board.get("/masalah/"))
    with clock.at(MORNING + timedelta(days=91)):
        assert problem.title not in text(signed_in(world.nofri).get("/masalah/"))


def test_the_page_tells_who_does_what_why_and_the_story(world, problem, action, signed_in):
    page = text(signed_in(world.nofri).get(f"/masalah/{problem.pk}/"))
    for words in (
        problem.number,
        "Nyalakan lampu samping",
        "Briptu Sari Melati",
        "Motor hilang di belakang pasar",
        "Dibuka",
        "Lanjut ke Telaah",
    ):
        assert words in page


def test_an_officer_in_the_field_sees_the_problem_but_not_the_reports_of_others_nor_the_buttons(world, problem, action, signed_in):
    page = text(signed_in(world.rahmi).get(f"/masalah/{problem.pk}/"))
    assert problem.title in page and "1 laporan hanya dibaca pimpinan." in page
    assert "Motor hilang di belakang pasar" not in page
    assert "Tambah tindakan" not in page and "langkah/" not in page


def test_an_officer_of_another_polsek_never_sees_it(world, problem, action, signed_in):
    for stranger in (world.joko, world.yeni, world.mega):
        client = signed_in(stranger)
        assert client.get(f"/masalah/{problem.pk}/").status_code == 404
        assert client.get(f"/masalah/tindakan/{action.pk}/").status_code == 404
        assert problem.title not in text(client.get("/masalah/"))


@pytest.mark.parametrize(
    "address",
    [
        "{p}/langkah/analysis/",
        "{p}/telaah/",
        "{p}/pemegang/",
        "{p}/catatan/",
        "{p}/tindakan/",
        "{p}/buka-lagi/",
        "tindakan/{a}/ubah/",
        "tindakan/{a}/cabut/",
    ],
)
def test_a_chief_of_another_polsek_can_do_nothing_with_it(world, problem, action, signed_in, address):
    url = "/masalah/" + address.format(p=problem.pk, a=action.pk)
    client = signed_in(world.yeni)
    assert (client.get(url).status_code, client.post(url, {"note": "x"}).status_code) == (404, 404)


@pytest.mark.parametrize("key", ["tomi", "yusuf", "mira", "lina"])
def test_who_has_no_business_with_problems_meets_a_closed_door(world, problem, signed_in, key):
    client = signed_in(getattr(world, key))
    assert client.get("/masalah/").status_code == 403
    assert client.get(f"/masalah/{problem.pk}/").status_code == 403


def test_an_analyst_reads_and_changes_nothing(world, problem, signed_in):
    client = signed_in(world.putri)
    assert problem.title in text(client.get(f"/masalah/{problem.pk}/"))
    assert client.post(f"/masalah/{problem.pk}/langkah/analysis/", {"note": "x"}).status_code == 403


def test_the_form_for_opening_offers_what_tells_of_the_same(world, told, report, problem, signed_in):
    same = told(world.rahmi, world.aia_baliang_bawah, "Motor hilang di parkiran surau")
    another = told(world.rahmi, world.aia_baliang_bawah, "Ternak hilang", "CRM-01")
    fresh = told(world.sari, world.pasar, "Motor hilang di depan warung")
    told(world.rahmi, world.guguak, "Motor hilang di nagari lain")
    told(world.sari, world.pasar, "Motor hilang dahulu", days_ago=40)
    page = text(signed_in(world.nofri).get(f"/masalah/buka/?report={fresh.pk}"))
    assert str(same.pk) in page and str(another.pk) in page and problem.title in page
    assert "nagari lain" not in page and "dahulu" not in page and f'value="{report.pk}"' not in page


@pytest.mark.parametrize("key", ["", "nonsense", "01890000-0000-7000-8000-000000000000"])
def test_a_problem_is_opened_from_a_report_that_exists(world, signed_in, key):
    assert signed_in(world.nofri).get(f"/masalah/buka/?report={key}").status_code == 404


def test_a_chief_of_another_polsek_does_not_open_from_our_report(world, report, signed_in):
    assert signed_in(world.yeni).get(f"/masalah/buka/?report={report.pk}").status_code == 404


def test_a_half_filled_form_says_what_is_missing_and_opens_nothing(world, report, signed_in):
    page = text(signed_in(world.nofri).post(f"/masalah/buka/?report={report.pk}", {"title": "", "code": "CRM-03"}))
    assert 'class="errors"' in page and not Problem.objects.exists()


def test_a_related_report_is_joined_with_one_tap(world, told, problem, signed_in):
    other = told(world.rahmi, world.pasar, "Motor hilang lagi")
    chief = signed_in(world.nofri)
    assert "Motor hilang lagi" in text(chief.get(f"/masalah/{problem.pk}/"))
    assert 'id="problem"' in text(chief.post(f"/masalah/{problem.pk}/laporan/", {"report": str(other.pk)}, headers=HTMX))
    assert other in problem.reports.all()
    foreign = told(world.wendra, world.alun_ilia, "Air naik", "ENV-01")
    assert chief.post(f"/masalah/{problem.pk}/laporan/", {"report": str(foreign.pk)}).status_code == 404


def test_a_form_comes_as_a_fragment_and_comes_back_with_what_to_check(world, problem, signed_in):
    chief = signed_in(world.nofri)
    url = f"/masalah/{problem.pk}/tindakan/"
    assert "<html" not in text(chief.get(url, headers=HTMX))
    past = {"text": "Jaga parkir", "officer": world.sari.pk, "due": "2026-11-01"}
    answer = chief.post(url, past, headers=HTMX)
    assert "Tanggal ini sudah lewat" in text(answer) and answer["HX-Retarget"] == "this"
    answer = chief.post(url, past | {"due": "2026-11-14"}, headers=HTMX)
    assert "Jaga parkir" in text(answer) and answer["HX-Retarget"] == "#problem"


def test_the_same_form_is_a_page_without_scripts(world, problem, signed_in):
    chief = signed_in(world.nofri)
    page = text(chief.get(f"/masalah/{problem.pk}/catatan/"))
    assert "<html" in page and "Apa perkembangannya?" in page
    answer = chief.post(f"/masalah/{problem.pk}/catatan/", {"text": "Tiga malam diamati."})
    assert answer.url == f"/masalah/{problem.pk}/"
    assert "Tiga malam diamati." in text(chief.get(answer.url))


def test_a_step_that_lacks_something_says_what(world, problem, signed_in):
    services.move(world.actor(world.nofri), problem, to=Step.ANALYSIS, note="x")
    chief = signed_in(world.nofri)
    assert "Jelaskan dulu mengapa ini terjadi di sini." in text(chief.get(f"/masalah/{problem.pk}/"))
    assert "Jelaskan dulu" in text(chief.post(f"/masalah/{problem.pk}/langkah/response/", {"note": "terlalu cepat"}))
    assert chief.get(f"/masalah/{problem.pk}/langkah/solved/").status_code == 404


def test_closing_asks_how_and_can_be_undone(world, problem, signed_in):
    through(world, problem, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT)
    chief = signed_in(world.nofri)
    url = f"/masalah/{problem.pk}/langkah/solved/"
    assert "Bagaimana selesainya?" in text(chief.get(url))
    assert 'class="errors"' in text(chief.post(url, {"note": "tenang"}))
    chief.post(url, {"note": "Sebulan tenang.", "outcome": "agreed", "outcome_text": "Disepakati bergiliran."})
    assert "Buka lagi" in text(chief.get(f"/masalah/{problem.pk}/"))
    chief.post(f"/masalah/{problem.pk}/buka-lagi/", {"note": "Salah tekan."})
    problem.refresh_from_db()
    assert problem.step == Step.ANALYSIS


def test_what_worked_before_is_shown_with_a_problem_of_the_same_kind(world, told, problem, signed_in):
    through(world, problem, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT, Step.SOLVED)
    new = services.open_from_reports(
        world.actor(world.nofri),
        told(world.fadli, world.koto_tinggi, "Motor hilang"),
        title="Motor hilang di Koto Tinggi",
        code="CRM-03",
        stage="GN",
        severity=3,
    )
    assert "Lampu menyala, parkir dijaga." in text(signed_in(world.nofri).get(f"/masalah/{new.pk}/"))


def test_whoever_was_given_an_action_finishes_it_from_its_own_page(world, problem, signed_in):
    given = services.give_action(world.actor(world.nofri), problem, text="Singgah pukul 18.00", officer=world.fadli, due=date(2026, 11, 14))
    fadli = signed_in(world.fadli)  # who serves elsewhere: the problem itself stays out of sight
    assert fadli.get(f"/masalah/{problem.pk}/").status_code == 404
    assert "Apa hasilnya?" in text(fadli.get(f"/masalah/tindakan/{given.pk}/"))
    answer = fadli.post(f"/masalah/tindakan/{given.pk}/selesai/", {"result": "Singgah tiga malam."})
    assert answer.url == f"/masalah/tindakan/{given.pk}/"
    assert "Singgah tiga malam." in text(fadli.get(answer.url))


def test_a_colleague_does_not_finish_what_was_given_to_another(world, action, signed_in):
    assert signed_in(world.rahmi).post(f"/masalah/tindakan/{action.pk}/selesai/", {"result": "x"}).status_code == 404


def test_a_chief_changes_and_withdraws_an_action(world, problem, action, signed_in):
    chief = signed_in(world.budi)
    chief.post(f"/masalah/tindakan/{action.pk}/ubah/", {"text": "Nyalakan dua lampu", "officer": world.rahmi.pk, "due": "2026-11-15"})
    action.refresh_from_db()
    assert (action.text, action.officer) == ("Nyalakan dua lampu", world.rahmi)
    assert "Mengapa dicabut?" in text(chief.get(f"/masalah/tindakan/{action.pk}/cabut/"))
    chief.post(f"/masalah/tindakan/{action.pk}/cabut/", {"because": "Dinas menyalakannya sendiri."})
    page = text(chief.get(f"/masalah/{problem.pk}/"))
    assert "Dicabut: Nyalakan dua lampu." in page and "Dinas menyalakannya sendiri." in page


def test_the_page_is_also_english(world, problem, signed_in):
    client = signed_in(world.nofri)
    client.cookies["rukun_language"] = "en"
    assert "Who does what, by when?" in text(client.get(f"/masalah/{problem.pk}/"))


def test_a_page_of_a_problem_asks_the_database_no_more_when_it_grows(world, told, problem, signed_in, django_assert_max_num_queries):
    for number in range(6):
        services.join(world.actor(world.nofri), problem, report=told(world.sari, world.pasar, f"Motor hilang {number}"))
        services.give_action(world.actor(world.nofri), problem, text=f"Tindakan {number}", officer=world.sari, due=date(2026, 11, 14))
    client = signed_in(world.nofri)
    with django_assert_max_num_queries(45):
        text(client.get(f"/masalah/{problem.pk}/"))
