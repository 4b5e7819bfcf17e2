"""What came of the simulated worlds: power, delay, place recall and precision, alarms a year, each with an interval."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waspada.alarms import Alarm, Trace, alarms
from waspada.evaluate import Life, Truth
from waspada.rates import Rate, within_by_chance

Floats = NDArray[np.float64]
FOUND = 0.25  # an alarm has found an outbreak if so many of its places are the outbreak's
RESAMPLES = 2000


def finds(alarm: Alarm, truth: Truth) -> bool:
    """Raised while the outbreak lasted, and at least a quarter of its places, at least one, the outbreak's."""
    return truth.start <= alarm.raised < truth.stop and concerns(alarm, truth)


def concerns(alarm: Alarm, truth: Truth) -> bool:
    """The same for the alarm's period: one that is raised when the outbreak has just ended comes late, but it is not false."""
    shared = len(set(alarm.rows) & set(truth.places))
    return alarm.since < truth.stop and truth.start <= alarm.raised and shared > 0 and shared >= FOUND * len(alarm.rows)


@dataclass(frozen=True, eq=False)
class Told:
    """One world's alarms against its truth. delays: days from an outbreak's first to its first alarm's, infinite where there was none.

    recall, precision: of the first alarm's places, where there was one.
    """

    alarms: int
    false: int
    delays: Floats
    longest: Floats
    recall: Floats
    precision: Floats


def told(found: Sequence[Alarm], truths: Sequence[Truth]) -> Told:
    delays, recall, precision = [], [], []
    for truth in [truth for truth in truths if truth.counts]:
        first = next((alarm for alarm in found if finds(alarm, truth)), None)
        delays.append(math.inf if first is None else float(first.raised - truth.start))
        if first is not None:
            shared = len(set(first.rows) & set(truth.places))
            recall.append(shared / len(truth.places))
            precision.append(shared / len(first.rows))
    false = sum(not any(concerns(alarm, truth) for truth in truths) for alarm in found)
    lasted = np.array([truth.stop - truth.start for truth in truths if truth.counts], np.float64)
    return Told(len(found), false, np.array(delays), lasted, np.array(recall), np.array(precision))


@dataclass(frozen=True)
class Measured:
    """A figure with its 95 % interval, from worlds drawn anew with replacement."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """A detector's figures. alarms, false: a year (Garwood). share: of the budget, its interval from worlds drawn anew, for alarms come
    in bunches. within: the share of worlds within a quarter of the budget.

    power: share of outbreaks found. delay: median days, an outbreak that was not found later than any. lost: mean days until found, the whole
    outbreak's length where it was not. recall, precision: of places at the first alarm.
    """

    detector: str
    alarms: Rate
    false: Rate
    share: Measured
    within: float
    power: Measured
    delay: Measured
    lost: Measured
    recall: Measured
    precision: Measured
    in_alarm: float | None
    threshold: float | None


def row(detector: str, worlds: Sequence[Told], years: float, budget: float, in_alarm: float | None, threshold: float | None) -> Row:
    near = [abs(w.alarms / years - budget) <= budget / 4 for w in worlds]
    total = years * len(worlds)

    def measured(of: Callable[[Told], Floats], summary: Callable[[Floats], float]) -> Measured:
        return resampled([of(w) for w in worlds], summary)

    return Row(
        detector,
        Rate(sum(w.alarms for w in worlds), total),
        Rate(sum(w.false for w in worlds), total),
        measured(lambda w: np.array([w.alarms / years / budget]), mean),
        float(np.mean(near)),
        measured(lambda w: np.isfinite(w.delays).astype(np.float64), mean),
        measured(lambda w: w.delays, median),
        measured(lost, mean),
        measured(lambda w: w.recall, mean),
        measured(lambda w: w.precision, mean),
        in_alarm,
        threshold,
    )


def lost(world: Told) -> Floats:
    """Days each outbreak went on unseen."""
    return np.minimum(world.delays, world.longest)


def mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else math.nan


def median(values: Floats) -> float:
    """The middle one, the later of two middle ones: so infinities do not meet."""
    return float(np.sort(values)[len(values) // 2]) if len(values) else math.nan


def resampled(by_world: Sequence[Floats], summary: Callable[[Floats], float], seed: int = 1) -> Measured:
    """The worlds are what is independent, so worlds are drawn anew, not outbreaks."""
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(RESAMPLES if len(by_world) > 1 else 0):
        drawn = rng.integers(0, len(by_world), len(by_world))
        values.append(summary(np.concatenate([by_world[i] for i in drawn])))
    known = np.sort([v for v in values if not math.isnan(v)])
    whole = summary(np.concatenate(list(by_world))) if by_world else math.nan
    if len(known) == 0:
        return Measured(whole, math.nan, math.nan)
    return Measured(whole, float(known[int(0.025 * len(known))]), float(known[int(0.975 * (len(known) - 1) + 0.5)]))


def calibrated(lives: Sequence[Life]) -> list[Row]:
    """Each world's threshold chosen on its own past, alarms counted on held-out days."""
    plan = lives[0].plan
    rows = []
    for name in names(lives):
        worlds = [told(life.of(name).alarms, life.truths) for life in lives]
        in_alarm = float(np.mean([life.of(name).in_alarm for life in lives]))
        rows.append(row(name, worlds, plan.held / 365.25, plan.budget, in_alarm, None))
    return rows


def names(lives: Sequence[Life]) -> list[str]:
    return [each.detector for each in lives[0].lived]


def equal(lives: Sequence[Life], budget: float | None = None) -> tuple[list[Row], dict[str, tuple[Measured, Measured]]]:
    """One threshold for all worlds at which the held-out alarms are the budget's: chosen afterwards, to compare detectors at the same price.

    Also, for each detector but the first, how many days more than the first it loses and how many outbreaks fewer it finds: of the same outbreaks.
    """
    plan = lives[0].plan
    budget = plan.budget if budget is None else budget
    rows, worlds_of = [], {}
    for name in names(lives):
        traces = [life.trace(name) for life in lives]
        threshold = threshold_for(traces, budget, plan.silence)
        found = [alarms(trace, threshold, plan.silence) for trace in traces]
        worlds_of[name] = [told(each, life.truths) for each, life in zip(found, lives, strict=True)]
        rows.append(row(name, worlds_of[name], plan.held / 365.25, budget, None, threshold))
    first = names(lives)[0]
    differences = {}
    for name in names(lives)[1:]:
        pairs = list(zip(worlds_of[name], worlds_of[first], strict=True))
        later = resampled([lost(other) - lost(ours) for other, ours in pairs], mean)
        fewer = resampled([np.isfinite(ours.delays).astype(float) - np.isfinite(other.delays) for other, ours in pairs], mean)
        differences[name] = (later, fewer)
    return rows, differences


def threshold_for(traces: Sequence[Trace], budget: float, silence: int) -> float:
    """The lowest statistic at which the traces together give at most ``budget`` alarms a year."""
    heights = np.unique(np.concatenate([trace.heights for trace in traces]))
    years = sum(len(trace.days) / trace.per_year for trace in traces)
    low, high = 0, len(heights) - 1
    while low < high:
        middle = (low + high) // 2
        many = sum(len(alarms(trace, float(heights[middle]), silence)) for trace in traces)
        low, high = (middle + 1, high) if many > budget * years else (low, middle)
    return float(heights[low]) if len(heights) else 0.0


def as_used(lives: Sequence[Life]) -> dict[str, tuple[Rate, float]]:
    """Alarms a year and the share of days in alarm at the thresholds in common use."""
    result = {}
    years = len(lives) * lives[0].plan.held / 365.25
    for name in names(lives):
        used = [life.of(name).as_used for life in lives]
        known = [each for each in used if each is not None]
        if len(known) == len(lives):
            result[name] = (Rate(sum(count for count, _ in known), years), float(np.mean([days for _, days in known])))
    return result


def report(lives: Sequence[Life]) -> dict[str, Any]:
    """All of it, ready for JSON or for ``as_text``."""
    plan = lives[0].plan
    rows, differences = equal(lives)
    return {
        "worlds": len(lives),
        "seeds": [lives[0].seed, lives[-1].seed],
        "plan": vars(plan),
        "outbreaks": sum(truth.counts for life in lives for truth in life.truths),
        "calibrated": calibrated(lives),
        "equal": rows,
        "differences": differences,
        "as_used": as_used(lives),
        "by_chance": within_by_chance(plan.budget, plan.calibrate / 365.25, plan.held / 365.25),
    }


def as_text(found: dict[str, Any]) -> str:
    """Tables in Markdown."""
    plan, worlds = found["plan"], found["worlds"]
    lines = [
        f"{worlds} worlds (seeds {found['seeds'][0]}-{found['seeds'][1]}) of {plan['places']} places, {found['outbreaks']} outbreaks in held-out time, "
        f"budget {plan['budget']:g} alarms a year; 95 % intervals: Garwood for alarms, else worlds drawn anew.",
        "",
        "Threshold of each world chosen on its own past, alarms of the following year:",
        "",
        "| detector | alarms a year | of the budget | worlds within 25 % | false a year | days in alarm | outbreaks found | median delay | days lost | place recall | place precision |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in found["calibrated"]:
        ratio = f"{r.share.value:.2f} ({r.share.low:.2f}-{r.share.high:.2f})"
        lines.append(f"| {r.detector} | {short(r.alarms)} | {ratio} | {r.within:.0%} | {short(r.false)} | {r.in_alarm:.0%} | {cells(r)} |")
    lines += [
        "",
        f"Within 25 % by chance alone: {found['by_chance'][0]:.0%} of worlds if the rate were the budget exactly, {found['by_chance'][1]:.0%} "
        "under a threshold fitted to one year of as many independent alarms.",
        "",
        f"At equal alarms a year ({plan['budget']:g} held-out; one threshold for all worlds, chosen afterwards):",
        "",
        "| detector | alarms a year | false a year | outbreaks found | median delay | days lost | place recall | place precision | days lost more than the first |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for r in found["equal"]:
        more = found["differences"].get(r.detector)
        lines.append(f"| {r.detector} | {r.alarms.per_year:.1f} | {short(r.false)} | {cells(r)} | {figure(more[0]) if more else ''} |")
    lines += ["", "As commonly used, without calibration:", "", "| detector | alarms a year | days in alarm |", "|---|---|---|"]
    lines += [f"| {name} | {short(rate)} | {share:.0%} |" for name, (rate, share) in found["as_used"].items()]
    return "\n".join(lines)


def as_json(found: dict[str, Any]) -> str:
    """The same in full precision; what is infinite (never) or unknown is null."""

    def plain(value: Any) -> Any:
        if isinstance(value, Rate):
            return {"events": value.events, "years": value.years, "per_year": value.per_year, "interval": list(value.interval)}
        if is_dataclass(value):
            return {name: plain(each) for name, each in vars(value).items()}
        if isinstance(value, dict):
            return {name: plain(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return None if isinstance(value, float) and not math.isfinite(value) else value

    return json.dumps(plain(found), indent=2, ensure_ascii=False, allow_nan=False)


def cells(r: Row) -> str:
    return " | ".join(
        [figure(r.power, 100, " %"), figure(r.delay), figure(r.lost), figure(r.recall, 100, " %"), figure(r.precision, 100, " %")]
    )


def short(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.per_year:.1f} ({low:.1f}-{high:.1f})"


def figure(m: Measured, scale: float = 1.0, unit: str = "") -> str:
    def number(value: float) -> str:
        if math.isinf(value):
            return "never"
        return "-" if math.isnan(value) else f"{value * scale:.0f}" if scale > 1 else f"{value:.1f}"

    return f"{number(m.value)}{unit} ({number(m.low)}-{number(m.high)})"
