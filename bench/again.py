"""Whether a threshold that is chosen anew keeps a budget better: `python bench/again.py [--worlds 127]`, the worlds of `waspada evaluate`.

One line of JSON a world (alarms on the held-out year for each way), then mean, share of worlds within a quarter of the budget, and spread.
"""

from __future__ import annotations

import argparse
import json
import statistics

import numpy as np

from waspada.alarms import BUDGET, hold_out, replay
from waspada.evaluate import Plan, settings_of
from waspada.reports import history_of
from waspada.simulate import world
from waspada.watch import Watch

WAYS = {
    "once": (None, None),
    "each quarter, on a year": (91, 365),
    "each quarter, on all before": (91, None),
    "each month, on a year": (30, 365),
    "each month, on all before": (30, None),
}


def live(seed: int, plan: Plan) -> dict[str, int]:
    made = world(seed, **settings_of(seed, plan))
    trace = replay(history_of(made.events, made.cases(), made.effort), Watch(), plan.learn)
    first = plan.learn + plan.calibrate
    return {way: hold_out(trace, first, BUDGET, again=again, memory=memory).rate.events for way, (again, memory) in WAYS.items()}


def summary(way: str, alarms: list[int]) -> str:
    chance = np.random.default_rng(1)
    means = np.sort(chance.choice(alarms, (4000, len(alarms))).mean(axis=1)) / BUDGET
    within = sum(abs(n - BUDGET) <= BUDGET / 4 for n in alarms) / len(alarms)
    mean = statistics.mean(alarms)
    return (
        f"{way:28} {mean / BUDGET:.2f} of the budget ({means[100]:.2f}-{means[-101]:.2f}), within a quarter of it {within:.0%} of worlds, "
        f"variance over mean {statistics.pvariance(alarms) / mean:.1f}, most {max(alarms)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=127)
    lives = []
    for seed in range(1, parser.parse_args().worlds + 1):
        lives.append(live(seed, Plan()))
        print(json.dumps({"seed": seed, **lives[-1]}), flush=True)
    for way in WAYS:
        print(summary(way, [life[way] for life in lives]))


if __name__ == "__main__":
    main()
