"""How long every list, count, map, board and search takes, for someone of a sector and for someone of the nation.

`python bench/speed.py [--reports 1000000] [--rounds 20] [--territory FOLDER] [--only map]`, in RUKUN_DATA or RUKUN_DATABASE; the world is
built there once (bench/world.py) and used again. On PostgreSQL: `python tools/postgres.py python bench/speed.py`.
The whole request is measured, from the address to the last letter of the page, in this process: no network, no server around it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
os.environ.setdefault("RUKUN_SECOND_FACTOR", "none")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

LIMIT = 1.0  # seconds at p95
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
    from rukun.fieldwork.models import Report
    from rukun.officers.hats import actor_for
    from rukun.problems.models import Problem
    from rukun.territory.models import Area

    actor: Actor = actor_for(person)
    areas = [area.path for level in (1, 2, 3, 4) for area in Area.objects.within(actor).filter(level=level).order_by("path")[:2]]
    reports = [str(pk) for pk in Report.objects.within(actor).order_by("-received_at").values_list("pk", flat=True)[:5]]
    problems = list(Problem.objects.within(actor).order_by("-pk").values_list("pk", flat=True)[:5])
    known = [
        ("today", ["/"], True),
        ("inbox", ["/kotak-masuk/"], actor.holds("report.answer")),
        ("board", ["/masalah/", "/masalah/?lihat=lewat", "/masalah/?lihat=lepas"], actor.holds("problem.view")),
        ("map", ["/peta/", "/peta/?hari=7", "/peta/?hari=90", "/peta/?hari=365", "/peta/?jenis=CRM&hari=90"], actor.holds("report.view")),
        ("map data", ["/peta/isi.geojson", "/peta/isi.geojson?hari=365"], actor.holds("report.view")),
        ("search", [f"/cari/?q={words}" for words in WORDS], actor.holds("report.view")),
        ("areas", ["/wilayah/"], actor.holds("area.view")),
        ("area page", [f"/wilayah/{path}/" for path in areas], actor.holds("area.view")),
        ("report and story", [f"/laporan/{key}/" for key in reports], bool(reports)),
        ("problem and story", [f"/masalah/{key}/" for key in problems], bool(problems)),
        ("own records", ["/catatan/"], actor.holds("visit.receive")),
        ("people", ["/petugas/"], actor.holds("officer.assign")),
        ("the book", ["/buku/"], actor.holds("book.view")),
    ]
    return [(name, addresses) for name, addresses, may in known if may]


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


def measure(client: Any, addresses: list[str], rounds: int) -> tuple[float, float, int, int]:
    """Median, p95, size of the largest answer and queries of the slowest address."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times, size, queries = [], 0, 0
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        size, queries = max(size, len(answer.content)), max(queries, len(asked))
    for at in range(max(rounds, len(addresses))):
        started = time.perf_counter()
        client.get(addresses[at % len(addresses)])
        times.append(time.perf_counter() - started)
    return statistics.median(times), sorted(times)[min(len(times) - 1, int(0.95 * len(times)))], size, queries


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
    from django.test import Client

    world.build(asked.reports, asked.territory, [])
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from rukun.fieldwork.models import Report
    from rukun.territory.models import Area

    print(machine())
    print(
        f"{Report.objects.count():,} reports, {Area.objects.filter(level=4).count():,} villages; p95 over {asked.rounds} requests, limit {LIMIT:g} s"
    )
    print(f"{'who':14}{'page':20}{'median ms':>10}{'p95 ms':>9}{'kB':>7}{'queries':>9}")
    slow = 0
    for who, person in people():
        client = Client()
        client.force_login(person.account)
        for name, addresses in pages(person):
            if asked.only not in name:
                continue
            median, late, size, queries = measure(client, addresses, asked.rounds)
            slow += late > LIMIT
            print(
                f"{who:14}{name:20}{median * 1000:10.0f}{late * 1000:9.0f}{size / 1000:7.0f}{queries:9}{'  SLOW' if late > LIMIT else ''}",
                flush=True,
            )
    print("everything within the limit" if not slow else f"{slow} beyond the limit")


if __name__ == "__main__":
    main()
