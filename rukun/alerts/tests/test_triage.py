"""An alert is taken, looked into, judged, and judged again; whoever serves elsewhere does none of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.access.scope import system
from rukun.alerts import services
from rukun.alerts.models import Alert, Second
from rukun.alerts.refusals import AlreadyJudged, Frozen, NoSecond, NothingSaid, NotJudged, OutOfBounds, SameHand, WithoutProblem
from rukun.alerts.retention import blank_alerts
from rukun.alerts.rules import Voices, is_second_look
from rukun.alerts.tests.conftest import NOON, village
from rukun.lib import clock
from rukun.problems.models import Problem
from rukun.problems.refusals import NotServingHere

MACHINE = system("watch")
SAW = "Parkiran surau gelap, dua motor hilang pekan ini."


def test_an_alert_that_two_accounts_tell_of_is_work_within_two_days(raised):
    alert = raised()
    assert (alert.stage, alert.sources, alert.due) == ("work", 4, NOON.date() + timedelta(days=2))
    assert str(alert) == "SEK-KR/1"


def test_one_who_invents_much_and_one_who_passes_by_are_not_two(raised):
    assert raised(voices=Voices((6, 1)), expected=1.5).stage == "check"
    assert raised(voices=Voices((7,))).stage == "check"


def test_a_supervisor_who_has_seen_it_makes_it_work(world, raised):
    alert = services.confirm(world.actor(world.nofri), raised(voices=Voices((7,))))
    assert (alert.stage, alert.confirmed_by) == ("work", world.nofri)
    assert services.confirm(world.actor(world.nofri), alert) is None


def test_it_is_given_to_somebody_of_the_unit_who_then_sees_it_and_says_what_there_was(world, raised):
    alert = raised()
    assert not Alert.objects.within(world.actor(world.sari)).exists()
    alert = services.assign(world.actor(world.nofri), alert, owner=world.sari)
    assert Alert.objects.within(world.actor(world.sari)).get() == alert
    look = services.add_look(world.actor(world.sari), alert, text=SAW + " Hubungi 0812-3456-7890.")
    assert look.text.endswith("Hubungi [nomor telepon].")
    with pytest.raises(PermissionDenied):
        services.add_look(world.actor(world.rahmi), alert, text=SAW)
    with pytest.raises(NotServingHere):
        services.assign(world.actor(world.nofri), alert, owner=world.joko)


def test_what_was_right_opens_a_problem_of_its_reports(world, raised, told):
    reports = [told(days_ago=2), told(world.rahmi, days_ago=1)]
    words = {"title": "Motor hilang di sekitar Pasar", "code": "CRM-03", "stage": "AG", "owner": world.nofri}
    alert = services.judge(world.actor(world.nofri), raised(), verdict="true", reason=SAW, reports=reports, **words)
    assert alert.problem.unit == world.sek_kr and set(alert.problem.reports.all()) == set(reports)
    again = services.judge(world.actor(world.nofri), raised(), verdict="known", reason=SAW, reports=reports, problem=alert.problem)
    assert again.problem == alert.problem and Problem.objects.count() == 1


def test_a_verdict_needs_a_reason_and_what_was_right_a_problem(world, raised, told):
    alert, reports = raised(), [told()]
    with pytest.raises(NothingSaid):
        services.judge(world.actor(world.nofri), alert, verdict="false", reason="  ")
    with pytest.raises(WithoutProblem):
        services.judge(world.actor(world.nofri), alert, verdict="true", reason=SAW, reports=reports)
    alert.refresh_from_db()
    assert alert.is_open


def test_a_blind_spot_is_right_without_a_problem(world, raised):
    alert = services.judge(world.actor(world.nofri), raised(kind="silence"), verdict="true", reason="Belum ada petugas sejak Oktober.")
    assert (alert.verdict, alert.problem) == ("true", None)


def test_a_verdict_is_taken_back_and_then_stands_anew(world, raised):
    kanit = world.actor(world.nofri)
    alert = services.judge(kanit, raised(), verdict="false", reason="Satu motor dipinjam keluarga.")
    with pytest.raises(AlreadyJudged):
        services.judge(kanit, alert, verdict="unclear", reason=SAW)
    alert = services.reopen(kanit, alert)
    assert alert.is_open and alert.judged_by is None and alert.due == NOON.date() + timedelta(days=2)
    with pytest.raises(NotJudged):
        services.reopen(kanit, alert)


def test_of_five_verdicts_one_is_repeated_by_somebody_outside(world, raised):
    kanit, kasat = world.actor(world.nofri), world.actor(world.dewi)

    def judged(*, twice: bool):  # which ones is drawn by their keys, so as many are raised as it takes
        return next(
            alert
            for alert in (services.judge(kanit, raised(), verdict="false", reason=SAW) for _ in range(100))
            if alert.wants_second is twice
        )

    wanted = judged(twice=True)
    with pytest.raises(SameHand):
        services.second(kanit, wanted, verdict="true", reason=SAW)
    with pytest.raises(NoSecond):
        services.second(kasat, judged(twice=False), verdict="true", reason=SAW)
    services.second(kasat, wanted, verdict="true", reason=SAW)
    services.second(kasat, wanted, verdict="partly", reason=SAW)
    assert Second.objects.get().verdict == "partly"
    services.reopen(kanit, wanted)
    assert not Second.objects.exists()
    assert 0.17 < sum(map(is_second_look, range(5000))) / 5000 < 0.23


def test_who_serves_beside_or_only_reads_does_nothing_with_it(world, raised):
    alert = raised()
    for who in (world.yeni, world.putri, world.mega, world.yusuf, world.tomi):
        with pytest.raises(PermissionDenied):
            services.judge(world.actor(who), alert, verdict="false", reason=SAW)
    seen = {
        name for name in ("budi", "dewi", "hendra", "ratna", "putri") if Alert.objects.within(world.actor(getattr(world, name))).exists()
    }
    assert seen == {"budi", "dewi", "hendra", "ratna", "putri"}
    for who in (world.yeni, world.joko, world.mega, world.tomi, world.lina):
        assert not Alert.objects.within(world.actor(who)).exists()


def test_what_goes_on_is_seen_again_and_what_was_said_first_stays(world, raised):
    alert, on = raised(voices=Voices((7,))), NOON.date() + timedelta(days=1)
    beside = world.areas["99.01.01.2003"]
    seen = services.see_again(MACHINE, alert, on=on, areas=[beside], observed=9, voices=Voices((5, 4)), expected=1.4, statistic=11.0)
    assert (seen.stage, seen.observed, seen.last_seen, seen.sightings.get().observed) == ("work", 7, on, 9)
    assert set(seen.areas.all()) == {village(world), beside}
    assert services.see_again(MACHINE, alert, on=on, areas=[beside], observed=9, voices=Voices((5, 4))) is None


def test_a_budget_is_set_by_who_commands_the_unit_and_not_while_an_election_is_near(world):
    assert services.set_budget(world.actor(world.hendra), world.res_rd, budget=20).version == 2
    for who in (world.budi, world.putri):
        with pytest.raises(PermissionDenied):
            services.set_budget(world.actor(who), world.res_rd, budget=3)
    with pytest.raises(OutOfBounds):
        services.set_budget(world.actor(world.hendra), world.res_rd, budget=0)
    days = {"first": NOON.date(), "last": NOON.date() + timedelta(days=20)}
    frozen = services.freeze(MACHINE, world.polda_nc, **days, reason="Tahapan pemilihan")
    with pytest.raises(Frozen):
        services.set_budget(world.actor(world.hendra), world.res_rd, budget=6)
    services.thaw(MACHINE, frozen)
    assert services.set_budget(world.actor(world.hendra), world.res_rd, budget=6).budget == 6


def test_words_of_an_alert_judged_long_ago_go_and_its_verdict_stays(world, raised):
    alert = raised()
    services.add_look(world.actor(world.nofri), alert, text=SAW)
    services.judge(world.actor(world.nofri), alert, verdict="false", reason=SAW)
    with clock.at(NOON + timedelta(days=800)):
        assert len(blank_alerts(system("retention"), before=clock.now() - timedelta(days=731)).rows) == 1
        assert blank_alerts(system("retention"), before=clock.now() - timedelta(days=731)) is None
    alert.refresh_from_db()
    assert (alert.verdict, alert.verdict_reason, alert.looks.get().text) == ("false", "—", "—")
