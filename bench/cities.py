"""Alarms a year on real reports, before and after calibration: `python bench/cities.py FOLDER`.

FOLDER holds `nycvehiclethefts/counts_tract.csv` (Ashby 2019, R package crimedata) and `sf311/reports.csv` (DataSF); they are not in the
repository. Each city is lived through day by day; thresholds are chosen on earlier days than those on which alarms are counted.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from waspada import Cases
from waspada.alarms import BUDGET, Trace, alarms, days_in_alarm, hold_out, replay
from waspada.history import History
from waspada.peers import EarsC2, LastYear, PermutationScan, districts
from waspada.rates import Rate
from waspada.signals import Detector
from waspada.watch import Watch


@dataclass(frozen=True)
class City:
    """first: the first day that is replayed; held: the first of those on which alarms are counted. merged: places of so many tracts."""

    name: str
    cases: Cases
    first: date
    held: date


def new_york(folder: Path) -> City:
    """Thefts of motor vehicles, 2014-2017; census tracts joined to neighbourhoods of about five."""
    with (folder / "nycvehiclethefts" / "counts_tract.csv").open() as file:
        rows = list(csv.DictReader(file))
    where = {row["location"]: (float(row["lat"]), float(row["lon"])) for row in rows}
    ids = sorted(where)
    points = np.array([where[name] for name in ids])
    groups = districts(points, 5)
    group_of = {ids[row]: number for number, group in enumerate(groups) for row in group}
    start, stop = date(2014, 1, 1), date(2017, 12, 30)
    counts = np.zeros((len(groups), (stop - start).days + 1), int)
    for row in rows:
        counts[group_of[row["location"]], (date.fromisoformat(row["date"]) - start).days] += int(row["count"])
    centres = np.array([points[group].mean(axis=0) for group in groups])
    return City("New York, vehicle thefts", Cases(counts, centres, start=start, latlong=True), date(2015, 1, 1), date(2016, 1, 1))


def san_francisco(folder: Path) -> City:
    """A sample of the city's 311 requests, 2008-2018; squares of a hundredth of a degree."""
    with (folder / "sf311" / "reports.csv").open() as file:
        rows = [
            (date.fromisoformat(row["opened"][:10]), round(float(row["lat"]), 2), round(float(row["lon"]), 2))
            for row in csv.DictReader(file)
        ]
    squares = sorted({(lat, lon) for _, lat, lon in rows})
    row_of = {square: number for number, square in enumerate(squares)}
    start, stop = min(day for day, _, _ in rows), max(day for day, _, _ in rows)
    counts = np.zeros((len(squares), (stop - start).days + 1), int)
    for day, lat, lon in rows:
        counts[row_of[lat, lon], (day - start).days] += 1
    return City("San Francisco, 311", Cases(counts, np.array(squares), start=start, latlong=True), date(2009, 7, 1), date(2012, 7, 1))


def detectors(city: City) -> list[tuple[Detector, float | None, str]]:
    groups = districts(city.cases.coordinates)
    return [
        (Watch(), None, ""),
        (PermutationScan(p=0.001), 0.0, "p <= 0.001"),
        (PermutationScan(p=0.01, name="permutation (p 0.01)"), 0.0, "recurrence interval >= 100 days"),
        (EarsC2(groups, name="EARS C2, districts"), 3.0, "3 deviations"),
        (LastYear(groups, name="last year's week"), 2.0, "2 deviations"),
    ]


def rows_of(city: City, progress: Callable[[int, int], None]) -> list[str]:
    history = History(city.cases)
    first, held = ((day - city.cases.start).days for day in (city.first, city.held))
    lines = []
    for detector, usual, said in detectors(city):
        before = time.process_time()
        trace = replay(history, detector, first, progress=progress)
        spent = time.process_time() - before
        lines.append(f"| {city.name} | {detector.name} | {uncalibrated(trace, held, usual, said)} | {after(trace, held)} | {spent:.0f} |")
        print(lines[-1], file=sys.stderr)
    return lines


def uncalibrated(trace: Trace, held: int, usual: float | None, said: str) -> str:
    if usual is None:
        return "- | -"
    part = trace.between(held, trace.stop)
    rate = Rate(len(alarms(part, usual)), len(part.days) / part.per_year)
    return f"{said}: {shown(rate)} | {days_in_alarm(part, usual):.0%}"


def after(trace: Trace, held: int) -> str:
    """Chosen once on all earlier days; and chosen anew every 91 days on the year before."""
    once, again = hold_out(trace, held, again=None, memory=None), hold_out(trace, held)
    unreached = "" if all(c.reached for c in again.calibrations) else " (too few signals)"
    return f"{shown(once.rate)} | {shown(again.rate)}{unreached} | {again.in_alarm:.0%}"


def shown(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.per_year:.1f} ({low:.1f}-{high:.1f})"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--city", choices=["new-york", "san-francisco"])
    options = asked.parse_args()

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty() and (done % 20 == 0 or done == of):
            print(f"\r{done} of {of} days", end="" if done < of else "\n", file=sys.stderr)

    print(f"New alarms a year on held-out days (Garwood 95 %), budget {BUDGET:g} a year, silence 7 days.\n")
    print("| city | detector | as commonly used | days in alarm | calibrated once | calibrated quarterly | days in alarm | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    for name, make in (("new-york", new_york), ("san-francisco", san_francisco)):
        if options.city in (None, name):
            city = make(options.folder)
            print("\n".join(rows_of(city, progress)), flush=True)


if __name__ == "__main__":
    main()
