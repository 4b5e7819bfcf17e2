"""The counts beside the reports are what the reports say, whatever was done to them and in whatever order."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rukun.audit.door import maintenance
from rukun.audit.guard import WriteOutsideAct
from rukun.fieldwork import counts, services
from rukun.fieldwork.models import Report, Tally
from rukun.lib import clock

NIGHT = datetime(2026, 5, 11, 17, 30, tzinfo=UTC)  # half past midnight of the 12th where it happened


def said(report, **more):
    return {
        "title": report.title,
        "facts": report.facts,
        "basis": report.basis,
        "happened_at": report.happened_at,
        "code": report.code_id,
    } | more


def by_path(**wanted):
    return dict(Tally.objects.filter(**wanted).values_list("path", "n"))


def test_a_report_counts_in_its_place_and_in_all_above_it_and_in_the_country(world, told):
    told(happened_at=NIGHT)
    path = world.pasar.path
    assert by_path() == {path[:length]: 1 for length in (0, 2, 4, 6, 10, 13)}
    assert set(Tally.objects.values_list("day", flat=True)) == {datetime(2026, 5, 12).date()}


def test_what_is_practised_never_counts(world, told):
    told(practice=True)
    assert not Tally.objects.exists()


def test_what_is_sensitive_counts_for_the_village_and_nothing_smaller(world, told):
    told(code="VUL-01")
    assert max(len(path) for path in by_path()) == 10


def test_an_assessment_moves_a_report_to_its_stage_and_kind(world, told):
    report = told()
    services.assess(world.actor(world.nofri), report, stage="GN", severity=3, code="CRM-02")
    assert set(Tally.objects.values_list("code", "stage")) == {("CRM-02", "GN")}


def test_a_corrected_report_counts_once_on_its_new_day(world, told):
    report = told(happened_at=NIGHT)
    services.correct_report(world.actor(world.rahmi), report, **said(report, happened_at=NIGHT - timedelta(days=3)), identity=True)
    assert set(Tally.objects.values_list("day", "n")) == {(datetime(2026, 5, 9).date(), 1)}
    assert counts.differences() == []


def test_two_reports_of_a_day_are_one_row_with_two(world, told):
    told(happened_at=NIGHT), told(happened_at=NIGHT)
    assert set(Tally.objects.values_list("n", flat=True)) == {2}


def test_a_visit_counts_where_and_when_it_was_made_and_a_corrected_one_once(world, met):
    visit = met(made_at=NIGHT)
    services.correct_visit(world.actor(world.rahmi), visit, kind="meeting", made_at=NIGHT - timedelta(days=1))
    met(practice=True)
    assert set(Tally.objects.values_list("kind", "day", "n")) == {("visit", datetime(2026, 5, 11).date(), 1)}
    assert counts.differences() == []


def test_who_reads_reports_but_no_visits_reads_no_counts_of_visits(world, met):
    met()
    assert Tally.objects.within(world.actor(world.budi), "visit.view").exists()
    assert not Tally.objects.within(world.actor(world.putri), "visit.view").exists()


def test_a_chief_of_another_sector_reads_no_count_of_this_one(world, told):
    told()
    assert not Tally.objects.within(world.actor(world.joko)).exists()
    seen = set(Tally.objects.within(world.actor(world.budi)).values_list("path", flat=True))
    assert seen == {world.pasar.path[:length] for length in (6, 10, 13)}


def test_an_officer_of_the_field_reads_no_counts_but_those_of_her_own_reports(world, told):
    told()
    assert not Tally.objects.within(world.actor(world.sari)).exists()


def test_counts_never_change_outside_an_act(world):
    with pytest.raises(WriteOutsideAct):
        counts.moved(None, counts.Fact("99", NIGHT.date(), "", ""))


def test_a_count_that_went_astray_is_named_and_mended(world, told, capsys):
    told()
    with maintenance("fault"):
        Tally.objects.filter(level=4).update(n=7)
    with pytest.raises(SystemExit):
        call_command("counts", "check")
    assert "7 kept, 1 recorded" in capsys.readouterr().out
    call_command("counts", "rebuild")
    call_command("counts", "check")
    assert "Every count is what the records say." in capsys.readouterr().out


def test_the_way_up_to_this_version_counts_what_was_there(world, told, met):
    from django.apps import apps

    from rukun.fieldwork.migrations import __name__ as migrations

    report = told(), told(code="ELC-02"), told(practice=True)
    met(), met(practice=True)
    services.correct_report(world.actor(world.rahmi), report[0], **said(report[0]))
    with maintenance("fault"):
        Tally.objects.all().delete()
    for name in ("0004_tally", "0007_visits_counted"):
        __import__(f"{migrations}.{name}", fromlist=["fill"]).fill(apps, type("Editor", (), {"connection": connection}))
    assert counts.differences() == []


DEED = st.tuples(
    st.sampled_from(["receive", "receive", "correct", "assess", "erase"]),
    st.integers(0, 5), st.sampled_from([None, "CRM-03", "CRM-01", "VUL-02", "CON-06"]), st.sampled_from(["PG", "AG", "GN"]),
    st.integers(-2, 0), st.booleans(),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(DEED, min_size=1, max_size=12))
def test_whatever_is_done_in_whatever_order_the_counts_are_what_the_reports_say(world, deeds):
    """A small machine: report, correct, assess and erase, in any order, with practice among it."""
    rahmi, nofri = world.actor(world.rahmi), world.actor(world.nofri)
    newest: list[Report] = []
    for what, which, code, stage, days, practice in deeds:
        moment = clock.now() + timedelta(days=days, hours=-2)
        if what == "receive" or not newest:
            place = [world.pasar, world.aia_baliang][which % 2]
            newest.append(
                services.receive_report(
                    rahmi, place, id=uuid4(), title="Ternak hilang", facts=f"Seekor sapi hilang {which}.", basis="told", code=code,
                    happened_at=moment, practice=practice,
                )
            )  # fmt: skip
            continue
        at = which % len(newest)
        if what == "assess":
            services.assess(nofri, newest[at], stage=stage, severity=None, code=code)
        else:
            report = newest[at]
            newest[at] = services.correct_report(rahmi, report, **said(report, code=code, happened_at=moment), identity=what == "erase")
    assert counts.differences() == []
    # and once more by a third way: what a person would count with a pencil
    pencil = Counter(report.area.path[:6] for report in Report.objects.all().current().select_related("area"))
    kept = Counter()
    for path, n in Tally.objects.filter(level=3).values_list("path", "n"):
        kept[path] += n
    assert kept == pencil
