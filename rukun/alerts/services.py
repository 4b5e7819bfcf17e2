"""Everything that can be done with an alert: raised, seen again, taken, judged, judged anew; and how a unit is watched."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Rival, Sighting, Watch
from rukun.alerts.rules import Method, Stage, Verdict, due_on, stage_of
from rukun.audit.door import Many, act
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems.models import Problem
from rukun.problems.services import assignable
from rukun.territory.models import Area, Unit


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


@act("alert.raise", records=("kind", "stage", "group", "observed", "sources", "parameters"))
def raise_alert(
    actor: Actor,
    unit: Unit,
    *,
    kind: str,
    areas: Sequence[Area],
    since: date,
    until: date,
    observed: int,
    sources: int,
    group: str = "",
    expected: float | None = None,
    statistic: float | None = None,
    threshold: float | None = None,
    parameters: str = "",
    method: str = Method.ENGINE,
    stage: str = "",
    reason: str = "",
    report: Report | None = None,
    owner: Officer | None = None,
) -> Alert:
    """Something stands out. It has a day by which somebody has looked; whoever heads the unit holds it until he gives it on."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    number = (Alert.objects.filter(unit=unit).aggregate(last=Max("number"))["last"] or 0) + 1
    stage = stage or stage_of(kind, sources, confirmed=False)
    alert = Alert.objects.create(
        kind=kind, stage=stage, method=method, unit=unit, number=number, group=group, report=report, since=since, until=until,
        observed=observed, sources=sources, expected=expected, statistic=statistic, threshold=threshold, parameters=parameters,
        reason=reason, raised_at=clock.now(), last_seen=until, owner=owner, due=due_on(unit.today(), kind, stage),
    )  # fmt: skip
    alert.areas.set(areas)
    return alert


@act("alert.see")
def see_again(
    actor: Actor,
    alert: Alert,
    *,
    on: date,
    areas: Sequence[Area],
    observed: int,
    sources: int,
    expected: float | None = None,
    statistic: float | None = None,
) -> Alert | None:
    """The same goes on: one line more of its course, perhaps in more places; what was said when it was raised stays."""
    if Sighting.objects.filter(alert=alert, on=on).exists() or (on == alert.until and observed <= alert.observed):
        return None
    Sighting.objects.create(alert=alert, on=on, observed=observed, sources=sources, expected=expected, statistic=statistic)
    alert.last_seen = max(alert.last_seen, on)
    if stage_of(alert.kind, sources, confirmed=False) == Stage.WORK and alert.stage == Stage.CHECK and alert.is_open:
        alert.stage, alert.due = Stage.WORK, min(alert.due, due_on(on, alert.kind, Stage.WORK))
    alert.save(update_fields=["last_seen", "stage", "due"])
    alert.areas.add(*areas)
    return alert


@act("alert.confirm")
def confirm(actor: Actor, alert: Alert) -> Alert | None:
    """A supervisor has seen it too: now it is work."""
    alert = unjudged(alert)
    if alert.stage == Stage.WORK:
        return None
    alert.stage, alert.due = Stage.WORK, min(alert.due, due_on(alert.unit.today(), alert.kind, Stage.WORK))
    alert.save(update_fields=["stage", "due"])
    return alert


@act("alert.assign", records=("owner",))
def assign(actor: Actor, alert: Alert, *, owner: Officer) -> Alert | None:
    """Somebody goes and looks."""
    alert = unjudged(alert)
    if alert.owner_id == owner.pk:
        return None
    if not assignable(alert.unit, alert.unit.today()).filter(pk=owner.pk).exists():
        raise NotPossible(_("%s does not serve in this unit now.") % owner)
    alert.owner = owner
    alert.save(update_fields=["owner"])
    return alert


@act("alert.judge", records=("verdict",))
def judge(actor: Actor, alert: Alert, *, verdict: str, reason: str, problem: Problem | None = None) -> Alert:
    """Somebody looked, and says whether it was right and what was found. A true one has a problem to go on with, opened or joined before."""
    alert = unjudged(alert)
    if not reason.strip():
        raise NotPossible(_("Say in a sentence what was found."))
    alert.verdict, alert.verdict_reason, alert.judged_by_id = Verdict(verdict), reason.strip(), actor.officer_id
    alert.judged_at, alert.problem = clock.now(), problem
    alert.save(update_fields=["verdict", "verdict_reason", "judged_by", "judged_at", "problem"])
    return alert


@act("alert.reopen")
def reopen(actor: Actor, alert: Alert) -> Alert | None:
    """The verdict was a mistake: it is looked at again. The book remembers the first one."""
    if alert.is_open:
        return None
    alert.verdict, alert.verdict_reason, alert.judged_by, alert.judged_at, alert.problem = "", "", None, None, None
    alert.due = due_on(alert.unit.today(), alert.kind, alert.stage)
    alert.save(update_fields=["verdict", "verdict_reason", "judged_by", "judged_at", "problem", "due"])
    return alert


@act("watch.calibrate", records=("threshold", "parameters", "alarms", "years", "weeks"))
def calibrate(
    actor: Actor, unit: Unit, *, threshold: float, parameters: str, weeks: int, alarms: int | None, years: float | None
) -> Watch | None:
    """What the last replay chose; while the settings are frozen (an election), nothing changes."""
    watch = watch_of(unit)
    if watch.frozen:
        return None
    watch.threshold, watch.parameters, watch.weeks, watch.alarms, watch.years = threshold, parameters, weeks, alarms, years
    watch.calibrated_on = unit.today()
    watch.save()
    return watch


@act("watch.look", records=("on", "weeks", "raised", "seen"))
def looked(actor: Actor, unit: Unit, *, on: date, weeks: int, raised: int, seen: int) -> Watch:
    """The night's look was made, also where nothing stood out: silence of the machine is not silence of the place."""
    watch = watch_of(unit)
    watch.looked_on, watch.weeks = on, weeks
    watch.save(update_fields=["looked_on", "weeks"])
    return watch


@act("watch.budget", records=("budget", "frozen"))
def set_budget(actor: Actor, unit: Unit, *, budget: float, frozen: bool) -> Watch | None:
    """How many statistical alerts a year a unit can look into. It takes hold with the next replay."""
    watch = watch_of(unit)
    if (watch.budget, watch.frozen) == (budget, frozen):
        return None
    watch.budget, watch.frozen = budget, frozen
    watch.save(update_fields=["budget", "frozen"])
    return watch


@act("watch.compare")
def note_rivals(actor: Actor, unit: Unit, *, said: Iterable[tuple[str, str, Area, date]]) -> Many:
    """What simple rules would have said, for the ledger alone."""
    known = set(Rival.objects.filter(unit=unit).values_list("rule", "group", "area", "on"))
    rows = [Rival(unit=unit, rule=rule, group=group, area=area, on=on) for rule, group, area, on in said if (rule, group, area.pk, on) not in known]
    return Many(Rival.objects.bulk_create(rows))


def watch_of(unit: Unit) -> Watch:
    return Watch.objects.get_or_create(unit=unit)[0]


def unjudged(alert: Alert) -> Alert:
    alert = Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert.pk)
    if not alert.is_open:
        raise NotPossible(_("It has been judged already. Take the verdict back first."))
    return alert



