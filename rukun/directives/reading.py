"""Atensi as pages show them: those that stand, those that are over, and whom to ring because they have not said that they read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rukun.access.roles import permits
from rukun.access.scope import Actor
from rukun.directives.models import Addressee, Directive, DirectiveQuerySet
from rukun.lib import clock
from rukun.officers.models import Assignment
from rukun.territory.models import Unit
from rukun.territory.rules import ZONE_NAMES

SHOWN = 20
TO_RING = 60


@dataclass(frozen=True, slots=True)
class ToRing:
    """Somebody who has not said yet that they read it: where they serve, and the telephone of their unit."""

    who: Addressee
    place: str
    unit: Unit


def lead(mine: list[Addressee]) -> str:
    """What waits for my acknowledgement, in a sentence."""
    waiting = sum(row.acknowledged_at is None for row in mine)
    if waiting:
        return (
            ngettext("%d waits for you to say that you have read it.", "%d wait for you to say that you have read them.", waiting) % waiting
        )
    return _("Nothing waits for you to acknowledge.")


@dataclass(frozen=True, slots=True)
class Listed:
    """Some Atensi, the newest first, and from which on there are older ones."""

    rows: list[Directive]
    next: str


def in_force(actor: Actor, before: str) -> Listed:
    """What stands now of what this hat may see, a page at a time."""
    return some(seen_by(actor).in_force(today_everywhere()), "berlaku", before)


def over(actor: Actor, before: str) -> Listed:
    """What ended or was withdrawn, a page at a time."""
    return some(seen_by(actor).over(today_everywhere()), "sebelum", before)


def seen_by(actor: Actor) -> DirectiveQuerySet:
    return Directive.objects.within(actor) if actor.holds("directive.view") else Directive.objects.none()


def today_everywhere() -> dict[str, date]:
    return {zone: clock.today(zone) for zone in ZONE_NAMES}


def some(rows: DirectiveQuerySet, name: str, before: str) -> Listed:
    if before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.select_related("unit", "issued_by", "code").prefetch_related("areas").order_by("-pk")[: SHOWN + 1])
    return Listed(found[:SHOWN], f"{name}={found[SHOWN - 1].pk}" if len(found) > SHOWN else "")


def answered(actor: Actor, directive: Directive) -> dict[str, Any]:
    """Who has acknowledged as a count, and who has not as people to ring, by place; never by who was first."""
    today = directive.unit.today()
    reached = Addressee.objects.within(actor).filter(directive=directive).serving(today)
    total, waiting = reached.count(), reached.waiting()
    terms = {
        term.officer_id: term
        for term in Assignment.objects.valid(today)
        .filter(officer__in=waiting.values("officer"), unit__path__startswith=directive.unit.path)
        .select_related("unit")
        .prefetch_related("areas")
        .order_by("-pk")
    }
    rows = [ToRing(row, place_of(terms[row.officer_id]), terms[row.officer_id].unit) for row in waiting.select_related("officer")]
    rows.sort(key=lambda row: (row.unit.path, row.place, row.who.officer.name))
    return {"reached": total, "acknowledged": total - len(rows), "to_ring": rows[:TO_RING], "more_to_ring": max(0, len(rows) - TO_RING)}


def place_of(term: Assignment) -> str:
    areas = ", ".join(area.name for area in list(term.areas.all())[:3])
    return f"{capfirst(term.get_role_display())}, {areas or term.unit.name}"


def units_of(actor: Actor) -> list[Unit]:
    """The units that this hat commands, for which it may issue: the highest first."""
    paths = {grant.unit for grant in actor.grants if grant.unit and permits(grant.role, "directive.issue")}
    return list(Unit.objects.within(actor).serving().filter(path__in=paths).order_by("path"))
