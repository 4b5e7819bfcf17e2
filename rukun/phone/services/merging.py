"""A problem described apart by two people becomes one again: field by field, and where they differ, both stay until one decides."""

import uuid
from collections.abc import Mapping
from typing import Any

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.lib import clock
from rukun.phone.models import Dispute
from rukun.phone.rules import merge
from rukun.problems import services
from rukun.problems.models import Entry, Problem
from rukun.problems.refusals import kept

Disputed = Mapping[str, tuple[Any, Any]]


def describe_apart(actor: Actor, problem: Problem, *, base: dict[str, Any], change: dict[str, Any], item: uuid.UUID) -> bool:
    """Inside an act: writes what nobody else touched, keeps both where somebody did. Says whether something is to be decided."""
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    current = {
        "title": problem.title,
        "analysis": problem.analysis,
        "stage": problem.stage,
        "severity": problem.severity,
        "code": problem.code_id,
    }
    merged = merge(base, cleaned(change), current)
    if merged.apply:
        services.describe(actor, problem, **merged.apply)
    return bool(merged.disputed) and open_disputes(actor, problem, disputed=merged.disputed, item=item) is not None


@act("dispute.open")
def open_disputes(actor: Actor, problem: Problem, *, disputed: Disputed, item: uuid.UUID) -> Many:
    """Both versions are kept, and nobody's is lost: a person decides."""
    assert actor.officer_id is not None
    now = clock.now()
    rows = [
        Dispute(problem=problem, field=name, stands=str(stands), came=str(came), item=item, officer_id=actor.officer_id, at=now)
        for name, (stands, came) in disputed.items()
    ]
    return Many(Dispute.objects.bulk_create(rows), str(item))


def cleaned(change: dict[str, Any]) -> dict[str, Any]:
    """As it will be stored, so that two who wrote the same find the same."""
    return {
        name: kept(value, most=120 if name == "title" else None) if name in ("title", "analysis") else value
        for name, value in change.items()
    }


def version_of(problem: Problem) -> int:
    """Grows with everything that happens to a problem."""
    return Entry.objects.filter(problem=problem).order_by("-pk").values_list("pk", flat=True).first() or 0


@act("dispute.decide", records=("take",))
def decide(actor: Actor, dispute: Dispute, *, take: bool) -> Dispute | None:
    """Takes what came, or leaves what stands. The other stays readable in the story."""
    dispute = Dispute.objects.select_for_update(of=("self",)).select_related("problem__unit").get(pk=dispute.pk)
    if dispute.decided_at:
        return None
    if take:
        value: Any = int(dispute.came) if dispute.field == "severity" else dispute.came
        services.describe(actor, dispute.problem, **{dispute.field: value})
    dispute.decided_at, dispute.decided_by_id, dispute.taken = clock.now(), actor.officer_id, take
    dispute.save(update_fields=["decided_at", "decided_by", "taken"])
    return dispute
