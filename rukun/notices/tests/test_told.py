"""Who is told of what: by what each owns, once, and nobody of what he did himself."""

from datetime import date, timedelta

import pytest

from rukun.access.scope import system
from rukun.fieldwork import jobs as field_jobs
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.notices import services
from rukun.notices.kinds import UnknownKind
from rukun.notices.models import Notice
from rukun.officers import services as officers
from rukun.problems import jobs as problem_jobs
from rukun.problems import services as problems

HERALD = system("herald")


def test_whoever_reported_hears_that_it_was_read_and_that_it_was_answered(world, told, kinds):
    report, nofri = told(world.sari, world.pasar), world.actor(world.nofri)
    fieldwork.open_report(nofri, report)
    assert kinds(world.sari) == ["report.read"]
    fieldwork.answer(nofri, report, kind="acted", text="Malam ini patroli singgah.")
    fieldwork.answer(nofri, report, kind="acted", text="Sudah singgah.")
    assert kinds(world.sari) == ["report.read", "report.answered", "report.answered"] and kinds(world.nofri) == []


def test_an_answer_that_is_the_first_reading_is_told_once(world, told, kinds):
    fieldwork.answer(world.actor(world.nofri), told(world.sari, world.pasar), kind="noted", text="Terima kasih.")
    assert kinds(world.sari) == ["report.answered"]


def test_a_report_that_rises_is_told_at_the_desk_where_it_lies_now(world, told, kinds):
    told(world.sari, world.pasar)
    with clock.at(clock.now() + timedelta(hours=25)):
        field_jobs.raise_unread.call()
        assert kinds(world.budi) == ["report.risen"] and kinds(world.nofri) == [] and kinds(world.sari) == []


def test_a_promise_is_told_on_the_day_before_and_when_the_day_has_passed_each_once(world, kinds):
    fieldwork.receive_visit(
        world.actor(world.sari),
        world.pasar,
        id=new_id(),
        kind="visit",
        made_at=clock.now(),
        promises=(("Lampu pasar", date(2026, 11, 14)),),
    )
    seen = []
    for days in (0, 2, 3, 4, 5, 6, 60):
        with clock.at(clock.now() + timedelta(days=days)):
            field_jobs.remind_of_promises.call()
            field_jobs.remind_of_promises.call()
            seen.append(kinds(world.sari))
    assert seen[:5] == [[], [], ["promise.due"], ["promise.due"], ["promise.due", "promise.late"]]
    assert seen[-1] == ["promise.due", "promise.late"]


def test_an_action_is_told_to_whom_it_was_given_and_anew_to_another_or_for_another_day(world, problem, kinds):
    nofri = world.actor(world.nofri)
    action = problems.give_action(nofri, problem, text="Ajak pengurus surau", officer=world.sari, due=date(2026, 11, 20))
    problems.change_action(nofri, action, text="Ajak pengurus surau dan wali jorong", officer=world.sari, due=date(2026, 11, 20))
    assert kinds(world.sari) == ["action.given"]
    problems.change_action(nofri, action, text=action.text, officer=world.sari, due=date(2026, 11, 22))
    assert kinds(world.sari) == ["action.given", "action.given"]
    problems.change_action(nofri, action, text=action.text, officer=world.rahmi, due=date(2026, 11, 22))
    assert kinds(world.sari) == ["action.given", "action.given"] and kinds(world.rahmi) == ["action.given"]  # the old one goes to nobody
    problems.withdraw_action(nofri, action, because="tidak perlu lagi")
    assert kinds(world.rahmi)[-1] == "action.withdrawn" and kinds(world.nofri) == []


def test_what_one_gives_oneself_is_no_news(world, problem, kinds):
    nofri = world.actor(world.nofri)
    problems.assign(nofri, problem, owner=world.nofri)
    action = problems.give_action(nofri, problem, text="Surati wali nagari", officer=world.nofri, due=date(2026, 11, 12))
    problems.finish_action(nofri, action, result="Sudah.")
    assert kinds(world.nofri) == []


def test_an_action_that_is_late_is_told_to_its_officer_and_to_who_holds_the_problem(world, problem, kinds):
    problems.assign(world.actor(world.budi), problem, owner=world.nofri)
    problems.give_action(world.actor(world.budi), problem, text="Nyalakan lampu", officer=world.rahmi, due=date(2026, 11, 12))
    assert kinds(world.rahmi) == ["action.given"]
    for day in (11, 13, 14):
        with clock.at(clock.now().replace(day=day)):
            problem_jobs.remind_of_actions.call()
    assert kinds(world.rahmi) == ["action.given", "action.due", "action.late"]
    assert kinds(world.nofri) == ["problem.given", "action.held_up"]
    action = problem.actions.get()
    problems.finish_action(world.actor(world.rahmi), action, result="Lampu menyala.")
    assert kinds(world.nofri)[-1] == "action.finished" and kinds(world.budi) == ["action.finished"]


def test_a_problem_past_its_day_is_told_to_who_holds_it_else_to_who_commands(world, problem, kinds):
    with clock.at(clock.now() + timedelta(days=40)):
        problem_jobs.remind.call()
        assert kinds(world.nofri) == ["problem.late"] and kinds(world.budi) == []


def test_a_solved_problem_is_told_to_those_who_reported_it_and_its_reopening_to_who_holds_it(world, problem, kinds):
    nofri = world.actor(world.nofri)
    problems.assign(nofri, problem, owner=world.rahmi)
    problems.describe(nofri, problem, analysis="Parkiran gelap.")
    problems.move(nofri, problem, to="analysis", note="")
    problems.move(nofri, problem, to="response", note="")
    action = problems.give_action(nofri, problem, text="Nyalakan lampu", officer=world.rahmi, due=date(2026, 11, 12))
    problems.finish_action(nofri, action, result="Menyala.")
    problems.move(nofri, problem, to="assessment", note="")
    problems.move(nofri, problem, to="solved", note="Tidak terulang.", outcome="cause_removed", outcome_text="Lampu")
    assert kinds(world.sari)[-1] == "problem.solved"
    problems.reopen(world.actor(world.budi), problem, note="Terjadi lagi.")
    assert kinds(world.rahmi)[-1] == "problem.reopened"


def test_roles_absences_and_cover_are_told(world, kinds):
    founder = system("test")
    officers.record_absence(world.actor(world.budi), world.rahmi, reason="leave", valid_from=date(2026, 11, 11))
    assert kinds(world.rahmi) == ["absence.own"] and kinds(world.nofri) == ["absence.unit"] and kinds(world.budi) == []
    term = officers.assign(
        founder, world.dasril, role="village_officer", unit=world.sek_kr, areas=[world.guguak_sapan], valid_from=date(2026, 11, 11),
        stands_in_for=world.rahmi.assignments.get(),
    )  # fmt: skip
    officers.relieve(founder, term, on=date(2026, 11, 20))
    assert kinds(world.dasril) == ["role.cover", "role.ended"]


def test_the_same_is_told_once_however_often_the_job_runs(world, told):
    report = told(world.sari, world.pasar)
    how = {"to": [world.sari.pk], "kind": "report.read", "about": f"report:{report.pk}", "key": "x"}
    assert services.tell(HERALD, **how) and services.tell(HERALD, **how) is None
    assert Notice.objects.filter(officer=world.sari).count() == 1


def test_nobody_out_of_service_is_told_and_a_kind_that_nobody_declared_is_a_slip(world):
    officers.leave(HERALD, world.sari, on=date(2026, 11, 10))
    assert services.tell(HERALD, to=[world.sari.pk, None], kind="report.read", about="report:1", key="y") is None
    with pytest.raises(UnknownKind):
        services.tell(HERALD, to=[world.rahmi.pk], kind="rumour.heard", about="report:1", key="z")
