"""Three villages, their chief, an auditor and a data-protection officer; acts that exist only while a test runs."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from rukun.access.scope import Actor, Grant
from rukun.audit import book, door, pen, triggers
from rukun.audit.guard import writing_allowed
from rukun.audit.models import Entry
from rukun.audit.verify import Report
from rukun.territory.models import Area

BUDI = Actor("officer:4", "sector_chief", "supervision", (Grant("sector_chief", "990101", "supervision", unit="10101001"),), officer_id=4)
JOKO = Actor("officer:9", "rw_officer", "service", (Grant("rw_officer", "9902010001", "service"),), officer_id=9)
MIRA = Actor("officer:11", "dpo", "dpo", (Grant("dpo", "9901", "dpo"),), officer_id=11)
YUSUF = Actor("officer:10", "auditor", "audit", (Grant("auditor", "", "audit"),), officer_id=10)


@pytest.fixture
def blank(db: None) -> None:
    """A book without the entries that migrations leave."""
    if Entry.objects.exists():
        with triggers.lifted(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_payload")
            cursor.execute("DELETE FROM audit_entry")
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the triggers can't come back yet


@pytest.fixture
def house(blank: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A data folder of its own, and the acts of this test alone."""
    settings.DATA = tmp_path
    monkeypatch.setattr(door, "ACTS", {})
    monkeypatch.setattr(door, "NOTES", {})
    with writing_allowed("test.world"):
        nusa = Area.objects.create(name="Nusa Contoh", kind="province", level=1, path="99")
        areas = [Area.objects.create(name=name, kind="village", level=4, path=path, parent=nusa) for name, path in VILLAGES.items()]

    @door.act("subunit.change", records=("to",))
    def rename(actor: Actor, area: Area, *, to: str, note: str = "") -> Area | None:
        if area.name == to:
            return None
        area.name = to
        area.save(update_fields=["name"])
        return area

    @door.act("subunit.add")
    def shout(actor: Actor, area: Area) -> door.Many:
        rows = list(Area.objects.filter(level=4).order_by("path"))
        for row in rows:
            row.name = row.name.upper()
        Area.objects.bulk_update(rows, ["name"])
        return door.Many(rows)

    return SimpleNamespace(aia_baliang=areas[0], koto_rimbo=areas[1], sungai_alun=areas[2], rename=rename, shout=shout, data=tmp_path)


VILLAGES = {"Aia Baliang": "9901010001", "Koto Rimbo": "9901010002", "Sungai Alun": "9902010001"}


@pytest.fixture
def lived(house: SimpleNamespace, django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[int], list[Entry]]:
    """So many days of renaming, each committed as far as the journal is concerned."""

    def live(days: int) -> list[Entry]:
        before = Entry.objects.count()
        with django_capture_on_commit_callbacks(execute=True):
            for day in range(days):
                house.rename(BUDI, (house.aia_baliang, house.koto_rimbo)[day % 2], to=f"name {before + day}", note="never kept")
        return list(Entry.objects.order_by("pk")[before:])

    return live


@pytest.fixture
def seal(house: SimpleNamespace, django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], book.Sealing]:
    def seal_now() -> book.Sealing:
        with django_capture_on_commit_callbacks(execute=True):
            return book.sequence()

    return seal_now


@pytest.fixture
def examine(house: SimpleNamespace) -> Callable[[], Report]:
    return lambda: book.examine([])


@pytest.fixture
def tamper(house: SimpleNamespace) -> Callable[..., None]:
    """What someone does who owns the database: the triggers are gone, and no guard stands in the way."""
    triggers.remove()

    def run(sql: str, *values: Any) -> None:
        with writing_allowed("test.tamper"), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run


@pytest.fixture
def journal(house: SimpleNamespace) -> Path:
    return pen.journal().path
