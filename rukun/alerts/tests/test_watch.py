"""The night's look: what stands out is raised once and then seen again; what is usual, absent or visited more is not."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rukun.access.scope import system
from rukun.alerts import rehearsal, services, watch
from rukun.alerts.counts import book_of
from rukun.alerts.engine import Eye
from rukun.alerts.models import Alert, Calibration
from rukun.alerts.tests.conftest import NOON, village
from rukun.audit.models import Entry
from rukun.lib import clock

TODAY = NOON.date()


def tellers(world) -> list:
    return [world.sari, world.rahmi, world.nofri, world.budi, world.dewi, world.hendra, world.ratna]


@pytest.fixture
def scooters(world, told):
    """The planted story: seven people tell of scooters lost around Pasar within five days."""
    for days_ago, who in zip((5, 4, 3, 2, 2, 1, 1), tellers(world), strict=True):
        told(who, days_ago=days_ago, code="ORD-01")


def alerts(**such) -> list[Alert]:
    return list(Alert.objects.filter(kind="statistical", **such).order_by("pk"))


def test_a_cluster_is_raised_once_for_the_nearest_unit_and_then_seen_again(world, lived, scooters):
    lived()
    outcome = watch.look_over(world.res_rd, TODAY)
    (alert,) = alerts()
    assert (alert.unit, alert.watched, alert.owner, alert.stage, alert.method) == (
        world.sek_kr,
        world.res_rd,
        world.nofri,
        "work",
        "engine",
    )
    assert village(world) in alert.areas.all() and alert.sources == 7 and alert.observed >= 5 and alert.expected < 2
    assert alert.statistic > alert.threshold and outcome.weeks == 34
    made = Calibration.objects.get()
    assert alert.parameters == made.digest and alert.calibration == made and made.parameters["least"] == 3
    assert Entry.objects.get(act="alert.calibrate").details["digest"] == made.digest
    assert Entry.objects.get(act="alert.raise").details["parameters"] == made.digest
    watch.look_over(world.res_rd, TODAY)
    with clock.at(NOON + timedelta(days=1)):
        again = watch.look_over(world.res_rd, TODAY + timedelta(days=1))
    assert alerts() == [alert] and again.seen == (alert,)
    assert [sighting.on for sighting in alert.sightings.order_by("on")] == [TODAY, TODAY + timedelta(days=1)]


def test_the_polda_leaves_to_a_polres_what_lies_within_it(world, lived, scooters):
    lived()
    watch.look_over(world.polda_nc, TODAY)
    assert alerts() == []


def test_quiet_days_raise_nothing_nor_does_an_absence_or_a_campaign_of_visits(world, lived, visited, told):
    lived()
    watch.look_over(world.res_rd, TODAY)
    assert alerts() == []
    for day in range(6):  # a campaign: everywhere in the nagari, and with it two reports
        for who in (world.sari, world.rahmi):
            for _ in range(4):
                visited(who, days_ago=day)
    told(days_ago=4, code="ORD-01")
    told(world.rahmi, days_ago=2, code="ORD-01")
    watch.look_over(world.res_rd, TODAY)
    assert alerts() == []


def test_one_account_alone_never_makes_work(world, lived, told):
    lived()
    for day in range(14):
        for _ in range(4):
            told(days_ago=day, code="ORD-01")
    watch.look_over(world.res_rd, TODAY)
    assert [alert.stage for alert in alerts()] in ([], ["check"])


def test_below_26_weeks_the_simple_rule_alone_is_asked(world, lived, told):
    lived(days=60)
    for days_ago, who in zip((5, 4, 3, 2, 1), tellers(world), strict=False):
        told(who, days_ago=days_ago)
    outcome = watch.look_over(world.res_rd, TODAY)
    (alert,) = alerts()
    assert (outcome.weeks, outcome.calibration, alert.method, alert.statistic, alert.parameters) == (8, None, "simple", None, "")
    assert list(alert.areas.all()) == [village(world)] and (alert.observed, alert.expected) == (5, 0)
    watch.look_over(world.polda_nc, TODAY)
    assert alerts() == [alert]


def test_the_engine_is_handed_nothing_but_the_two_views_and_the_map(world, lived):
    lived()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        eye = Eye.of(book_of(world.res_rd, TODAY))
        eye.looks()
    tables = {"fieldwork", "officers", "history", "problems", "audit"}
    assert [query["sql"] for query in asked.captured_queries if any(f"{table}_" in query["sql"] for table in tables)] == []
    assert any("alerts_counted" in query["sql"] for query in asked.captured_queries)


def test_a_replay_keeps_the_budget_and_a_frozen_calendar_keeps_the_threshold(world, lived):
    lived(days=320, rate=0.12)
    eye = Eye.of(book_of(world.res_rd, TODAY))
    chosen = rehearsal.choose(eye, 24)
    assert chosen.days > 120 and set(chosen.rivals) == {"ears_c2"} and chosen.alarms is not None
    assert len(rehearsal.relive(eye.book, chosen.threshold, TODAY - timedelta(days=90), TODAY)) <= 12  # six in the budget
    assert rehearsal.relive(eye.book, 1000.0, TODAY - timedelta(days=20), TODAY) == []
    budgeted = services.calibrate(
        system("watch"), world.res_rd, on=TODAY - timedelta(days=30), threshold=9.0, budget=12, parameters={}, digest="x", days=1, weeks=60,
        alarms=None, years=None, rivals={},
    )  # fmt: skip
    services.freeze(system("console"), world.polda_nc, first=TODAY, last=TODAY, reason="Tahapan pemilihan")
    assert watch.calibrated(world.res_rd, eye, TODAY, 60) == budgeted
    assert Calibration.objects.count() == 1


def test_the_night_comes_at_two_in_each_zone_and_once(world, lived, run_jobs):
    lived(days=20)
    from rukun.alerts.jobs import night
    from rukun.alerts.models import Watch

    with clock.at(NOON.replace(hour=18)):  # one o'clock in Aia Baliang
        night.call()
        run_jobs()
    assert not Watch.objects.exists()
    with clock.at(NOON.replace(hour=19)):
        night.call()
        run_jobs()
        night.call()
    assert {(watch.unit.code, watch.looked_on) for watch in Watch.objects.all()} == {
        (code, TODAY) for code in ("RES-RD", "RES-SC", "POLDA-NC")
    }


def called(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_commands_say_what_was_found_and_what_would_have_been(world, lived, scooters):
    lived()
    assert "RES-RD: 34 weeks, threshold" in called("watch", "--unit", "RES-RD", "--today", TODAY.isoformat())
    (row,) = json.loads(called("alerts", "list", "--unit", "RES-RD", "--json"))
    assert set(row) == {"id", "kind", "stage", "places", "since", "observed", "expected", "sources", "owner", "due", "verdict"}
    assert (row["kind"], row["stage"], row["owner"], row["verdict"]) == ("statistical", "work", "Iptu Nofri Hasan", None)
    assert {"code": "99.01.01.2001", "name": "Aia Baliang"} in row["places"]
    assert json.loads(called("alerts", "list", "--unit", "RES-SC", "--json")) == []
    span = ("--from", (TODAY - timedelta(days=20)).isoformat(), "--to", TODAY.isoformat())
    (told,) = json.loads(called("alerts", "replay", "--unit", "RES-RD", *span, "--json"))
    assert told["parameters"] == Calibration.objects.get().digest
    assert [place["name"] for one in told["alerts"] for place in one["places"] if place["name"] == "Aia Baliang"] == ["Aia Baliang"]
    assert "1 alerts" in called("alerts", "list") and Alert.objects.count() == 1
