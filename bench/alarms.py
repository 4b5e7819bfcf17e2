"""How long a replayed year and a quick check take: `python bench/alarms.py [--places 1265]`."""

from __future__ import annotations

import argparse
import time

import numpy as np

from waspada.alarms import alarms, calibrate, replay
from waspada.quick import QuickCheck
from waspada.reports import history_of
from waspada.simulate import world
from waspada.watch import Watch


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--places", type=int, default=1265)
    asked.add_argument("--days", type=int, default=365, help="that are replayed, after two years that only teach")
    options = asked.parse_args()
    made = world(7, options.places, 730 + options.days, rate=0.05, batches=12, prolific=0.5, outbreaks=8)
    history = history_of(made.events, made.cases(), made.effort)
    for again in (False, True):  # the first run compiles
        wall, cpu = time.perf_counter(), time.process_time()
        trace = replay(history, Watch(), 730 if again else history.steps - 3)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert trace.looker is not None
    zones = trace.looker.zones
    print(
        f"{options.places} places, {zones.count} zones, {len(made.events)} reports, {options.days} days: {wall:.0f} s wall, {cpu:.0f} s CPU"
    )
    before = time.process_time()
    chosen = calibrate(trace)
    print(f"calibration: {time.process_time() - before:.1f} s CPU; {len(alarms(trace, chosen.threshold))} alarms at {chosen.threshold:.2f}")
    before = time.process_time()
    check = QuickCheck(trace.looker, history.until(history.steps - 1), chosen.threshold)
    print(f"quick check made ready (once a day): {1000 * (time.process_time() - before):.0f} ms CPU")
    check.ask(0)
    spent = []
    for place in np.random.default_rng(1).permutation(options.places)[:400]:
        wall = time.perf_counter()
        check.add(int(place))
        check.ask(int(place))
        spent.append(1000 * (time.perf_counter() - wall))
    print(
        f"quick check of one place: median {np.median(spent):.2f} ms, 99 % {np.quantile(spent, 0.99):.2f} ms, most {max(spent):.2f} ms wall"
    )


if __name__ == "__main__":
    main()
