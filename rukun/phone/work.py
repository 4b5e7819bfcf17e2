"""An officer's day for the phone, which keeps it encrypted and readable for three days: what is due, who waits, what is open."""

from collections import defaultdict
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from rukun.access.scope import Actor
from rukun.desk.places import places_of
from rukun.fieldwork.models import Answer, Promise, Report, Visit
from rukun.lib import clock
from rukun.officers.hats import of
from rukun.officers.models import Officer
from rukun.officers.rules import LADDER
from rukun.phone.intake.work import FIELDS
from rukun.phone.models import Dispute
from rukun.phone.services.merging import version_of
from rukun.problems.models import Action, Problem
from rukun.sharing import recap

MOST = 60
LATELY = timedelta(days=7)


def work(actor: Actor, officer: Officer) -> dict[str, Any]:
    """Only what the officer's own pages show; of residents nothing beyond it."""
    today = officer.unit.today()
    return {
        "at": clock.now().isoformat(), "me": me(actor, officer, today), "problems": problems(actor), "actions": actions(actor),
        "due": due(actor), "waiting": waiting(actor), "promises": promises(actor), "seven_days": seven_days(actor),
        "recap": [month(actor, officer, today), month(actor, officer, today.replace(day=1) - timedelta(days=1), today)],
    }  # fmt: skip


def me(actor: Actor, officer: Officer, today: date) -> dict[str, str]:
    duty = next((hat.title for hat in of(officer, actor.role, today) if hat.worn), "")
    above = officer.unit.parent
    return {"rank": officer.rank, "name": officer.name, "duty": duty, "unit": officer.unit.name, "unit_above": above.name if above else ""}


def problems(actor: Actor) -> list[dict[str, Any]]:
    """Unsolved ones of my areas, with the values that an edit made offline is merged on, and where two of them differ."""
    rows = Problem.objects.within(actor).unsolved().select_related("unit", "owner").prefetch_related("areas").order_by("due", "pk")
    found = list(rows.distinct()[:MOST])
    apart = disputes(actor, found)
    return [
        {
            "id": row.pk, "number": row.number, "title": row.title, "where": ", ".join(area.name for area in row.areas.all()[:3]),
            "step": row.step, "step_name": str(row.get_step_display()), "disputes": apart[row.pk], "due": row.due.isoformat(), "late": row.is_late(), "url": row.get_absolute_url(), "version": version_of(row),
            "mine": row.owner_id == actor.officer_id, "may_note": actor.may("problem.note", row.where()),
            "may_describe": actor.may("problem.describe", row.where()), "base": {name: value_of(row, name) for name in FIELDS},
        }
        for row in found
    ]  # fmt: skip


def disputes(actor: Actor, problems: list[Problem]) -> dict[int, list[dict[str, Any]]]:
    """What waits for a decision, and what was decided of late, with both versions."""
    lately = Q(decided_at=None) | Q(decided_at__gte=clock.now() - LATELY)
    rows = Dispute.objects.within(actor).filter(lately, problem__in=problems).select_related("officer", "problem__unit").order_by("-at")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.distinct():
        may = actor.may("dispute.decide", row.where())
        found[row.problem_id].append({
            "item": str(row.item), "field": row.field, "stands": row.stands, "came": row.came, "officer": str(row.officer), "own": row.officer_id == actor.officer_id,
            "decided": row.decided_at is not None, "taken": row.taken, "url": reverse("phone:dispute", args=[row.pk]) if may else "",
        })  # fmt: skip
    return found


def value_of(row: Problem, name: str) -> Any:
    return row.code_id if name == "code" else getattr(row, name)


def actions(actor: Actor) -> list[dict[str, Any]]:
    rows = Action.objects.within(actor).given_to(actor.officer_id).open().select_related("problem__unit").order_by("due")
    return [
        {
            "id": row.pk, "title": row.text, "where": row.problem.title, "due": row.due.isoformat(), "url": row.get_absolute_url(),
            "late": row.due < row.problem.unit.today(), "problem": row.problem_id,
        }
        for row in rows.distinct()[:MOST]
    ]  # fmt: skip


def due(actor: Actor) -> list[dict[str, Any]]:
    """Where I have not been for longest: a suggestion, never a quota."""
    rows = places_of(actor)[:MOST]
    return [
        {"area": row.area.path, "name": row.area.name, "parent_name": row.area.parent.name if row.area.parent else "", "days": row.days}
        for row in rows
    ]


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """Reports that lie on my desk unanswered; of a field officer's own, those that nobody has answered yet."""
    mine = Report.objects.within(actor).unanswered()
    rows = mine.filter(desk=actor.role).exclude(officer=actor.officer_id) if actor.role in LADDER else mine.filter(officer=actor.officer_id)
    return [
        {
            "id": str(row.pk), "title": row.title, "where": str(row.area), "since": row.received_at.isoformat(), "url": reverse("fieldwork:report", args=[row.pk]),
            "desk": row.desk, "own": row.officer_id == actor.officer_id,
        }
        for row in rows.select_related("area").order_by("desk_since")[:MOST]
    ]  # fmt: skip


def promises(actor: Actor) -> list[dict[str, Any]]:
    rows = Promise.objects.within(actor).filter(holder=actor.officer_id).open().select_related("visit__area").order_by("due")[:MOST]
    return [
        {
            "id": row.pk, "title": row.text, "where": row.visit.place or str(row.visit.area), "due": row.due.isoformat(),
            "late": row.due < row.visit.area.today(), "url": reverse("fieldwork:promise", args=[row.pk]),
        }
        for row in rows
    ]  # fmt: skip


def seven_days(actor: Actor) -> list[dict[str, Any]]:
    """What I recorded, and what was answered to it, of the last seven days."""
    since = clock.now() - LATELY
    mine = {"officer": actor.officer_id, "received_at__gte": since, "corrected_by": None, "practice": False}
    visits = Visit.objects.within(actor).filter(**mine).select_related("area").order_by("-made_at")[:MOST]
    reports = Report.objects.within(actor).filter(**mine).select_related("area").order_by("-happened_at")[:MOST]
    answers = (
        Answer.objects.within(actor)
        .filter(report__officer=actor.officer_id, at__gte=since)
        .select_related("report__area")
        .order_by("-at")[:MOST]
    )
    lines = [
        line(
            "visit", row.pk, str(row.get_kind_display()), row.place or str(row.area), row.made_at, reverse("fieldwork:visit", args=[row.pk])
        )
        for row in visits
    ]
    lines += [
        line("report", row.pk, row.title, row.place or str(row.area), row.happened_at, reverse("fieldwork:report", args=[row.pk]))
        for row in reports
    ]
    lines += [
        line(
            "answer",
            row.report_id,
            row.report.title,
            str(row.report.area),
            row.at,
            reverse("fieldwork:report", args=[row.report_id]),
            row.text,
        )
        for row in answers
    ]
    return sorted(lines, key=lambda told: str(told["since"]), reverse=True)


def line(kind: str, pk: Any, title: str, where: str, at: Any, url: str, note: str = "") -> dict[str, Any]:
    return {"kind": kind, "id": str(pk), "title": title, "where": where, "since": at.isoformat(), "url": url, "note": note}


def month(actor: Actor, officer: Officer, day: date, today: date | None = None) -> dict[str, Any]:
    return asdict(recap.of(actor, officer, day.replace(day=1), today or day))
