"""The classic answers: what SaTScan 10.3.2 prints for its samples and others comes out to six digits."""

import json

import numpy as np
import pytest
from worlds import data_folder

from waspada.satscan import read

DATA = data_folder()

NM, NYC = "NewMexicoSpaceTimePoisson", "NYCSpaceTimePermutation"
ANSWERS = [
    (NM, {}, 9, "1985-01-01", "1989-12-31", 236, 176.22, "10.979758"),
    (NM, {"AnalysisType": "4"}, 9, "1985-01-01", "1991-12-31", 313, 252.84, "8.654067"),
    (NM, {"AnalysisType": "1"}, 6, "1973-01-01", "1991-12-31", 576, 512.66, "6.890841"),
    (NYC, {}, 9, "2001-11-22", "2001-11-24", 4, 0.67, "3.845418"),
    (NYC, {"AnalysisType": "3"}, 8, "2001-11-08", "2001-11-08", 5, 0.40, "8.119521"),
]


@pytest.mark.parametrize("sample, changes, places, start, end, observed, expected, statistic", ANSWERS)
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


@pytest.mark.parametrize("sample, mean, deviation, upper", [(NYC, 3.275, 0.864, 4.753), (NM, 6.627, 1.497, 9.452)])
def test_simulated_maxima_are_distributed_as_the_samples_are(tmp_path, sample, mean, deviation, upper):
    maxima = read(changed(tmp_path, sample, {})).scan(replications=999).evidence.maxima
    assert maxima.mean() == pytest.approx(mean, abs=4 * deviation / 999**0.5)
    assert maxima.std() == pytest.approx(deviation, rel=0.1) and np.quantile(maxima, 0.95) == pytest.approx(upper, rel=0.05)


@pytest.mark.parametrize(
    "windows, statistic, members, result",
    [("retrospective", "13.562480", {"53.01", "53.02", "53.03"}, (7, 0.39)), ("prospective", "5.466537", None, None)],
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
