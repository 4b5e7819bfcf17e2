"""How a unit is watched: its budget, what a replay chose, when nothing may be changed, what the simple rules said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rukun.access.scope import Actor
from rukun.alerts.models import Calibration, Freeze, Rival, Watch
from rukun.alerts.refusals import Frozen, NothingSaid, OutOfBounds
from rukun.alerts.rules import SILENCE
from rukun.audit.door import Many, act
from rukun.lib import clock
from rukun.territory.models import Unit

LEAST, MOST = 1, 365


@dataclass(frozen=True, slots=True)
class Said:
    """What a simple rule says of one place on a day."""

    rule: str
    group: str
    path: str
    observed: int
    expected: float


@act("alert.calibrate", records=("threshold", "digest", "budget"))
def calibrate(
    actor: Actor,
    unit: Unit,
    *,
    on: date,
    threshold: float,
    budget: float,
    parameters: dict[str, Any],
    digest: str,
    days: int,
    weeks: int,
    alarms: int | None,
    years: float | None,
    rivals: dict[str, float],
) -> Calibration | None:
    """What a replay chose; while the calendar says so, nothing changes."""
    watch = watch_of(unit)
    if watch.is_frozen:
        return None
    made = Calibration.objects.create(
        unit=unit, on=on, at=clock.now(), threshold=threshold, budget=budget, parameters=parameters, digest=digest, days=days, weeks=weeks,
        alarms=alarms, years=years, rivals=rivals,
    )  # fmt: skip
    watch.calibration = made
    watch.save(update_fields=["calibration"])
    return made


@act("alert.watch", records=("on", "weeks", "raised", "seen"))
def looked(actor: Actor, unit: Unit, *, on: date, weeks: int, raised: int, seen: int) -> Watch:
    """The night's look was made, also where nothing stood out: silence of the machine is not silence of the place."""
    watch = watch_of(unit)
    watch.looked_on, watch.weeks = max(on, watch.looked_on or on), weeks
    watch.save(update_fields=["looked_on", "weeks"])
    return watch


@act("alert.budget", records=("budget",))
def set_budget(actor: Actor, unit: Unit, *, budget: float) -> Watch | None:
    """How many statistical alerts a year a unit can look into. It takes hold with the next replay."""
    watch = watch_of(unit)
    if watch.budget == budget:
        return None
    if not LEAST <= budget <= MOST:
        raise OutOfBounds()
    if watch.is_frozen:
        raise Frozen()
    watch.budget, watch.version = budget, watch.version + 1
    watch.save(update_fields=["budget", "version"])
    return watch


@act("alert.freeze", records=("first", "last", "reason"))
def freeze(actor: Actor, unit: Unit, *, first: date, last: date, reason: str) -> Freeze:
    """From a day to a day nothing changes in how this unit and those under it are watched."""
    if not reason.strip() or last < first:
        raise NothingSaid()
    return Freeze.objects.create(unit=unit, first=first, last=last, reason=reason.strip(), at=clock.now())


@act("alert.thaw")
def thaw(actor: Actor, frozen: Freeze) -> Freeze | None:
    """The days were entered by mistake, or the calendar has changed."""
    if frozen.withdrawn_at is not None:
        return None
    frozen.withdrawn_at = clock.now()
    frozen.save(update_fields=["withdrawn_at"])
    return frozen


@act("alert.compare")
def note_rivals(actor: Actor, unit: Unit, *, on: date, said: Sequence[Said]) -> Many | None:
    """What simple rules would have said, for the ledger alone; what goes on is told once, as with alerts."""
    news = []
    for one in said:
        last = Rival.objects.filter(unit=unit, rule=one.rule, group=one.group, path=one.path).order_by("-on").first()
        if last is not None and (on - last.last_seen).days <= SILENCE:
            Rival.objects.filter(pk=last.pk).update(last_seen=max(on, last.last_seen))
            continue
        news.append(
            Rival(
                unit=unit, rule=one.rule, group=one.group, path=one.path, on=on, last_seen=on, observed=one.observed, expected=one.expected
            )
        )
    return Many(Rival.objects.bulk_create(news)) if news else None


def watch_of(unit: Unit) -> Watch:
    return Watch.objects.get_or_create(unit=unit)[0]


def watch_as_it_is(unit: Unit) -> Watch:
    """The same for whoever only reads: nothing is written."""
    return Watch.objects.select_related("calibration").filter(unit=unit).first() or Watch(unit=unit)
