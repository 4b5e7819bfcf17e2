"""How a storyline is told: reports come in, a problem opens, steps and actions follow, each on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rukun.demo.season import Season
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Code, Report
from rukun.lib import clock
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.problems.rules import Step

ZONE = ZoneInfo("Asia/Jakarta")


def told(season: Season, who: str, place, day: int, hour: float, title: str, facts: str, code: str, kept: list[Report], chief: str = "nofri",
         stage: str = "GN", severity: int = 3, answer: str = "", basis: str = "told", spot: str = "") -> None:  # fmt: skip
    """A report that is read, assessed and answered a little later, and kept for the problem that it becomes."""

    def record() -> None:
        report = fieldwork.receive_report(
            season.actor(who), place, id=season.new_id(), title=title, facts=facts, basis=basis, code=code, place=spot,
            happened_at=clock.now() - timedelta(hours=3),
        )  # fmt: skip
        if report:
            kept.append(report)

    def respond() -> None:
        actor = season.actor(chief)
        fieldwork.open_report(actor, kept[-1])
        fieldwork.assess(actor, kept[-1], stage=stage, severity=severity, code=code)
        fieldwork.answer(actor, kept[-1], kind="acted", text=answer or "Terima kasih, kami tindak bersama warga.")

    season.plan(season.days_ago(day), hour, record)
    season.plan(season.days_ago(day), hour + 0.7, respond)


def opened(season: Season, chief: str, day: int, hour: float, reports: list[Report], title: str, code: str, stage: str, severity: int,
           then: Callable[[Problem], None] = lambda problem: None, owner: str | None = None) -> None:  # fmt: skip
    def deed() -> None:
        problem = problems.open_from_reports(
            season.actor(chief), reports[0], title=title, code=Code.objects.get(pk=code), stage=stage, severity=severity, reports=tuple(reports[1:]),
            owner=getattr(season.world, owner) if owner else None,
        )  # fmt: skip
        then(problem)

    season.plan(season.days_ago(day), hour, deed)


def on(season: Season, day: int, hour: float = 10) -> datetime:
    return datetime.combine(season.days_ago(day), datetime.min.time(), ZONE) + timedelta(hours=hour)


def step(season: Season, chief: str, problem: Problem, day: int, to: Step, note: str, **how: str) -> None:
    if on(season, day) <= datetime.combine(season.today, datetime.min.time(), ZONE) + timedelta(hours=23):
        with clock.at(on(season, day)):
            problems.move(season.actor(chief), fresh(problem), to=to, note=note, **how)


def understand(season: Season, chief: str, problem: Problem, day: int, why: str) -> None:
    with clock.at(on(season, day, 9)):
        now = fresh(problem)
        problems.describe(
            season.actor(chief),
            now,
            title=now.title,
            analysis=why,
            stage=now.stage,
            severity=now.severity,
            code=now.code,
            areas=list(now.areas.all()),
        )


def give(
    season: Season, chief: str, problem: Problem, day: int, who: str, text: str, days: int, done: int | None = None, result: str = ""
) -> None:
    with clock.at(on(season, day, 12)):
        action = problems.give_action(
            season.actor(chief),
            fresh(problem),
            text=text,
            officer=getattr(season.world, who),
            due=season.days_ago(day) + timedelta(days=days),
        )
    if done is not None:
        with clock.at(on(season, done, 16)):
            problems.finish_action(season.actor(who), action, result=result)


def fresh(problem: Problem) -> Problem:
    return Problem.objects.get(pk=problem.pk)
