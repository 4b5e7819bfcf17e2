"""The ledger: what was predicted stays as it was written."""

from dataclasses import replace
from datetime import date

import pytest
from towns import town

import waspada as w
from waspada.alarms import Alarm
from waspada.ledger import Ledger, Record, parameters_hash
from waspada.signals import Signal

ALARM = Alarm.of(Signal(40, (5, 6, 7), 36, 9, 2.25, 6.5), 4.0)


def record(**changes):
    return replace(Record.of(ALARM, town().cases, "waspada", parameters_hash(share=0.1)), **changes)


def test_a_record_says_names_and_dates():
    r = record()
    assert (r.places, r.since, r.until, r.raised) == (("p5", "p6", "p7"), date(2023, 2, 6), date(2023, 2, 10), date(2023, 2, 10))
    assert (r.observed, r.expected, r.statistic, r.threshold, r.outcome) == (9, 2.25, 6.5, 4.0, None)


def test_lines_out_and_in_are_the_same_ledger():
    ledger = Ledger().write([record(), record(observed=10, detector="wäspada 2")])
    lines = ledger.dumps()
    assert len(lines.splitlines()) == 2 and Ledger.loads(lines) == ledger and Ledger.loads("") == Ledger()


def test_the_same_record_is_not_written_twice():
    assert len(Ledger().write([record()]).write([record(), record()])) == 1


def test_an_outcome_is_filled_in_once_and_changes_nothing_else():
    ledger = Ledger().write([record()])
    key = ledger.records[0].key
    judged = ledger.judge(key, "true", date(2023, 2, 12), "a broken lamp")
    assert judged.records[0].key == key and judged.records[0].outcome == "true" and ledger.records[0].outcome is None
    assert Ledger.loads(judged.dumps()) == judged
    with pytest.raises(ValueError, match="was judged 'true'"):
        judged.judge(key, "false", date(2023, 2, 13))
    with pytest.raises(ValueError, match="cannot be judged on 2023-01-01"):
        ledger.judge(key, "true", date(2023, 1, 1))
    with pytest.raises(ValueError, match="expected true, false, unclear"):
        ledger.judge(key, "perhaps", date(2023, 2, 13))
    with pytest.raises(KeyError):
        ledger.judge("nothing", "true", date(2023, 2, 13))


@pytest.mark.parametrize("old, new", [('"observed": 9', '"observed": 8'), ('"p6"', '"p9"'), ('"threshold": 4.0', '"threshold": 3.0')])
def test_a_changed_record_is_refused(old, new):
    lines = Ledger().write([record()]).dumps()
    assert old in lines
    with pytest.raises(w.BadData, match="line 1 was changed"):
        Ledger.loads(lines.replace(old, new))


@pytest.mark.parametrize("line", ["{}", "[1]", "no json", '{"key": "x", "raised": "2023-13-01"}'])
def test_a_line_that_is_no_record_is_named(line):
    with pytest.raises(w.BadData, match="line 2 is no record"):
        Ledger.loads(Ledger().write([record()]).dumps() + line)


def test_the_same_settings_have_the_same_hash_in_any_order():
    assert parameters_hash(share=0.1, lengths=(1, 2)) == parameters_hash(lengths=(1, 2), share=0.1) != parameters_hash(share=0.2)
