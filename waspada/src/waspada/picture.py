"""A cluster drawn: where it lies and how it came about, as SVG that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases
from waspada.zones import KILOMETRES

Floats = NDArray[np.float64]
INK, MUTED, LINE, PAPER = "#1d2a33", "#5b6b77", "#c9d3da", "#ffffff"
QUIET, LOUD, BAND = "#8fa3b0", "#b3261e", "#dbe5ec"
FEWEST = 4  # the largest point stands for at least so many cases: one alone shall not look like many
FONT = "font-family='system-ui, sans-serif'"


@dataclass(frozen=True)
class Words:
    """Everything a picture says, so that it can be said in another language. ``{}`` are filled in."""

    map_title: str = "Where: {places} places, {observed} cases"
    map_text: str = "Map of {all} places, drawn by their cases from {start} to {end}. The cluster's {places} places are marked: {names}."
    time_title: str = "When: {observed} cases since {start}, {expected} expected"
    time_text: str = (
        "Cases a day from {first} to {end} as bars, what is expected as a line, and the range in which nineteen of twenty days lie."
    )
    period: str = "{start} to {end}"
    cluster: str = "in the cluster"
    other: str = "elsewhere"
    cases: str = "cases in a place"
    expected: str = "expected"
    usual: str = "19 of 20 days"
    more: str = "and {} more"
    kilometres: str = "km"
    units: str = "units"


class Found(Protocol):
    """What is drawn: a ``Cluster``, or anything that says as much."""

    @property
    def rows(self) -> tuple[int, ...]: ...
    @property
    def first_step(self) -> int: ...
    @property
    def observed(self) -> int: ...
    @property
    def expected(self) -> float: ...


def map_svg(cases: Cases, found: Found, width: int = 480, height: int = 400, words: Words | None = None, stop: int | None = None) -> str:
    """Every place as a point whose area grows with its cases in the cluster's period; the cluster's are filled and ringed.

    stop: the step after the cluster's period; the study's last if None. width, height: in pixels, at least 240 by 200.
    """
    words, stop = words or Words(), cases.steps if stop is None else stop
    check(cases, found, stop, width, height)
    foot = 64
    across, up, metres = flat(cases)
    frame = Frame.around(across, up, (16, 44, width - 16, height - foot - 8))
    counts = cases.counts[:, found.first_step : stop].sum(axis=1)
    most = max(int(counts.max(initial=0)), FEWEST)
    radius = 2.0 + 9.0 * np.sqrt(counts / most)
    inside = np.zeros(cases.places, bool)
    inside[list(found.rows)] = True
    parts = []
    for row in sorted(range(cases.places), key=lambda r: (bool(inside[r]), -int(counts[r]))):
        x, y = frame.place(across[row], up[row])
        look = f"fill='{LOUD}' stroke='{INK}' stroke-width='1.5'" if inside[row] else f"fill='{QUIET}' fill-opacity='0.55'"
        name = f"<title>{text_of(cases.ids[row])}: {int(counts[row])}</title>" if inside[row] or counts[row] else ""
        parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius[row]:.1f}' {look}>{name}</circle>")
    parts += legend_of_map(words, width, height - foot, most)
    parts += scale_bar(frame, metres, words, width, height - foot)
    start, end = cases.first_day(found.first_step), last_day(cases, stop)
    title = words.map_title.format(places=len(found.rows), observed=found.observed)
    names = listed([cases.ids[row] for row in found.rows], words)
    text = words.map_text.format(all=cases.places, start=start, end=end, places=len(found.rows), names=names)
    return document(width, height, title, text, words.period.format(start=start, end=end), parts)


def time_svg(
    cases: Cases, found: Found, expected: ArrayLike, *, alpha: float = 0.0, days: int = 84, stop: int | None = None,
    width: int = 480, height: int = 260, words: Words | None = None,
) -> str:  # fmt: skip
    """The cluster's places together: cases as bars, the expectation as a line with the band in which 95 % of the days lie.

    expected: (places, steps), the baseline. alpha: the variance of a day is mean + alpha mean^2 (0: Poisson). days: how many steps are shown.
    """
    words, stop = words or Words(), cases.steps if stop is None else stop
    check(cases, found, stop, width, height)
    means = np.asarray(expected, np.float64)
    if means.shape != cases.counts.shape:
        raise BadData(f"picture: expected {cases.counts.shape} expectations, got the shape {means.shape}")
    if not math.isfinite(alpha) or alpha < 0:
        raise ValueError(f"picture: alpha is a number from 0, got {alpha}")
    first, rows = max(0, stop - days, 0), list(found.rows)
    counts, mean = cases.counts[rows, first:stop].sum(axis=0), means[rows, first:stop].sum(axis=0)
    low, high = band(np.where(np.isfinite(mean), mean, 0.0), alpha)
    top = nice(max(float(counts.max(initial=0)), float(high.max(initial=0)), 1.0))
    box = (40, 44, width - 12, height - 58)
    parts = axes(cases, first, stop, top, box)
    parts += course(counts, mean, (low, high), top, box, found.first_step - first)
    parts += legend_of_time(words, box, height)
    start, end = cases.first_day(found.first_step), last_day(cases, stop)
    title = words.time_title.format(observed=found.observed, start=start, expected=f"{found.expected:.1f}")
    return document(width, height, title, words.time_text.format(first=cases.first_day(first), end=end), "", parts)


def check(cases: Cases, found: Found, stop: int, width: int, height: int) -> None:
    if width < 240 or height < 200:
        raise ValueError(f"picture: at least 240 by 200 pixels, got {width} by {height}")
    if not 0 <= found.first_step < stop <= cases.steps:
        raise BadData(f"picture: the period from step {found.first_step} to {stop} lies outside the {cases.steps} steps there are")
    for row in found.rows:
        if not 0 <= row < cases.places:
            raise BadData(f"picture: there is no place {row}; rows go from 0 to {cases.places - 1}")


def text_of(value: object) -> str:
    """Safe inside an element and inside quotes; what XML cannot hold is left out."""
    return escape(
        "".join(
            c for c in str(value) if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
        ),
        quote=True,
    )


def listed(names: Sequence[str], words: Words, most: int = 12) -> str:
    rest = f" {words.more.format(len(names) - most)}" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def last_day(cases: Cases, stop: int) -> date:
    from waspada.clusters import period

    return period(cases, 0, stop)[1]


def document(width: int, height: int, title: str, text: str, below: str, parts: list[str]) -> str:
    label = f"<text x='16' y='38' font-size='12' fill='{MUTED}'>{text_of(below)}</text>" if below else ""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' role='img' {FONT}>"
        f"<title>{text_of(title)}</title><desc>{text_of(text)}</desc>"
        f"<rect width='{width}' height='{height}' fill='{PAPER}'/>"
        f"<text x='16' y='22' font-size='15' font-weight='600' fill='{INK}'>{text_of(title)}</text>{label}" + "".join(parts) + "</svg>\n"
    )


def flat(cases: Cases) -> tuple[Floats, Floats, bool]:
    """East and north of each place, in kilometres for latitude and longitude, and whether they are kilometres."""
    if not cases.latlong:
        return cases.coordinates[:, 0], cases.coordinates[:, 1], False
    latitude, longitude = np.radians(cases.coordinates).T
    if len(longitude) and np.ptp(longitude) > np.pi:  # across the date line
        longitude = np.where(longitude < 0, longitude + 2 * np.pi, longitude)
    middle = float(np.cos(latitude).mean()) if len(latitude) else 1.0
    return KILOMETRES * longitude * middle, KILOMETRES * latitude, True


@dataclass(frozen=True)
class Frame:
    """From the ground to the paper: one scale for both directions, north up."""

    scale: float
    left: float
    bottom: float
    west: float
    south: float

    @classmethod
    def around(cls, across: Floats, up: Floats, box: tuple[int, int, int, int], margin: float = 12.0) -> Frame:
        left, top, right, bottom = box
        wide, high = (float(np.ptp(v)) if len(v) else 0.0 for v in (across, up))
        room, rise = right - left - 2 * margin, bottom - top - 2 * margin
        scale = min(room / wide if wide > 0 else math.inf, rise / high if high > 0 else math.inf)
        scale = scale if math.isfinite(scale) else 1.0
        west, south = (float(v.min()) if len(v) else 0.0 for v in (across, up))
        return cls(scale, left + margin + (room - wide * scale) / 2, bottom - margin - (rise - high * scale) / 2, west, south)

    def place(self, across: float, up: float) -> tuple[float, float]:
        return self.left + (across - self.west) * self.scale, self.bottom - (up - self.south) * self.scale


def nice(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 ... from a value on."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= value * (1 - 1e-9))


def scale_bar(frame: Frame, kilometres: bool, words: Words, width: int, top: float) -> list[str]:
    wanted = 90 / frame.scale
    power = 10.0 ** math.floor(math.log10(wanted))
    length = max(power * step for step in (1, 2, 5) if power * step <= wanted * (1 + 1e-9))
    pixels = length * frame.scale
    right, y = width - 20.0, top + 44
    path = f"M{right - pixels:.1f} {y - 5} v5 H{right:.1f} v-5"
    unit = words.kilometres if kilometres else words.units
    return [
        f"<path d='{path}' fill='none' stroke='{INK}' stroke-width='1.5'/>",
        f"<text x='{right:.1f}' y='{y - 10}' font-size='12' text-anchor='end' fill='{INK}'>{length:g} {text_of(unit)}</text>",
    ]


def legend_of_map(words: Words, width: int, top: float, most: int) -> list[str]:
    parts = [f"<path d='M16 {top} H{width - 16}' stroke='{LINE}'/>"]
    for number, (label, look) in enumerate(
        [(words.cluster, f"fill='{LOUD}' stroke='{INK}' stroke-width='1.5'"), (words.other, f"fill='{QUIET}' fill-opacity='0.55'")]
    ):
        y = top + 22 + 22 * number
        parts.append(
            f"<circle cx='26' cy='{y - 4:.0f}' r='6' {look}/><text x='40' y='{y}' font-size='12' fill='{INK}'>{text_of(label)}</text>"
        )
    parts.append(f"<text x='168' y='{top + 15}' font-size='12' fill='{MUTED}'>{text_of(words.cases)}</text>")
    for number, (count, radius) in enumerate([(1, 2.0 + 9.0 / math.sqrt(most)), (most, 11.0)]):
        x = 180 + 52 * number
        parts.append(f"<circle cx='{x}' cy='{top + 36}' r='{radius:.1f}' fill='none' stroke='{MUTED}'/>")
        parts.append(f"<text x='{x + 15}' y='{top + 40}' font-size='12' fill='{MUTED}'>{count}</text>")
    return parts


def band(mean: Floats, alpha: float) -> tuple[Floats, Floats]:
    """The 2.5 and 97.5 % points of negative binomial days, Poisson where alpha is 0."""
    from scipy.stats import nbinom, poisson  # slow to import

    positive = np.maximum(mean, 1e-12)
    law = poisson(positive) if alpha <= 1e-9 else nbinom(1 / alpha, 1 / (1 + alpha * positive))
    return np.asarray(law.ppf(0.025), np.float64), np.asarray(law.ppf(0.975), np.float64)


def axes(cases: Cases, first: int, stop: int, top: float, box: tuple[int, int, int, int]) -> list[str]:
    left, high, right, low = box
    parts = []
    for share in (0.0, 0.5, 1.0) if top >= 2 else (0.0, 1.0):
        y = low - (low - high) * share
        parts.append(f"<path d='M{left} {y:.1f} H{right}' stroke='{LINE}'/>")
        parts.append(f"<text x='{left - 6}' y='{y + 4:.1f}' font-size='12' text-anchor='end' fill='{MUTED}'>{top * share:g}</text>")
    for step, anchor in ((first, "start"), (stop - 1, "end")):
        x = left if anchor == "start" else right
        parts.append(f"<text x='{x}' y='{low + 18}' font-size='12' text-anchor='{anchor}' fill='{MUTED}'>{cases.first_day(step)}</text>")
    return parts


def course(
    counts: NDArray[np.int64], mean: Floats, limits: tuple[Floats, Floats], top: float, box: tuple[int, int, int, int], begins: int
) -> list[str]:
    """Band, bars and line; the bars of the cluster's period are loud."""
    left, high, right, low = box
    wide = (right - left) / max(len(counts), 1)

    def y(value: float) -> float:
        return low - (low - high) * min(value, top) / top

    def stairs(values: Floats) -> list[str]:
        return [f"{left + wide * (i + side):.1f} {y(float(v)):.1f}" for i, v in enumerate(values) for side in (0, 1)]

    parts = [f"<path d='M{' L'.join([*stairs(limits[1]), *reversed(stairs(limits[0]))])} Z' fill='{BAND}'/>"]
    gap = min(1.0, wide * 0.2)
    for i, count in enumerate(counts):
        if count:
            look = LOUD if i >= begins else QUIET
            parts.append(
                f"<rect x='{left + wide * i + gap / 2:.1f}' y='{y(count):.1f}' width='{wide - gap:.1f}' height='{low - y(count):.1f}' fill='{look}'/>"
            )
    known = np.flatnonzero(np.isfinite(mean))
    if len(known):
        points = " L".join(f"{left + wide * (i + 0.5):.1f} {y(float(mean[i])):.1f}" for i in known)
        parts.append(f"<path d='M{points}' fill='none' stroke='{INK}' stroke-width='1.8'/>")
    return parts


def legend_of_time(words: Words, box: tuple[int, int, int, int], height: int) -> list[str]:
    x, y = float(box[0]), height - 16
    parts = []
    for label, mark in (
        (words.cluster, f"<rect x='{{x:.0f}}' y='{y - 10}' width='12' height='12' fill='{LOUD}'/>"),
        (words.expected, f"<path d='M{{x:.0f}} {y - 4} h12' stroke='{INK}' stroke-width='1.8'/>"),
        (words.usual, f"<rect x='{{x:.0f}}' y='{y - 10}' width='12' height='12' fill='{BAND}' stroke='{LINE}'/>"),
    ):
        parts.append(mark.format(x=x) + f"<text x='{x + 18:.0f}' y='{y}' font-size='12' fill='{INK}'>{text_of(label)}</text>")
        x += 34 + 7.0 * len(label)
    return parts
