"""How long every list, count, map, board and search takes, for someone of a sector and for someone of the nation.

`python bench/speed.py [--reports 1000000] [--rounds 20] [--territory FOLDER] [--only map]`, in RUKUN_DATA or RUKUN_DATABASE; the world is
built there once (bench/world.py) and used again. On PostgreSQL: `python tools/postgres.py python bench/speed.py`.
The whole request is measured, from the address to the last letter of the page, in this process: no network, no server around it.
"""

from __future__ import annotations

import argparse
import gzip
import html
import os
import platform
import re
import sqlite3
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
os.environ.setdefault("RUKUN_SECOND_FACTOR", "none")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

LIMIT = 1.0  # seconds at p95
ONWARDS = re.compile(
    r'href="(\?[^"]*(?:sebelum|berlaku|sesudah|lanjut|before|laporan|kunjungan|masalah)=[^"]+)"'
)  # the next page of a long list
WORDS = (
    "motor",
    "pencurian sapi",
    "balap liar jalan",
    "tanah ulayat",
    "lampu padam simpang",
    "longsor",
    "pasar",
    "tuak",
    "ronda",
    "penipuan bank",
)


def pages(person: Any) -> list[tuple[str, list[str]]]:
    """What this person opens, by name; several addresses where one would say too little."""
    from rukun.access.scope import Actor
    from rukun.alerts.kerawanan import units_of
    from rukun.alerts.models import Alert
    from rukun.fieldwork.models import Report
    from rukun.history.models import Incident
    from rukun.officers.hats import actor_for
    from rukun.officers.models import Officer
    from rukun.problems.models import Problem
    from rukun.territory.models import Area, Unit

    actor: Actor = actor_for(person)
    areas = [area.path for level in (1, 2, 3, 4) for area in Area.objects.within(actor).filter(level=level).order_by("path")[:2]]
    reports = [str(pk) for pk in Report.objects.within(actor).order_by("-received_at").values_list("pk", flat=True)[:5]]
    problems = list(Problem.objects.within(actor).order_by("-pk").values_list("pk", flat=True)[:5])
    units = list(Unit.objects.within(actor).order_by("path").values_list("path", flat=True)[:3])
    colleagues = list(Officer.objects.within(actor).order_by("pk").values_list("pk", flat=True)[:3])
    incidents = list(Incident.objects.within(actor).order_by("-pk").values_list("pk", flat=True)[:3])
    alerts = list(Alert.objects.within(actor).order_by("-pk").values_list("pk", flat=True)[:5])
    loaded = actor.holds("alert.view") and bool(units_of(actor))
    holds = actor.holds
    known = [
        ("today", ["/"], True),
        ("inbox", ["/kotak-masuk/"], holds("report.answer")),
        ("board", ["/masalah/", "/masalah/?lihat=lewat", "/masalah/?lihat=lepas", "/masalah/?lihat=saya"], holds("problem.view")),
        ("map", ["/peta/", "/peta/?hari=7", "/peta/?hari=90", "/peta/?hari=365", "/peta/?jenis=CRM&hari=90"], holds("report.view")),
        ("map data", ["/peta/isi.geojson", "/peta/isi.geojson?hari=365"], holds("report.view")),
        ("search", [f"/cari/?q={words}" for words in WORDS], holds("report.view")),
        ("areas", ["/wilayah/"], holds("area.view")),
        ("area page", [f"/wilayah/{path}/" for path in areas], holds("area.view")),
        ("report and story", [f"/laporan/{key}/" for key in reports], bool(reports)),
        ("problem and story", [f"/masalah/{key}/" for key in problems], bool(problems)),
        ("sheet", ["/lembar/", "/lembar/?rentang=bulan", "/lembar/?rentang=hari"], holds("summary.view")),
        ("alerts", ["/peringatan/", "/peringatan/?lihat=dinilai"], holds("alert.view")),
        ("alert's card", [f"/peringatan/{key}/" for key in alerts], bool(alerts)),
        ("load", [f"/peringatan/kerawanan/?hari={days}" for days in (7, 30, 90)], loaded),
        ("load on the map", ["/peringatan/kerawanan/tempat.geojson?hari=90"], loaded),
        ("record of alerts", ["/peringatan/catatan/"], loaded),
        ("Atensi", ["/atensi/"], holds("directive.view") or holds("directive.acknowledge")),
        ("notices", ["/pemberitahuan/"], True),
        ("history", ["/riwayat/", "/riwayat/?kode=CRM-03", f"/riwayat/?bulan={date.today().year - 1}"], holds("history.view")),
        ("incident", [f"/riwayat/{key}/" for key in incidents], bool(incidents)),
        ("history's files", ["/riwayat/berkas/", "/riwayat/berkas/1/"], holds("batch.view") and bool(incidents)),
        ("own records", ["/catatan/", "/rekap/", "/rekap/rekap.csv", "/bos/", "/warisan/"], holds("visit.receive") and holds("bos.copy")),
        ("forms", ["/laporan/baru/", "/kunjungan/baru/", "/tempel/"], holds("visit.receive")),
        ("first day", ["/hari-pertama/"], holds("visit.correct")),
        ("people", ["/petugas/", "/petugas/?q=12", *(f"/petugas/{key}/" for key in colleagues)], holds("officer.view")),
        ("role given", [f"/petugas/{key}/peran/" for key in colleagues], holds("officer.assign")),
        ("uncovered", ["/wilayah-tanpa-petugas/"], holds("officer.assign")),
        ("units", ["/satuan/", *(f"/satuan/{path}/" for path in units)], holds("unit.view")),
        (
            "parts and places",
            [f"/wilayah/{path}/{what}/" for path in areas if len(path) == 10 for what in ("bagian", "tempat")],
            holds("place.add"),
        ),
        ("the book", ["/buku/", "/buku/?act=report.receive"], holds("book.view")),
    ]
    return [(name, addresses) for name, addresses, may in known if may and addresses]


def people() -> list[tuple[str, Any]]:
    from rukun.officers.models import Assignment, Officer

    def holder(role: str) -> Any:
        terms = Assignment.objects.filter(role=role).order_by("pk")
        return Officer.objects.select_related("account", "unit").get(pk=terms[terms.count() // 2].officer_id)

    named = {
        "village": "village_officer",
        "sector": "sector_unit_head",
        "resort": "resort_unit_head",
        "region": "regional_director",
        "nation": "analyst",
    }
    found = [(name, holder(role)) for name, role in named.items()]
    return [*found, ("nation (book)", holder("auditor"))]


@dataclass(frozen=True)
class Measured:
    """Seconds at best and at p95, seconds of processor each (the database's among them), letters on the wire, questions asked."""

    best: float
    late: float
    spent: float
    size: int
    queries: int
    slowest: str


def processor() -> float:
    """What this process and its PostgreSQL backend have spent so far."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def measure(client: Any, addresses: list[str], rounds: int) -> Measured:
    """`rounds` requests of each address, and of the page that its last row leads on to."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    size, queries, onwards = 0, 0, []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        size, queries = max(size, len(gzip.compress(answer.content, 6))), max(queries, len(asked))
        if further := ONWARDS.search(answer.content.decode(errors="replace")):
            onwards.append(address.partition("?")[0] + html.unescape(further[1]))
    times: dict[str, list[float]] = {address: [] for address in [*addresses, *onwards[:2]]}
    spent = processor()
    for _ in range(max(rounds // len(times), 1 + 3 * (len(times) > 1))):
        for address, some in times.items():
            started = time.perf_counter()
            client.get(address)
            some.append(time.perf_counter() - started)
    every = sorted(one for some in times.values() for one in some)
    slowest = max(times, key=lambda address: min(times[address]))
    return Measured(
        min(times[slowest]), every[min(len(every) - 1, int(0.95 * len(every)))], (processor() - spent) / len(every), size, queries, slowest
    )


def machine() -> str:
    from django.db import connection

    engine = f"SQLite {sqlite3.sqlite_version}" if connection.vendor == "sqlite" else f"PostgreSQL {connection.pg_version // 10000}"
    model = next(
        (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "?"
    )
    return f"{engine}, Python {platform.python_version()}, {os.cpu_count()} cores ({model}), load {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--territory", type=Path)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    import django

    django.setup()
    import world
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    world.build(asked.reports, asked.territory, [])
    connection.close()  # what was set for the building of it is not what a page finds
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from rukun.fieldwork.models import Report
    from rukun.territory.models import Area

    print(machine())
    print(
        f"{Report.objects.count():,} reports, {Area.objects.filter(level=4).count():,} villages; p95 over {asked.rounds} requests, limit {LIMIT:g} s"
    )
    print(f"{'who':14}{'page':20}{'best ms':>9}{'p95 ms':>8}{'CPU ms':>8}{'gz kB':>7}{'queries':>9}  slowest")
    slow = 0
    for who, person in people():
        client = Client()
        client.force_login(person.account)
        for name, addresses in pages(person):
            if asked.only not in name:
                continue
            found = measure(client, addresses, asked.rounds)
            slow += found.late > LIMIT
            print(
                f"{who:14}{name:20}{found.best * 1000:9.0f}{found.late * 1000:8.0f}{found.spent * 1000:8.0f}{found.size / 1000:7.1f}{found.queries:9}"
                f"  {found.slowest}{'  SLOW' if found.late > LIMIT else ''}",
                flush=True,
            )
    print("everything within the limit" if not slow else f"{slow} beyond the limit")


if __name__ == "__main__":
    main()
