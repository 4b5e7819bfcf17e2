"""How hard somebody looked: visits, officers on duty, open channels; reports follow it by a power that is estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases

Array = NDArray[np.float64]
HIGHEST = 1.5
RARE = 0.005  # a share of places and days without effort below which nothing is learned from them
RECENT = 56  # days that tell a place's usual effort


@dataclass(frozen=True, eq=False)
class Effort:
    """Effort as columns: per channel its logarithm against the history's mean, and for channels often idle whether it was 0.

    features: (columns, places, days) of the history. scale: (channels,) the history's mean where there was any.
    idle: channels with a column of their own for no effort; least: what stands for 0 in the others.
    usual: (places, 1) what a place's effort of the last eight weeks usually multiplied its level by.
    """

    channels: int
    scale: Array
    least: Array
    idle: tuple[int, ...]
    features: Array
    usual: Array = field(default_factory=lambda: np.ones((1, 1)))

    @classmethod
    def of(cls, effort: ArrayLike | None, cases: Cases, length: int) -> Effort:
        if effort is None:
            none = np.zeros(0)
            return cls(0, none, none, (), np.zeros((0, cases.places, length)))
        values = checked(effort, cases.places, cases.steps, cases.ids)[:, :length]
        channels = values.shape[2]
        scale, least = np.ones(channels), np.ones(channels)
        for channel in range(channels):
            some = values[:, :, channel][values[:, :, channel] > 0]
            if len(some):
                scale[channel] = some.mean()
                least[channel] = some.min() / scale[channel] / 2
        idle = tuple(c for c in range(channels) if RARE <= (values[:, :, c] <= 0).mean() <= 1 - RARE)
        raw = cls(channels, scale, least, idle, np.zeros((0, 0, 0)))
        return cls(channels, scale, least, idle, raw.columns(values))

    @property
    def middle(self) -> Array:
        """What is thought of the coefficients beforehand: between no pull and a full one; idle days bring half."""
        return np.array([0.5] * self.channels + [-0.7] * len(self.idle))

    @property
    def spread(self) -> Array:
        return np.array([0.5] * self.channels + [1.5] * len(self.idle))

    @property
    def low(self) -> Array:
        return np.array([0.0] * self.channels + [-6.0] * len(self.idle))

    @property
    def high(self) -> Array:
        return np.array([HIGHEST] * self.channels + [2.0] * len(self.idle))

    def columns(self, values: Array) -> Array:
        """(columns, places, days) from (places, days, channels)."""
        columns = np.empty((self.channels + len(self.idle), *values.shape[:2]))
        for channel in range(self.channels):
            share = values[:, :, channel] / self.scale[channel]
            at_rest = 1.0 if channel in self.idle else self.least[channel]
            columns[channel] = np.log(np.where(share > 0, share, at_rest))
        for extra, channel in enumerate(self.idle):
            columns[self.channels + extra] = values[:, :, channel] <= 0
        return columns

    def factors(self, effort: ArrayLike | None, days: int, coefficients: Array, ids: Sequence[str]) -> Array:
        """(places or 1, days or 1): what effort multiplies a place's level by."""
        if effort is None:
            return self.usual
        if self.channels == 0:
            raise BadData("effort: the baseline was learned without any")
        values = checked(effort, len(ids), days, ids)
        if values.shape[2] != self.channels:
            raise BadData(f"effort: {values.shape[2]} channels, the baseline was learned with {self.channels}")
        return np.asarray(np.exp(np.einsum("c,cpt->pt", coefficients, self.columns(values))))

    def usual_factors(self, coefficients: Array) -> Array:
        """(places, 1): the mean factor of the last eight weeks of history."""
        if self.channels == 0:
            return np.ones((1, 1))
        recent = self.features[:, :, -RECENT:]
        return np.asarray(np.exp(np.einsum("c,cpt->pt", coefficients, recent)).mean(axis=1, keepdims=True))


def checked(effort: ArrayLike, places: int, days: int, ids: Sequence[str]) -> Array:
    """(places, days, channels), or an error that names the place and the value."""
    values = np.asarray(effort, np.float64)
    if values.ndim == 2:
        values = values[:, :, None]
    if values.ndim != 3 or values.shape[:2] != (places, days):
        raise BadData(f"effort: expected {(places, days)} and channels, got the shape {np.shape(effort)}")
    for row, day, channel in np.argwhere(~(np.isfinite(values) & (values >= 0)))[:1]:
        raise BadData(f"effort: place {ids[row]!r} cannot have {values[row, day, channel]} on day {day}; effort is a number from 0")
    return values
