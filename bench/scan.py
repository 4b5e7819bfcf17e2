"""How fast the scan is, on this machine, in one run: `python bench/scan.py [--quick] [--villages FILE.csv.gz]`."""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy_pass import nanoseconds_per_cylinder

import waspada as w
from waspada import sieve
from waspada.chance import Worlds
from waspada.scene import Limits, scene_of
from waspada.sieve import Sieve

SATSCAN = 3.2  # ns of CPU per cylinder and replicate, where NumPy took 11 on the same machine
VOID = 15.0  # ns per cylinder of the NumPy pass above which the machine is too busy to measure anything
WORLDS = 999


def problem(places: int, rate: float = 0.05, days: int = 365) -> w.Cases:
    """Places in 300 km, a third of them scattered, the others in clumps; reports by people."""
    rng = np.random.default_rng(1)
    centres = rng.random((max(4, places // 200), 2)) * 300
    clumped = centres[rng.integers(0, len(centres), places)] + rng.normal(0, 10, (places, 2))
    xy = np.where((rng.random(places) < 0.3)[:, None], rng.random((places, 2)) * 300, clumped)
    people = np.exp(rng.normal(0, 0.5, places))
    return w.Cases(rng.poisson(rate * people[:, None] / people.mean(), (places, days)), xy, population=w.Population(people))


def seconds(scene, threads: int, repeats: int = 3) -> tuple[float, float]:
    """CPU and wall of the whole Monte Carlo, the best of some runs."""
    cpu, wall = [], []
    for _ in range(repeats):
        began, began_cpu = time.perf_counter(), time.process_time()
        Sieve(Worlds(scene, 1), WORLDS, threads).highest(np.arange(WORLDS))
        cpu.append(time.process_time() - began_cpu)
        wall.append(time.perf_counter() - began)
    return min(cpu), min(wall)


def by_processor_time(scene, alone: float) -> float:
    """What two threads gain, from processor time alone: what one thread must do, and half of what both share. Holds on a busy machine, where
    the clock on the wall says more about others; it knows nothing of memory that two cores wait for together."""
    shared, original = [0.0], sieve.share_out

    def timed(*arguments) -> None:
        began = time.thread_time()
        original(*arguments)
        shared[0] += time.thread_time() - began

    sieve.share_out = timed
    try:
        began, began_mine = time.process_time(), time.thread_time()
        Sieve(Worlds(scene, 1), WORLDS, 2).highest(np.arange(WORLDS))
        all_of_it, mine = time.process_time() - began, time.thread_time() - began_mine
    finally:
        sieve.share_out = original
    serial = mine - shared[0]
    return alone / (serial + (all_of_it - serial) / 2)


def compared(name: str, cases: w.Cases, share: float, score: w.Permutation | w.Poisson) -> tuple[int, float]:
    began = time.process_time()
    zones = w.Zones.circles(cases, share=share)
    building = time.process_time() - began
    scene = scene_of(cases, zones, score.model(cases), w.Windows(28), Limits())
    expected = score.model(cases).per_step[:, ::-1][:, :28].cumsum(axis=1)
    counts = cases.counts[:, ::-1][:, :28].cumsum(axis=1).astype(float)
    each, _ = nanoseconds_per_cylinder(counts, expected, zones.starts, zones.members, float(cases.total))
    cylinders = zones.count * 28
    one, _ = seconds(scene, 1)
    _, wall_one = seconds(scene, 1, 2)
    _, wall_two = seconds(scene, 2, 2)
    whole = one + building
    print(
        f"{name:28s} {zones.count:9d} zones  numpy {each:5.1f} ns{' VOID' if each > VOID else ''}  ours {one:6.2f} s CPU, zones {building:4.2f} s, "
        f"{one / (cylinders * WORLDS) * 1e9:6.4f} ns/cylinder  numpy/ours {each * cylinders * WORLDS / 1e9 / one:5.0f}x  "
        f"SaTScan/ours {SATSCAN * each / 11 * cylinders * WORLDS / 1e9 / whole:4.0f}x (scaled by numpy/11)  "
        f"wall {wall_one:.2f} s, 2 threads {wall_two:.2f} s = {wall_one / wall_two:.2f}x, by processor time {by_processor_time(scene, one):.2f}x"
    )
    return cylinders, one


def fresh(cases: w.Cases, share: float) -> None:
    """A new process from the files to the answer, kernels in the disk cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = as_satscan(cases, share, Path(folder))
        cpu = []
        for _ in range(4):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, "-m", "waspada", "run", path, "--format", "json", "--threads", "1"], check=True, capture_output=True
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        zones = w.Zones.circles(cases, share=share).count
        theirs = SATSCAN * zones * 28 * WORLDS / 1e9
        print(
            f"fresh `waspada run`, {share:.0%}: {min(cpu[1:]):.2f} s CPU; SaTScan at 3.2 ns {theirs:.1f} s = {theirs / min(cpu[1:]):.0f}x"
        )


def as_satscan(cases: w.Cases, share: float, folder: Path) -> str:
    first = date(2023, 1, 1)
    (folder / "b.geo").write_text("".join(f"{i} {x} {y}\n" for i, (x, y) in enumerate(cases.coordinates.tolist())))
    days = [f"{first + timedelta(days=d):%Y/%m/%d}" for d in range(cases.steps)]
    (folder / "b.cas").write_text("".join(f"{i} {n} {days[d]}\n" for (i, d), n in np.ndenumerate(cases.counts) if n))
    options = {"CaseFile": "b.cas", "CoordinatesFile": "b.geo", "CoordinatesType": 0, "PrecisionCaseTimes": 3, "StartDate": "2023/1/1"}
    options |= {"EndDate": "2023/12/31", "AnalysisType": 4, "ModelType": 2, "TimeAggregationUnits": 3, "TimeAggregationLength": 1}
    options |= {"MaxSpatialSizeInPopulationAtRisk": share * 100, "MaxTemporalSizeInterpretation": 1, "MaxTemporalSize": 28}
    options |= {"MonteCarloReps": WORLDS, "PValueReportType": 1}
    (folder / "b.prm").write_text("".join(f"{name}={value}\n" for name, value in options.items()))
    return str(folder / "b.prm")


def start() -> None:
    code = "import numpy as np, waspada as w; c = w.Cases(np.random.default_rng(1).poisson(.3, (50, 40)), np.random.default_rng(2).random((50, 2)));"
    code += "w.scan(c, windows=w.Windows(14), replications=99)"
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    print(f"import and first scan, warm cache: {min(took):.2f} s CPU")


def one_place(cases: w.Cases) -> None:
    zones = w.Zones.circles(cases, share=0.5)
    for name, some in (("10 %", w.Zones.circles(cases, share=0.1)), ("50 %", zones)):
        took = []
        for _ in range(5):
            began = time.perf_counter()
            w.scan(cases, some.containing(17), w.Poisson(), w.Windows(28), replications=0)
            took.append(time.perf_counter() - began)
        print(f"only the zones that contain one place, {name}: {min(took) * 1e3:.0f} ms")


def villages(path: str) -> None:
    with gzip.open(path, "rt") as file:
        xy = [[float(row["lat"]), float(row["lon"])] for row in csv.DictReader(file)]
    rng = np.random.default_rng(1)
    cases = w.Cases(rng.poisson(0.02, (len(xy), 60)), xy, latlong=True)
    began, began_cpu = time.perf_counter(), time.process_time()
    found = w.scan(cases, w.Zones.circles(cases, neighbours=150), w.Permutation(), w.Windows(28), replications=WORLDS)
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(xy)} villages, 150 neighbours: {found.zones} zones, {wall:.1f} s wall, {cpu:.1f} s CPU, peak {size:.0f} MiB")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="only N = 250 and 1,265")
    arguments.add_argument("--villages", help="a table of centroids (code, name, lat, lon), gzipped; then nothing else is run")
    options = arguments.parse_args()
    model = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "?")
    print(f"{date.today()}  {model}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    if options.villages:
        return villages(options.villages)
    start()
    middle = problem(1265)
    compared("N=250 50 % Poisson", problem(250), 0.5, w.Poisson())
    small, small_cpu = compared("N=1265 10 % permutation", middle, 0.1, w.Permutation())
    compared("N=1265 10 % Poisson", middle, 0.1, w.Poisson())
    compared("N=1265 50 % permutation", middle, 0.5, w.Permutation())
    compared("N=1265 50 % Poisson", middle, 0.5, w.Poisson())
    if not options.quick:
        large, large_cpu = compared("N=5000 10 % permutation", problem(5000), 0.1, w.Permutation())
        print(f"growth with cylinders: exponent {np.log(large_cpu / small_cpu) / np.log(large / small):.2f}")
    for share in (0.1, 0.5):
        fresh(middle, share)
    one_place(middle)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
