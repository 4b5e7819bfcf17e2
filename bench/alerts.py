"""Early detection as rukun runs it: `python bench/alerts.py quiet | poison | night | cvew`.

quiet   worlds in which nothing is going on: how many alarms a year, beside the budget, and what a short history may be held against
poison  50 invented reports of 1, 5 and 20 accounts: what they add to the same world, and what holding them back costs (bench/poison.py)
night   time and memory of a night for one unit or all, in the world of bench/world.py (RUKUN_DATA, RUKUN_DATABASE)
cvew    collective violence in Indonesia in 2021 (CSIS), lived through day by day beside the permutation scan's recurrence intervals
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from poison import GROUPS, OFFICERS, SCALES, honest, kept, life, table

BUDGET = 12.0
SHORT = 200  # days of history after which nothing has been replayed yet


def ready() -> None:
    import django

    django.setup()


def quiet_world(seed: int, places: int, days: int, rate: float) -> Any:
    from waspada.simulate import world

    rng = np.random.default_rng([seed, 5])
    return world(
        seed, places, days, rate=rate, effort=float(rng.uniform(0.25, 0.5)), elasticity=float(rng.uniform(0.4, 1.0)),
        dispersion=float(rng.uniform(0.2, 1.0)), season=float(rng.uniform(0, 0.3)), changes=2, batches=6, accounts=OFFICERS,
    )  # fmt: skip


def book(made: Any, counted: Any, names: Iterable[str]) -> Any:
    """A simulated world as a unit's book, from the reports of each group that count."""
    from rukun.alerts.counts import Book, Ground

    groups = {}
    for name in names:
        part = counted.only(counted.group == name)
        groups[name] = np.zeros(made.effort.shape, np.int64)
        np.add.at(groups[name], (part.place, part.day), 1)
    grid = np.column_stack([-0.5 + made.coordinates[:, 1] / 111, 100 + made.coordinates[:, 0] / 111])
    paths = tuple(f"13{1 + int(x) // 60:02d}{1 + int(y) // 30:02d}{number:04d}" for number, (x, y) in enumerate(made.coordinates))
    order = np.argsort(paths)
    ground = Ground(SimpleNamespace(code="SIM"), tuple(sorted(paths)), tuple(map(tuple, grid[order].tolist())))  # type: ignore[arg-type]  # a unit without a table
    visits = np.random.default_rng([made.seed, 9]).poisson(made.effort / 3)
    return Book(ground, made.start, {name: counts[order] for name, counts in groups.items()}, visits[order].astype(float))


def quiet_book(made: Any, scale: str) -> Any:
    return book(made, kept(honest(made), scale), ("*", *GROUPS))


# --- quiet ---------------------------------------------------------------------------------------------------------------------------


def quiet_life(asked: tuple[int, int, int, float, str]) -> dict[str, Any]:
    """One world: alarms on held-out days under a threshold chosen before, and the heights of a short history's first weeks."""
    ready()
    from rukun.alerts import rehearsal
    from rukun.alerts.engine import Eye
    from waspada.alarms import alarms, hold_out

    seed, places, days, rate, scale = asked
    started = time.process_time()
    whole = quiet_book(quiet_world(seed, places, days, rate), scale)
    eye = Eye.of(whole)
    first = eye.parameters.first + 1
    merged = rehearsal.merge(eye, {group: rehearsal.trace(eye, group, first) for group in eye.streams}, first)
    half = first + (days - first) // 2
    held = hold_out(merged, half, BUDGET, again=None, memory=None)
    linked = rehearsal_links(eye, merged, half, float(held.thresholds[0]))
    young = Eye.of(whole.until(whole.day(SHORT + 89)))
    begun = rehearsal.merge(young, {group: rehearsal.trace(young, group, SHORT) for group in young.streams}, SHORT)
    return {
        "seed": seed, "alarms": held.rate.events, "linked": linked, "years": held.rate.years, "threshold": float(held.thresholds[0]),
        "short": {str(level): len(alarms(begun, level)) for level in np.arange(3.0, 12.01, 0.25)}, "short_years": 90 / 365.25,
        "cpu": time.process_time() - started,
    }  # fmt: skip


def rehearsal_links(eye: Any, merged: Any, first: int, threshold: float) -> int:
    """How many alerts rukun would have raised on these days: what goes on, and what the sum of all tells of again, is told once."""
    from rukun.alerts.engine import Found, apart
    from rukun.alerts.rehearsal import link

    places, names = len(eye.book.ground.paths), [group for group in eye.streams if group != "*"]
    standing: list[Any] = []
    for step in range(first, merged.stop):
        found = []
        for signal in merged.days[step - merged.first]:
            if signal.statistic > threshold:
                number, group = signal.rows[0] // places, ""
                if number:
                    group = names[number - 1]
                paths = tuple(eye.book.ground.paths[row % places] for row in signal.rows)
                day = eye.book.day(step)
                found.append(Found(group, paths, eye.book.day(signal.first_step), day, signal.observed, signal.expected, signal.statistic))
        link(standing, apart(found), eye.book.day(step))
    return len(standing)


def quiet(options: argparse.Namespace) -> None:
    asked = [
        (seed, options.places, options.days, options.rate, options.scale) for seed in range(options.first, options.first + options.seeds)
    ]
    lives = pooled(quiet_life, asked, options)
    rates = np.array([life["alarms"] / life["years"] for life in lives])
    linked = np.array([life["linked"] / life["years"] for life in lives])
    print(
        f"{len(lives)} quiet worlds of {options.places} places, {options.rate} reports a place and day, {options.days} days; budget {BUDGET:g} a year"
    )
    for name, values in (("alarms a year, held out", rates), ("alerts a year, linked as rukun does", linked)):
        print(
            f"  {name}: mean {values.mean():.1f}; "
            + ", ".join(f"{q:.0%} {np.quantile(values, q):.1f}" for q in (0.05, 0.25, 0.5, 0.75, 0.95))
        )
    print("  " + histogram(linked))
    print(
        f"  thresholds: median {np.median([life['threshold'] for life in lives]):.2f}; CPU {np.mean([life['cpu'] for life in lives]):.1f} s a world"
    )
    years = sum(life["short_years"] for life in lives)
    for level in lives[0]["short"]:
        rate = sum(life["short"][level] for life in lives) / years
        if 3 <= rate <= 40:
            print(f"  history of {SHORT} days, threshold {float(level):5.2f}: {rate:5.1f} alarms a year")


def histogram(values: Iterable[float], width: float = 4.0) -> str:
    counts = np.bincount((np.asarray(list(values)) // width).astype(int))
    return ", ".join(f"{number * width:.0f}-{(number + 1) * width:.0f}: {n}" for number, n in enumerate(counts) if n)


def pooled(work: Any, asked: list[Any], options: argparse.Namespace) -> list[Any]:
    done = []
    with ProcessPoolExecutor(options.processes, mp_context=get_context("spawn")) as workers:
        for life in workers.map(work, asked):
            done.append(life)
            if options.keep:
                with options.keep.open("a") as file:
                    file.write(json.dumps(life) + "\n")
    return done


# --- poison --------------------------------------------------------------------------------------------------------------------------


def poison(options: argparse.Namespace) -> None:
    thresholds = {scale: getattr(options, name) for scale, name in zip(SCALES, ("raw", "capped", "thirds", "threshold"), strict=True)}
    thresholds = {scale: threshold for scale, threshold in thresholds.items() if threshold}
    asked = [
        (seed, options.places, options.days, options.rate, thresholds, quiet_world, book)
        for seed in range(options.first, options.first + options.seeds)
    ]
    table(pooled(invented, asked, options), options, thresholds)


def invented(asked: Any) -> dict[str, Any]:
    ready()
    return life(asked)


# --- night ---------------------------------------------------------------------------------------------------------------------------


def night(options: argparse.Namespace) -> None:
    ready()
    from rukun.alerts import watch
    from rukun.alerts.counts import book_of

    units = watch.watched_units(options.unit)
    if options.kind:
        units = [unit for unit in units if unit.kind == options.kind]
    units = units[: options.most]
    for again in ("first night, with the replay", "any other night"):
        wall, cpu, slowest = time.monotonic(), time.process_time(), (0.0, "")
        for unit in units:
            before = time.process_time()
            on = unit.today() - timedelta(days=2 if again.startswith("first") else 1)
            outcome = watch.look_over(unit, on)
            spent = time.process_time() - before
            slowest = max(slowest, (spent, unit.code))
            if len(units) <= 3:
                known = book_of(unit, on)
                villages = 0 if known is None else len(known.ground.paths)
                print(f"  {unit.code}: {villages} villages, {outcome.weeks} weeks, {len(outcome.raised)} raised, {spent:.1f} s CPU")
        print(
            f"{again}: {len(units)} units, {time.process_time() - cpu:.0f} s CPU, {time.monotonic() - wall:.0f} s wall, slowest {slowest[1]} "
            f"{slowest[0]:.1f} s; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"
        )


# --- cvew ----------------------------------------------------------------------------------------------------------------------------


def cvew(options: argparse.Namespace) -> None:
    import csv

    from waspada import Cases
    from waspada.alarms import alarms, calibrate, replay
    from waspada.history import History
    from waspada.peers import PermutationScan
    from waspada.scan import scan
    from waspada.scores import Permutation
    from waspada.watch import Watch
    from waspada.windows import Windows
    from waspada.zones import Zones

    rows = list(csv.DictReader((options.folder / "incidents.csv").open()))
    places = {
        row["location"]: (float(row["lat"]), float(row["lon"]), row["name"])
        for row in csv.DictReader((options.folder / "locations.csv").open())
    }
    ids = sorted(places)
    start, days = date(2021, 1, 1), 365
    counts = np.zeros((len(ids), days), np.int64)
    at = {name: row for row, name in enumerate(ids)}
    for row in rows:
        step = (date.fromisoformat(row["date"]) - start).days
        if row["kemendagri_kab"] in at and 0 <= step < days:
            counts[at[row["kemendagri_kab"]], step] += 1
    cases = Cases(counts, np.array([places[name][:2] for name in ids]), tuple(ids), start, latlong=True)
    print(f"{len(rows)} incidents, {counts.sum()} placed in {len(ids)} regencies")
    history, first = History(cases), 180
    trace = replay(history, Watch(learn=84, keep_out=14, lengths=(1, 2, 3, 4, 5, 7, 10, 14)), first)
    chosen = calibrate(trace)
    told = alarms(trace, chosen.threshold)
    print(
        f"watch: threshold {chosen.threshold:.2f} for 12 a year (chosen on these days), {len(told)} alarms in {(days - first) / 365.25:.2f} years"
    )
    peer = replay(history, PermutationScan(p=None), first)
    level = calibrate(peer)
    for alarm in told:
        upto = cases.between(0, alarm.raised + 1)
        scanned = scan(upto, Zones.circles(upto, share=0.5), Permutation(), Windows(28), replications=999, seed=1)
        top = scanned.top
        interval = "–" if top is None or top.recurrence_interval_days is None else f"{top.recurrence_interval_days:.0f} days"
        same = top is not None and bool({ids[row] for row in alarm.rows} & set(top.places))
        names = ", ".join(places[ids[row]][2] for row in alarm.rows[:3])
        print(
            f"  {cases.first_day(alarm.raised)}: {alarm.observed} (expected {alarm.expected:.1f}) since {cases.first_day(alarm.since)} in "
            f"{len(alarm.rows)} regencies ({names}); the standard's strongest that day{'' if same else ', elsewhere'}: recurrence {interval}"
        )
    print(f"permutation scan at the same budget: {len(alarms(peer, level.threshold))} alarms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    for name in ("quiet", "poison"):
        part = parts.add_parser(name)
        part.add_argument("--seeds", type=int, default=200)
        part.add_argument("--places", type=int, default=60)
        part.add_argument("--days", type=int, default=1000 if name == "quiet" else 480)
        part.add_argument("--rate", type=float, default=0.03)
        part.add_argument("--first", type=int, default=1, help="the first seed")
        if name == "quiet":
            part.add_argument("--scale", choices=SCALES, default=SCALES[3])
        else:  # of each scale, at the same budget; 0: this scale is left out
            part.add_argument("--threshold", type=float, default=7.0)
            for scale in ("raw", "capped", "thirds"):
                part.add_argument(f"--{scale}", type=float, default=0.0)
        part.add_argument("--processes", type=int, default=2)
        part.add_argument("--keep", type=Path, help="a file of JSON lines, one for each world")
    part = parts.add_parser("night")
    part.add_argument("--unit", default="")
    part.add_argument("--kind", default="", help="polres or polda")
    part.add_argument("--most", type=int, default=10_000)
    part = parts.add_parser("cvew")
    part.add_argument("folder", type=Path)
    options = parser.parse_args()
    globals()[options.part](options)


if __name__ == "__main__":
    main()
