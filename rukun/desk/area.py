"""What the page of an area shows: whose it is, when somebody last came, what is open, what was reported."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rukun.access.scope import Actor
from rukun.alerts.listing import in_area
from rukun.desk.places import measured, places_in
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.officers.models import Absence, Assignment
from rukun.officers.rules import FIELD_ROLES
from rukun.problems.models import Problem
from rukun.territory.models import Area, PublicPlace, Unit
from rukun.territory.rules import SUBUNIT, VILLAGE, ancestors

RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Serving:
    """An officer who serves here, whether away today, and for whom, where it is cover."""

    term: Assignment
    away: bool
    covered: bool  # somebody stands in


def portrait(actor: Actor, area: Area) -> dict[str, Any]:
    above = [path for path in ancestors(area.path) if path != area.path]
    reports = Report.objects.within(actor).current().filter(Report.objects.all().inside(area.path), received_at__gte=clock.now() - RECENT)
    problems = Problem.objects.within(actor).unsolved().in_area(area.path).select_related("unit", "owner").order_by("due")
    return {
        "area": area,
        "above": Area.objects.within(actor).filter(path__in=above).order_by("level"),
        "serving": serving(actor, area),
        "units": covering(actor, area),
        "here": measured(actor, [area])[0],
        "below": places_in(actor, area),
        "public_places": PublicPlace.objects.within(actor)
        .filter(PublicPlace.objects.all().inside(area.path))
        .valid(area.today())
        .order_by("name")[:40],
        "alerts": in_area(actor, area.path) if actor.holds("alert.view") else [],
        "problems": problems[:10],
        "reports": reports.select_related("area", "officer").order_by("-received_at")[:8],
        "of_village": area.level == VILLAGE,
        "of_subunit": area.level == SUBUNIT,
        "sees_visits": actor.holds("visit.view"),
        "sees_problems": actor.holds("problem.view"),
        "mapped": actor.holds("report.view"),
        "sees_history": actor.holds("history.view"),
    }


def serving(actor: Actor, area: Area) -> list[Serving]:
    """Officers of the field whose areas hold this one; for a large area there would be too many to name."""
    if area.level < VILLAGE:
        return []
    today = area.today()
    terms = Assignment.objects.within(actor).over(area.path, today).filter(role__in=FIELD_ROLES, officer__left_on=None)
    found = list(terms.select_related("officer", "unit", "stands_in_for__officer").order_by("role", "officer__name"))
    away = set(Absence.objects.within(actor).valid(today).values_list("officer", flat=True))
    stood_in = {term.stands_in_for_id for term in found}
    return [Serving(term, term.officer_id in away, term.pk in stood_in) for term in found]


def covering(actor: Actor, area: Area) -> list[Unit]:
    """The units that cover this area, the nearest first."""
    return list(Unit.objects.within(actor).covering(area.path, area.today()))[:3]
