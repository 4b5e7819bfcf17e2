"""The command line: the result alone on stdout, notes on stderr, numbers that JSON can hold."""

import json
import re

import numpy as np
import pytest
from test_satscan import lay_out

from waspada.cli import main

FIELDS = {"places", "start", "end", "observed", "expected", "relative_risk", "statistic", "p_value", "gumbel_p", "recurrence_interval_days"}


def tables(folder, header="location,date,count", rows=("a,2024-01-02,3", "b,2024-01-05,1", "c,2024-01-05,2")):
    (folder / "cases.csv").write_text("\n".join([header, *rows]))
    (folder / "places.csv").write_text("location,lat,lon,population\na,-0.9,100.4,50\nb,-0.91,100.5,60\nc,-1,100.6,70\nd,-1.1,100.4,10\n")
    return [str(folder / "cases.csv"), str(folder / "places.csv")]


def test_run_prints_json_alone_and_notes_beside(tmp_path, capsys):
    path, _, _ = lay_out(tmp_path, more="ResultsFile=out.txt\n")
    assert main(["run", str(path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    clusters = json.loads(out)["clusters"]
    assert set(clusters[0]) >= FIELDS and "ResultsFile" in err
    assert [c["statistic"] for c in clusters] == sorted((c["statistic"] for c in clusters), reverse=True)
    assert isinstance(clusters[0]["observed"], int) and clusters[0]["end"] == "2024-02-09"


def test_the_same_seed_prints_the_same_bytes(tmp_path, capsys):
    path, _, _ = lay_out(tmp_path)
    printed = []
    for threads in ("1", "3"):
        main(["run", str(path), "--format", "json", "--seed", "7", "--threads", threads])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


@pytest.mark.parametrize("score", ["permutation", "poisson"])
@pytest.mark.parametrize("shape", ["json", "geojson", "text"])
def test_scan_reads_two_tables(tmp_path, capsys, score, shape):
    assert (
        main(
            ["scan", *tables(tmp_path), "--score", score, "--max-share", "0.5", "--windows", "3", "--replications", "19", "--format", shape]
        )
        == 0
    )
    out = capsys.readouterr().out
    if shape == "geojson":
        feature = json.loads(out)["features"][0]
        assert feature["geometry"]["coordinates"][0][0] > 100 and set(feature["properties"]) >= FIELDS
    elif shape == "text":
        assert "statistic" in out


def test_what_cannot_be_told_is_null(tmp_path, capsys):
    rows = ("a,2024-01-05,4", "b,2024-01-01,0")  # all cases in one place and step: no risk outside to compare with
    main(["scan", *tables(tmp_path, rows=rows), "--score", "poisson", "--windows", "2", "--replications", "0", "--format", "json"])
    top = json.loads(capsys.readouterr().out)["clusters"][0]
    assert top["relative_risk"] is None and top["p_value"] is None and top["gumbel_p"] is None


def test_no_cases_at_all_give_no_clusters(tmp_path, capsys):
    assert main(["scan", *tables(tmp_path, rows=()), "--start", "2024-01-01", "--end", "2024-01-20", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["clusters"] == []


@pytest.mark.parametrize(
    "rows, words",
    [
        (("a,2024-01-02,-3",), ["'a'", "-3"]),
        (("x,2024-01-02,3",), ["'x'", "coordinates"]),
        (("a,2024-13-02,3",), ["'a'", "2024-13-02"]),
        (("a,2024-01-02,nan",), ["'a'", "nan"]),
        (("a,2024-01-02,1.5",), ["'a'", "1.5"]),
        (("a,2024-01-02,inf",), ["'a'", "inf"]),
        (("a,2024-01-02,1e300",), ["'a'", "1e300"]),
        (("a,2024-01-02,",), ["'a'", "''"]),
    ],
)
def test_bad_tables_are_answered_with_the_place_and_the_value(tmp_path, capsys, rows, words):
    assert main(["scan", *tables(tmp_path, rows=rows)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and all(word in err for word in words)


def test_a_case_outside_the_study_is_named(tmp_path, capsys):
    assert main(["scan", *tables(tmp_path), "--start", "2024-01-03", "--end", "2024-01-09"]) == 2
    assert "'a'" in capsys.readouterr().err


def test_a_file_that_is_no_table_is_named(tmp_path, capsys):
    files = tables(tmp_path)
    (tmp_path / "cases.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["scan", *files]) == 2
    assert "cases.csv: not a table" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked, words",
    [
        (["--max-share", "nan"], "share"),
        (["--max-share", "1.5"], "1.5"),
        (["--windows", "0"], "shortest"),
        (["--threads", "0"], "threads: at least 1"),
        (["--replications", "-1"], "-1"),
        (["--neighbours", "0"], "neighbours"),
        (["--earlier", "99"], "100 analyses"),
        (["--score", "bernoulli"], "controls"),
    ],
)
def test_an_option_that_cannot_be_is_named(tmp_path, capsys, asked, words):
    assert main(["scan", *tables(tmp_path), *asked]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "row, words",
    [
        ("a,-95,100,1", "'a'.*-95"),
        ("a,-5,190,1", "'a'.*190"),
        ("a,nan,100,1", "'a'.*nan"),
        ("a,-5,100,1\na,-5,101,1", "'a' stands there twice"),
        ("a,-5,x,1", "'a'.*'x'"),
    ],
)
def test_a_place_that_cannot_be_is_named(tmp_path, capsys, row, words):
    files = tables(tmp_path)
    (tmp_path / "places.csv").write_text(f"location,lat,lon,population\n{row}\nb,-1,100,5\nc,-1,101,5\n")
    assert main(["scan", *files]) == 2
    assert re.search(words, capsys.readouterr().err)


def test_a_file_that_is_not_there_is_an_answer_not_a_trace(tmp_path, capsys):
    assert main(["run", str(tmp_path / "none.prm")]) == 2
    assert "none.prm" in capsys.readouterr().err


def test_nothing_imports_what_a_small_scan_does_not_need():
    import subprocess
    import sys

    code = (
        "import sys, waspada, waspada.cli; print([m for m in ('scipy.spatial', 'scipy.special', 'pandas', 'django') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_controls_in_the_table_serve_bernoulli(tmp_path, capsys):
    rng = np.random.default_rng(1)
    rows = [f"{p},2024-01-{d:02d},{rng.poisson(1)},{rng.poisson(2)}" for p in "abcd" for d in range(1, 9)]
    assert (
        main(
            ["scan", *tables(tmp_path, "location,date,cases,controls", rows), "--score", "bernoulli", "--windows", "3", "--format", "json"]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["cases"] > 0


def daily(folder, days):
    """Four places that report about every other day from 1 January on, and one that reports much in the last three days."""
    rng = np.random.default_rng(1)
    rows = [f"{p},{np.datetime64('2023-01-01') + int(d)},1" for p in "abcd" for d in np.flatnonzero(rng.random(days) < 0.5)]
    rows += [f"b,{np.datetime64('2023-01-01') + d},4" for d in range(days - 3, days)]
    return tables(folder, rows=rows)


def test_a_baseline_is_learned_from_the_days_before(tmp_path, capsys):
    asked = ["scan", *daily(tmp_path, 300), "--score", "baseline", "--windows", "14", "--replications", "99", "--format", "json"]
    assert main(asked) == 0
    out, err = capsys.readouterr()
    top = json.loads(out)["clusters"][0]
    assert top["places"] == ["b"] and top["start"] == "2023-10-25" and top["p_value"] == 0.01 and top["expected"] < 4 and err == ""


def test_a_short_history_is_told_and_none_refused(tmp_path, capsys):
    files = daily(tmp_path, 60)
    assert main(["scan", *files, "--score", "baseline", "--windows", "14", "--replications", "9", "--format", "json"]) == 0
    assert "6 of 26 weeks" in capsys.readouterr().err
    assert main(["scan", *files, "--score", "baseline", "--windows", "90"]) == 2
    assert "nothing is left to learn from" in capsys.readouterr().err
    assert main(["scan", *files, "--score", "baseline", "--analysis", "retrospective"]) == 2
    assert "prospective alone" in capsys.readouterr().err
