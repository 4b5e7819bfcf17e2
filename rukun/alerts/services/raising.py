"""An alert comes up, goes on, and does not rest until somebody has looked: what the machine does, each time in an act."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Calibration, Sighting
from rukun.alerts.rules import NOBODY, Method, Stage, Voices, due_on, stage_of
from rukun.audit.door import act
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.territory.models import Area, Unit


@act("alert.raise", records=("kind", "group", "observed", "parameters", "watched", "report"))
def raise_alert(
    actor: Actor,
    unit: Unit,
    *,
    watched: Unit,
    kind: str,
    areas: Sequence[Area],
    since: date,
    until: date,
    observed: int,
    voices: Voices = NOBODY,
    group: str = "",
    expected: float | None = None,
    statistic: float | None = None,
    threshold: float | None = None,
    calibration: Calibration | None = None,
    parameters: str = "",
    method: str = Method.ENGINE,
    reason: str = "",
    provisional: bool = False,
    report: Report | None = None,
    owner: Officer | None = None,
) -> Alert:
    """Something stands out. It has a person, and a day by which somebody has looked."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    number = (Alert.objects.filter(unit=unit).aggregate(last=Max("number"))["last"] or 0) + 1
    stage = stage_of(kind, voices, expected)
    alert = Alert.objects.create(
        kind=kind, stage=stage, method=method, unit=unit, watched=watched, number=number, group=group, report=report, since=since, until=until,
        observed=observed, sources=voices.accounts, serving=len(voices.here), expected=expected, statistic=statistic, threshold=threshold, calibration=calibration,
        parameters=parameters, reason=reason, provisional=provisional, raised_at=clock.now(), last_seen=until, owner=owner,
        due=due_on(unit.today(), kind, stage),
    )  # fmt: skip
    alert.areas.set(areas)
    return alert


@act("alert.see", records=("on", "observed"))
def see_again(
    actor: Actor,
    alert: Alert,
    *,
    on: date,
    areas: Sequence[Area],
    observed: int,
    voices: Voices = NOBODY,
    expected: float | None = None,
    statistic: float | None = None,
    provisional: bool = False,
) -> Alert | None:
    """The same goes on: one line more of its course, perhaps in more places; what was said when it was raised stays."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert.pk)
    seen, made = Sighting.objects.get_or_create(
        alert=alert, on=on, defaults={"observed": observed, "sources": voices.accounts, "expected": expected, "statistic": statistic}
    )
    grown = observed > seen.observed
    if not (made or grown or (alert.provisional and not provisional)):
        return None
    if grown:
        seen.observed, seen.sources, seen.expected, seen.statistic = observed, voices.accounts, expected, statistic
        seen.save(update_fields=["observed", "sources", "expected", "statistic"])
    alert.last_seen, alert.provisional = max(alert.last_seen, on), alert.provisional and provisional
    if alert.is_open and alert.stage == Stage.CHECK and stage_of(alert.kind, voices, expected) == Stage.WORK:
        alert.stage, alert.due = Stage.WORK, min(alert.due, due_on(alert.unit.today(), alert.kind, Stage.WORK))
    alert.save(update_fields=["last_seen", "provisional", "stage", "due"])
    alert.areas.add(*areas)
    return alert


@act("alert.remind", records=("reminded",))
def remind(actor: Actor, alert: Alert, *, reminded: int) -> Alert | None:
    """Its day has passed and nobody has looked: first its owner is told, then who stands above."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert.pk)
    if not alert.is_late or alert.reminded >= reminded:
        return None
    alert.reminded = reminded
    alert.save(update_fields=["reminded"])
    return alert
