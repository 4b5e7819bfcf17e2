"""What people are told of those who serve: roles, absences; and what this room says of itself."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.audit.models import Entry
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.officers.hats import title_of
from rukun.officers.models import Absence, Assignment

CHOICES = _("Notices: quiet hours and e-mail")


def declare() -> None:
    kinds.declare("role.given", _("You were given a role"))
    kinds.declare("role.cover", _("You stand in for somebody"))
    kinds.declare("role.ended", _("A role of yours has ended or will end"))
    kinds.declare("absence.own", _("You are recorded as away"))
    kinds.declare("absence.unit", _("Somebody of your unit is away: who stands in?"))
    kinds.about("role", roles)
    kinds.about("absence", absences)


def roles(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    terms = Assignment.objects.within(actor).filter(pk__in=numbers(keys)).select_related("unit", "stands_in_for__officer")
    return {str(term.pk): Subject(named(term), reverse("officers:me")) for term in terms.prefetch_related("areas")}


def named(term: Assignment) -> str:
    title = title_of([term])
    return _now("%(role)s, for %(officer)s") % {"role": title, "officer": term.stands_in_for.officer} if term.stands_in_for else title


def absences(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Absence.objects.within(actor).filter(pk__in=numbers(keys)).select_related("officer__unit")
    return {
        str(row.pk): Subject(
            str(row.officer),
            reverse("officers:officer", args=[row.officer_id]) if row.officer_id != actor.officer_id else reverse("officers:me"),
            settled=row.valid_until is not None and row.valid_until <= row.officer.unit.today(),
        )
        for row in rows
    }


def numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdigit()]


def uuids(keys: Collection[str]) -> list[UUID]:
    return [UUID(key) for key in keys if len(key) == 36]


def by_whom(reference: str, act: str) -> int | None:
    """Which officer did this last, by the book: nobody is told of what he did himself."""
    who = Entry.objects.of(reference).filter(act=act).order_by("-pk").values_list("actor", flat=True).first() or ""
    return int(who.removeprefix("officer:")) if who.startswith("officer:") else None
