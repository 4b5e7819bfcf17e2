"""What an alert is, when it is due, when two are one, how sure its record is; pure, no query in it."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

WEEKS_NEEDED = 26  # of history, before the engine is believed
BUDGET = 12.0  # statistical alerts a year and unit, unless its head says otherwise
SILENCE = 7  # days after which what is seen again is news
VERDICTS_NEEDED = 20  # before any figure of precision is shown
LONGEST = 28  # days of a period
SIMPLE_LEAST = 4  # reports in seven days before the simple rule says anything
SIMPLE_TIMES = 3.0  # standard deviations of a Poisson count
Z95 = 1.959964


class Kind(TextChoices):
    STATISTICAL = "statistical", _("More than usual")
    SILENCE = "silence", _("Quieter than usual")
    URGENT = "urgent", _("Urgent report")


class Stage(TextChoices):
    """How much an alert asks of people: to look, or to act."""

    CHECK = "check", _("have a look")
    WORK = "work", _("act on it")


class Verdict(TextChoices):
    TRUE = "true", _("It was right")
    PARTLY = "partly", _("Partly right")
    FALSE = "false", _("It was not right")
    KNOWN = "known", _("Known already")
    UNCLEAR = "unclear", _("Cannot be told")


class Method(TextChoices):
    ENGINE = "engine", _("expected by place, season and visits")
    SIMPLE = "simple", _("the same week of past weeks")
    RULE = "rule", _("one report is enough")


RIGHT = frozenset({Verdict.TRUE, Verdict.PARTLY})
JUDGED = frozenset({Verdict.TRUE, Verdict.PARTLY, Verdict.FALSE})  # what says something of precision
DAYS = {(Kind.URGENT, Stage.WORK): 0, (Kind.STATISTICAL, Stage.WORK): 2, (Kind.STATISTICAL, Stage.CHECK): 5, (Kind.SILENCE, Stage.CHECK): 14}


def due_on(raised: date, kind: str, stage: str) -> date:
    """By when somebody has looked: an urgent one today, to act within two days, to look within five, silence within two weeks."""
    return raised + timedelta(days=DAYS.get((Kind(kind), Stage(stage)), 5))


def stage_of(kind: str, sources: int, confirmed: bool) -> Stage:
    """Work needs the same seen by two accounts, or confirmed by a supervisor (security.md §10); an urgent report is work at once."""
    return Stage.WORK if kind == Kind.URGENT or (kind == Kind.STATISTICAL and (sources >= 2 or confirmed)) else Stage.CHECK


def weeks_of(first: date | None, on: date) -> int:
    """Whole weeks of history that end on a day; 0 where there is none."""
    return max(0, (on - first).days // 7) if first else 0


def goes_on(places: Collection[str], last_seen: date, seen: Collection[str], since: date, on: date) -> bool:
    """Whether what is seen on a day is an alert that stands already: half of the smaller one's places shared, and either seen within
    seven days, or of a period that reaches back to when it was last seen."""
    shared = len(set(places) & set(seen))
    near = (on - last_seen).days <= SILENCE or since <= last_seen
    return near and shared * 2 >= min(len(set(places)), len(set(seen)))


def simple_rule(last_week: int, past_weeks: Collection[int]) -> float | None:
    """What would be usual, where a week is far above the mean of past weeks (three standard deviations of a Poisson count); else None."""
    if not past_weeks or last_week < SIMPLE_LEAST:
        return None
    usual = sum(past_weeks) / len(past_weeks)
    return usual if last_week > usual + SIMPLE_TIMES * math.sqrt(max(usual, 0.5)) else None


def usual(expected: float) -> tuple[int, int]:
    """The counts between which four of five such periods lie, Poisson (normal with correction): "1–3"."""
    half = 1.2816 * math.sqrt(max(expected, 0.05))
    return max(0, math.floor(expected - half + 0.5)), max(1, math.ceil(expected + half - 0.5))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with its 95 % interval (Wilson 1927)."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0


def share(hits: int, of: int) -> Share:
    if not of:
        return Share(0, 0, 0.0, 1.0)
    p, z = hits / of, Z95
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return Share(hits, of, max(0.0, middle - half), min(1.0, middle + half))


def precision(verdicts: Collection[str]) -> Share | None:
    """How often such alerts were right; None below twenty verdicts that say something of it."""
    judged = [verdict for verdict in verdicts if verdict in JUDGED]
    return share(sum(verdict in RIGHT for verdict in judged), len(judged)) if len(judged) >= VERDICTS_NEEDED else None


def is_second_look(number: int) -> bool:
    """One verdict in five is repeated by somebody outside the unit: every fifth alert of a unit."""
    return number % 5 == 0
