"""Counts kept beside the reports, for every area that holds one: a nation is asked as quickly as a village.

A report counts once, in its newest version, on the day on which it happened where it happened; a visit on the day on which it was
made, whatever was said. Practice never counts. Every act that makes, corrects or assesses one tells the counts in its own
transaction: `moved(before, after)`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import connection

from rukun.audit.door import maintenance
from rukun.audit.guard import WriteOutsideAct, writing
from rukun.fieldwork.models import Report, Tally, Visit, VisitCount
from rukun.fieldwork.rules import Counted, counted_in
from rukun.territory.rules import level_of

CHUNK = 20_000
OURS = (str(Counted.REPORT), str(Counted.VISIT))  # who brings in incidents counts those
TABLE = "fieldwork_tally"
ADD = (
    f"INSERT INTO {TABLE} (path, day, code, stage, kind, level, n) VALUES (%s, %s, %s, %s, %s, %s, %s) "
    f"ON CONFLICT (path, day, code, stage, kind) DO UPDATE SET n = {TABLE}.n + excluded.n"
)
TAKE = f"UPDATE {TABLE} SET n = n - %s WHERE path = %s AND day = %s AND code = %s AND stage = %s AND kind = %s"
SWEEP = f"DELETE FROM {TABLE} WHERE n = 0 AND path = %s AND day = %s AND code = %s AND stage = %s AND kind = %s"

Key = tuple[str, date, str, str, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What of a report is counted: where, when, what and how far gone; of a visit only where and when."""

    path: str
    day: date
    code: str
    stage: str
    kind: str = str(Counted.REPORT)

    def marks(self) -> list[Key]:
        return [(path, self.day, self.code, self.stage, self.kind) for path in counted_in(self.path, self.code)]


def fact_of(report: Report | Visit) -> Fact | None:
    if report.practice:
        return None
    if isinstance(report, Visit):
        return Fact(report.area.path, day_of(report.made_at, report.area.time_zone), "", "", str(Counted.VISIT))
    return Fact(report.area.path, day_of(report.happened_at, report.area.time_zone), report.code_id or "", report.stage)


def day_of(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def moved(before: Fact | None, after: Fact | None) -> None:
    """Inside an act: what was counted as `before` counts as `after` from now on; None stands for: not at all."""
    if before == after:
        return
    if not writing():
        raise WriteOutsideAct("counts change inside an act")
    # one order for all, so that two who count at once never wait for each other
    steps = sorted([(key, -1) for key in (before.marks() if before else [])] + [(key, 1) for key in (after.marks() if after else [])])
    taken = [key for key, step in steps if step < 0]
    with connection.cursor() as cursor:
        for key, step in steps:
            cursor.execute(TAKE if step < 0 else ADD, (1, *key) if step < 0 else (*key, level(key[0]), 1))
        if taken:
            cursor.executemany(SWEEP, taken)


def added(facts: Iterable[Fact]) -> None:
    """Inside an act that brings in many at once: all of them count."""
    if not writing():
        raise WriteOutsideAct("counts change inside an act")
    facts = iter(facts)
    with connection.cursor() as cursor:
        while some := list(islice(facts, CHUNK)):
            sums = Counter(key for fact in some for key in fact.marks())
            cursor.executemany(ADD, [(*key, level(key[0]), n) for key, n in sorted(sums.items())])


def level(path: str) -> int:
    return level_of(path) if path else 0


# --- the slow twin -----------------------------------------------------------------------------------------------------------------


def raw() -> Iterator[Fact]:
    """What the records themselves say."""
    columns = ("area__path", "area__time_zone", "happened_at", "code", "stage")
    rows = Report.objects.all().current().values_list(*columns).order_by()
    for path, zone, moment, code, stage in rows.iterator(CHUNK):
        yield Fact(path, day_of(moment, zone), code or "", stage)
    visits = Visit.objects.filter(corrected_by=None, practice=False).values_list("area__path", "area__time_zone", "made_at").order_by()
    for path, zone, moment in visits.iterator(CHUNK):
        yield Fact(path, day_of(moment, zone), "", "", str(Counted.VISIT))
    for path, day, contacts in VisitCount.objects.values_list("area__path", "day", "contacts").order_by():  # too old to be kept as records
        yield from (Fact(path, day, "", "", str(Counted.VISIT)) for _ in range(contacts))


def differences() -> list[tuple[Key, int, int]]:
    """Where the counts are not what the records say: the key, what is kept, what should be. Empty is well."""
    should = Counter(key for fact in raw() for key in fact.marks())
    rows = Tally.objects.filter(kind__in=OURS).values_list("path", "day", "code", "stage", "kind", "n")
    kept = {row[:5]: row[5] for row in rows.iterator(CHUNK)}
    return [(key, kept.get(key, 0), should[key]) for key in sorted(should.keys() | kept.keys()) if kept.get(key, 0) != should[key]]


def rebuild() -> int:
    """Counts everything anew from the records; says how many rows there are then."""
    with maintenance("counts"):
        Tally.objects.filter(kind__in=OURS).delete()
        added(raw())
    return Tally.objects.filter(kind__in=OURS).count()
