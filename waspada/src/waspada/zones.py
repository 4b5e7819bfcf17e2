"""Which groups of places are looked at: growing circles round each place, or any list that is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waspada.cases import BadData, Cases
from waspada.near import Limits, growing

KILOMETRES = 6367.0  # the earth's radius that SaTScan takes


@dataclass(frozen=True, eq=False)
class Zones:
    """Groups of places as growing lists: a list's zones are its beginnings of at least ``smallest`` places.

    starts: (lists + 1,) where each list begins in ``members``. smallest: (lists,) the size of a list's first zone.
    centres: (lists,) the place a list grows from, -1 where there is none.
    """

    places: int
    starts: NDArray[np.int64]
    members: NDArray[np.int32]
    smallest: NDArray[np.int64]
    centres: NDArray[np.int64]

    @classmethod
    def circles(
        cls,
        cases: Cases,
        *,
        share: float | None = None,
        radius: float | None = None,
        neighbours: int | None = None,
        weights: ArrayLike | None = None,
    ) -> Zones:
        """Circles round each place that hold at most a share of the weight, reach at most so far, have at most so many places.

        weights: by default what is expected of a place: its population's share if there is one, else its cases and controls.
        radius: kilometres for latitude and longitude, else the coordinates' own unit. A place alone is always a zone.
        """
        if share is None and radius is None and neighbours is None:
            share = 0.5
        if share is not None and not 0 < share <= 1:
            raise ValueError(f"zones: a share lies between 0 and 1, got {share}")
        if radius is not None and not radius >= 0:
            raise ValueError(f"zones: a radius cannot be {radius}")
        if neighbours is not None and neighbours < 1:
            raise ValueError(f"zones: neighbours must be at least 1, got {neighbours}")
        burden = np.asarray(usual_weights(cases) if weights is None else weights, np.float64)
        if burden.shape != (cases.places,) or not (np.isfinite(burden) & (burden >= 0)).all():
            raise BadData(f"zones: weights must be {cases.places} numbers from 0")
        limits = Limits(
            places=min(neighbours or cases.places, cases.places),
            weight=np.inf if share is None else share * float(burden.sum()) * (1 + 1e-12),
            distance=np.inf if radius is None else straight(radius, cases.latlong),
        )
        starts, members = growing(positions(cases), burden, limits)
        return cls(cases.places, starts, members, np.ones(cases.places, np.int64), np.arange(cases.places))

    @classmethod
    def given(cls, cases: Cases, groups: Iterable[Sequence[int | str]]) -> Zones:
        """Exactly these groups of places, by name or by row: districts, say."""
        rows = {name: row for row, name in enumerate(cases.ids)}
        lists: list[NDArray[np.int32]] = []
        for number, group in enumerate(groups):
            try:
                found = [rows[place] if isinstance(place, str) else range(cases.places)[place] for place in group]
            except (KeyError, IndexError) as error:
                raise BadData(f"zones: group {number} names a place that does not exist: {error}") from None
            if not found or len(set(found)) != len(found):
                raise BadData(f"zones: group {number} must name at least one place, and each once")
            lists.append(np.array(found, np.int32))
        sizes = np.array([len(group) for group in lists], np.int64)
        members = np.concatenate(lists) if lists else np.zeros(0, np.int32)
        return cls(cases.places, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), members, sizes, np.full(len(sizes), -1))

    @classmethod
    def everywhere(cls, cases: Cases) -> Zones:
        """All places as one zone: a purely temporal scan."""
        return cls.given(cases, [range(cases.places)])

    @property
    def lists(self) -> int:
        """How many growing lists of places."""
        return len(self.starts) - 1

    @property
    def count(self) -> int:
        """How many zones there are."""
        return int((np.diff(self.starts) - self.smallest + 1).sum())

    def members_of(self, number: int, size: int) -> NDArray[np.int32]:
        """The places of the zone of ``size`` places that begins list ``number``."""
        return self.members[self.starts[number] : self.starts[number] + size]

    def containing(self, place: int) -> Zones:
        """Only the zones that contain one place, given by its row."""
        if not isinstance(place, int | np.integer) or not 0 <= place < self.places:
            raise BadData(f"zones: there is no place {place!r}; rows go from 0 to {self.places - 1}")
        where = np.flatnonzero(self.members == place)
        lists = np.searchsorted(self.starts, where, side="right") - 1
        smallest = np.maximum(where - self.starts[lists] + 1, self.smallest[lists])
        sizes = np.diff(self.starts)[lists]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        source = np.repeat(self.starts[lists] - starts[:-1], sizes) + np.arange(starts[-1])
        return Zones(self.places, starts, self.members[source], smallest, self.centres[lists])


def usual_weights(cases: Cases) -> NDArray[np.float64]:
    """What each place weighs if nobody says otherwise."""
    kind = "poisson" if cases.population is not None else "bernoulli" if cases.controls is not None else "permutation"
    return weights_for(kind, cases)


def weights_for(score: str, cases: Cases) -> NDArray[np.float64]:
    """What each place weighs in a score's limit by share: expected cases, everybody, or the cases themselves."""
    if score == "poisson":
        from waspada.expected import poisson_expected

        return np.asarray(poisson_expected(cases).sum(axis=1))
    weights = cases.counts.sum(axis=1).astype(np.float64)
    if score == "bernoulli" and cases.controls is not None:
        weights = weights + cases.controls.sum(axis=1)
    return np.asarray(weights)


def positions(cases: Cases) -> NDArray[np.float64]:
    """Points whose straight distance orders the places as their distance does: on a sphere for latitude and longitude."""
    if not cases.latlong:
        return cases.coordinates
    latitude, longitude = np.radians(cases.coordinates).T
    return KILOMETRES * np.column_stack([np.cos(longitude) * np.cos(latitude), np.sin(longitude) * np.cos(latitude), np.sin(latitude)])


def straight(kilometres: float, latlong: bool) -> float:
    """The straight line under an arc of so many kilometres."""
    return 2 * KILOMETRES * float(np.sin(min(kilometres / (2 * KILOMETRES), np.pi / 2))) if latlong else kilometres
