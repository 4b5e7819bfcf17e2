"""The two questions of scope, asked of a row and asked of a table, have one answer: for places, units, and records of one's own."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rukun.access.roles import PURPOSES, ROLES, known
from rukun.access.scope import COUNTRY, Actor, Grant, Where, is_sight, system, where_of
from rukun.audit.door import writing_allowed
from rukun.fieldwork.models import Code, Report, Visit
from rukun.history.models import Batch, Incident, Share
from rukun.officers.models import Officer
from rukun.problems.models import Action, Problem
from rukun.territory.models import Area, Unit

ROOTS = ["", "99", "9901", "990101", "9901010001", "990102", "9902", "98", "z"]
UNITS = [None, "1", "101", "10101", "10101001", "10101002", "10102", "2"]

grants = st.lists(
    st.builds(lambda role, root, unit: Grant(role, root, PURPOSES[role], unit), st.sampled_from(sorted(ROLES)), st.sampled_from(ROOTS), st.sampled_from(UNITS)),
    max_size=3,
).map(tuple)  # fmt: skip
permissions = st.sampled_from(sorted(known()))


@pytest.fixture
def things(world):
    """Problems, reports, visits and actions, spread over the places, units and people of the world."""
    areas = list(Area.objects.order_by("path"))
    units = list(Unit.objects.order_by("path"))
    people = list(Officer.objects.order_by("pk"))
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    with writing_allowed("test"):
        code = Code.objects.first()
        for number in range(12):
            who, where = people[number % len(people)], areas[-1 - number % len(areas)]
            Visit.objects.create(officer=who, area=where, made_at=moment, received_at=moment)
            Report.objects.create(
                officer=who, area=where, happened_at=moment, received_at=moment, desk_since=moment, title="x", facts="x", basis="saw"
            )
            problem = Problem.objects.create(
                number=str(number), title="x", code=code, stage="PG", severity=1, unit=units[number % len(units)],
                opened_by=who, opened_at=moment, due=date(2026, 12, 1),
            )  # fmt: skip
            problem.areas.set([where, areas[number % len(areas)]])
            Action.objects.create(problem=problem, text="x", officer=people[-1 - number % len(people)], due=problem.due, given_at=moment)
            batch = Batch.objects.create(
                channel="lp", source=str(number), file="x", sha256="x", at=moment, owner=units[number % len(units)].path
            )
            Share.objects.create(batch=batch, path=where.path[:4], count=1)
            Share.objects.create(batch=batch, path="98", count=1)
            Incident.objects.create(
                batch=batch, channel="lp", source="x", reference=str(number), area=where, path=where.path, precision="village",
                happened_on=problem.due, code=code,
            )  # fmt: skip
    return [Area, Unit, Officer, Visit, Report, Problem, Action, Batch, Share, Incident]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grants=grants, permission=permissions, me=st.integers(0, 11))
def test_a_row_and_its_table_answer_alike(things, grants, permission, me):
    people = list(Officer.objects.order_by("pk").values_list("pk", flat=True))
    actor = Actor("someone", grants=grants, officer_id=people[me % len(people)])
    for model in things:
        # sight is asked with the table's own word: a problem is seen by "problem.view", never by "area.view"
        asked = model.objects.none().sees if is_sight(permission) else permission
        listed = set(model.objects.within(actor, asked).values_list("pk", flat=True))
        assert listed == {row.pk for row in model.objects.all() if actor.may(asked, where_of(row))}, (model, asked)


def test_a_problem_is_seen_from_each_of_its_places_but_moved_by_its_owner_alone():
    where = Where(("9901010001", "9902010001"), unit="10101001", author=7)
    neighbour = Actor("neighbour", grants=(Grant("sector_unit_head", "9902", "supervision", "10102001"),))
    owner = Actor("owner", grants=(Grant("sector_unit_head", "990101", "supervision", "10101001"),))
    assert neighbour.may("problem.view", where) and not neighbour.may("problem.move", where)
    assert owner.may("problem.view", where) and owner.may("problem.move", where)


def test_a_permission_with_own_holds_for_ones_own_record_alone():
    sari = Actor("sari", grants=(Grant("rw_officer", "9901010001", "service"),), officer_id=7)
    assert sari.may("report.correct", Where(("9901010001",), author=7))
    assert not sari.may("report.correct", Where(("9901010001",), author=8))


def test_an_author_sees_her_own_record_after_she_was_moved_elsewhere():
    sari = Actor("sari", grants=(Grant("rw_officer", "98", "service"),), officer_id=7)
    assert sari.may("report.view", Where(("9901010001",), author=7))
    assert not sari.may("report.view", Where(("9901010001",), author=8))


def test_the_technical_administrator_sees_no_report_visit_or_problem():
    tomi = Actor("tomi", grants=(Grant("administrator", "", "administration", ""),))
    for sight in ("report.view", "visit.view", "problem.view"):
        assert not tomi.may(sight, Where(("9901010001",), unit="1"))


def test_whoever_holds_nothing_reaches_nothing():
    nobody = Actor("public")
    assert not any(nobody.may(permission, COUNTRY) for permission in known())
    assert system("test").may("territory.import", COUNTRY)
