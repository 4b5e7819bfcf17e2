"""On which day each planted storyline of the demo is found, and by what: `RUKUN_DATA=FOLDER python bench/stories.py` after `rukun demo --no-serve`.

The demo has half a year, too little for a threshold and for a last year. So its own quiet half year (what no storyline told) is lived three
times before it; on these the watch, EARS C2 and the same week of last year each choose the threshold that keeps the unit's budget. The
four-week rule has its one fixed threshold.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
sys.path.insert(0, str(Path(__file__).parents[1]))

import django
import numpy as np

UNIT, BUDGET = "RES-RD", 12.0
TIMES = 3
LATE = timedelta(days=14)  # after its last report a storyline is no news
RACES = "ORD-01"  # the one that is no problem yet: of these last days


@dataclass(frozen=True)
class Story:
    """What belongs together, and when it was told of."""

    name: str
    group: str
    rows: tuple[tuple[str, date], ...]  # village, day

    @property
    def first(self) -> date:
        return min(day for _path, day in self.rows)

    @property
    def last(self) -> date:
        return max(day for _path, day in self.rows)

    @property
    def paths(self) -> set[str]:
        return {path for path, _day in self.rows}


Said = tuple[date, str, tuple[str, ...]]  # day, group, villages


def stories(unit: Any, today: date) -> list[Story]:
    from rukun.fieldwork.models import Report
    from rukun.problems.models import Problem

    found = []
    for problem in (
        Problem.objects.filter(unit__path__startswith=unit.path).prefetch_related("reports__area", "reports__code").order_by("opened_at")
    ):
        reports = list(problem.reports.all())
        if len(reports) >= 3:
            found.append(told(problem.title, reports))
    fresh = Report.objects.filter(code=RACES, problems=None, received_at__date__gt=today - timedelta(days=7)).select_related("area", "code")
    return [*found, told("Balapan liar dari nagari ke nagari", list(fresh))]


def told(name: str, reports: list[Any]) -> Story:
    rows = tuple((report.area.path[:10], report.received_at.astimezone(report.area.zone).date()) for report in reports)
    return Story(name, reports[0].code.group if reports[0].code else "", rows)


def longer(book: Any, planted: list[Story]) -> Any:
    """The demo's book with its quiet half year three times before it."""
    from rukun.alerts.counts import ALL, Book

    quiet = {group: counts.copy() for group, counts in book.groups.items()}
    for story in planted:
        for path, day in story.rows:
            row, step = book.ground.rows[path], (day - book.start).days
            for group in (ALL, story.group):
                if quiet[group][row, step] > 0:
                    quiet[group][row, step] -= 1
    before = {group: np.tile(counts, TIMES) for group, counts in quiet.items()}
    groups = {group: np.concatenate([before[group], counts], axis=1) for group, counts in book.groups.items()}
    visits = np.concatenate([np.tile(book.visits, TIMES), book.visits], axis=1)
    return Book(book.ground, book.start - timedelta(days=TIMES * book.days), groups, visits)


def watched(book: Any, threshold: float, since: date) -> Iterable[Said]:
    from rukun.alerts import rehearsal

    for one in rehearsal.relive(book, threshold, since, book.last):
        yield one.first.until, one.first.group, one.first.paths


def by_rule(book: Any, rule: str, threshold: float, since: date) -> Iterable[Said]:
    from rukun.alerts.counts import ALL
    from rukun.alerts.engine import Eye
    from rukun.alerts.rehearsal import rival_detectors
    from waspada.alarms import replay

    eye = Eye.of(book)
    first = (since - book.start).days
    for group in eye.streams:
        for step, signals in enumerate(replay(eye.history(group), rival_detectors(eye)[rule], first).days):
            for signal in signals:
                if signal.statistic > threshold:
                    yield book.day(first + step), "" if group == ALL else group, tuple(book.ground.paths[row] for row in signal.rows)


def simple(book: Any, since: date) -> Iterable[Said]:
    from rukun.alerts.simple import stands_out

    for days in range((book.last - since).days + 1):
        for one in stands_out(book.until(since + timedelta(days=days))):
            yield since + timedelta(days=days), one.group, one.paths


def found(story: Story, said: Iterable[Said]) -> date | None:
    from rukun.alerts.rules import alike

    days = [
        day
        for day, group, paths in said
        if story.first <= day <= story.last + LATE and alike(group, story.group) and story.paths & set(paths)
    ]
    return min(days, default=None)


def main() -> None:
    django.setup()
    from rukun.alerts import rehearsal
    from rukun.alerts.counts import book_of
    from rukun.alerts.engine import Eye
    from rukun.territory.models import Unit

    unit = Unit.objects.get(code=UNIT)
    today = unit.today()
    short = book_of(unit, today)
    assert short is not None
    planted = stories(unit, today)
    book, since = longer(short, planted), short.start
    chosen = rehearsal.choose(Eye.of(book.until(since - timedelta(days=1))), BUDGET)
    ways = {"watch": list(watched(book, chosen.threshold, since))}
    ways |= {rule: list(by_rule(book, rule, threshold, since)) for rule, threshold in chosen.rivals.items()}
    ways["four weeks"] = list(simple(book, since))
    print(f"{unit}: {len(short.ground.paths)} villages, {short.days} days; thresholds: watch {chosen.threshold:.2f}, {chosen.rivals}")
    print(f"| storyline | reports | first | last | {' | '.join(ways)} |")
    print("|---|---|---|---|" + "---|" * len(ways))
    for story in planted:
        days = [found(story, said) for said in ways.values()]
        cells = ["never" if day is None else f"{day:%d %b} (day {(day - story.first).days + 1})" for day in days]
        print(f"| {story.name} | {len(story.rows)} | {story.first:%d %b} | {story.last:%d %b} | {' | '.join(cells)} |")
    beside = {
        name: len({(day, group, paths) for day, group, paths in said if not any(found(story, [(day, group, paths)]) for story in planted)})
        for name, said in ways.items()
    }
    print(f"said of anything else in {short.days} days: {beside}")


if __name__ == "__main__":
    main()
