"""A table of ours is written inside an act, or not at all: by save, in bulk, over a relation or in raw SQL."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from rukun.audit import guard, triggers
from rukun.audit.guard import WriteOutsideAct, writing_allowed
from rukun.audit.models import Checkpoint, Entry, Payload
from rukun.audit.tests.conftest import BUDI
from rukun.officers.models import Account, Assignment, Officer
from rukun.territory.models import Area, Unit

RAW = [
    "UPDATE territory_area SET name = 'x'",
    "update  \"territory_area\" set name = 'x'",
    "DELETE FROM territory_area",
    "/* tidy */ DELETE FROM territory_area",
    "-- tidy\nDELETE FROM territory_area",
    "INSERT INTO territory_area (name) VALUES ('x')",
    "WITH few AS (SELECT 1) UPDATE territory_area SET name = 'x'",
    "SELECT 1; DELETE FROM territory_area",
    "DELETE FROM public.territory_area",
]


@pytest.mark.parametrize("sql", RAW)
def test_raw_sql_is_stopped(house, sql):
    with connection.cursor() as cursor, pytest.raises(WriteOutsideAct):
        cursor.execute(sql)


def test_saving_updating_deleting_and_bulk_are_stopped(house):
    area = house.aia_baliang
    for write in (
        area.save,
        area.delete,
        lambda: Area.objects.update(name="x"),
        lambda: Area.objects.filter(level=4).delete(),
        lambda: Area.objects.create(name="x", kind="village", level=4, path="9901010009"),
        lambda: Area.objects.bulk_create([Area(name="x", kind="village", level=4, path="9901010009")]),
        lambda: Area.objects.bulk_update([area], ["name"]),
    ):
        with pytest.raises(WriteOutsideAct), transaction.atomic():
            write()


def test_a_relation_between_two_tables_is_guarded_too(house):
    with writing_allowed("test.world"):
        unit = Unit.objects.create(code="S1", name="Sek", kind="mabes", path="1")
        officer = Officer.objects.create(name="Sari", unit=unit)
        held = Assignment.objects.create(officer=officer, role="rw_officer", unit=unit, valid_from=date(2026, 1, 1))
    with pytest.raises(WriteOutsideAct):
        held.areas.add(house.aia_baliang)


def test_many_rows_at_once_are_stopped(house):
    with connection.cursor() as cursor, pytest.raises(WriteOutsideAct):
        cursor.executemany("UPDATE territory_area SET name = %s", [("x",), ("y",)])


def test_reading_and_the_tables_of_others_are_free(house):
    Area.objects.select_for_update().first()
    Session.objects.create(session_key="a", session_data="b", expire_date=timezone.now())
    account = Account.objects.create_user("90010001", "a long enough word")
    account.save()
    assert Area.objects.filter(name="UPDATE territory_area SET").count() == 0


def test_what_was_allowed_ends_with_the_act(house):
    house.rename(BUDI, house.aia_baliang, to="Aia Baru")
    assert guard.writing() == ""
    with pytest.raises(WriteOutsideAct):
        house.aia_baliang.save()


def test_every_table_of_a_room_is_ours_but_the_account():
    assert {"territory_area", "officers_assignment_areas", "audit_entry"} <= guard.ours()
    assert not {"officers_account", "lib_worker", "django_session", "mfa_authenticator"} & guard.ours()


def refused(sql: str) -> None:
    refusal = pytest.raises(DatabaseError, match=r"append-only|book\.redact alone")
    with refusal, transaction.atomic(), writing_allowed("test.tamper"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_tables_refuse_to_be_rewritten_even_inside_an_act(lived, seal):
    lived(2)
    seal()
    lived(1)
    refused("UPDATE audit_entry SET actor = 'officer:1'")
    refused("UPDATE audit_entry SET idx = NULL WHERE idx = 0")
    refused("UPDATE audit_entry SET idx = 7 WHERE idx = 0")
    refused("UPDATE audit_entry SET idx = 7, act = 'x' WHERE idx IS NULL")
    refused("DELETE FROM audit_entry")
    refused("UPDATE audit_payload SET body = '{}'")
    refused("DELETE FROM audit_payload")
    refused("UPDATE audit_checkpoint SET size = 9")
    refused("DELETE FROM audit_checkpoint")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL refuses to empty a table whose checks are still due
        refused("TRUNCATE audit_payload")
        refused("TRUNCATE audit_checkpoint")
    assert (Entry.objects.count(), Payload.objects.count(), Checkpoint.objects.count()) == (3, 3, 1)


def test_the_triggers_come_back_however_often_they_are_put(house):
    triggers.remove()
    triggers.install()
    triggers.install()
    house.rename(BUDI, house.aia_baliang, to="Aia Baru")
    refused("DELETE FROM audit_entry")
