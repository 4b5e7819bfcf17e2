"""Small problems for tests: everything awkward that data can be, and a quiet city with a cluster planted in it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

import waspada as w


@st.composite
def problems(draw, most_places=7, most_steps=9):
    """Few places, often on a lattice so that distances tie, or on one point; few cases, sometimes none, sometimes very many."""
    places, steps = draw(st.integers(1, most_places)), draw(st.integers(1, most_steps))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    points = draw(st.sampled_from(["lattice", "scattered", "one point"]))
    if points == "lattice":
        coordinates = rng.integers(0, 3, (places, 2)).astype(float)
    else:
        coordinates = rng.random((places, 2)) * 100 if points == "scattered" else np.zeros((places, 2))
    rate = draw(st.sampled_from([0.0, 0.05, 0.5, 3.0, 20_000.0]))
    counts = rng.poisson(rate, (places, steps))
    if rate and draw(st.booleans()):
        counts[rng.integers(places), rng.integers(steps)] += draw(st.integers(1, 6))
    people = rng.integers(0, 5, places).astype(float)
    counts[people == 0] *= draw(st.integers(0, 1))  # with 0 the places without people have no cases
    return counts, coordinates, people, rng


def city(places=60, days=60, rate=0.15, seed=5, planted=True):
    """A quiet city of a fixed seed; if ``planted``, much happens round place 17 in the last four days."""
    rng = np.random.default_rng(seed)
    coordinates = rng.random((places, 2)) * 50
    people = rng.integers(500, 3000, places).astype(float)
    counts = rng.poisson(rate * people[:, None] / people.mean(), (places, days))
    if planted:
        near = np.argsort(((coordinates - coordinates[17]) ** 2).sum(axis=1))[:4]
        counts[near, -4:] += rng.poisson(1.3, (4, 4))
    return w.Cases(counts, coordinates, tuple(f"p{i}" for i in range(places)), date(2024, 1, 1), population=w.Population(people))


def data_folder() -> Path | None:
    """The classic data: WASPADA_DATA, or ../shared/data beside the repository; None where they are not."""
    folder = Path(os.environ.get("WASPADA_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
    return folder if (folder / "scan").is_dir() else None
