"""The list of alerts: what waits for a look, the urgent on top; what was judged; and what is known of how each unit is watched."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from rukun.access.scope import Actor
from rukun.alerts import sentences
from rukun.alerts.facts import parts_of_each, readable_reports, told_of
from rukun.alerts.models import Alert, AlertQuerySet, Watch
from rukun.alerts.portrait import may_second
from rukun.alerts.rules import WEEKS_NEEDED, Kind
from rukun.alerts.sentences import Told
from rukun.officers.rules import LADDER
from rukun.territory.models import Unit
from rukun.territory.rules import UnitKind

OPEN, JUDGED, SECOND = "", "dinilai", "kedua"
SHOWN = 40
QUIET_AT_ONCE = 5  # places that are quieter than usual; the rest one tap away: bundles, not floods
SHOWN_IN_AREA = 5
WATCHED = (UnitKind.POLRES, UnitKind.POLDA)


@dataclass(frozen=True, slots=True)
class Row:
    """One alert in a list."""

    alert: Alert
    opening: str
    headline: str
    usual: str
    asks: str
    hides_verdict: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit is watched, as far as whoever reads its alerts has to know."""

    unit: Unit
    watch: Watch | None

    @property
    def history(self) -> str:
        return sentences.history(self.watch.weeks if self.watch else 0)


@dataclass(slots=True)
class Listing:
    """The page."""

    view: str
    urgent: list[Row] = field(default_factory=list)
    more: list[Row] = field(default_factory=list)
    quiet: list[Row] = field(default_factory=list)
    judged: list[Row] = field(default_factory=list)
    beyond: int = 0
    standings: list[Standing] = field(default_factory=list)
    lead: str = ""


def listing(actor: Actor, view: str = "", before: int | None = None) -> Listing:
    mine = Alert.objects.within(actor)
    found = Listing(view, standings=standings(actor))
    if view == SECOND:
        found.judged = rows(actor, wanting_second(actor))
        return found
    if view == JUDGED:
        done = mine.exclude(verdict="").order_by("-pk")
        done = done.filter(pk__lt=before) if before else done
        found.judged = rows(actor, drawn(done)[:SHOWN])
        found.beyond = max(0, done.count() - SHOWN)
        return found
    waiting = mine.open()
    late = sum(alert.is_late for alert in waiting.select_related("unit"))
    found.lead = sentences.ledger_lead(waiting.count(), late)
    for kind, into in ((Kind.URGENT, "urgent"), (Kind.STATISTICAL, "more"), (Kind.SILENCE, "quiet")):
        these = drawn(waiting.filter(kind=kind)).order_by("-stage", "due", "pk")
        setattr(found, into, rows(actor, these[:SHOWN]))
        found.beyond += max(0, these.count() - SHOWN)
    return found


def drawn(found: AlertQuerySet) -> AlertQuerySet:
    return found.select_related("unit", "watched", "owner", "report__code", "report__area", "second").prefetch_related("areas")


def rows(actor: Actor, alerts: Iterable[Alert]) -> list[Row]:
    """Each with its sentence; however many there are, their reports are asked for once."""
    shown = list(alerts)
    seconds, parts, readable = actor.holds("alert.second"), parts_of_each(shown), readable_reports(actor, shown)
    return [
        row(alert, told_of(alert, parts[alert.pk], readable.get(alert.pk)), seconds and may_second(actor, alert, actor.may("alert.second", alert.where())))
        for alert in shown
    ]  # fmt: skip


def row(alert: Alert, told: Told, hides: bool) -> Row:
    asks = sentences.asks(alert.kind, alert.stage)
    hidden = hides and not hasattr(alert, "second")
    return Row(alert, sentences.opening(alert.kind), sentences.headline(told), sentences.usually(alert.expected), asks, hidden)


def wanting_second(actor: Actor) -> list[Alert]:
    """Judged ones of the last quarter that this actor, from above the unit, is asked to judge once more without knowing the first verdict."""
    if not actor.holds("alert.second"):
        return []
    done = drawn(Alert.objects.within(actor, "alert.second").exclude(verdict="").filter(second=None)).order_by("-judged_at")[:400]
    return [alert for alert in done if may_second(actor, alert, True)][:SHOWN]


def standings(actor: Actor) -> list[Standing]:
    """The units whose counts are watched and whose alerts this actor reads: its own, those below, and the one above that looks for it."""
    units = watched_by(actor)
    watches = {watch.unit_id: watch for watch in Watch.objects.filter(unit__in=units)}
    return [Standing(unit, watches.get(unit.pk)) for unit in units]


def watched_by(actor: Actor) -> list[Unit]:
    near = Q(pk__in=[])
    for grant in actor.grants:
        if grant.unit is not None and grant.role in LADDER:
            near |= Q(path__startswith=grant.unit) | Q(path__in=[grant.unit[:length] for length in (5, 3) if length < len(grant.unit)][:1])
        else:
            near |= Q(jurisdictions__area__path__startswith=grant.root)
    return list(Unit.objects.serving().filter(near, kind__in=WATCHED).distinct().order_by("path")[:40])


def nearest(actor: Actor, units: list[Unit]) -> Unit | None:
    """Of the units that are watched the actor's own, or the one that looks for it."""
    own = [unit for unit in units if any(grant.unit is not None and grant.unit.startswith(unit.path) for grant in actor.grants)]
    return max(own, key=lambda unit: len(unit.path), default=next(iter(units), None))


def short_of_history(found: Iterable[Standing]) -> list[Standing]:
    return [one for one in found if one.watch is not None and one.watch.weeks < WEEKS_NEEDED]


def latest(actor: Actor, count: int, **narrowed: Any) -> list[Row]:
    """The first of what waits, for a part of another page."""
    waiting = drawn(Alert.objects.within(actor).open().filter(**narrowed)).exclude(kind=Kind.SILENCE)
    return rows(actor, sorted(waiting.order_by("due", "pk")[:60], key=lambda a: (a.kind != Kind.URGENT, a.due, a.pk))[:count])


def in_area(actor: Actor, path: str) -> list[Row]:
    """What waits for a look in an area or around the village that holds it."""
    here = Alert.objects.within(actor).open()
    return rows(actor, drawn(here.filter(here.inside(path[:10]))).order_by("due", "pk")[:SHOWN_IN_AREA])
