"""SaTScan's files are read as SaTScan reads them, and its answers come out to six digits."""

import json

import naive
import numpy as np
import pytest
from conftest import data_folder

from waspada.options import Unsupported
from waspada.satscan import read

DATA = data_folder()
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


# --- the classic answers, where the data lie beside the repository, see detection by SaTScan 10.3.2 -----------------------------

NM, NYC = "NewMexicoSpaceTimePoisson", "NYCSpaceTimePermutation"
ANSWERS = [
    (NM, {}, 9, "1985-01-01", "1989-12-31", 236, 176.22, "10.979758"),
    (NM, {"AnalysisType": "4"}, 9, "1985-01-01", "1991-12-31", 313, 252.84, "8.654067"),
    (NM, {"AnalysisType": "1"}, 6, "1973-01-01", "1991-12-31", 576, 512.66, "6.890841"),
    (NYC, {}, 9, "2001-11-22", "2001-11-24", 4, 0.67, "3.845418"),
    (NYC, {"AnalysisType": "3"}, 8, "2001-11-08", "2001-11-08", 5, 0.40, "8.119521"),
]


@pytest.mark.parametrize("sample, changes, places, start, end, observed, expected, statistic", ANSWERS if DATA else [])
def test_the_samples_give_their_answers(tmp_path, sample, changes, places, start, end, observed, expected, statistic):
    top = read(changed(tmp_path, sample, changes)).scan(replications=0).top
    assert (len(top.places), top.start.isoformat(), top.end.isoformat(), top.observed) == (places, start, end, observed)
    assert round(top.expected, 2) == expected and f"{top.statistic:.6f}" == statistic


def changed(folder, sample, changes):
    assert DATA is not None
    source = DATA / "scan" / "satscan_samples"
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    path = folder / f"{sample}.prm"
    lines = [line for line in path.read_text().splitlines() if line.partition("=")[0] not in changes]
    path.write_text("\n".join([*lines, *(f"{name}={value}" for name, value in changes.items())]))
    return path


@pytest.mark.parametrize("sample, mean, deviation, upper", [(NYC, 3.275, 0.864, 4.753), (NM, 6.627, 1.497, 9.452)] if DATA else [])
def test_simulated_maxima_are_distributed_as_the_samples_are(tmp_path, sample, mean, deviation, upper):
    maxima = read(changed(tmp_path, sample, {})).scan(replications=999).evidence.maxima
    assert maxima.mean() == pytest.approx(mean, abs=4 * deviation / 999**0.5)
    assert maxima.std() == pytest.approx(deviation, rel=0.1) and np.quantile(maxima, 0.95) == pytest.approx(upper, rel=0.05)


@pytest.mark.parametrize(
    "windows, statistic, members, result",
    [("retrospective", "13.562480", {"53.01", "53.02", "53.03"}, (7, 0.39)), ("prospective", "5.466537", None, None)] if DATA else [],
)
def test_collective_violence_in_indonesia_2021(tmp_path, capsys, windows, statistic, members, result):
    from waspada.cli import main

    assert DATA is not None
    counts = DATA / "scan" / "cvew2021" / "counts.csv"
    lines = [line.split(",") for line in counts.read_text().splitlines()]
    places = tmp_path / "places.csv"
    places.write_text("location,lon,lat\n" + "".join(f"{p},{x},{y}\n" for p, x, y in sorted({(r[0], r[2], r[3]) for r in lines[1:]})))
    study = ["--start", "2021-01-01", "--end", "2021-12-31", "--analysis", windows]
    assert main(["scan", str(counts), str(places), *study, "--replications", "0", "--format", "json"]) == 0
    top = json.loads(capsys.readouterr().out)["clusters"][0]
    assert f"{top['statistic']:.6f}" == statistic
    if result:
        assert set(top["places"]) == members and (top["observed"], round(top["expected"], 2)) == result
        assert (top["start"], top["end"]) == ("2021-04-23", "2021-05-06")
