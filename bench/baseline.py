"""What a baseline costs and what the negative binomial score is worth: `python bench/baseline.py [--power]`."""

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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--power", action="store_true", help="compare three statistics on outbreaks planted; minutes")
    options = arguments.parse_args()
    print(f"{date.today()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    power() if options.power else costs()


if __name__ == "__main__":
    main()
