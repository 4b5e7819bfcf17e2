"""Where somebody's name stands: looked for letter by letter in whatever people wrote, within the reach of who looks, and kept nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from rukun.access.scope import Actor
from rukun.directives.models import Directive
from rukun.fieldwork.models import Answer, Concern, Photo, Promise, Report, Visit
from rukun.handover.models import Handover
from rukun.history.models import Incident
from rukun.problems.models import Action, Entry, Problem
from rukun.rights.models import Hit
from rukun.rights.rules import excerpt

# a table, the columns that people wrote in, the way to the record it belongs to
PLACES: tuple[tuple[type[models.Model], tuple[str, ...], str], ...] = (
    (Report, ("title", "facts", "opinion", "place"), ""),
    (Answer, ("text", "forwarded_to"), "report"),
    (Visit, ("narrative", "place"), ""),
    (Concern, ("text",), "visit"),
    (Promise, ("text", "outcome"), "visit"),
    (Photo, ("alt",), ""),
    (Problem, ("title", "analysis", "outcome_text"), ""),
    (Action, ("text", "result", "withdrawn_because"), "problem"),
    (Entry, ("text",), "problem"),
    (Incident, ("text",), ""),
    (Directive, ("text", "because"), ""),
    (Handover, ("note",), ""),
)
RECORDS: dict[str, type[models.Model]] = {
    "fieldwork.report": Report, "fieldwork.visit": Visit, "problems.problem": Problem, "history.incident": Incident,
    "directives.directive": Directive, "handover.handover": Handover,
}  # fmt: skip
LOOK = "request.search"


@dataclass(frozen=True, slots=True)
class Passage:
    """A record in which it stands, and what stands around it; for the page alone."""

    record: Any
    thing: str
    where: str
    text: str


def passages(actor: Actor, words: str) -> Iterator[Passage]:
    words = words.strip()
    if len(words) < 3:
        return
    for table, columns, owner in PLACES:
        written = Q()
        for column in columns:
            written |= Q(**{f"{column}__icontains": words})
        for row in table.objects.within(actor, LOOK).filter(written).distinct():  # type: ignore[attr-defined]  # every one of them is scoped
            record = row.record if isinstance(row, Photo) else getattr(row, owner) if owner else row
            text = next(str(getattr(row, column)) for column in columns if words.casefold() in str(getattr(row, column)).casefold())
            yield Passage(record, record._meta.label_lower, place_of(record), excerpt(text, words))


def place_of(record: Any) -> str:
    if isinstance(record, Problem):
        return record.number
    if isinstance(record, Incident):
        return f"{record.area}, {record.happened_on:%Y-%m-%d}"
    if isinstance(record, Directive | Handover):
        at = record.issued_at if isinstance(record, Directive) else record.at
        return f"{record.unit}, {at.astimezone(record.unit.zone):%Y-%m-%d}"
    moment = record.happened_at if isinstance(record, Report) else record.made_at
    return f"{record.area}, {moment.astimezone(record.area.zone):%Y-%m-%d}"


def record_of(actor: Actor, hit: Hit) -> Any:
    """None where it has gone meanwhile."""
    return RECORDS[hit.thing].objects.within(actor, LOOK).filter(pk=hit.key).first()  # type: ignore[attr-defined]
