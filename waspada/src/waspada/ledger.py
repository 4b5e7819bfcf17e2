"""What was predicted, written down before anybody knew: frozen records as plain lines, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from waspada.alarms import Alarm
from waspada.cases import BadData, Cases

Outcome = Literal["true", "false", "unclear"]
OUTCOMES = ("true", "false", "unclear")
LATER = ("outcome", "judged", "note")


@dataclass(frozen=True)
class Record:
    """One alarm as it was raised.

    raised: the day. places: names, the cluster's centre first. since, until: the period's first and last day, both included.
    observed, expected, statistic, threshold: as they were on that day. detector, parameters: its name and the hash of its settings.
    outcome, judged, note: filled in later, once; everything else never changes.
    """

    raised: date
    places: tuple[str, ...]
    since: date
    until: date
    observed: int
    expected: float
    statistic: float
    threshold: float
    detector: str
    parameters: str
    outcome: Outcome | None = None
    judged: date | None = None
    note: str = ""

    @classmethod
    def of(cls, alarm: Alarm, cases: Cases, detector: str, parameters: str) -> Record:
        """An alarm with names and dates instead of rows and steps."""
        from waspada.clusters import period

        since, until = period(cases, alarm.since, alarm.raised + 1)
        places = tuple(cases.ids[row] for row in alarm.rows)
        return cls(
            until, places, since, until, alarm.observed, alarm.expected, alarm.statistic, alarm.threshold, detector, parameters
        )  # fmt: skip

    @property
    def key(self) -> str:
        """A name made from all that was predicted: a changed record has another one."""
        frozen = {name: value for name, value in self.plain().items() if name not in LATER}
        return sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]

    def plain(self) -> dict[str, Any]:
        """Only what JSON knows."""
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


@dataclass(frozen=True)
class Ledger:
    """Records in the order in which they were written. Nothing is taken out, nothing but the outcome is ever filled in."""

    records: tuple[Record, ...] = ()

    def __len__(self) -> int:
        return len(self.records)

    def write(self, records: Iterable[Record]) -> Ledger:
        """The ledger with more records; one that stands there already is not written twice."""
        known, added = {record.key for record in self.records}, []
        for record in records:
            if record.key not in known:
                known.add(record.key)
                added.append(record)
        return Ledger((*self.records, *added))

    def judge(self, key: str, outcome: Outcome, on: date, note: str = "") -> Ledger:
        """The ledger with one record's outcome; an outcome that is there already stays."""
        if outcome not in OUTCOMES:
            raise ValueError(f"ledger: expected {', '.join(OUTCOMES)}, got {outcome!r}")
        for number, record in enumerate(self.records):
            if record.key == key:
                if record.outcome is not None:
                    raise ValueError(f"ledger: {key} was judged {record.outcome!r} on {record.judged}")
                if on < record.raised:
                    raise ValueError(f"ledger: {key} was raised on {record.raised}, it cannot be judged on {on}")
                judged = replace(record, outcome=outcome, judged=on, note=note)
                return Ledger((*self.records[:number], judged, *self.records[number + 1 :]))
        raise KeyError(key)

    def dumps(self) -> str:
        """A line of JSON for each record, its key first."""
        return "".join(json.dumps({"key": r.key, **r.plain()}, ensure_ascii=False, allow_nan=False) + "\n" for r in self.records)

    @classmethod
    def loads(cls, lines: str) -> Ledger:
        """Read what ``dumps`` wrote; a record that no longer fits its key was changed, and is refused."""
        records = []
        for number, line in enumerate(lines.splitlines(), 1):
            if line.strip():
                records.append(record_of(line, number))
        return cls(tuple(records))


def record_of(line: str, number: int) -> Record:
    try:
        fields = json.loads(line)
        key = fields.pop("key")
        for name in ("raised", "since", "until", "judged"):
            fields[name] = None if fields[name] is None else date.fromisoformat(fields[name])
        record = Record(**{**fields, "places": tuple(fields["places"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadData(f"ledger: line {number} is no record: {error}") from None
    if record.outcome not in (None, *OUTCOMES):
        raise BadData(f"ledger: line {number} has the outcome {record.outcome!r}")
    if record.key != key:
        raise BadData(f"ledger: line {number} was changed after it was written: its key is {key}, its content says {record.key}")
    return record


def parameters_hash(**parameters: Any) -> str:
    """Twelve digits that stand for a detector's settings; the same settings give the same digits on any machine."""
    return sha256(json.dumps(parameters, sort_keys=True, default=str).encode()).hexdigest()[:12]
