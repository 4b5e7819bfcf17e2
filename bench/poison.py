"""What invented reports add, and what holding them back costs: pairs of the same world, with and without. Called by bench/alerts.py poison.

A fifth of all honest reports come from accounts that do not serve where they report. A campaign is 50 reports in a week. An alert counts
as added if it touches a village of the campaign and the same world without the campaign raises none there.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

OFFICERS = 3  # who serve a village
STRANGERS = 0.2  # of honest reports
FAKES, DAYS = 50, 7
GROUPS = {"CRM": 0.35, "ORD": 0.25, "ENV": 0.15, "CON": 0.15, "SVC": 0.1}
RISE, LATE = 14, 15  # days of a true rise; how long before the end everything begins
WAYS = ("one village", "five villages side by side", "each in another village", "as many villages as can be")
SIZES = (6.0, 12.0)  # reports of a true rise in three villages, 0.03 a village and day being usual
SCALES = ("as reported", "once in seven days", "thirds", "as rukun counts")


@dataclass(frozen=True)
class Rows:
    """Reports in the order of their coming; all arrays of one length."""

    place: np.ndarray
    day: np.ndarray
    account: np.ndarray
    serves: np.ndarray
    group: np.ndarray

    def plus(self, other: Rows) -> Rows:
        columns = [np.concatenate([mine, theirs]) for mine, theirs in zip(self.columns, other.columns, strict=True)]
        order = np.argsort(columns[1], kind="stable")
        return Rows(*(column[order] for column in columns))

    @property
    def columns(self) -> tuple[np.ndarray, ...]:
        return self.place, self.day, self.account, self.serves, self.group

    def only(self, chosen: np.ndarray) -> Rows:
        return Rows(*(column[chosen] for column in self.columns))


def honest(made: Any) -> Rows:
    """The world's own reports: four of five by those who serve the village, the others by somebody from near by."""
    rng = np.random.default_rng([made.seed, 31])
    place, day, account = made.events.place, made.events.day, made.events.source
    n = len(place)
    near = np.argsort(((made.coordinates[:, None] - made.coordinates[None]) ** 2).sum(axis=2), axis=1)
    away = rng.random(n) < STRANGERS
    far = np.minimum(1 + rng.geometric(0.15, n), near.shape[1] - 1)
    account = np.where(away, near[place, far] * OFFICERS + rng.integers(0, OFFICERS, n), account)
    rows = Rows(place, day, account, ~away, rng.choice(list(GROUPS), n, p=list(GROUPS.values())))
    return rows.only(np.argsort(day, kind="stable"))


def campaign(made: Any, accounts: int, way: str, serves: bool, rng: np.random.Generator) -> Rows:
    """50 invented reports. Accounts that serve do so where they report; no account is anybody's of the world."""
    places, start = len(made.coordinates), made.days - LATE + 1
    near = np.argsort(((made.coordinates - made.coordinates[rng.integers(places)]) ** 2).sum(axis=1))
    who = np.arange(FAKES) % accounts
    if way == WAYS[0]:
        where = np.repeat(near[0], FAKES)
    elif way == WAYS[1]:
        where = near[who % 5] if serves else near[rng.integers(0, 5, FAKES)]
    elif way == WAYS[2]:
        where = rng.choice(places, accounts, replace=accounts > places)[who]
    else:
        where = near[np.arange(FAKES) % places]
    day = np.sort(start + rng.integers(0, DAYS, FAKES))
    return Rows(where, day, places * OFFICERS + 100 + who, np.full(FAKES, serves), np.full(FAKES, "CRM"))


def rise(made: Any, size: float, rng: np.random.Generator) -> Rows:
    """Something true in three neighbouring villages, told of as everything is."""
    near = np.argsort(((made.coordinates - made.coordinates[rng.integers(len(made.coordinates))]) ** 2).sum(axis=1))
    n = int(rng.poisson(size))
    where, day = near[rng.integers(0, 3, n)], np.sort(made.days - LATE + 1 + rng.integers(0, RISE, n))
    away = rng.random(n) < STRANGERS
    account = np.where(away, near[np.minimum(3 + rng.geometric(0.15, n), len(near) - 1)], where) * OFFICERS + rng.integers(0, OFFICERS, n)
    return Rows(where, day, account, ~away, np.full(n, "CRM"))


# --- four scales, the last is the product's ---------------------------------------------------------------------------------------


def kept(rows: Rows, scale: str) -> Rows:
    """What counts, of each group and of all together."""
    from rukun.alerts.scale import ALL, Said
    from rukun.alerts.scale import kept as as_rukun

    if scale == SCALES[3]:
        said = (Said(*each) for each in zip(*(column.tolist() for column in rows.columns), strict=True))
        found = [(one.place, one.day, one.account, one.serves, one.group) for one in as_rukun(said)]
        return Rows(*(np.array(column) for column in zip(*found, strict=True)))
    chosen, groups = [], []
    last: dict[tuple[int, int, str], int] = {}
    others: dict[tuple[int, str], int] = {}
    for at, (place, day, account, serves, own) in enumerate(zip(*(column.tolist() for column in rows.columns), strict=True)):
        for group in (ALL, own):
            if scale != SCALES[0]:
                if day < last.get((place, account, group), -99) + 7:
                    continue
                last[place, account, group] = day
            if scale == SCALES[2] and not serves:
                others[place, group] = others.get((place, group), 0) + 1
                if others[place, group] % 3:
                    continue
            chosen.append(at)
            groups.append(group)
    part = rows.only(np.array(chosen, np.int64))
    return Rows(part.place, part.day, part.account, part.serves, np.array(groups))


# --- one world -----------------------------------------------------------------------------------------------------------------------


@dataclass
class Watched:
    """A scale's eye on one world: what has been learnt before anything begins, to be asked again and again."""

    scale: str
    made: Any
    book: Callable[..., Any]
    rows: Rows
    threshold: float

    def __post_init__(self) -> None:
        self.eye = self.eye_of(self.rows)
        self.begun = {group: self.eye.detector.begin(self.eye.history(group).until(self.made.days - LATE)) for group in ("*", "CRM")}
        self.ids = np.array([int(path[-4:]) for path in self.eye.book.ground.paths])

    def eye_of(self, rows: Rows) -> Any:
        from rukun.alerts.engine import Eye

        return Eye.of(self.book(self.made, kept(rows, self.scale), ("*", "CRM")))

    def stage(self, more: Rows | None, villages: set[int]) -> str:
        """The most that is asked for in these villages while the campaign or the rise lasts: '', check or work."""
        from rukun.alerts.rules import Voices, stage_of

        rows = self.rows if more is None else self.rows.plus(more)
        eye, counted, best = self.eye_of(rows), kept(rows, self.scale), ""
        for group, begun in self.begun.items():
            looker, history = copy.copy(begun), eye.history(group)
            told = counted.only(counted.group == group)
            for step in range(self.made.days - LATE + 1, self.made.days):
                for signal in looker.look(history.until(step)):
                    inside = {int(self.ids[row]) for row in signal.rows}
                    if signal.statistic <= self.threshold or not inside & villages:
                        continue
                    there = np.isin(told.place, list(inside)) & (told.day >= signal.first_step) & (told.day <= step)
                    here = np.unique(told.account[there & told.serves], return_counts=True)[1].tolist()
                    asked = str(stage_of("statistical", Voices(tuple(here)), signal.expected))
                    best = "work" if "work" in (best, asked) else "check"
        return best


def life(asked: tuple[int, int, int, float, dict[str, float], Callable[..., Any], Callable[..., Any]]) -> dict[str, Any]:
    """One world: for each scale what each campaign added, and whether a true rise was found."""
    seed, places, days, rate, thresholds, quiet_world, book = asked
    made = quiet_world(seed, places, days, rate)
    rows = honest(made)
    answers: dict[str, Any] = {"seed": seed}
    for scale, threshold in thresholds.items():
        watched = Watched(scale, made, book, rows, threshold)
        for number, (accounts, way, serves) in enumerate(campaigns(places)):
            if scale != SCALES[3] and way != WAYS[1]:
                continue
            told = campaign(made, accounts, way, serves, np.random.default_rng([seed, 20, number]))
            villages = set(told.place.tolist())
            before, after = watched.stage(None, villages), watched.stage(told, villages)
            answers[f"{scale}|{accounts}|{way}|{serves}"] = "" if before == after or before == "work" else after
        for size in SIZES:
            told = rise(made, size, np.random.default_rng([seed, 21, int(size)]))
            answers[f"{scale}|rise|{size:g}"] = watched.stage(told, set(told.place.tolist()))
    return answers


def campaigns(places: int) -> list[tuple[int, str, bool]]:
    return [(accounts, way, serves) for serves in (False, True) for accounts in (1, 5, 20) for way in WAYS]


def table(lives: Sequence[dict[str, Any]], options: argparse.Namespace, thresholds: dict[str, float]) -> None:
    n = len(lives)
    print(f"50 invented reports in a week, {n} quiet worlds of {options.places} places, each with and without; what they added")
    for key in [key for key in lives[0] if key.count("|") == 3]:
        scale, accounts, way, serves = key.split("|")
        asks, work = (sum(life[key] in stages for life in lives) / n for stages in (("check", "work"), ("work",)))
        who = "serve there" if serves == "True" else "don't serve there"
        print(f"  {scale:<18} {accounts:>2} that {who:<17} {way:<27} asks to look {asks:6.1%}   asks for work {work:6.1%}")
    for scale in thresholds:
        found = {size: sum(life[f"{scale}|rise|{size:g}"] != "" for life in lives) / n for size in SIZES}
        acted = {size: sum(life[f"{scale}|rise|{size:g}"] == "work" for life in lives) / n for size in SIZES}
        said = ", ".join(f"{size:g} reports {found[size]:.0%} (as work {acted[size]:.0%})" for size in SIZES)
        print(f"  {scale:<18} threshold {thresholds[scale]:.2f}; a true rise in three villages found: {said}")
