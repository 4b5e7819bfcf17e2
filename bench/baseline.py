"""What a baseline costs and what the negative binomial score is worth: `python bench/baseline.py [--power | --calibration]`."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from datetime import date

import numpy as np

import waspada as w
from waspada.baseline import fit
from waspada.simulate import world


def seconds(work: Callable[[], object], repeats: int = 4) -> float:
    """CPU, the best of some runs; the first warms the kernels up."""
    took = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took[1:])


def costs(places: int = 1265, days: int = 730) -> None:
    made = world(1, places, days)
    cases = made.cases()
    print(f"{places} places, {days} days, {cases.total} reports; CPU seconds")
    print(f"  a world                      {seconds(lambda: world(1, places, days)):.2f}")
    print(f"  reports capped and counted   {seconds(made.counted):.2f}")
    print(f"  fit                          {seconds(lambda: fit(cases)):.2f}")
    print(f"  fit with effort              {seconds(lambda: fit(cases, effort=made.effort)):.2f}")
    yesterday = fit(cases.between(0, days - 1), effort=made.effort[:, :-1])
    print(f"  the same from yesterday's    {seconds(lambda: fit(cases, effort=made.effort, previous=yesterday)):.2f}")
    recent, effort = cases.between(days - 28, days), made.effort[:, -28:]
    print(f"  the score of four weeks      {seconds(lambda: yesterday.score(recent, effort)):.3f}")
    score = yesterday.score(recent, effort)
    for share in (0.1, 0.5):
        zones = w.Zones.circles(recent, share=share, weights=yesterday.rates)
        once = seconds(lambda: w.scan(recent, zones, score, w.Windows(28), replications=0))  # noqa: B023  # called at once
        many = seconds(lambda: w.scan(recent, zones, score, w.Windows(28), replications=99, threads=1), 2)  # noqa: B023
        one = (many - once) / 99
        few = seconds(lambda: w.scan(recent, zones.containing(17), score, w.Windows(28), replications=0))  # noqa: B023
        print(
            f"  scan, {share:.0%}: {zones.count} zones, the data {once:.3f}, a world {one * 1e3:.1f} ms, 999 of them {one * 999:.1f}, "
            f"one place's zones {few * 1e3:.0f} ms"
        )


def statistics(counts: np.ndarray, means: np.ndarray, a: float, near: np.ndarray) -> tuple[float, float, float]:
    """The highest negative binomial ratio, score of Tango, and Poisson ratio of circles and the last 1, 2, ... days."""

    def sums(values: np.ndarray) -> np.ndarray:
        return np.cumsum(np.cumsum(values[:, ::-1], axis=1)[near], axis=1)

    count, mean, excess = sums(counts * 1.0), sums(means), sums(a * means**2)
    size, varied = mean**2 / excess, 1 + a * means
    log = count * np.log(np.maximum(count, 1) / mean)
    ratio = log - (count + size) * np.log1p((count - mean) / (mean + size))
    tango = sums((counts - means) / varied) / np.sqrt(sums(means / varied))
    high = (count > mean) & (count >= 2)
    return tuple(float(np.where(high, each, 0).max()) for each in (ratio, tango, log - (count - mean)))  # type: ignore[return-value]  # three


def power(nulls: int = 2000, outbreaks: int = 1000) -> None:
    rng = np.random.default_rng(0)
    xy = rng.random((60, 2))
    near = np.argsort(((xy[:, None] - xy) ** 2).sum(axis=2), axis=1)[:, :10]

    def drawn(means: np.ndarray, a: float) -> np.ndarray:
        return rng.poisson(means * rng.gamma(1 / a, a, means.shape))

    print(f"power at p = 0.05, {nulls} nulls, {outbreaks} outbreaks: negative binomial ratio, Tango's score, Poisson's ratio")
    for rate, a in ((0.05, 0.5), (0.05, 2.0), (0.3, 0.5), (0.3, 2.0)):
        means = rate * np.exp(rng.normal(0, 0.5, (60, 1))) * np.ones((60, 28))
        limits = np.quantile([statistics(drawn(means, a), means, a, near) for _ in range(nulls)], 0.95, axis=0)
        for places, days, extra in ((1, 3, 5 if rate < 0.1 else 9), (4, 7, 8 if rate < 0.1 else 18), (8, 14, 14 if rate < 0.1 else 40)):
            found = np.zeros(3)
            for _ in range(outbreaks):
                counts = drawn(means, a)
                zone, more = near[rng.integers(60)][:places], rng.poisson(extra)
                np.add.at(counts, (rng.choice(zone, more), 27 - rng.integers(0, days, more)), 1)
                found += np.array(statistics(counts, means, a, near)) > limits
            figures = "  ".join(f"{each:.2f}" for each in found / outbreaks)
            print(f"  {rate} a place and day, dispersion {a}; {extra} more in {places} places and {days} days:  {figures}")


WORLDS: dict[str, dict[str, float]] = {
    "effort varies by place and week": {},
    "also 12 batches a year": {"batches": 12},
    "also effort that changes for good": {"changes": 3},
    "also one prolific account": {"prolific": 0.5},
    "all of that": {"batches": 12, "changes": 3, "prolific": 0.5},
}


def calibration(seeds: int = 4) -> None:
    """How often p <= 0.05 where nothing is planted: 100 places, 0.1 reports a place and day, every fortnight of eight months."""
    for name, much in WORLDS.items():
        low: dict[str, list[bool]] = {}
        for seed in range(seeds):
            made = world(seed, 100, 730, rate=0.1, **much)  # type: ignore[arg-type]  # numbers all
            raw = made.cases()
            cases, sparse = (each.cases(raw.coordinates) for each in (made.counted(), made.counted(every=7, by_district=True)))
            zones, windows = w.Zones.circles(cases, share=0.1, weights=np.ones(100)), w.Windows(28)
            for day in range(500, 730, 14):
                past, now = made.effort[:, :day], made.effort[:, day - 28 : day]
                recent, thinned = cases.between(day - 28, day), sparse.between(day - 28, day)
                full = fit(cases.between(0, day), effort=past)
                tries = {
                    "permutation, raw reports": (raw.between(day - 365, day), w.Permutation()),
                    "expectation with effort": (recent, w.ExpectationPoisson(full.predict(recent.start, 28, now))),
                    "negative binomial, no effort": (recent, fit(cases.between(0, day)).score(recent)),
                    "negative binomial with effort": (recent, full.score(recent, now)),
                    "accounts capped a week and district": (thinned, fit(sparse.between(0, day), effort=past).score(thinned, now)),
                }
                for each, (which, score) in tries.items():
                    top = w.scan(which, zones, score, windows, replications=199).top
                    low.setdefault(each, []).append(top is not None and top.p_value is not None and top.p_value <= 0.05)
        print(f"{name}: " + ", ".join(f"{each} {np.mean(values):.1%}" for each, values in low.items()), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--power", action="store_true", help="compare three statistics on outbreaks planted; minutes")
    arguments.add_argument("--calibration", action="store_true", help="alarms in made worlds where nothing is planted; minutes")
    options = arguments.parse_args()
    print(f"{date.today()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    (power if options.power else calibration if options.calibration else costs)()


if __name__ == "__main__":
    main()
