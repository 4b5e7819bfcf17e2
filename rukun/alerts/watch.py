"""One unit's look: from counts to acts. What is new is raised, what goes on is seen again, all else is left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rukun.access.scope import Actor, system
from rukun.alerts import rehearsal, services, silence, simple
from rukun.alerts.counts import Book, book_of
from rukun.alerts.engine import Eye, Found, apart
from rukun.alerts.evidence import head_of, nearest_unit, villages, voices
from rukun.alerts.models import Alert, Calibration
from rukun.alerts.rules import WEEKS_NEEDED, Kind, Method, alike, goes_on, weeks_of
from rukun.alerts.services.keeping import Said, watch_as_it_is
from rukun.territory.models import Unit
from rukun.territory.rules import UnitKind

WATCHED = (UnitKind.POLRES, UnitKind.POLDA)
REPLAY_AFTER = timedelta(days=7)
REMEMBERED = timedelta(days=35)  # an alert that was not seen for longer is over: no period reaches back so far
MOST_NEW = 5  # a night; more at once are a change of everything, and the strongest tell of it
WATCHER = system("watch")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one look."""

    unit: Unit
    on: date
    weeks: int
    raised: tuple[Alert, ...]
    seen: tuple[Alert, ...]
    calibration: Calibration | None


@dataclass(frozen=True, slots=True)
class Told:
    """With what a finding is told: the calibration and its threshold, and whether the night has yet to see it."""

    calibration: Calibration | None = None
    threshold: float | None = None
    digest: str = ""
    provisional: bool = False


def watched_units(code: str = "") -> list[Unit]:
    units = Unit.objects.serving().filter(kind__in=WATCHED).order_by("-path")  # those below first: what is theirs stands then
    return list(units.filter(code=code) if code else units)


def look_over(unit: Unit, on: date) -> Outcome:
    """Everything that the night does for a unit, with what was known at the end of a day."""
    book = book_of(unit, on)
    weeks = weeks_of(book.start, on + timedelta(days=1)) if book else 0
    raised: list[Alert] = []
    seen: list[Alert] = []
    calibration = None
    if book is not None and book.groups:
        if weeks < WEEKS_NEEDED:
            raised, seen = tell(unit, simple.stands_out(book), Told())
        else:
            eye = Eye.of(book)
            calibration = calibrated(unit, eye, on, weeks)
            raised, seen = tell(unit, loud(eye, calibration), told_with(eye, calibration))
            compare(unit, eye, calibration, on)
    if book is not None:
        quiet = silence.look(unit, book)
        raised, seen = [*raised, *quiet[0]], [*seen, *quiet[1]]
    services.looked(WATCHER, unit, on=on, weeks=weeks, raised=len(raised), seen=len(seen))
    return Outcome(unit, on, weeks, tuple(raised), tuple(seen), calibration)


def calibrated(unit: Unit, eye: Eye, on: date, weeks: int) -> Calibration | None:
    """The unit's threshold, chosen anew once a week; the units take turns, so that one night is like another."""
    watch = watch_as_it_is(unit)
    last = watch.calibration
    turn = on.toordinal() % 7 == unit.pk % 7
    if last is not None and (on - last.on < REPLAY_AFTER if turn else on - last.on < 2 * REPLAY_AFTER) and last.budget == watch.budget:
        return last
    chosen = rehearsal.choose(eye, watch.budget)
    made = services.calibrate(
        WATCHER, unit, on=on, threshold=chosen.threshold, budget=watch.budget, parameters=eye.parameters.plain, digest=eye.parameters.digest,
        days=chosen.days, weeks=weeks, alarms=chosen.alarms, years=chosen.years, rivals=chosen.rivals,
    )  # fmt: skip
    return made or last


def told_with(eye: Eye, calibration: Calibration | None, provisional: bool = False) -> Told:
    return Told(calibration, threshold_of(eye.book, calibration), eye.parameters.digest, provisional)


def threshold_of(book: Book, calibration: Calibration | None) -> float:
    return calibration.threshold if calibration else rehearsal.provisional(len(book.ground.paths))


def loud(eye: Eye, calibration: Calibration | None) -> list[Found]:
    if not eye.is_ready:
        return []
    threshold = threshold_of(eye.book, calibration)
    return apart(one for one in eye.looks() if (one.statistic or 0) > threshold)


def tell(unit: Unit, found: Sequence[Found], told: Told, actor: Actor = WATCHER) -> tuple[list[Alert], list[Alert]]:
    """Each finding becomes an alert, or a line in the course of one that stands."""
    raised: list[Alert] = []
    seen: list[Alert] = []
    if not found:
        return raised, seen
    standing = [
        (alert, {area.path for area in alert.areas.all()})
        for alert in Alert.objects.filter(watched=unit, kind=Kind.STATISTICAL, last_seen__gte=found[0].until - REMEMBERED)
        .prefetch_related("areas")
        .order_by("-last_seen", "pk")
    ]
    for one in found:
        same = next((alert for alert, places in standing if is_same(alert, places, one)), None)
        if same is not None:
            if again := see(actor, same, one, told):
                seen.append(again)
        elif len(raised) < MOST_NEW:
            raised.append(bring_up(actor, unit, one, told))
    return raised, seen


def is_same(alert: Alert, places: set[str], one: Found) -> bool:
    return alike(alert.group, one.group) and goes_on(places, alert.last_seen, one.paths, one.since, one.until)


def see(actor: Actor, alert: Alert, one: Found, told: Told) -> Alert | None:
    return services.see_again(
        actor, alert, on=one.until, areas=villages(one.paths), observed=one.observed, expected=one.expected, statistic=one.statistic,
        voices=voices(one.group, one.paths, one.since, one.until), provisional=told.provisional,
    )  # fmt: skip


def bring_up(actor: Actor, watched: Unit, one: Found, told: Told) -> Alert:
    unit = nearest_unit(watched, one.paths, one.until)
    engine = one.method == Method.ENGINE
    return services.raise_alert(
        actor, unit, watched=watched, kind=Kind.STATISTICAL, areas=villages(one.paths), group=one.group, since=one.since, until=one.until,
        observed=one.observed, voices=voices(one.group, one.paths, one.since, one.until), expected=one.expected,
        statistic=one.statistic, threshold=told.threshold if engine else None, calibration=told.calibration if engine else None,
        parameters=told.digest if engine else "", method=one.method, provisional=told.provisional, owner=head_of(unit, unit.today()),
    )  # fmt: skip


def compare(unit: Unit, eye: Eye, calibration: Calibration | None, on: date) -> None:
    """The simple rules run beside, at the same budget; nobody is told."""
    if calibration is None or not calibration.rivals:
        return
    said = [
        Said(rule, group, common(paths), signal.observed, round(signal.expected, 2))
        for rule, group, paths, signal in rehearsal.rivals_say(eye, calibration.rivals)
    ]
    if said:
        services.note_rivals(WATCHER, unit, on=on, said=said)


def common(paths: Sequence[str]) -> str:
    """The village, or the district that all of them lie in."""
    return paths[0] if len(paths) == 1 else paths[0][:6]
