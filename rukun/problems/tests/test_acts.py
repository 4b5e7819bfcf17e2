"""What can be done with a problem, by whom, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rukun.access.scope import system
from rukun.audit.door import writing_allowed
from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.problems import refusals, services
from rukun.problems.jobs import follow, remind
from rukun.problems.models import Action, Problem
from rukun.problems.rules import Step
from rukun.problems.tests.conftest import MORNING


def opened(world, report, **how):
    words = {"title": "Motor hilang", "code": "CRM-03", "stage": "GN", "severity": 3}
    return services.open_from_reports(world.actor(world.nofri), report, **words | how)


def through(world, problem, *steps):
    """Takes a problem along its steps, with all that each must hold."""
    nofri = world.actor(world.nofri)
    for step in steps:
        if step == Step.RESPONSE:
            services.describe(nofri, problem, analysis="Parkiran gelap dan tidak dijaga.")
        if step == Step.ASSESSMENT:
            action = services.give_action(nofri, problem, text="Jaga parkir", officer=world.sari, due=date(2026, 11, 20))
            services.finish_action(world.actor(world.sari), action, result="Dijaga.")
        how = {"outcome": "cause_removed", "outcome_text": "Lampu menyala, parkir dijaga."} if step == Step.SOLVED else {}
        problem = services.move(nofri, problem, to=step, note="Begini adanya.", **how)
    return problem


def test_a_problem_gathers_reports_places_unit_number_and_day(world, told, report):
    other = told(world.rahmi, world.aia_baliang_bawah, "Motor hilang di parkiran surau")
    problem = opened(world, report, reports=[other, report])
    assert set(problem.reports.all()) == {report, other}
    assert set(problem.areas.all()) == {world.pasar, world.aia_baliang_bawah}
    assert (problem.unit, problem.number, problem.due, problem.step) == (
        world.sek_kr,
        "SEK-KR/2026/0001",
        date(2026, 12, 10),
        Step.SCANNING,
    )


def test_numbers_run_on_without_a_gap_each_unit_and_year_its_own(world, told, report):
    first = opened(world, report)
    with pytest.raises(refusals.NotServingHere), transaction.atomic():
        opened(world, report, owner=world.joko)  # what is refused takes no number with it
    second = opened(world, report)
    yeni = services.open_from_reports(
        world.actor(world.yeni),
        told(world.wendra, world.alun_ilia, "Air naik", "ENV-01"),
        title="Air",
        code="ENV-01",
        stage="AG",
        severity=4,
    )
    with clock.at(MORNING + timedelta(days=60)):
        next_year = opened(world, report)
    assert [row.number for row in (first, second, yeni, next_year)] == [
        "SEK-KR/2026/0001",
        "SEK-KR/2026/0002",
        "SEK-LA/2026/0001",
        "SEK-KR/2027/0001",
    ]


def test_a_kapolres_opens_for_the_polres_or_for_a_polsek_of_hers(world, report):
    hendra = world.actor(world.hendra)
    words = {"title": "Motor hilang", "code": "CRM-03", "stage": "GN", "severity": 3}
    assert services.open_from_reports(hendra, report, **words).unit == world.res_rd
    assert services.open_from_reports(hendra, report, unit=world.sek_kr, **words).unit == world.sek_kr
    with pytest.raises(PermissionDenied):
        services.open_from_reports(hendra, report, unit=world.sek_pc, **words)


def test_nobody_opens_from_a_report_that_is_not_theirs_to_read(world, told, report):
    foreign = told(world.wendra, world.alun_ilia, "Air naik", "ENV-01")
    with pytest.raises(PermissionDenied):
        opened(world, report, reports=[foreign])
    with pytest.raises(PermissionDenied):
        services.open_from_reports(world.actor(world.yeni), report, title="x", code="CRM-03", stage="GN", severity=1)
    with pytest.raises(PermissionDenied):
        services.open_from_reports(world.actor(world.sari), report, title="x", code="CRM-03", stage="GN", severity=1)
    assert not Problem.objects.exists()


def test_a_report_is_joined_once_and_brings_its_place(world, told, problem):
    other = told(world.rahmi, world.guguak, "Motor hilang di Guguak")
    nofri = world.actor(world.nofri)
    assert services.join(nofri, problem, report=other) == problem
    assert services.join(nofri, problem, report=other) is None
    assert world.guguak in problem.areas.all()
    assert Entry.objects.of(problem).filter(act="problem.join").count() == 1


def test_a_corrected_report_takes_the_place_of_the_version_before(world, problem, report):
    corrected = fieldwork.correct_report(
        world.actor(world.sari), report, title="Motor hilang di samping pasar", facts="Di samping, bukan di belakang.", basis="told",
        code="CRM-03", happened_at=report.happened_at,
    )  # fmt: skip
    follow.func(str(corrected.pk))
    assert list(problem.reports.all()) == [corrected]
    assert services.follow(system("follow"), problem, report=corrected) is None


def test_another_severity_moves_the_day_and_the_story_says_so(world, problem):
    services.describe(world.actor(world.nofri), problem, severity=5)
    problem.refresh_from_db()
    assert problem.due == date(2026, 11, 17)
    assert problem.story.filter(happening="due_moved", day=problem.due).exists()


def test_describing_nothing_new_is_not_told(world, problem):
    assert services.describe(world.actor(world.nofri), problem, title=problem.title, severity=3) is None


def test_a_problem_never_loses_its_last_place(world, problem):
    with pytest.raises(refusals.Lacking):
        services.describe(world.actor(world.nofri), problem, areas=[])


def test_a_place_out_of_sight_can_not_be_added(world, problem):
    with pytest.raises(PermissionDenied):
        services.describe(world.actor(world.nofri), problem, areas=[world.pasar, world.alun_ilia])


def test_each_step_wants_what_it_must_hold(world, problem):
    nofri = world.actor(world.nofri)
    with pytest.raises(refusals.OutOfTurn):
        services.move(nofri, problem, to=Step.RESPONSE, note="langsung")
    services.move(nofri, problem, to=Step.ANALYSIS, note="Selalu magrib.")
    with pytest.raises(refusals.Lacking):
        services.move(nofri, problem, to=Step.RESPONSE, note="belum tahu sebabnya")
    services.describe(nofri, problem, analysis="Parkiran gelap.")
    services.move(nofri, problem, to=Step.RESPONSE, note="Jaga parkir.")
    with pytest.raises(refusals.Lacking):
        services.move(nofri, problem, to=Step.ASSESSMENT, note="belum ada tindakan")
    action = services.give_action(nofri, problem, text="Jaga parkir", officer=world.sari, due=date(2026, 11, 20))
    with pytest.raises(refusals.Lacking):
        services.move(nofri, problem, to=Step.ASSESSMENT, note="belum selesai")
    services.withdraw_action(nofri, action, because="Pengurus surau menjaga sendiri.")
    with pytest.raises(refusals.Lacking):
        services.move(nofri, problem, to=Step.ASSESSMENT, note="yang dicabut tidak dihitung")


def test_the_end_asks_how_it_was_solved_and_can_be_taken_back(world, problem):
    problem = through(world, problem, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT)
    nofri = world.actor(world.nofri)
    with pytest.raises(refusals.Lacking):
        services.move(nofri, problem, to=Step.SOLVED, note="")
    solved = services.move(nofri, problem, to=Step.SOLVED, note="Sebulan tenang.", outcome="agreed", outcome_text="Disepakati bergiliran.")
    assert (solved.solved_at, solved.outcome, solved.outcome_text) == (MORNING, "agreed", "Disepakati bergiliran.")
    with clock.at(MORNING + timedelta(days=100)):
        again = services.reopen(nofri, solved, note="Hilang lagi dua.")
    assert (again.step, again.solved_at, again.outcome, again.due) == (Step.ANALYSIS, None, "", date(2027, 3, 20))


def test_nothing_is_done_with_what_is_solved(world, told, problem):
    problem = through(world, problem, Step.ANALYSIS, Step.RESPONSE, Step.ASSESSMENT, Step.SOLVED)
    nofri = world.actor(world.nofri)
    for deed in (
        lambda: services.move(nofri, problem, to=Step.ANALYSIS, note="x"),
        lambda: services.describe(nofri, problem, title="x"),
        lambda: services.assign(nofri, problem, owner=world.budi),
        lambda: services.note_progress(nofri, problem, text="x"),
        lambda: services.join(nofri, problem, report=told(world.sari, world.pasar, "Lagi")),
        lambda: services.give_action(nofri, problem, text="x", officer=world.sari, due=date(2026, 11, 20)),
    ):
        with pytest.raises(refusals.AlreadySolved):
            deed()


def test_only_what_is_solved_is_opened_again(world, problem):
    with pytest.raises(refusals.NotSolved):
        services.reopen(world.actor(world.nofri), problem, note="x")


def test_the_table_itself_refuses_an_end_without_how(world, problem):
    with pytest.raises(IntegrityError), transaction.atomic(), writing_allowed("test"):
        Problem.objects.filter(pk=problem.pk).update(step=Step.SOLVED, solved_at=MORNING)


def test_a_problem_and_an_action_go_to_people_who_serve_there_now(world, problem):
    nofri = world.actor(world.nofri)
    assert set(services.assignable(world.sek_kr, date(2026, 11, 10))) == {
        world.sari,
        world.rahmi,
        world.fadli,
        world.dasril,
        world.nofri,
        world.budi,
    }
    for stranger in (world.joko, world.lina, world.tomi):
        with pytest.raises(refusals.NotServingHere):
            services.assign(nofri, problem, owner=stranger)
        with pytest.raises(refusals.NotServingHere):
            services.give_action(nofri, problem, text="x", officer=stranger, due=date(2026, 11, 20))
    assert services.assign(nofri, problem, owner=world.rahmi).owner == world.rahmi
    assert services.assign(nofri, problem, owner=world.rahmi) is None


def test_whoever_holds_a_problem_sees_it_and_adds_to_its_story_but_does_not_move_it(world, problem):
    problem = services.assign(world.actor(world.nofri), problem, owner=world.fadli)  # who serves elsewhere in the same Polsek
    fadli = world.actor(world.fadli)
    assert problem in Problem.objects.within(fadli)
    services.note_progress(fadli, problem, text="Tiga malam diamati.")
    with pytest.raises(PermissionDenied):
        services.move(fadli, problem, to=Step.ANALYSIS, note="x")
    with pytest.raises(PermissionDenied):
        services.note_progress(world.actor(world.rahmi), problem, text="bukan pemegang")


def test_an_action_is_finished_by_whom_it_was_given_or_by_command(world, problem):
    nofri = world.actor(world.nofri)
    one, two = (services.give_action(nofri, problem, text=text, officer=world.sari, due=date(2026, 11, 20)) for text in ("Satu", "Dua"))
    with pytest.raises(PermissionDenied):
        services.finish_action(world.actor(world.rahmi), one, result="bukan saya")
    assert services.finish_action(world.actor(world.sari), one, result=" Sudah. ").result == "Sudah."
    services.finish_action(world.actor(world.budi), two, result="Sudah, saya lihat sendiri.")
    for deed in (
        lambda: services.finish_action(nofri, one, result="lagi"),
        lambda: services.change_action(nofri, one, text="x", officer=world.sari, due=date(2026, 11, 20)),
        lambda: services.withdraw_action(nofri, one, because="x"),
    ):
        with pytest.raises(refusals.AlreadyEnded):
            deed()


def test_an_action_never_gets_a_day_that_has_passed_but_keeps_one(world, problem):
    nofri = world.actor(world.nofri)
    with pytest.raises(refusals.DayPassed):
        services.give_action(nofri, problem, text="x", officer=world.sari, due=date(2026, 11, 9))
    action = services.give_action(nofri, problem, text="x", officer=world.sari, due=date(2026, 11, 12))
    with clock.at(MORNING + timedelta(days=5)):
        with pytest.raises(refusals.DayPassed):
            services.change_action(nofri, action, text="x", officer=world.sari, due=date(2026, 11, 13))
        assert services.change_action(nofri, action, text="lain", officer=world.rahmi, due=date(2026, 11, 12)).officer == world.rahmi


def test_the_table_itself_refuses_an_action_with_two_ends(world, problem):
    action = services.give_action(world.actor(world.nofri), problem, text="x", officer=world.sari, due=date(2026, 11, 12))
    with pytest.raises(IntegrityError), transaction.atomic(), writing_allowed("test"):
        Action.objects.filter(pk=action.pk).update(finished_at=MORNING, withdrawn_at=MORNING)


def test_a_chief_of_another_unit_sees_a_shared_problem_but_does_not_touch_it(world, told, report):
    """The Polres opens one problem over two Polsek: both see it, only the Polres moves it."""
    other = told(world.wendra, world.alun_ilia, "Motor hilang di Alun")
    shared = services.open_from_reports(
        world.actor(world.dewi), report, reports=[other], title="Motor hilang di dua kecamatan", code="CRM-03", stage="GN", severity=3
    )
    for chief in (world.nofri, world.yeni):
        assert shared in Problem.objects.within(world.actor(chief))
        with pytest.raises(PermissionDenied):
            services.move(world.actor(chief), shared, to=Step.ANALYSIS, note="x")
    assert shared not in Problem.objects.within(world.actor(world.mega))
    services.move(world.actor(world.hendra), shared, to=Step.ANALYSIS, note="Satu kelompok.")


def test_a_day_that_passed_is_told_once_and_again_after_another_day_was_set(world, problem):
    def told() -> int:
        return problem.story.filter(happening="reminded").count()

    remind.func()
    assert told() == 0
    with clock.at(MORNING + timedelta(days=31)):
        remind.func()
        remind.func()
        assert told() == 1
        services.describe(world.actor(world.nofri), problem, severity=2)
        remind.func()
        assert told() == 1
    with clock.at(MORNING + timedelta(days=50)):
        remind.func()
        assert told() == 2
