"""Within a minute: a report that completes a cluster, one that is urgent by itself; and nobody is left alone with it."""

from datetime import timedelta

import pytest

from rukun.alerts import quick, watch
from rukun.alerts.jobs import follow_up
from rukun.alerts.models import Alert, Watch
from rukun.alerts.tests.conftest import NOON, village
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock

TODAY = NOON.date()


@pytest.fixture(autouse=True)
def a_worker_that_has_just_begun():
    quick.STATES.clear()


def statistical() -> list[Alert]:
    return list(Alert.objects.filter(kind="statistical").order_by("pk"))


def test_the_report_that_completes_a_cluster_becomes_an_alert_and_the_night_takes_it_up(world, lived, told, run_jobs):
    lived()
    with clock.at(NOON - timedelta(days=1)):
        watch.look_over(world.res_rd, TODAY - timedelta(days=1))
    told(world.sari, days_ago=5, code="ORD-01")
    told(world.rahmi, days_ago=2, code="ORD-01")
    run_jobs()
    assert statistical() == []
    told(world.nofri, days_ago=0.1, code="ORD-01")
    told(world.budi, code="ORD-01")
    told(world.dewi, code="ORD-01")
    told(world.hendra, code="ORD-01")
    run_jobs()
    (alert,) = statistical()
    assert alert.provisional and village(world) in alert.areas.all() and alert.until == TODAY
    assert alert.calibration == Watch.objects.get(unit=world.res_rd).calibration and alert.statistic > alert.threshold
    with clock.at(NOON + timedelta(hours=11)):
        watch.look_over(world.res_rd, TODAY)
    alert.refresh_from_db()
    assert statistical() == [alert] and not alert.provisional


def test_a_usual_report_raises_nothing_and_practice_neither(world, lived, told, run_jobs):
    lived()
    watch.look_over(world.res_rd, TODAY - timedelta(days=1))
    told(code="ORD-01")
    told(world.rahmi, practice=True, title="Kebakaran di pasar", facts="Api membesar di pasar sekarang, tolong.")
    run_jobs()
    assert not Alert.objects.exists()


def test_words_of_danger_go_to_a_person_at_once(world, told, run_jobs):
    report = told(title="Kebakaran di pasar", facts="Api membesar di los ikan sekarang, warga butuh pemadam, tolong segera.", code=None)
    run_jobs()
    run_jobs()
    (alert,) = Alert.objects.all()
    assert (alert.kind, alert.stage, alert.method, alert.due, alert.owner) == ("urgent", "work", "rule", TODAY, world.nofri)
    assert (alert.report, alert.unit, alert.watched, alert.statistic) == (report, world.sek_kr, world.res_rd, None)


def test_an_actual_disturbance_goes_to_the_first_who_does_not_know_yet(world, told, run_jobs):
    report = told()
    fieldwork.assess(world.actor(world.nofri), report, code="CRM-03", stage="GN", severity=3, source_grade="B", content_grade="2")
    run_jobs()
    assert Alert.objects.get().owner == world.budi
    corrected = fieldwork.correct_report(
        world.actor(world.sari), report, title="Dua motor hilang", facts=report.facts, basis="told", happened_at=report.happened_at
    )
    fieldwork.assess(world.actor(world.nofri), corrected, code="CRM-03", stage="GN", severity=5, source_grade="B", content_grade="2")
    run_jobs()
    assert Alert.objects.count() == 1


def test_what_was_assessed_days_later_is_no_longer_urgent(world, told, run_jobs):
    report = told(days_ago=3)
    fieldwork.assess(world.actor(world.nofri), report, code="CRM-03", stage="GN", severity=3, source_grade="B", content_grade="2")
    run_jobs()
    assert not Alert.objects.exists()


def test_where_nobody_looks_its_owner_is_reminded_and_then_who_stands_above(world, raised):
    alert = raised()
    looked = raised()
    for days, reminded in ((2, 0), (3, 1), (4, 1), (5, 2), (9, 2)):
        with clock.at(NOON + timedelta(days=days)):
            if days == 2:
                from rukun.alerts import services

                services.add_look(world.actor(world.nofri), looked, text="Sudah ditengok, parkiran dijaga.")
            follow_up.call()
        alert.refresh_from_db()
        looked.refresh_from_db()
        assert (days, alert.reminded, looked.reminded) == (days, reminded, 0)
