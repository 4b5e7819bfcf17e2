"""What became of alerts: how often right, how early, what was missed, and whether a simple rule had done as well."""

from datetime import timedelta

import pytest

from rukun.access.scope import system
from rukun.alerts import ledger, services
from rukun.alerts.ledger import surely_more
from rukun.alerts.models import Alert
from rukun.alerts.rules import share
from rukun.alerts.services.keeping import Said
from rukun.alerts.tests.conftest import NOON, village
from rukun.audit.guard import writing_allowed
from rukun.history.models import Batch, Incident
from rukun.lib import clock

TODAY = NOON.date()
SINCE = TODAY - timedelta(days=365)


@pytest.fixture
def happened(world):
    """A police report (LP) of a theft at Aia Baliang: `happened(days_ago=3)`."""
    with writing_allowed("test"):
        batch = Batch.objects.create(channel="lp", source="SPKT", file="lp.csv", sha256="0" * 64, at=NOON)

    def happen(days_ago: int, area=None, code: str = "CRM-03") -> None:
        area = area or village(world)
        with writing_allowed("test"):
            Incident.objects.create(
                batch=batch, channel="lp", source="SPKT", reference=f"LP/{Incident.objects.count()}", area=area, path=area.path, precision="village",
                happened_on=TODAY - timedelta(days=days_ago), code_id=code,
            )  # fmt: skip

    return happen


def test_an_event_with_an_earlier_alert_is_foreseen_and_one_without_is_missed(world, raised, happened):
    with clock.at(NOON - timedelta(days=6)):
        raised(until=TODAY - timedelta(days=6))
    happened(2)
    happened(2, code="ENV-04")
    happened(2, area=world.areas["99.01.01.2004"])
    happened(9)
    figures = ledger.of(world.res_rd, SINCE, TODAY)
    assert (figures.events, figures.engine.found.hits, figures.engine.lead, len(figures.missed)) == (4, 1, 4.0, 3)
    assert figures.is_better is None and figures.raised == {"statistical": 1}


def test_no_precision_before_twenty_verdicts(world, raised):
    for number in range(20):
        if number == 19:
            assert ledger.of(world.res_rd, SINCE, TODAY).precision["engine"] is None
        services.judge(world.actor(world.nofri), raised(), verdict="partly" if number % 4 else "false", reason="Sudah ditengok.")
    figures = ledger.of(world.res_rd, SINCE, TODAY)
    assert (figures.judged, figures.precision["engine"], figures.precision["simple"]) == (20, share(15, 20), None)
    assert figures.days_to_look == 0


def test_it_says_so_where_it_is_not_better_than_the_simple_rule(world, raised, happened):
    machine = system("watch")
    services.note_rivals(
        machine, world.res_rd, on=TODAY - timedelta(days=9), said=[Said("ears_c2", "CRM", village(world).path[:6], 4, 0.5)]
    )
    services.note_rivals(
        machine, world.res_rd, on=TODAY - timedelta(days=8), said=[Said("ears_c2", "CRM", village(world).path[:6], 5, 0.5)]
    )
    for number in range(24):
        happened(number % 8)
    figures = ledger.of(world.res_rd, SINCE, TODAY)
    assert [(told.name, told.words, told.found.hits) for told in figures.told] == [("engine", 0, 0), ("ears_c2", 1, 24)]
    assert figures.is_better is False
    with clock.at(NOON - timedelta(days=20)):
        raised(until=TODAY - timedelta(days=20))
    assert ledger.of(world.res_rd, SINCE, TODAY).is_better is False
    assert surely_more(18, 4, 30) and not surely_more(12, 9, 30) and not surely_more(5, 5, 10)


def test_two_verdicts_on_the_same_are_compared(world, raised):
    judged = [services.judge(world.actor(world.nofri), raised(), verdict="false", reason="Sudah ditengok.") for _ in range(40)]
    for alert, verdict in zip([one for one in judged if one.wants_second], ("false", "partly", "unclear"), strict=False):
        services.second(world.actor(world.dewi), alert, verdict=verdict, reason="Saya tengok ulang.")
    assert ledger.of(world.res_rd, SINCE, TODAY).seconds == share(1, 2)


def test_figures_go_to_the_unit_first_and_upward_after_thirty_days(world):
    assert ledger.last_day(world.actor(world.dewi), world.res_rd, TODAY) == TODAY
    assert ledger.last_day(world.actor(world.nofri), world.res_rd, TODAY) == TODAY
    assert ledger.last_day(world.actor(world.ratna), world.res_rd, TODAY) == TODAY - timedelta(days=30)
    assert ledger.last_day(world.actor(world.ratna), world.polda_nc, TODAY) == TODAY


def test_nothing_in_the_tables_of_alerts_points_at_who_reported(world):
    people = {field.name for field in Alert._meta.get_fields() if getattr(field, "related_model", None) is type(world.sari)}
    assert people == {"owner", "confirmed_by", "judged_by"}
