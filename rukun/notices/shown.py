"""Notices as they are shown: each thing is looked for again, and what its reader may not see now is not there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rukun.access.scope import Actor
from rukun.lib import clock
from rukun.notices.kinds import FINDERS, KINDS, Subject
from rukun.notices.models import Choice, Notice
from rukun.notices.rules import QUIET_FROM, QUIET_UNTIL, is_quiet
from rukun.officers.models import Officer
from rukun.officers.request import Request

LISTED = 100  # unread ones; of those read, the newest
READ = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with what it leads to."""

    notice: Notice
    sentence: str
    title: str
    url: str


def visible(actor: Actor, notices: Iterable[Notice]) -> list[Shown]:
    """In the order given, those whose thing this actor may see now and that still say something."""
    listed = [notice for notice in notices if notice.kind in KINDS]
    things = subjects(actor, {notice.about for notice in listed})
    found = ((notice, things.get(notice.about), KINDS[notice.kind]) for notice in listed)
    return [
        Shown(notice, str(kind.sentence), thing.title, thing.url)
        for notice, thing, kind in found
        if thing is not None and not (thing.settled and kind.while_open)
    ]


def subjects(actor: Actor, references: Iterable[str]) -> dict[str, Subject]:
    """The things themselves, one question to each room that knows of some."""
    keys: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        noun, _, key = reference.partition(":")
        keys[noun].add(key)
    return {f"{noun}:{key}": thing for noun, some in keys.items() if noun in FINDERS for key, thing in FINDERS[noun](actor, some).items()}


def unread(actor: Actor) -> list[Shown]:
    return visible(actor, Notice.objects.within(actor).of(actor.officer_id).unread().newest()[:LISTED])


def read_lately(actor: Actor) -> list[Shown]:
    return visible(actor, Notice.objects.within(actor).of(actor.officer_id).exclude(read_at=None).newest()[:READ])


def quiet_for(officer: Officer) -> Choice | None:
    """The choice that keeps the bell silent at this moment, if it does."""
    choice = Choice.objects.filter(officer=officer).first() or Choice(officer=officer, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)
    now = clock.now().astimezone(officer.unit.zone).time()
    return choice if is_quiet(now, choice.quiet_from, choice.quiet_until) else None


def bell(request: Request) -> dict[str, Any] | None:
    """For the head of every page: how many wait; in the quiet hours only what can't."""
    officer = getattr(request, "officer", None)
    if officer is None:
        return None
    waiting = unread(request.actor)
    if waiting and quiet_for(officer):
        waiting = [one for one in waiting if one.notice.urgent]
    return {"url": reverse("notices:notices"), "count": len(waiting), "here": request.path.startswith(reverse("notices:notices"))}
