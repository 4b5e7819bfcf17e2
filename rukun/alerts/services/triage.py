"""What people do with an alert: take it, look, confirm, judge, take a verdict back, judge a second time from outside."""

from collections.abc import Iterable, Sequence

from rukun.access.scope import Actor
from rukun.alerts.models import Alert, Look, Second
from rukun.alerts.refusals import AlreadyJudged, NoSecond, NothingSaid, NotJudged, SameHand, WithoutProblem
from rukun.alerts.rules import RIGHT, Kind, Stage, Verdict, due_on
from rukun.audit.door import act
from rukun.fieldwork.models import Code, Report
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.problems.refusals import NotServingHere, kept


@act("alert.assign", records=("owner",))
def assign(actor: Actor, alert: Alert, *, owner: Officer) -> Alert | None:
    """Somebody goes and looks."""
    alert = unjudged(alert)
    if alert.owner_id == owner.pk:
        return None
    if not problems.assignable(alert.unit, alert.unit.today()).filter(pk=owner.pk).exists():
        raise NotServingHere(f"{owner} does not serve in {alert.unit}")
    alert.owner = owner
    alert.save(update_fields=["owner"])
    return alert


@act("alert.look")
def add_look(actor: Actor, alert: Alert, *, text: str) -> Look:
    """Somebody went there, and says what there was to see."""
    alert = locked(alert)
    if not text.strip():
        raise NothingSaid()
    return Look.objects.create(alert=alert, officer_id=actor.officer_id, at=clock.now(), text=kept(text, most=300))


@act("alert.confirm")
def confirm(actor: Actor, alert: Alert) -> Alert | None:
    """A supervisor has seen it, too: now it is work."""
    alert = unjudged(alert)
    if alert.stage == Stage.WORK:
        return None
    alert.stage, alert.due = Stage.WORK, min(alert.due, due_on(alert.unit.today(), alert.kind, Stage.WORK))
    alert.confirmed_by_id = actor.officer_id
    alert.save(update_fields=["stage", "due", "confirmed_by"])
    return alert


@act("alert.judge", records=("verdict", "problem"))
def judge(
    actor: Actor,
    alert: Alert,
    *,
    verdict: str,
    reason: str,
    reports: Iterable[Report] = (),
    problem: Problem | None = None,
    title: str = "",
    code: Code | str = "",
    stage: str = "",
    severity: int = 3,
    owner: Officer | None = None,
) -> Alert:
    """Somebody looked, and says whether it was right and what was found. What was right opens a problem, or joins one; a quiet place, or
    one of which the actor reads no report, has none."""
    alert, reports = unjudged(alert), list(reports)
    if not reason.strip():
        raise NothingSaid()
    verdict, reports = Verdict(verdict), list(reports)
    alert.verdict, alert.verdict_reason, alert.judged_by_id, alert.judged_at = (
        verdict,
        kept(reason, most=300),
        actor.officer_id,
        clock.now(),
    )
    if verdict in RIGHT or verdict == Verdict.KNOWN:
        alert.problem = worked_on(actor, alert, reports, problem, title=title, code=code, stage=stage, severity=severity, owner=owner)
    if verdict == Verdict.TRUE and alert.problem is None and reports and alert.kind != Kind.SILENCE:
        raise WithoutProblem()
    alert.save(update_fields=["verdict", "verdict_reason", "judged_by", "judged_at", "problem"])
    return alert


def worked_on(
    actor: Actor,
    alert: Alert,
    reports: Sequence[Report],
    problem: Problem | None,
    *,
    title: str,
    code: Code | str,
    stage: str,
    severity: int,
    owner: Officer | None,
) -> Problem | None:
    """The problem that the alert's reports join, or the one that opens from them."""
    if problem is not None:
        for report in reports:
            problems.join(actor, problem, report=report)
        return problem
    if not title.strip() or not reports:
        return None
    return problems.open_from_reports(
        actor, reports[0], title=title, code=code, stage=stage, severity=severity, reports=reports[1:], unit=alert.unit, owner=owner
    )


@act("alert.reopen")
def reopen(actor: Actor, alert: Alert) -> Alert:
    """The verdict was a mistake: it is looked at again, and the second verdict goes with the first. The book remembers both."""
    alert = locked(alert)
    if alert.is_open:
        raise NotJudged()
    Second.objects.filter(alert=alert).delete()
    alert.verdict, alert.verdict_reason, alert.judged_by, alert.judged_at, alert.problem = "", "", None, None, None
    alert.due, alert.reminded = due_on(alert.unit.today(), alert.kind, alert.stage), 0
    alert.save(update_fields=["verdict", "verdict_reason", "judged_by", "judged_at", "problem", "due", "reminded"])
    return alert


@act("alert.second", records=("verdict",))
def second(actor: Actor, alert: Alert, *, verdict: str, reason: str) -> Second:
    """Somebody outside the unit judges the same again; a slip is mended by judging anew."""
    alert = locked(alert)
    if not alert.wants_second:
        raise NoSecond()
    if actor.officer_id == alert.judged_by_id or not is_outside(actor, alert):
        raise SameHand()
    if not reason.strip():
        raise NothingSaid()
    said = {"officer_id": actor.officer_id, "at": clock.now(), "verdict": Verdict(verdict), "reason": kept(reason, most=300)}
    return Second.objects.update_or_create(alert=alert, defaults=said)[0]


def is_outside(actor: Actor, alert: Alert) -> bool:
    """Whether somebody serves a unit above the alert's, under the hat that is worn."""
    return all(grant.unit is not None and grant.unit != alert.unit.path for grant in actor.grants)


def locked(alert: Alert) -> Alert:
    return Alert.objects.select_for_update(of=("self",)).select_related("unit").get(pk=alert.pk)


def unjudged(alert: Alert) -> Alert:
    alert = locked(alert)
    if not alert.is_open:
        raise AlreadyJudged(str(alert))
    return alert
