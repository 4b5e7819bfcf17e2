"""Entries as a page shows them: who, what, about what and where, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rukun.access.roles import ROLES
from rukun.audit import names, words
from rukun.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, made readable."""

    entry: Entry
    who: str
    did: str
    about: str
    place: str


def lines(entries: Sequence[Entry]) -> list[Line]:
    known = names.of([reference for entry in entries for reference in (entry.actor, f"area:{entry.path}", entry.object)])
    return [
        Line(
            entry,
            who=known.get(entry.actor) or person(entry),
            did=words.did(entry.act),
            about=known.get(entry.object) or words.thing(entry.object),
            place=known.get(f"area:{entry.path}", ""),
        )
        for entry in entries
    ]


def person(entry: Entry) -> str:
    if entry.actor == "public":
        return _("Someone not signed in")
    if entry.role == "system" or entry.role not in ROLES:
        return _("rukun itself (%(part)s)") % {"part": entry.actor.removeprefix("system:")}
    return entry.actor
