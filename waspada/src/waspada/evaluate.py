"""How good detectors are where the truth is known: many simulated worlds, each lived through day by day, past and held-out time apart."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from waspada.alarms import BUDGET, SILENCE, Alarm, Trace, alarms, calibrate, days_in_alarm, hold_out, replay
from waspada.history import History
from waspada.peers import EarsC2, LastYear, PermutationScan, districts
from waspada.reports import history_of
from waspada.signals import Detector, Signal
from waspada.watch import Watch

Progress = Callable[[int, int], None]
ROOM = 3.0  # signals are kept that a threshold for so many times the budget would let through


@dataclass(frozen=True)
class Plan:
    """What is simulated. learn, calibrate, held: days that only teach, days on which thresholds are chosen, days on which alarms are counted.

    places, outbreaks: per world; outbreaks fall on the days after ``learn``, so that thresholds too are chosen on days that were not quiet.
    """

    places: int = 150
    learn: int = 365
    calibrate: int = 365
    held: int = 365
    outbreaks: int = 8
    budget: float = BUDGET
    silence: int = SILENCE

    def __post_init__(self) -> None:
        if not 0 < self.budget < math.inf:
            raise ValueError(f"evaluate: a budget is more than 0 alarms a year, got {self.budget}")
        if min(self.places, self.learn, self.calibrate, self.held) < 1 or min(self.outbreaks, self.silence) < 0:
            raise ValueError(f"evaluate: places and days are at least 1, outbreaks and silence at least 0, got {self}")

    @property
    def days(self) -> int:
        """Of a world, all three parts."""
        return self.learn + self.calibrate + self.held


@dataclass(frozen=True)
class Truth:
    """An outbreak that goes on in held-out time; only one that begins there counts as found or missed."""

    places: tuple[int, ...]
    start: int
    stop: int
    counts: bool = True


@dataclass(frozen=True, eq=False)
class Lived:
    """One detector in one world: the held-out days' signals, its alarms under a threshold chosen before, and as it comes out of the box.

    threshold: chosen on the calibration part. as_used: alarms and share of days in alarm at the detector's own usual threshold, or None.
    """

    detector: str
    signals: tuple[Signal, ...]
    alarms: tuple[Alarm, ...]
    threshold: float
    in_alarm: float
    as_used: tuple[int, float] | None


@dataclass(frozen=True, eq=False)
class Life:
    """One world."""

    seed: int
    plan: Plan
    truths: tuple[Truth, ...]
    lived: tuple[Lived, ...]

    def trace(self, detector: str) -> Trace:
        """The held-out days of a detector, with the signals that were kept."""
        first, by_day = self.plan.learn + self.plan.calibrate, list[list[Signal]]([[] for _ in range(self.plan.held)])
        for signal in self.of(detector).signals:
            by_day[signal.step - first].append(signal)
        return Trace(detector, first, tuple(tuple(day) for day in by_day), 365.25)

    def of(self, detector: str) -> Lived:
        """What a detector did."""
        return next(each for each in self.lived if each.detector == detector)


def settings_of(seed: int, plan: Plan) -> dict[str, Any]:
    """Worlds differ: how much effort, days and places vary, how many batches come, how busy the busiest reporter is."""
    rng = np.random.default_rng([seed, 77])
    return {
        "places": plan.places,
        "days": plan.days,
        "rate": float(rng.uniform(0.03, 0.08)),
        "effort": float(rng.uniform(0.25, 0.5)),
        "elasticity": float(rng.uniform(0.4, 1.0)),
        "dispersion": float(rng.uniform(0.2, 1.0)),
        "season": float(rng.uniform(0.0, 0.3)),
        "changes": int(rng.integers(2, 6)),
        "batches": float(rng.uniform(6, 24)),
        "prolific": float(rng.uniform(0.2, 1.0)),
        "poisons": int(rng.integers(0, 4)),
        "outbreaks": plan.outbreaks,
        "settled": plan.learn,
    }


def detectors(history: History) -> list[tuple[Detector, float | None]]:
    """Those that are compared, each with the threshold at which it is commonly used, if there is one."""
    groups = districts(history.cases.coordinates)
    return [
        (Watch(), None),
        (PermutationScan(again=56), 0.0),
        (Cleaned(PermutationScan(share=0.1, p=None, name="permutation, cleaned")), None),
        (EarsC2(name="EARS C2, places"), 3.0),
        (EarsC2(groups, name="EARS C2, districts"), 3.0),
        (LastYear(groups, name="last year's week"), 2.0),
    ]


@dataclass(frozen=True)
class Cleaned:
    """Another detector on cleaned counts: to tell what the cleaning does from what the method does."""

    detector: Detector

    @property
    def name(self) -> str:
        return self.detector.name

    def begin(self, past: Any) -> Any:
        return CleanedLooker(self.detector.begin(past.cleaned()))


@dataclass
class CleanedLooker:
    looker: Any

    def look(self, past: Any) -> list[Signal]:
        signals: list[Signal] = self.looker.look(past.cleaned())
        return signals


def live(seed: int, plan: Plan) -> Life:
    """Make a world and let every detector live in it."""
    from waspada.simulate import world

    made = world(seed, **settings_of(seed, plan))
    history = history_of(made.events, made.cases(), made.effort)
    first = plan.learn + plan.calibrate
    lived = [live_as(detector, usual, history, plan) for detector, usual in detectors(history)]
    truths = tuple(Truth(each.places, each.start, each.stop, each.start >= first) for each in made.outbreaks if each.stop > first)
    return Life(seed, plan, truths, tuple(lived))


def live_as(detector: Detector, usual: float | None, history: History, plan: Plan) -> Lived:
    trace = replay(history, detector, plan.learn)
    first = plan.learn + plan.calibrate
    chosen = hold_out(trace, first, plan.budget, plan.silence, again=None, memory=None)
    held = trace.between(first, trace.stop)
    floor = min(calibrate(held, ROOM * plan.budget, plan.silence).threshold, float(chosen.thresholds[0]))
    kept = tuple(signal for signal in held.signals if signal.statistic > floor)
    as_used = None if usual is None else (len(alarms(held, usual, plan.silence)), days_in_alarm(held, usual))
    return Lived(detector.name, kept, chosen.alarms, float(chosen.thresholds[0]), chosen.in_alarm, as_used)


def run(
    worlds: int,
    seed: int = 1,
    plan: Plan | None = None,
    *,
    processes: int | None = None,
    keep: Path | None = None,
    progress: Progress | None = None,
) -> list[Life]:
    """Live through the worlds ``seed`` .. ``seed + worlds - 1``, in several processes; the same worlds for any number of them.

    keep: a file of JSON lines. What stands there already (with the same plan) is not lived again; a run that was stopped goes on.
    """
    plan = Plan() if plan is None else plan
    if processes is not None and processes < 1:
        raise ValueError(f"evaluate: at least 1 process, got {processes}")
    if keep is not None:
        keep.open("ab").close()  # a place that cannot be written to is told before an hour of work
    done = {life.seed: life for life in read(keep, plan)} if keep is not None else {}
    missing = [number for number in range(seed, seed + worlds) if number not in done]
    for life in pool(missing, plan, processes):
        done[life.seed] = life
        if keep is not None:
            append(keep, json.dumps(as_plain(life)))
        if progress is not None:
            progress(sum(seed <= number < seed + worlds for number in done), worlds)
    return [done[number] for number in range(seed, seed + worlds)]


def append(path: Path, line: str) -> None:
    """A line of its own, whatever a run that was stopped has left behind."""
    with path.open("ab+") as file:
        if file.tell() > 0:
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(line.encode() + b"\n")


def pool(seeds: list[int], plan: Plan, processes: int | None) -> Iterator[Life]:
    from waspada.chance import processors

    count = min(processes or processors(), max(len(seeds), 1))
    if count == 1:
        yield from (live(number, plan) for number in seeds)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as workers:
        for future in as_completed([workers.submit(live, number, plan) for number in seeds]):
            yield future.result()


def as_plain(life: Life) -> dict[str, Any]:
    """Only what JSON knows."""

    def plain(alarm: Alarm) -> dict[str, Any]:
        return {**asdict(alarm), "latest": sorted(alarm.latest)}

    return {
        "seed": life.seed,
        "plan": asdict(life.plan),
        "truths": [asdict(truth) for truth in life.truths],
        "lived": [
            {**{k: v for k, v in vars(each).items() if k not in ("signals", "alarms")}, "signals": [list(vars(s).values()) for s in each.signals],
             "alarms": [plain(a) for a in each.alarms]}
            for each in life.lived
        ],
    }  # fmt: skip


def read(path: Path, plan: Plan) -> Iterable[Life]:
    """The lives of a plan in a file; a last line that was cut off is left out."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            fields = json.loads(line)
        except ValueError:
            continue
        if fields["plan"] == asdict(plan):
            yield from_plain(fields, plan)


def from_plain(fields: dict[str, Any], plan: Plan) -> Life:
    def tupled(values: dict[str, Any]) -> dict[str, Any]:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}

    lived = []
    for each in fields["lived"]:
        signals = tuple(Signal(step, tuple(rows), *rest) for step, rows, *rest in each["signals"])
        told = tuple(replace(Alarm(**tupled(a)), latest=frozenset(a["latest"])) for a in each["alarms"])
        lived.append(Lived(**{**tupled(each), "signals": signals, "alarms": told}))
    return Life(fields["seed"], plan, tuple(Truth(**tupled(truth)) for truth in fields["truths"]), tuple(lived))
