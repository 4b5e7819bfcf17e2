"""How long 100,000 past incidents take to come in, again, and to be seen: `python bench/history.py [--rows N]`.

On SQLite in a folder of its own; on PostgreSQL with `python tools/postgres.py python bench/history.py`.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROWS, PROVINCES, REGENCIES, DISTRICTS, VILLAGES = 100_000, 4, 10, 10, 12
CODES = ("CRM-01", "CRM-03", "CRM-05", "ORD-01", "ORD-02", "CON-01", "CON-03", "ENV-04")


def country() -> list[tuple[str, str, str, float, float, None, None]]:
    """4 provinces, 40 regencies, 400 districts, 4,800 villages on a grid, under codes that the ministry has not given."""
    rows: list[tuple[str, str, str, float, float, None, None]] = []
    for p in range(PROVINCES):
        rows.append((f"{96 + p}", f"Provinsi {p}", "province", -5.0 + p, 100.0, None, None))
        for r in range(1, REGENCIES + 1):
            rows.append((f"{96 + p}.{r:02}", f"Data {p}{r}", "regency", -5.0 + p, 100.0 + r, None, None))
            for d in range(1, DISTRICTS + 1):
                rows.append((f"{96 + p}.{r:02}.{d:02}", f"Koto {p}{r}{d}", "district", -5.0 + p + d / 20, 100.0 + r, None, None))
                for v in range(1, VILLAGES + 1):
                    place = (-5.0 + p + d / 20, 100.0 + r + v / 20)
                    rows.append((f"{96 + p}.{r:02}.{d:02}.{2000 + v}", f"Nagari {p}{r}{d}{v}", "desa", *place, None, None))
    return rows


def written(path: Path, rows: int) -> Path:
    chance = random.Random(1)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["reference", "date", "time", "area", "code", "stage", "severity", "text"])
        for number in range(rows):
            area = f"{96 + chance.randrange(PROVINCES)}.{chance.randint(1, REGENCIES):02}.{chance.randint(1, DISTRICTS):02}"
            area += f".{2000 + chance.randint(1, VILLAGES)}" if number % 5 else ""
            day = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
            out.writerow([number, day, "18:30", area, chance.choice(CODES), "GN", 3, "Warga kehilangan motor di parkiran pasar." * 2])
    return path


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from rukun.access.scope import Actor, Grant, system
    from rukun.history import services
    from rukun.history.bringing import Wanted, bring_in
    from rukun.history.figures import by_place, by_time, figures, page
    from rukun.history.models import Batch, Incident
    from rukun.territory.models import Area
    from rukun.territory.services import add_areas

    call_command("migrate", verbosity=0)
    actor = system("bench")
    add_areas(actor, None, rows=country())
    file = written(Path(os.environ["RUKUN_DATA"]) / "bench.csv", rows)
    print(f"{connection.vendor}, {rows:,} rows, {file.stat().st_size / 1e6:.0f} MB; {peak():.0f} MB held before")
    for what in ("first", "again"):
        began = time.perf_counter()
        done = bring_in(actor, Wanted(file, source="bench"), rejected=file.with_suffix(".bad"))
        print(
            f"  {what}: {time.perf_counter() - began:6.1f} s, {done.tally.new:,} new, {done.tally.unchanged:,} unchanged; peak {peak():.0f} MB"
        )
    root = Area.objects.get(code="96.01").path
    for name, where in (("one regency", root), ("the nation", "")):
        who = Actor("bench", "resort_unit_head", "supervision", (Grant("resort_unit_head", where, "supervision"),))
        took = []
        for _ in range(5):
            began = time.perf_counter()
            seen = Incident.objects.within(who).in_area(where)
            found = figures(seen)
            by_time(seen, found, ""), by_place(who, seen, where), page(seen, "2024-01-01_5")
            took.append(time.perf_counter() - began)
        print(f"  the list with its figures, {name}: {sorted(took)[2] * 1e3:.0f} ms (median of 5), {found.total:,} incidents")
    began = time.perf_counter()
    services.withdraw(actor, Batch.objects.order_by("pk").first(), why="bench", incidents=rows)
    print(f"  withdrawn: {time.perf_counter() - began:.1f} s; peak {peak():.0f} MB")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=0)
    options = arguments.parse_args()
    if options.rows:
        return measure(options.rows)
    for rows in (ROWS, 2 * ROWS):  # twice the rows in a process of its own: memory must not grow with them
        with tempfile.TemporaryDirectory() as folder:
            env = os.environ | {"RUKUN_DATA": folder, "DJANGO_SETTINGS_MODULE": "rukun.site.settings", "RUKUN_MODE": "latihan"}
            env["PYTHONPATH"] = str(Path(__file__).parents[1])
            subprocess.run([sys.executable, __file__, "--rows", str(rows)], check=True, env=env)


if __name__ == "__main__":
    main()
