"""From a report's commit to the provisional alert, with a worker running: `RUKUN_DATA=FOLDER python bench/minute.py --unit CODE`.

It writes: clusters of three reports by three officers of one village, each committed as a page does, in a world of bench/world.py that nobody
needs any more. The worker is a process of its own; the first reports find it cold, with neither engine nor books in its memory. A threshold of
three is set, so that each cluster is one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django
import numpy as np

THRESHOLD, WEEKS = 3.0, 104
PATIENCE = 300.0  # seconds
WORKER = "import django; django.setup()\nimport time\nfrom rukun.site.worker import drain\nwhile True:\n    drain(); time.sleep(0.2)"


def prepared(unit: Any) -> None:
    """As the night left them: thresholds chosen, a history that is long enough."""
    from rukun.access.scope import system
    from rukun.alerts import services

    for each in [unit, *unit.children.all()]:
        machine, on = system("watch"), each.today()
        services.calibrate(
            machine, each, on=on, threshold=THRESHOLD, budget=12, parameters={}, digest="bench", days=0, weeks=WEEKS, alarms=None, years=None, rivals={},
        )  # fmt: skip
        services.looked(machine, each, on=on - timedelta(days=1), weeks=WEEKS, raised=0, seen=0)


def clusters(unit: Any, wanted: int) -> list[tuple[Any, list[Any]]]:
    """Villages, with the three who serve or command there; the first of each Polsek, one Polres after the other."""
    from rukun.officers.models import Officer
    from rukun.territory.models import Area, Unit

    found: list[tuple[Any, list[Any]]] = []
    for sector in Unit.objects.filter(path__startswith=unit.path, kind="polsek").order_by("path"):
        on = sector.today()
        village = Area.objects.filter(path__startswith=Area.objects.covered_by(sector, on)[0].path, level=4).order_by("path").first()
        if village is None or len(found) == wanted:
            continue
        roles = ("village_officer", "sector_unit_head", "resort_unit_head")
        there = [Officer.objects.serving(role, village.path, on).order_by("pk").first() for role in roles]
        if all(there):
            found.append((village, there))
    return found


def report(officer: Any, role: str, village: Any, number: int) -> Any:
    from rukun.fieldwork import services
    from rukun.fieldwork.models import new_id
    from rukun.lib import clock
    from rukun.officers.hats import actor_for

    return services.receive_report(
        actor_for(officer, role), village, id=new_id(), title=f"Motor hilang di parkiran {number}", basis="told", code="CRM-03",
        facts="Satu motor hilang dari parkiran saat magrib; parkiran tidak dijaga.", happened_at=clock.now() - timedelta(hours=1),
    )  # fmt: skip


def checked(pk: Any, since: float) -> float:
    """Seconds until the check of this report had ended."""
    from django_tasks_db.models import DBTaskResult

    while time.time() - since < PATIENCE:
        jobs = DBTaskResult.objects.filter(task_path__endswith="within_a_minute", args_kwargs__args__0=str(pk)).values_list(
            "status", "finished_at"
        )
        for status, finished in jobs:
            if finished is not None:
                if status != "SUCCESSFUL":
                    raise SystemExit(f"the check of {pk} ended {status}")
                return float(finished.timestamp() - since)
        time.sleep(0.1)
    raise SystemExit(f"the check of {pk} has not ended after {PATIENCE:g} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unit", required=True)
    parser.add_argument("--clusters", type=int, default=12)
    options = parser.parse_args()
    django.setup()
    from django_tasks_db.models import DBTaskResult

    from rukun.alerts.models import Alert
    from rukun.territory.models import Unit

    unit = Unit.objects.get(code=options.unit)
    prepared(unit)
    DBTaskResult.objects.filter(finished_at=None).delete()
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=os.environ)
    times, told = [], []
    try:
        for village, officers in clusters(unit, options.clusters):
            for number, (officer, role) in enumerate(
                zip(officers, ("village_officer", "sector_unit_head", "resort_unit_head"), strict=True)
            ):
                made = report(officer, role, village, number)
                committed = time.time()
                times.append(checked(made.pk, committed))
            alert = Alert.objects.filter(areas=village, provisional=True).order_by("-pk").first()
            if alert is not None:
                told.append(alert.raised_at.timestamp() - committed if alert.raised_at.timestamp() > committed else times[-1])
            print(f"{village.path}: {times[-3]:.1f}, {times[-2]:.1f}, {times[-1]:.1f} s{'' if alert is None else '; an alert'}", flush=True)
    finally:
        worker.terminate()
    print(
        f"{len(times)} reports, {len(told)} alerts of {options.clusters} clusters; commit to the end of the check: first {times[0]:.1f} s, median "
        f"{np.median(times):.1f} s, p95 {np.quantile(times, 0.95):.1f} s, slowest {max(times):.1f} s"
    )


if __name__ == "__main__":
    main()
