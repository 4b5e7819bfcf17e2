"""What leaves the database for the engine: four columns of counts, three of visits, and nothing of anybody."""

from datetime import date, timedelta

from django.db import connection

from rukun.alerts.counts import ask, ground_of
from rukun.alerts.evidence import head_of, nearest_unit, reports_of, voices
from rukun.alerts.rules import Voices
from rukun.alerts.tests.conftest import NOON, village
from rukun.audit.guard import writing_allowed
from rukun.fieldwork import services as fieldwork
from rukun.lib import clock
from rukun.territory.models import Area

TODAY = NOON.date()


def counted(group: str = "CRM") -> dict[str, int]:
    return {str(day): n for day, n in ask("SELECT day, capped_n FROM alerts_counted WHERE grp = %s", [group])}


def test_the_views_have_these_columns_and_no_others(db):
    with connection.cursor() as cursor:
        for view, columns in (("alerts_counted", ["path", "day", "grp", "capped_n"]), ("alerts_effort", ["path", "day", "visits"])):
            cursor.execute(f"SELECT * FROM {view}")
            assert [column[0] for column in cursor.description] == columns


def test_an_account_counts_once_in_seven_days_in_a_village(world, told):
    for day in range(15):  # the tenth of November is a Tuesday
        told(days_ago=day)
        told(days_ago=day)
    told(world.rahmi)
    days = {date.fromisoformat(day): n for day, n in counted().items()}
    assert days.pop(TODAY) == 1  # Rahmi's
    first, second, third = sorted(days)
    assert set(days.values()) == {1} and first == TODAY - timedelta(days=14)
    assert (second - first).days == 7 and (third - second).days >= 6


def test_a_report_counts_in_its_village_on_the_day_of_receipt_and_in_all_groups_together(world, told):
    told(days_ago=2, code=None)
    told(world.rahmi, world.areas["99.01.01.2003"], days_ago=2, code="ENV-04")
    here, beside = village(world).path, world.areas["99.01.01.2003"].path
    rows = set(ask("SELECT path, grp, capped_n FROM alerts_counted", []))
    assert rows == {(here, "", 1), (here, "*", 1), (beside, "ENV", 1), (beside, "*", 1)}


def test_a_correction_stays_on_the_day_of_what_it_corrects_and_counts_once(world, told):
    report = told(days_ago=5)
    with clock.at(NOON - timedelta(days=1)):
        fieldwork.correct_report(
            world.actor(world.sari),
            report,
            title="Motor hilang, tiga unit",
            facts=report.facts,
            basis="told",
            happened_at=report.happened_at,
            code="CRM-03",
        )
    assert counted() == {str(TODAY - timedelta(days=5)): 1}
    kept = reports_of("CRM", [village(world).path], TODAY - timedelta(days=5), TODAY - timedelta(days=5))
    assert kept.get().title == "Motor hilang, tiga unit"


def test_practice_does_not_count(world, told):
    told(practice=True)
    assert counted() == {}


def test_visits_are_the_effort_also_when_only_their_number_is_left(world, visited):
    visited()
    visited()
    assert ask("SELECT visits FROM alerts_effort", []) == [(2,)]


def test_the_night_in_jakarta_is_already_the_next_day_there(world, told):
    told(days_ago=-0.25)  # 18 o'clock
    told(world.rahmi, days_ago=-0.52)  # after midnight in Aia Baliang, still the day before in Greenwich
    assert set(counted()) == {str(TODAY), str(TODAY + timedelta(days=1))}


def test_how_many_reports_count_of_each_account_without_whose(world, told):
    for day in (1, 2, 3, 9):
        told(days_ago=day)
    told(world.rahmi, days_ago=1)
    assert voices("CRM", [village(world).path], TODAY - timedelta(days=10), TODAY) == Voices((2, 1), 0)


def test_the_nearest_unit_over_all_places_and_who_heads_it(world):
    a, b, far = (world.areas[code].path for code in ("99.01.01.2001", "99.01.01.2003", "99.01.02.2001"))
    assert nearest_unit(world.res_rd, [a, b], TODAY) == world.sek_kr
    assert nearest_unit(world.res_rd, [a, far], TODAY) == world.res_rd
    assert nearest_unit(world.polda_nc, [a, world.areas["99.71.01.1001"].path], TODAY) == world.polda_nc
    assert head_of(world.sek_kr, TODAY) == world.nofri


def test_a_village_is_watched_though_nobody_knows_where_it_lies(world):
    with writing_allowed("test"):
        Area.objects.update(latitude=None, longitude=None)
    assert len(ground_of(world.res_rd, TODAY).paths) == 12
