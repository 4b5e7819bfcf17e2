"""SaTScan's files are read as SaTScan reads them."""

import naive
import numpy as np
import pytest

from waspada.options import Unsupported
from waspada.satscan import read

PRM = """[Input]
;a comment = here
CaseFile=here.cas
PopulationFile={population}
CoordinatesFile=here.geo
CoordinatesType=0
PrecisionCaseTimes=3
StartDate=2024/1/1
EndDate=2024/2/9
[Analysis]
AnalysisType={analysis}
ModelType={model}
ScanAreas=1
TimeAggregationUnits=3
TimeAggregationLength=1
MonteCarloReps=99
MaxTemporalSizeInterpretation=1
MaxTemporalSize=7
MaxSpatialSizeInPopulationAtRisk=40
MinimumCasesInHighRateClusters=2
PValueReportType=1
"""


def lay_out(folder, analysis="4", model="2", more="", population="", seed=2):
    """A study of ten places and forty days in SaTScan's files."""
    rng = np.random.default_rng(seed)
    xy, counts = rng.random((10, 2)) * 9, rng.poisson(0.25, (10, 40))
    counts[4, -3:] += 3
    (folder / "here.geo").write_text("".join(f"p{i}\t{x!r} {y!r}\n" for i, (x, y) in enumerate(xy.tolist())))
    (folder / "here.pop").write_text("".join(f"p{i} 2024 {100 * (i + 1)}\n" for i in range(10)))
    cases = [f"p{i} {n} 2024/{1 + d // 31}/{1 + d % 31}\n" for (i, d), n in np.ndenumerate(counts) if n]
    (folder / "here.cas").write_text("".join(cases))
    path = folder / "study.prm"
    path.write_text(PRM.format(analysis=analysis, model=model, population=population) + more)
    return path, counts, xy


def test_a_permutation_study_gives_what_the_twin_gives(tmp_path):
    path, counts, xy = lay_out(tmp_path)
    top = read(path).scan().top
    lists = naive.circles(xy, counts.sum(axis=1), 0.4)
    everything = naive.cylinders("conditional", counts, naive.permutation(counts), lists, naive.periods(40, 1, 7, True), counts.sum())
    best = naive.best(everything)
    assert (top.rows, top.observed, top.first_step) == (best.places, best.observed, best.first)
    assert top.statistic == pytest.approx(best.statistic, abs=1e-9) and top.end.isoformat() == "2024-02-09"
    assert top.recurrence_interval_days == pytest.approx(1 / top.p_value)


def test_a_poisson_study_takes_its_population_from_the_file(tmp_path):
    path, counts, xy = lay_out(tmp_path, analysis="3", model="0", population="here.pop")
    top = read(path).scan().top
    expected = naive.poisson(counts, 100.0 * np.arange(1, 11), np.ones(40))
    lists = naive.circles(xy, expected.sum(axis=1), 0.4)
    best = naive.best(naive.cylinders("conditional", counts, expected, lists, naive.periods(40, 1, 7, False), counts.sum()))
    assert top.statistic == pytest.approx(best.statistic, abs=1e-9) and top.rows == best.places
    assert top.recurrence_interval_days is None


def test_places_on_one_point_are_one_location_with_two_names(tmp_path):
    path, _, xy = lay_out(tmp_path)
    with (tmp_path / "here.geo").open("a") as geo:
        geo.write(f"twin {xy[4, 0]} {xy[4, 1]}\n")
    top = read(path).scan().top
    assert {"p4", "twin"} <= set(top.places) and len(top.rows) == len(top.places) - 1


@pytest.mark.parametrize(
    "line",
    [
        "SpatialWindowShapeType=1",
        "AdjustForWeeklyTrends=y",
        "TimeTrendAdjustmentType=3",
        "UseNeighborsFile=y",
        "IterativeScan=y",
        "UseMaxCirclePopulationFileOption=y",
        "IncludePurelySpatial=y",
        "ModelType=4",
        "AnalysisType=7",
        "CaseFile2=more.cas",
        "RiskLimitHighClusters=y",
        "PerformStandardDrilldown=y",
    ],
)
def test_what_would_change_a_number_is_refused_by_name(tmp_path, line):
    path, _, _ = lay_out(tmp_path, more=line + "\n")
    with pytest.raises(Unsupported, match=line.partition("=")[0]):
        read(path)


def test_output_options_are_noted_and_nothing_is_written(tmp_path):
    path, _, _ = lay_out(tmp_path, more="ResultsFile=out.txt\nOutputGoogleEarthKML=y\nSaveSimLLRsASCII=n\n")
    before = sorted(tmp_path.iterdir())
    study = read(path)
    study.scan()
    assert sorted(tmp_path.iterdir()) == before
    assert "ResultsFile, OutputGoogleEarthKML" in study.notes[0] and "SaveSim" not in study.notes[0]


def test_earlier_analyses_make_p_larger(tmp_path):
    alone = read(lay_out(tmp_path)[0]).scan().top
    path, _, _ = lay_out(tmp_path, more="AdjustForEarlierAnalyses=y\nProspectiveStartDate=2024/1/21\n")
    study = read(path)
    many = study.scan().top
    assert study.windows.analyses == 20 and many.statistic == alone.statistic and many.p_value >= alone.p_value
    assert many.recurrence_interval_days == pytest.approx(1 / (1 - (1 - many.p_value) ** (1 / 20)))


def test_a_census_of_two_dates_is_drawn_as_a_line_between_them():
    from datetime import date

    import waspada as w
    from waspada.expected import person_days

    population = w.Population([[100.0, 200.0], [50.0, 10.0]], (date(2020, 3, 1), date(2020, 10, 1)))
    cases = w.Cases(np.zeros((2, 12), int), [[0, 0], [1, 1]], start=date(2020, 1, 1), unit="month", population=population)
    assert np.allclose(person_days(population, cases), naive.daily_population(population, cases))
