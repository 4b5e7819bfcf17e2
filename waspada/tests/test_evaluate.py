"""Judging detectors: the same worlds for any number of processes, a run that goes on, measures that are what they say."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from waspada.alarms import Alarm
from waspada.cli import main
from waspada.evaluate import Lived, Plan, Truth, as_plain, from_plain, live, read, run
from waspada.measures import as_json, as_text, calibrated, equal, finds, mean, median, report, resampled, row, told
from waspada.rates import within_by_chance
from waspada.signals import Signal

PLAN = Plan(places=24, learn=300, calibrate=100, held=100, outbreaks=3)
TRUTH = Truth((1, 2, 3, 4), 50, 71)


def alarm(step, rows, length=3):
    return Alarm.of(Signal(step, tuple(rows), step - length + 1, 6, 1.0, 8.0), 5.0)


@pytest.fixture(scope="module")
def lives():
    return run(2, 11, PLAN, processes=1)


def test_the_same_worlds_for_any_number_of_processes(lives, tmp_path):
    kept = tmp_path / "lives.jsonl"
    assert [as_plain(life) for life in run(2, 11, PLAN, processes=2, keep=kept)] == [as_plain(life) for life in lives]
    assert {life.seed for life in read(kept, PLAN)} == {11, 12}


def test_a_run_that_was_stopped_goes_on(lives, tmp_path, monkeypatch):
    kept = tmp_path / "lives.jsonl"
    kept.write_text(json.dumps(as_plain(lives[0])) + "\n" + '{"seed": 12, "pl')  # cut off while it was written
    lived = []
    monkeypatch.setattr("waspada.evaluate.live", lambda seed, plan: lived.append(seed) or lives[1])
    steps = []
    again = run(2, 11, PLAN, processes=1, keep=kept, progress=lambda done, of: steps.append((done, of)))
    assert lived == [12] and steps == [(2, 2)] and [life.seed for life in again] == [11, 12]
    assert [life.seed for life in run(2, 11, PLAN, processes=1, keep=kept)] == [11, 12] and lived == [12]
    assert list(read(kept, replace(PLAN, places=25))) == []


def test_what_is_kept_is_what_was_lived(lives):
    again = from_plain(json.loads(json.dumps(as_plain(lives[0]))), PLAN)
    assert as_plain(again) == as_plain(lives[0])
    assert again.of("waspada").alarms == lives[0].of("waspada").alarms


def test_every_detector_is_judged_on_held_out_days_alone(lives):
    for life in lives:
        assert [each.detector for each in life.lived][:2] == ["waspada", "permutation"]
        for each in life.lived:
            assert all(400 <= a.raised < 500 for a in each.alarms) and all(400 <= s.step < 500 for s in each.signals)
    assert live(11, PLAN).of("waspada").threshold == lives[0].of("waspada").threshold


def test_the_report_has_a_row_for_each_detector_and_numbers_that_json_can_hold(lives):
    found = report(lives)
    text, plain = as_text(found), json.loads(as_json(found))
    assert len(found["calibrated"]) == len(found["equal"]) == 6 and len(found["differences"]) == 5
    assert all(text.count(f"| {row.detector} |") >= 2 for row in found["calibrated"])
    assert plain["worlds"] == 2 and plain["calibrated"][0]["alarms"]["years"] == pytest.approx(200 / 365.25)
    assert found["as_used"]["permutation"][0].events >= 0 and "waspada" not in found["as_used"]
    assert all(row.alarms.per_year <= 12 + 1e-9 for row in equal(lives)[0])
    assert all(row.within in (0, 0.5, 1) for row in calibrated(lives))


def test_an_alarm_finds_an_outbreak_while_it_lasts_and_mostly_in_its_places():
    assert finds(alarm(50, (1,)), TRUTH) and finds(alarm(70, (1, 7, 8, 9)), TRUTH)
    assert not finds(alarm(49, (1,)), TRUTH) and not finds(alarm(71, (1,)), TRUTH)
    assert not finds(alarm(60, (1, 6, 7, 8, 9)), TRUTH) and not finds(alarm(60, (8, 9)), TRUTH)


def test_delay_recall_precision_and_false_alarms_of_a_small_example():
    late = Truth((7, 8), 80, 100)
    earlier = Truth((5, 6), 1, 12, counts=False)
    w = told([alarm(10, (5, 6)), alarm(40, (20,)), alarm(55, (1, 2, 9)), alarm(60, (1, 2, 3)), alarm(72, (3, 4))], [earlier, TRUTH, late])
    assert w.delays.tolist() == [5.0, math.inf] and w.longest.tolist() == [21.0, 20.0]
    assert w.recall.tolist() == [0.5] and w.precision.tolist() == [pytest.approx(2 / 3)]
    assert (w.alarms, w.false) == (5, 1)  # the one of day 72 comes late, but of the outbreak's days


def test_the_middle_of_delays_counts_what_was_never_found():
    assert median(np.array([3.0, math.inf, math.inf])) == math.inf and median(np.array([3.0, 9.0, math.inf, 5.0])) == 9.0
    assert math.isnan(mean(np.zeros(0)))


def test_an_interval_draws_worlds_not_outbreaks():
    by_world = [np.full(50, float(i % 2)) for i in range(40)]
    found = resampled(by_world, mean)
    assert found.value == 0.5 and found.low < 0.4 and found.high > 0.6  # 2,000 outbreaks drawn alone would give 0.48 to 0.52
    assert math.isnan(resampled([np.zeros(2)], mean).low)


def test_the_command_prints_the_tables(lives, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("waspada.evaluate.run", lambda *args, **kwargs: lives)
    assert main(["evaluate", "--worlds", "2", "--keep", str(tmp_path / "kept.jsonl")]) == 0
    assert "At equal alarms a year" in capsys.readouterr().out
    assert main(["evaluate", "--worlds", "2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["worlds"] == 2
    assert main(["evaluate", "--worlds", "0"]) == 2 and "at least 1 world" in capsys.readouterr().err


def test_a_detector_that_is_never_heard_can_be_reported(lives):
    silent = [replace(life, lived=(*life.lived, Lived("silent", (), (), 0.0, 0.0, None))) for life in lives]
    assert "| silent | 0.0" in as_text(report(silent))


def test_chance_alone_keeps_two_worlds_of_three_within_a_quarter():
    exact, fitted = within_by_chance(12.0, 1.0, 1.0)
    rng = np.random.default_rng(1)
    drawn = rng.poisson(12 * 12 / np.maximum(rng.poisson(12, 200_000), 1))
    assert exact == pytest.approx(0.6894, abs=1e-4)
    assert fitted == pytest.approx((np.abs(drawn - 12) <= 3).mean(), abs=0.005)


def test_bunched_alarms_widen_the_interval_of_the_share():
    quiet, busy = told([], [TRUTH]), told([alarm(day, (9,)) for day in range(24)], [TRUTH])
    found = row("x", [quiet, busy] * 20, 1.0, 12.0, 0.1, None)
    low, high = found.alarms.interval
    assert found.share.value == 1.0 and found.share.low < low / 12 and found.share.high > high / 12


@pytest.mark.parametrize("wrong", [{"budget": math.nan}, {"budget": 0.0}, {"places": 0}, {"held": 0}, {"outbreaks": -1}])
def test_a_plan_that_cannot_be_is_refused_before_any_work(wrong):
    with pytest.raises(ValueError, match="evaluate"):
        Plan(**wrong)


def test_a_run_that_could_not_be_kept_does_not_begin(tmp_path, monkeypatch):
    monkeypatch.setattr("waspada.evaluate.live", lambda *_: pytest.fail("lived in vain"))
    with pytest.raises(OSError, match="nowhere"):
        run(1, 1, PLAN, processes=1, keep=tmp_path / "nowhere" / "kept.jsonl")
    with pytest.raises(ValueError, match="at least 1 process"):
        run(1, 1, PLAN, processes=0)
