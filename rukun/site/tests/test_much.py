"""A page is as quick at a million as at a thousand: it asks no more questions when there is more to show, and each is answered from an index."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from rukun.alerts.models import Alert
from rukun.audit.door import maintenance
from rukun.audit.models import Entry
from rukun.directives.models import Addressee, Directive
from rukun.fieldwork.models import Answer, Promise, Reading, Report, Tally, Visit, new_id
from rukun.history.models import Incident
from rukun.notices.models import Notice
from rukun.problems.models import Action, Problem
from rukun.site.tests.reading import as_somebody

TIMES = 65  # more than any page lists
NUMBERS = itertools.count(1000)
PAGES = (
    "/", "/kotak-masuk/", "/masalah/", "/masalah/?lihat=lewat", "/masalah/?lihat=lepas", "/masalah/?lihat=saya", "/peta/", "/peta/isi.geojson",
    "/cari/?q=kenari", "/wilayah/", "/lembar/", "/lembar/?rentang=bulan", "/atensi/", "/pemberitahuan/", "/riwayat/", "/riwayat/berkas/",
    "/catatan/", "/bos/", "/rekap/", "/warisan/", "/petugas/", "/wilayah-tanpa-petugas/", "/satuan/", "/buku/", "/buku/?act=report.receive",
    "/peringatan/", "/peringatan/?lihat=dinilai", "/peringatan/?lihat=kedua", "/peringatan/menunggu/", "/peringatan/catatan/", "/peringatan/kerawanan/",
    "/laporan/baru/", "/kunjungan/baru/", "/hari-pertama/",
)  # fmt: skip
# what grows with every day of use, and may be gone through by nobody who sees a part of it; of problems there is one to some thirty reports
LONG = {model._meta.db_table for model in (Report, Visit, Promise, Tally, Answer, Reading, Entry, Notice, Incident)}


def copied(model: type[models.Model], row: models.Model, **fresh: Any) -> list[models.Model]:
    """As many more of the kind, alike but for their keys; their own words, where there must be some, are numbered."""
    more = []
    for number in range(TIMES):
        values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields if not field.primary_key}
        named = {name: f"{value}{number}" if isinstance(value, str) else value() for name, value in fresh.items()}
        more.append(model(**values | named))
    return model._default_manager.bulk_create(more)


def multiplied(things: dict[str, Any]) -> None:
    """Of each thing that stands there many more."""
    with maintenance("test.much"):
        for kind, model, fresh in (
            ("report", Report, {"id": new_id}), ("visit", Visit, {"id": new_id}), ("promise", Promise, {}), ("notice", Notice, {"key": "m"}),
            ("action", Action, {}), ("directive", Directive, {}), ("incident", Incident, {"reference": "m"}), ("entry", Entry, {"object": "m:"}),
        ):  # fmt: skip
            row = model.objects.get(pk=things[kind])
            copies = copied(model, row, **fresh)
            if isinstance(row, Directive):
                Addressee.objects.bulk_create([Addressee(directive=copy, officer=row.issued_by) for copy in copies])
        alert = Alert.objects.get(pk=things["alert"])
        for copy in copied(Alert, alert, number=lambda: next(NUMBERS)):
            copy.areas.set(alert.areas.all())
        problem = Problem.objects.get(pk=things["problem"])
        for copy in copied(Problem, problem, number=f"M{problem.pk}."):
            copy.areas.set(problem.areas.all())


def asked(who: Any) -> Iterator[tuple[str, list[str]]]:
    """Every page that this person has, with what it asks."""
    client = as_somebody(who.account)
    for page in PAGES:
        with CaptureQueriesContext(connection) as found:
            status = client.get(page).status_code
        if status == 200:
            yield page, [query["sql"] for query in found]
        assert status in {200, 403, 404}, (page, status)  # no record of a unit that nobody of it asks for


def test_a_page_asks_no_more_when_there_is_more_to_show_and_is_answered_from_an_index(world, all_planted):
    people = {"village": world.rahmi, "sector": world.nofri, "region": world.ratna}
    few = {(name, page): questions for name, who in people.items() for page, questions in asked(who)}
    assert len(few) > 60
    assert [(key, line, sql) for key, some in few.items() for sql in some if sql.startswith("SELECT") for line in gone_through(sql)] == []
    multiplied(all_planted.things["inside"])
    multiplied(all_planted.own["village_officer"])
    more = {(name, page): len(questions) for name in ("village", "sector") for page, questions in asked(people[name])}
    assert {key: (len(few[key]), count) for key, count in more.items() if count > len(few[key]) + 2} == {}


def gone_through(question: str) -> list[str]:
    """The long tables that a question reads from end to end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
            lines = [row[3] for row in cursor.fetchall()]
            whole = [re.match(r"SCAN (\w+)", line) for line in lines]
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows are read whole otherwise; what is still, has no index
            cursor.execute(f"EXPLAIN {question}")
            lines = [row[0] for row in cursor.fetchall()]
            whole = [re.search(r"Seq Scan on (\w+)", line) for line in lines]
    return [line for line, match in zip(lines, whole, strict=True) if match and match[1] in LONG]
