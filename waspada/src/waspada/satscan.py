"""SaTScan's parameter and data files, read as SaTScan reads them."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from waspada.calendar import DAYS_IN_YEAR, units_between
from waspada.cases import BadData, Cases, Population, Unit
from waspada.clusters import Clusters
from waspada.options import Unsupported, sort_out
from waspada.scan import scan
from waspada.scores import Bernoulli, Permutation, Poisson, Score
from waspada.table import day_of, number, step_of, whole
from waspada.windows import Windows
from waspada.zones import Zones, weights_for

UNITS: dict[str, Unit] = {"1": "year", "2": "month", "3": "day"}
OVERLAPS = {"0": "none", "1": "centres", "2": "more-likely", "3": "less-likely", "4": "pairs", "5": "any"}
FREQUENCIES = {"1": 1.0, "2": DAYS_IN_YEAR / 52, "3": DAYS_IN_YEAR / 12, "4": DAYS_IN_YEAR / 4, "5": DAYS_IN_YEAR}
SPATIAL, TEMPORAL, PROSPECTIVE = "1", ("2", "6"), ("4", "6")


class Parameters:
    """The options of a file by name, whatever section they stand in and however they are spelled."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values: dict[str, tuple[str, str]] = {}
        for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines():
            name, mark, value = line.strip().partition("=")
            if mark and not name.startswith((";", "[")):
                self.values[name.strip().lower()] = (name.strip(), value.strip())

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name.lower(), ("", ""))[1] or default

    def on(self, name: str) -> bool:
        return self.text(name, "n").lower() in ("y", "yes", "1", "true")

    def one_of(self, name: str, allowed: str, default: str) -> str:
        value = self.text(name, default)
        if value not in allowed.split():
            raise Unsupported(f"{name}={value} is not supported")
        return value

    def amount(self, name: str, default: float) -> float:
        return number(self.text(name, str(default)), name)

    def file(self, name: str) -> Path | None:
        """The file, relative to where the parameters lie."""
        value = self.text(name).strip("\"'").replace("\\", "/")
        return self.path.parent / value if value else None


@dataclass(frozen=True, eq=False)
class Study:
    """All that a parameter file asks for. twins: places of the same coordinates, which SaTScan takes as one location."""

    cases: Cases
    zones: Zones
    score: Score
    windows: Windows
    options: dict[str, Any]
    notes: tuple[str, ...]
    twins: dict[str, tuple[str, ...]]

    def scan(self, **changes: Any) -> Clusters:
        found = scan(self.cases, self.zones, self.score, self.windows, **{**self.options, **changes})
        named = tuple(replace(c, places=tuple(t for p in c.places for t in self.twins[p])) for c in found)
        return replace(found, found=named)


def read(path: Path | str) -> Study:
    """Read a parameter file and the data it names; refuses, by name, what would change a number and is not supported."""
    parameters = Parameters(Path(path))
    notes = sort_out(parameters.values)
    analysis = parameters.one_of("AnalysisType", "1 2 3 4 6", "1")
    model = parameters.one_of("ModelType", "0 1 2", "0")
    if model == "2" and analysis not in ("3", "4"):
        raise Unsupported(f"ModelType=2 with AnalysisType={analysis}: a permutation needs places and times")
    for name in ("IncludePurelyTemporal", "IncludePurelySpatial"):
        if analysis in ("3", "4") and parameters.on(name):
            raise Unsupported(f"{name}=y is not supported")
    cases, twins = read_cases(parameters, analysis, model)
    scores: dict[str, Score] = {"0": Poisson(), "1": Bernoulli(), "2": Permutation()}
    score = scores[model]
    kind = {"0": "poisson", "1": "bernoulli", "2": "permutation"}[model]
    zones = Zones.everywhere(cases) if analysis in TEMPORAL else circles(parameters, cases, kind)
    options, more = scan_options(parameters, analysis)
    return Study(cases, zones, score, windows_of(parameters, analysis, cases), options, tuple(notes + more), twins)


def circles(parameters: Parameters, cases: Cases, kind: str) -> Zones:
    share = parameters.amount("MaxSpatialSizeInPopulationAtRisk", 50) / 100
    radius = parameters.amount("MaxSpatialSizeInDistanceFromCenter", 1) if parameters.on("UseDistanceFromCenterOption") else None
    return Zones.circles(cases, share=share, radius=radius, weights=weights_for(kind, cases))


def windows_of(parameters: Parameters, analysis: str, cases: Cases) -> Windows:
    if analysis == SPATIAL:
        return Windows.spatial()
    size = parameters.amount("MaxTemporalSize", 50)
    in_time = parameters.one_of("MaxTemporalSizeInterpretation", "0 1", "0") == "1"
    longest = max(1, int(size) if in_time else int(cases.steps * size / 100 + 1e-9))
    shortest = int(parameters.amount("MinimumTemporalClusterSize", 1))
    alive = analysis in PROSPECTIVE or parameters.one_of("IncludeClusters", "0 1", "0") == "1"
    analyses = 1
    if analysis in PROSPECTIVE and parameters.on("AdjustForEarlierAnalyses"):
        since = day_of(parameters.text("ProspectiveStartDate"), "ProspectiveStartDate")
        end = cases.first_day(cases.steps) - timedelta(days=1)
        analyses = cases.steps - step_of(since, cases.start, end, cases.unit, "ProspectiveStartDate", cases.length)
    return Windows(min(longest, cases.steps), shortest, prospective=alive, analyses=analyses)


def scan_options(parameters: Parameters, analysis: str) -> tuple[dict[str, Any], list[str]]:
    reporting, notes = parameters.one_of("PValueReportType", "0 1 2 3", "0"), []
    if reporting == "0":
        notes.append("PValueReportType=0: p_value is the rank among all replications, gumbel_p stands beside it")
    if reporting == "3":
        notes.append("PValueReportType=3: the Gumbel p-value is gumbel_p, p_value the rank")
    if reporting == "2":
        parameters.one_of("EarlyTerminationThreshold", "50", "50")
    often = parameters.one_of("ProspectiveFrequencyType", "0 1 2 3 4 5", "0")
    options: dict[str, Any] = {
        "direction": {"1": "high", "2": "low", "3": "both"}[parameters.one_of("ScanAreas", "1 2 3", "1")],
        "least": int(parameters.amount("MinimumCasesInHighRateClusters", 2)),
        "least_low": int(parameters.amount("MinimumCasesInLowRateClusters", 0)),
        "replications": int(parameters.amount("MonteCarloReps", 999)),
        "method": "sequential" if reporting == "2" else "monte-carlo",
        "overlap": OVERLAPS[parameters.one_of("CriteriaForReportingSecondaryClusters", "0 1 2 3 4 5", "0")],
    }
    if often != "0" and analysis in PROSPECTIVE:
        options["days_between"] = FREQUENCIES[often] * parameters.amount("ProspectiveFrequency", 1)
    return options, notes


# --- data files ----------------------------------------------------------------------------------------------------------


def lines_of(path: Path | None, option: str) -> Iterator[tuple[str, list[str]]]:
    """The fields of each line, and where it stands, for messages."""
    if path is None:
        raise BadData(f"{option} names no file")
    for count, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        fields = shlex.split(line) if '"' in line else line.split()
        if fields:
            yield f"{path.name}, line {count}", fields


def read_places(parameters: Parameters) -> tuple[list[str], list[list[float]], dict[str, tuple[str, ...]]]:
    """Locations and coordinates; places of the same coordinates become one."""
    points: dict[tuple[float, float], list[str]] = {}
    known: set[str] = set()
    for where, fields in lines_of(parameters.file("CoordinatesFile"), "CoordinatesFile"):
        if len(fields) < 3:
            raise BadData(f"{where}: expected a location and two coordinates")
        if fields[0] in known:
            raise BadData(f"{where}: the place {fields[0]!r} stands there twice")
        known.add(fields[0])
        points.setdefault((number(fields[1], where), number(fields[2], where)), []).append(fields[0])
    twins = {names[0]: tuple(names) for names in points.values()}
    return list(twins), [list(point) for point in points], twins


def read_cases(parameters: Parameters, analysis: str, model: str) -> tuple[Cases, dict[str, tuple[str, ...]]]:
    start, end = (day_of(parameters.text(name), name) for name in ("StartDate", "EndDate"))
    spatial, temporal = analysis == SPATIAL, analysis in TEMPORAL
    timed = parameters.one_of("PrecisionCaseTimes", "0 1 2 3", "0") != "0"
    unit = UNITS[parameters.one_of("TimeAggregationUnits", "0 1 2 3", "3").replace("0", "3")]
    length = int(parameters.amount("TimeAggregationLength", 1))
    if spatial:
        unit, length = "day", (end - start).days + 1
    units = units_between(start, end + timedelta(days=1), unit)
    if units < 1 or units % length:
        raise Unsupported(f"TimeAggregationLength={length}: the study's {units} {unit}s are not a multiple of it")
    twins: dict[str, tuple[str, ...]]
    if temporal and parameters.file("CoordinatesFile") is None:
        ids, points, twins = ["All"], [[0.0, 0.0]], {"All": ("All",)}
    else:
        ids, points, twins = read_places(parameters)
    latlong = parameters.one_of("CoordinatesType", "0 1", "1") == "1" and not (temporal and ids == ["All"])
    grid = Grid({name: row for row, first in enumerate(ids) for name in twins[first]}, units // length, length, unit, start, end)
    grid.relaxed_dates = parameters.text("StudyPeriodCheckType") == "1"
    grid.relaxed_places = parameters.text("GeographicalCoordinatesCheckType") == "1"
    counts = grid.read(parameters, "CaseFile", timed, temporal and ids == ["All"])
    controls = grid.read(parameters, "ControlFile", timed, temporal and ids == ["All"]) if model == "1" else None
    people = grid.read_population(parameters) if model == "0" else None
    if model == "1" and len(grid.strata) > 1:
        raise Unsupported("CaseFile: covariates with ModelType=1 (Bernoulli) are not supported")
    strata = sorted(grid.strata)
    cases = Cases(
        grid.summed(counts).sum(axis=2),
        np.array(points),
        tuple(ids),
        start,
        unit,
        length,
        latlong,
        population=people,
        controls=None if controls is None else grid.summed(controls).sum(axis=2),
        strata=grid.summed(counts) if len(strata) > 1 else None,
    )
    return cases, twins


Cells = dict[tuple[int, int, tuple[str, ...]], int]


class Grid:
    """Places, steps and strata, into which the lines of a file are sorted."""

    relaxed_dates = relaxed_places = False

    def __init__(self, rows: dict[str, int], steps: int, length: int, unit: Unit, start: date, end: date) -> None:
        self.rows, self.steps, self.length, self.unit, self.start, self.end = rows, steps, length, unit, start, end
        self.strata: set[tuple[str, ...]] = set()

    def row(self, name: str, where: str) -> int | None:
        if name not in self.rows and not self.relaxed_places:
            raise BadData(f"{where}: place {name!r} has no coordinates")
        return self.rows.get(name)

    def read(self, parameters: Parameters, option: str, timed: bool, placeless: bool) -> Cells:
        cells: Cells = defaultdict(int)
        for where, fields in lines_of(parameters.file(option), option):
            if placeless and (len(fields) == 2 or "/" in fields[1]):
                fields = ["All", *fields]
            if len(fields) < 2 + timed:
                raise BadData(f"{where}: expected a place, a count{' and a date' if timed else ''}")
            name = "All" if placeless else fields[0]
            row, count = self.row(name, where), whole(fields[1], f"{name} ({where})")
            step = self.step(fields[2], f"{name} ({where})") if timed else 0
            stratum = tuple(fields[2 + timed :])
            self.strata.add(stratum)
            if row is not None and step is not None:
                cells[row, step, stratum] += count
        return cells

    def step(self, text: str, place: str) -> int | None:
        day = day_of(text, f"place {place}")
        if "/" not in text and "-" not in text and day.year == self.start.year:
            day = max(day, self.start)  # a year alone means all of it
        if self.relaxed_dates and not self.start <= day <= self.end:
            return None
        return 0 if self.steps == 1 and self.start <= day <= self.end else step_of(day, self.start, self.end, self.unit, place, self.length)

    def summed(self, cells: Cells) -> np.ndarray[Any, np.dtype[np.int64]]:
        strata = {stratum: index for index, stratum in enumerate(sorted(self.strata or {()}))}
        counts = np.zeros((max(self.rows.values(), default=-1) + 1, self.steps, len(strata)), np.int64)
        for (row, step, stratum), count in cells.items():
            counts[row, step, strata[stratum]] += count
        return counts

    def read_population(self, parameters: Parameters) -> Population | None:
        people: dict[tuple[int, date, tuple[str, ...]], float] = defaultdict(float)
        for where, fields in lines_of(parameters.file("PopulationFile"), "PopulationFile"):
            if len(fields) < 3:
                raise BadData(f"{where}: expected a place, a date and a population")
            row = self.row(fields[0], where)
            stratum = tuple(fields[3:])
            self.strata.add(stratum)
            if row is not None:
                people[row, census_day(fields[1], where), stratum] += number(fields[2], f"place {fields[0]!r} ({where})")
        days = sorted({day for _, day, _ in people})
        strata = {stratum: index for index, stratum in enumerate(sorted(self.strata))}
        values = np.zeros((max(self.rows.values(), default=-1) + 1, len(days), len(strata)))
        for (row, day, stratum), count in people.items():
            values[row, days.index(day), strata[stratum]] += count
        return Population(values, tuple(days))


def census_day(text: str, where: str) -> date:
    """A year alone means its first of July, a year and month the first of it; two digits belong to the 20th century."""
    parts = text.replace("-", "/").split("/")
    year = f"{1900 + int(parts[0])}" if len(parts[0]) <= 2 and parts[0].isdigit() else parts[0]
    return day_of("/".join([year, *(parts[1:] or ["7"])]), where)
