"""A town whose reports depend on effort, and the simplest forecast of it: for tests that need a detector but not the real baseline."""

from __future__ import annotations

from datetime import date

import numpy as np

import waspada as w
from waspada.history import History


class Level:
    """Each place's mean, drawn a little towards all places', times effort."""

    def __init__(self, cases, effort, keep_out, previous=None):
        counts = cases.counts[:, : cases.steps - keep_out].astype(float)
        work = np.ones_like(counts) if effort is None else effort[:, : counts.shape[1]]
        mean = counts.sum() / work.sum()
        self.rates = (counts.sum(axis=1) + 5 * mean) / (work.sum(axis=1) + 5)

    def predict(self, start, days, effort=None):
        return self.rates[:, None] * (np.ones((1, days)) if effort is None else effort)


def town(places=30, days=500, rate=0.15, seed=3, outbreak=None, effort=False):
    """A History; ``outbreak``: (place, first day, days, a day), in the place and its three neighbours."""
    rng = np.random.default_rng(seed)
    coordinates = rng.random((places, 2)) * 20
    work = np.repeat(rng.gamma(8, 1 / 8, (places, days // 7 + 1)), 7, axis=1)[:, :days] if effort else np.ones((places, days))
    counts = rng.poisson(rate * work * rng.gamma(3, 1 / 3, work.shape))
    if outbreak:
        place, first, length, daily = outbreak
        near = np.argsort(((coordinates - coordinates[place]) ** 2).sum(axis=1))[:4]
        for day in range(first, first + length):
            np.add.at(counts, (rng.choice(near, rng.poisson(daily)), day), 1)
    cases = w.Cases(counts, coordinates, tuple(f"p{i}" for i in range(places)), date(2023, 1, 1))
    return History(cases, work if effort else None)
