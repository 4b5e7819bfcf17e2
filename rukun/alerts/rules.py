"""What an alert is, when it is due, when two are one, how sure its record is; pure, no query in it."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.rules import Severity
from rukun.fieldwork.rules import Stage as Disturbance

WEEKS_NEEDED = 26  # of history, before the engine is believed
BUDGET = 12.0  # statistical alerts a year and unit, unless its head says otherwise
SILENCE = 7  # days after which what is seen again is news
VERDICTS_NEEDED = 20  # before any figure of precision is shown
CHIEF_AFTER = timedelta(days=2)  # nobody looked after the owner was reminded: who stands above is told
SIMPLE_LEAST = 4  # reports in seven days before the simple rule says anything
SIMPLE_TIMES = 3.0  # standard deviations of a Poisson count
SURE = 0.001  # how improbable silence must be
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


class Quiet(TextChoices):
    """Why a place may be quiet, as far as rukun knows."""

    NO_OFFICER = "no_officer", _("No officer serves there")
    ABSENT = "absent", _("Whoever serves there is away")
    UNREAD = "unread", _("Reports are written, and nobody answers them")
    UNKNOWN = "unknown", _("An officer serves there; why it is quiet is not known")


class Rule(TextChoices):
    """Rules that run silently beside the engine."""

    LAST_YEAR = "last_year", _("same week of last year")
    EARS_C2 = "ears_c2", _("EARS C2")


RIGHT = frozenset({Verdict.TRUE, Verdict.PARTLY})
JUDGED = frozenset({Verdict.TRUE, Verdict.PARTLY, Verdict.FALSE})  # what says something of precision
DAYS = {
    (Kind.URGENT, Stage.WORK): 0,
    (Kind.STATISTICAL, Stage.WORK): 2,
    (Kind.STATISTICAL, Stage.CHECK): 5,
    (Kind.SILENCE, Stage.CHECK): 14,
}


def due_on(raised: date, kind: str, stage: str) -> date:
    """By when somebody has looked: an urgent one today, to act within two days, to look within five, silence within two weeks."""
    return raised + timedelta(days=DAYS.get((Kind(kind), Stage(stage)), 5))


@dataclass(frozen=True, slots=True)
class Voices:
    """Who tells of the same, without whose: how many reports count of each account that serves or commands there, and how many others."""

    here: tuple[int, ...] = ()
    others: int = 0

    @property
    def accounts(self) -> int:
        return len(self.here) + self.others


NOBODY = Voices()


def stage_of(kind: str, voices: Voices, expected: float | None, confirmed: bool = False) -> Stage:
    """Work needs the same seen by two accounts that serve or command there, or confirmed by a supervisor. Two have seen it where more than
    usual is left without the one that reported most: so that one that invents much and one that happens to pass by are not two."""
    if kind == Kind.URGENT:
        return Stage.WORK
    left = sum(voices.here) - max(voices.here, default=0)
    seen_by_two = len(voices.here) >= 2 and left > usual(expected or 0.0)[1]
    return Stage.WORK if kind == Kind.STATISTICAL and (seen_by_two or confirmed) else Stage.CHECK


def is_urgent_alone(stage: str, severity: int | None, says_danger: bool) -> bool:
    """Whether one report goes to a person at once, without statistics: an actual disturbance, severity 5, words of danger now."""
    return stage == Disturbance.ACTUAL or severity == Severity.GRAVE or says_danger


def weeks_of(first: date | None, on: date) -> int:
    """Whole weeks of history that end before a day; 0 where there is none."""
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


def alike(one: str, other: str) -> bool:
    """Whether two groups may tell of the same: the sum ("") holds every group."""
    return one == other or not one or not other


def is_silent(now: int, past: Sequence[int], sure: float = SURE) -> float | None:
    """What was expected, where so few in a period come less than once in a thousand; else None. The past periods say how much they vary:
    their counts are taken for a negative binomial, for visits come in bursts."""
    if len(past) < 4:
        return None
    mean = sum(past) / len(past)
    if mean <= 0 or now >= mean:
        return None
    variance = sum((n - mean) ** 2 for n in past) / (len(past) - 1)
    mean *= len(past) / (len(past) + 1)  # a mean of few periods is not believed in full
    return mean if at_most(now, mean, max(variance, mean)) < sure else None


def at_most(count: int, mean: float, variance: float) -> float:
    """The probability of so many or fewer: negative binomial, Poisson where the variance is the mean."""
    if variance <= mean * 1.0001:
        term = total = math.exp(-mean)
        for n in range(1, count + 1):
            term *= mean / n
            total += term
        return total
    size = mean * mean / (variance - mean)
    share = mean / (size + mean)
    term = total = float((1 - share) ** size)
    for n in range(1, count + 1):
        term *= share * (size + n - 1) / n
        total += term
    return total


def nobody_answers(reports: int, answers: int, past: int, past_answers: int) -> bool:
    """Whether so many reports without one answer come less than once in a thousand, by the share that was answered before."""
    if answers or reports < 3 or past < 8 or not past_answers:
        return False
    unanswered = 1 - past_answers / (past + 1)
    return float(unanswered**reports) < SURE


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


def count_between(n: int) -> tuple[float, float]:
    """The 95 % interval of a Poisson count, by Byar's approximation (Rothman and Boice 1979)."""
    low = n * (1 - 1 / (9 * n) - Z95 / (3 * n**0.5)) ** 3 if n else 0.0
    high = (n + 1) * (1 - 1 / (9 * (n + 1)) + Z95 / (3 * (n + 1) ** 0.5)) ** 3
    return low, high


def precision(verdicts: Collection[str]) -> Share | None:
    """How often such alerts were right; None below twenty verdicts that say something of it."""
    judged = [verdict for verdict in verdicts if verdict in JUDGED]
    return share(sum(verdict in RIGHT for verdict in judged), len(judged)) if len(judged) >= VERDICTS_NEEDED else None


def is_second_look(key: int) -> bool:
    """One verdict in five is repeated by somebody outside the unit; drawn by a digest of its key, so that none is seen coming."""
    return sha256(f"second look {key}".encode()).digest()[0] % 5 == 0
