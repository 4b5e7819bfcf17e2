"""Within a minute: when a report has come in, only what contains its village is asked, against the threshold of the last replay."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rukun.access.scope import system
from rukun.alerts import simple, watch
from rukun.alerts.counts import ALL, book_of, counted_on
from rukun.alerts.engine import Eye, Found, apart
from rukun.alerts.models import Alert, Calibration
from rukun.alerts.rules import WEEKS_NEEDED, weeks_of
from rukun.alerts.services.keeping import watch_as_it_is
from rukun.fieldwork.models import Report
from rukun.territory.models import Unit

KEPT = 24  # units and days that a worker remembers
ACTOR = system("watch")


@dataclass
class State:
    """A unit's day as this worker knows it: the book of the morning, the checks made from it, and what today's counts are by now."""

    eye: Eye
    calibration: Calibration | None
    threshold: float
    checks: dict[str, tuple[Any, dict[int, int]]]


STATES: OrderedDict[tuple[int, date], State] = OrderedDict()


def check(report: Report) -> list[Alert]:
    """What this report completes, as provisional alerts; the night looks at it again."""
    village, on = report.area.path[:10], report.area.today()
    if len(village) < 10 or report.practice or report.received_at.astimezone(report.area.zone).date() != on:
        return []
    news: list[Alert] = []
    for unit in Unit.objects.covering(village, on).filter(kind__in=watch.WATCHED):
        raised, _seen = look(unit, village, report.code.group if report.code else "", on)
        news += raised
    return news


def look(unit: Unit, village: str, group: str, on: date) -> tuple[list[Alert], list[Alert]]:
    known = watch_as_it_is(unit)
    if known.weeks < WEEKS_NEEDED:
        book = book_of(unit, on)
        if book is None or weeks_of(book.start, on + timedelta(days=1)) < WEEKS_NEEDED:
            return watch.tell(unit, simple.stands_out(book, village, (group, ALL)) if book else [], watch.Told(provisional=True), ACTOR)
    state = state_of(unit, on, known.calibration)
    if state is None or village not in state.eye.book.ground.rows:
        return [], []
    found = [one for each in dict.fromkeys((group, ALL)) if each in state.eye.streams and (one := ask(state, each, village))]
    return watch.tell(unit, apart(found), watch.told_with(state.eye, state.calibration, provisional=True), ACTOR)


def state_of(unit: Unit, on: date, calibration: Calibration | None) -> State | None:
    key = (unit.pk, on)
    state = STATES.get(key)
    if state is None or state.calibration != calibration:
        book = book_of(unit, on)
        if book is None or not (eye := Eye.of(book)).is_ready:
            return None
        state = State(eye, calibration, watch.threshold_of(book, calibration), {})
        STATES[key] = state
        while len(STATES) > KEPT or next(iter(STATES))[1] < on - timedelta(days=1):
            STATES.popitem(last=False)
    STATES.move_to_end(key)
    return state


def ask(state: State, group: str, village: str) -> Found | None:
    """The strongest that contains the village, with what has been counted until now."""
    book = state.eye.book
    if group not in state.checks:
        state.checks[group] = begin(state, group)
    check, known = state.checks[group]
    for path, grp, now in counted_on(book.last, village[:6]):  # its district: what came elsewhere has had a check of its own
        row = book.ground.rows.get(path)
        if grp == group and row is not None and (more := now - known.get(row, 0)):
            check.add(row, 0, more)
            known[row] = now
    answer = check.ask(book.ground.rows[village])
    if not answer.alarm or not state.eye.book.ground.is_ours(answer.signal.rows):
        return None
    return state.eye.told(group, answer.signal)


def begin(state: State, group: str) -> tuple[Any, dict[int, int]]:
    from waspada.quick import QuickCheck

    eye, last = state.eye, state.eye.book.days - 1
    history = eye.history(group)
    looker = eye.detector.begin(history.until(last - 1))
    counts = eye.streams[group][:, last]
    return QuickCheck(looker, history.until(last), state.threshold), {int(row): int(counts[row]) for row in counts.nonzero()[0]}
