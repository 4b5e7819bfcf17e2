"""Wherever anybody can write, somebody's name is found there when they ask, and is gone when they ask for that."""

import json

import pytest
from django.db import models

from rukun.access.scope import system
from rukun.alerts.models import Alert, Second
from rukun.audit import erasures
from rukun.audit.door import maintenance
from rukun.desk.models import Wording
from rukun.history.models import Change
from rukun.lib import clock
from rukun.phone import keys
from rukun.phone.handed import opened
from rukun.phone.models import Handed
from rukun.rights import services
from rukun.rights.models import Hit, Request
from rukun.rights.search import LOOK, passages
from rukun.rights.written import columns, everywhere, overlooked
from rukun.site.tests.planted import colleague, plant

NAME = "Kenari Élok"


@pytest.fixture
def written(world) -> list[tuple[type[models.Model], str]]:
    """The name in every column in which people write, each in a row of the Polsek."""
    planted = plant(world, colleague(world), world.pasar, "sek_kr")
    now, dpo = clock.now(), world.actor(world.mira)
    with maintenance("written"):
        Second.objects.create(alert_id=planted["alert"], officer=world.arif, at=now, verdict="right", reason="sudah dilihat")
        Wording.objects.create(unit=world.sek_kr, span="minggu", first=world.pasar.today(), texts=["Mohon lampu"], at=now)
        Request.objects.update(name="", contact="", words="", outcome="nothing", answer="Tidak ada.", answered_at=now)
        Hit.objects.update(decision="kept", reason="perkara berjalan", decided_at=now)
        Change.objects.create(batch_id=planted["batch"], incident_id=planted["incident"], before={"text": "semula"})
        Alert.objects.update(verdict="right", judged_at=now)
        everyplace = []
        for place in everywhere():
            row = place.table.objects.within(dpo, LOOK).order_by("-pk")[0]
            for column in place.columns:
                setattr(row, column, sealed(row) if place.table is Handed and column == "content" else with_name(getattr(row, column)))
                everyplace.append((place.table, column))
            row.save(update_fields=place.columns)
    return everyplace


def with_name(value: object) -> object:
    if isinstance(value, list):
        return [f"Temui {NAME}."]
    return {"text": f"Temui {NAME}."} if isinstance(value, dict) else NAME


def sealed(handed: Handed) -> dict[str, object]:
    return keys.sealed(json.dumps({"narrative": f"Temui {NAME}.", "said": [1, None]}).encode(), str(handed.pk), clock.now())


def holds_name(row: models.Model, column: str) -> bool:
    value = getattr(row, column)
    return NAME in str(opened(row).body if isinstance(row, Handed) and column == "content" and value else value)


def test_no_text_that_people_write_is_overlooked():
    assert overlooked() == []


def test_a_name_is_found_in_every_column_and_erased_from_every_one(world, written):
    assert len(written) >= 30
    dpo = world.actor(world.mira)
    made = services.receive(dpo, services.unit_of(dpo), kind="erase", name=NAME, contact="", words="", received_at=clock.now())
    services.search(dpo, made)
    for hit in made.hits.select_related("request__unit"):
        services.decide(dpo, hit, decision="erased")
    left = [f"{table._meta.label}.{column}" for table, column in written if any(holds_name(row, column) for row in rows(table, made))]
    assert left == [] and not [*passages(dpo, NAME)]
    services.search(dpo, made)
    assert not made.hits.filter(decision="").exists()


def test_each_column_alone_leads_to_its_record(world, written):
    """One after the other, so that no column is found only because its neighbour is."""
    dpo = world.actor(world.mira)
    places = {(place.table, column): place for place in everywhere() for column in place.columns}
    for (table, column), place in places.items():
        row = next(row for row in table.objects.all() if holds_name(row, column))
        others = {name: getattr(row, name) for name in place.columns if name != column}
        with maintenance("alone"):
            for name, value in others.items():
                setattr(row, name, [] if isinstance(value, list) else {} if isinstance(value, dict) else "lain")
            row.save(update_fields=place.columns)
        record = getattr(row, place.owner) if place.owner else row
        assert (record._meta.label_lower, record.pk) in {(one.thing, one.record.pk) for one in passages(dpo, NAME.upper())}, (table, column)
        with maintenance("alone"):
            for name, value in others.items():
                setattr(row, name, value)
            row.save(update_fields=place.columns)


def test_what_was_erased_stays_erased_after_a_restore(world, written, monkeypatch):
    """The same rows with the name in them once more, as a backup of yesterday would bring them."""
    yesterday = {(table, row.pk): {column: getattr(row, column) for column in columns(table)}
                 for table in {table for table, _column in written} for row in table.objects.all()}  # fmt: skip
    ledger: list[erasures.Erased] = []
    monkeypatch.setattr(erasures, "remember", lambda *erased: ledger.extend(erased))
    dpo = world.actor(world.mira)
    made = services.receive(dpo, services.unit_of(dpo), kind="erase", name=NAME, contact="", words="", received_at=clock.now())
    services.search(dpo, made)
    for hit in made.hits.select_related("request__unit"):
        services.decide(dpo, hit, decision="erased")
    with maintenance("restored"):
        for (table, key), said in yesterday.items():
            table.objects.filter(pk=key).update(**said)
        for table in {table for table, _column in written}:
            if "identity_removed" in {field.name for field in table._meta.fields}:
                table.objects.update(identity_removed=False)
    assert [*passages(dpo, NAME)]
    erasures.replay(system("restore"), ledger)
    left = [f"{table._meta.label}.{column}" for table, column in written if any(holds_name(row, column) for row in rows(table, made))]
    assert left == []


def rows(table: type[models.Model], made: Request) -> models.QuerySet:
    return table.objects.exclude(pk=made.pk) if table is Request else table.objects.all()
