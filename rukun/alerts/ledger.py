"""What became of the alerts: how often they were right, how early they came, what was missed, and whether a simple rule had done as well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import comb
from statistics import median

from django.db.models import Q

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Rival
from rukun.alerts.rules import JUDGED, RIGHT, Kind, Method, Rule, Share, alike, precision, share
from rukun.history.models import Incident
from rukun.history.rules import Channel, Precision
from rukun.territory.models import Area, Unit

OWN_FIRST = timedelta(days=30)  # figures belong to the unit alone so long
ALIVE = timedelta(days=28)  # after it was last seen an alert still speaks of what comes
EVENTS_NEEDED = 20
SURE = 0.05
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Event:
    """A police report (LP) of something that did happen. Who reported or did it is not in it."""

    path: str
    day: date
    group: str


@dataclass(frozen=True, slots=True)
class Word:
    """What an alert or a rule said: of which places and group, from when to when."""

    paths: tuple[str, ...]
    group: str
    on: date
    last_seen: date

    def foresaw(self, event: Event) -> bool:
        return (
            self.on <= event.day <= self.last_seen + ALIVE
            and alike(self.group, event.group)
            and any(path.startswith(event.path) or event.path.startswith(path) for path in self.paths)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """One way of finding, beside the events that were recorded: how often it spoke, how many it foresaw, how many days before."""

    name: str  # "engine", or a rule's
    words: int
    found: Share
    lead: float | None  # median days, of those foreseen


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one unit, from a day to a day; nothing in it is of a person."""

    unit: Unit
    since: date
    until: date
    raised: dict[str, int]  # by kind
    verdicts: dict[str, int]
    judged: int  # of statistical alerts, that say something of precision
    precision: dict[str, Share | None]  # by method; None below twenty verdicts
    days_to_look: float | None  # median, until somebody looked or judged
    seconds: Share | None  # how often somebody outside the unit came to the same; None where nobody did yet
    events: int
    told: Sequence[Told]  # the engine first, then the rules that run silently beside
    missed: Sequence[Event]  # the latest

    @property
    def engine(self) -> Told:
        return self.told[0]

    @property
    def is_better(self) -> bool | None:
        """Whether the engine foresaw more than every simple rule, surely; None where there are too few events to say."""
        rivals = self.told[1:]
        if self.events < EVENTS_NEEDED or not rivals:
            return None
        return all(surely_more(self.engine.found.hits, rival.found.hits, self.events) for rival in rivals)


def of(unit: Unit, since: date, until: date) -> Figures:
    """The figures of a unit and what lies under it, for alerts raised and events that happened between two days."""
    mine = Q(watched=unit) | Q(unit__path__startswith=unit.path)
    alerts = list(Alert.objects.filter(mine, until__lte=until).select_related("unit", "second").prefetch_related("areas", "looks"))
    raised = [alert for alert in alerts if day_of(alert) >= since]
    statistical = [alert for alert in alerts if alert.kind == Kind.STATISTICAL]
    events = events_of(unit, since, until)
    told = [told_by("engine", [word_of(alert) for alert in statistical], events, since)]
    told += [told_by(str(rule), words, events, since) for rule, words in rivals_of(unit, until).items() if words]
    words = [word_of(alert) for alert in statistical]
    return Figures(
        unit=unit, since=since, until=until,
        raised=counted(alert.kind for alert in raised), verdicts=counted(alert.verdict for alert in raised if alert.verdict),
        judged=sum(alert.kind == Kind.STATISTICAL and alert.verdict in JUDGED for alert in raised),
        precision={
            str(method): precision([a.verdict for a in raised if a.kind == Kind.STATISTICAL and a.method == method])
            for method in (Method.ENGINE, Method.SIMPLE)
        },
        days_to_look=middle(days for alert in raised if (days := days_until_look(alert)) is not None),
        seconds=agreement(raised), events=len(events), told=told,
        missed=[event for event in reversed(events) if not any(word.foresaw(event) for word in words)][:SHOWN],
    )  # fmt: skip


def last_day(actor: Actor, unit: Unit, today: date) -> date:
    """Until which day somebody sees a unit's figures: the unit's own people to today, those above it thirty days later."""
    own = any(grant.unit is not None and grant.unit.startswith(unit.path) for grant in actor.grants)
    return today if own else today - OWN_FIRST


def events_of(unit: Unit, since: date, until: date) -> list[Event]:
    found: set[tuple[int, Event]] = set()
    for root in Area.objects.covered_by(unit, until):
        rows = Incident.objects.of_channel(Channel.LP).at_least(Precision.DISTRICT).in_area(root.path)
        rows = rows.filter(happened_on__gte=since, happened_on__lte=until).order_by()
        found |= {(pk, Event(path[:10], day, code[:3])) for pk, path, day, code in rows.values_list("pk", "path", "happened_on", "code")}
    return [event for _pk, event in sorted(found, key=lambda pair: (pair[1].day, pair[0]))]


def rivals_of(unit: Unit, until: date) -> dict[Rule, list[Word]]:
    found: dict[Rule, list[Word]] = {rule: [] for rule in Rule}
    for one in Rival.objects.filter(unit__path__startswith=unit.path, on__lte=until):
        found[Rule(one.rule)].append(Word((one.path,), one.group, one.on, one.last_seen))
    return found


def word_of(alert: Alert) -> Word:
    return Word(tuple(area.path for area in alert.areas.all()), alert.group, day_of(alert), alert.last_seen)


def day_of(alert: Alert) -> date:
    return alert.raised_at.astimezone(alert.unit.zone).date()


def told_by(name: str, words: Sequence[Word], events: Sequence[Event], since: date) -> Told:
    leads = [max((event.day - word.on).days for word in heard) for event in events if (heard := [w for w in words if w.foresaw(event)])]
    return Told(name, sum(word.on >= since for word in words), share(len(leads), len(events)), middle(leads))


def days_until_look(alert: Alert) -> int | None:
    moments = [look.at for look in alert.looks.all()] + ([alert.judged_at] if alert.judged_at else [])
    return (min(moments) - alert.raised_at).days if moments else None


def agreement(alerts: Iterable[Alert]) -> Share | None:
    """Right or not right, told by two; what one of them cannot tell says nothing."""
    pairs = [(alert.verdict, alert.second.verdict) for alert in alerts if alert.verdict and hasattr(alert, "second")]
    clear = [(one in RIGHT) == (other in RIGHT) for one, other in pairs if one in JUDGED and other in JUDGED]
    return share(sum(clear), len(clear)) if clear else None


def counted(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def middle(values: Iterable[float]) -> float | None:
    known = list(values)
    return float(median(known)) if known else None


def surely_more(one: int, other: int, of: int) -> bool:
    """Whether so many more are hardly chance: a sign test on what one has more than the other, at its most cautious."""
    apart = min(of, one + other)
    if one <= other or not apart:
        return False
    return sum(comb(apart, number) for number in range(min(one, apart), apart + 1)) / 2**apart < SURE
