"""Whom a directive reaches, and which directives reach somebody now."""

from collections import defaultdict

from rukun.access.scope import Actor
from rukun.directives.models import Addressee, Directive
from rukun.directives.rules import REACHED, touch
from rukun.lib import clock
from rukun.officers.models import Assignment
from rukun.territory.models import Jurisdiction
from rukun.territory.rules import WIB


def reached(directive: Directive) -> set[int]:
    """The officers who serve today under the unit, in the areas that are named."""
    today = directive.unit.today()
    below = {"unit__path__gte": directive.unit.path, "unit__path__lt": directive.unit.path + "z"}
    terms = Assignment.objects.valid(today).filter(role__in=REACHED, officer__left_on=None, **below).prefetch_related("areas")
    named = [area.path for area in directive.areas.all()]
    if not named:
        return {term.officer_id for term in terms}
    whole: dict[int, list[str]] = defaultdict(list)
    for unit, path in Jurisdiction.objects.valid(today).filter(**below).values_list("unit", "area__path"):
        whole[unit].append(path)
    return {term.officer_id for term in terms if touch(named, [area.path for area in term.areas.all()] or whole[term.unit_id])}


def heeded_by(actor: Actor) -> list[Addressee]:
    """What this person has to heed today, what is not acknowledged first."""
    if actor.officer_id is None:
        return []
    today = clock.today(WIB)
    mine = Addressee.objects.within(actor).filter(officer=actor.officer_id, directive__last_day__gte=today).serving(today)
    rows = mine.filter(directive__ended_at=None, directive__withdrawn_at=None)
    rows = rows.select_related("directive__unit", "directive__issued_by", "directive__code").prefetch_related("directive__areas")
    standing = [row for row in rows.order_by("-directive__issued_at") if row.directive.is_in_force]
    return sorted(standing, key=lambda row: row.acknowledged_at is not None)
