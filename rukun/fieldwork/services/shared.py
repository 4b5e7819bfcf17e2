"""What visits and reports have in common: whose record it is, sent twice, kept once, versions that lead to each other."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.fieldwork.guarded import NotPossible
from rukun.fieldwork.models import Code, Report, Visit
from rukun.officers.models import Assignment, Officer
from rukun.territory.models import Area

R = TypeVar("R", Visit, Report)


class OtherContent(NotPossible):
    """The same record was sent before with other words: both can't be it."""


class AlreadyCorrected(NotPossible):
    """A newer version exists; it is the one to correct."""


def author_of(actor: Actor, area: Area, author: Officer | None, *, handed: bool = False) -> tuple[Officer, Officer | None]:
    """Whose record it is, and who typed it where that is somebody else: an operator writes for officers of the unit; who commands it
    takes in what one of them has handed over, wherever that officer serves since."""
    if actor.officer_id is None:
        raise PermissionDenied(_("Only somebody in service records this."))
    typist = Officer.objects.get(pk=actor.officer_id)
    if handed:
        if author is None or author.pk == typist.pk or not any(grant.unit for grant in actor.grants):
            raise PermissionDenied(_("You write for yourself; an operator writes for the officers of the unit."))
        return author, typist
    if author is None or author.pk == typist.pk:
        if actor.role == "operator":
            raise NotPossible(_("Choose the officer for whom you write this."))
        return typist, None
    if actor.role != "operator" or not any(grant.unit is None and author.unit.path.startswith(typist.unit.path) for grant in actor.grants):
        raise PermissionDenied(_("You write for yourself; an operator writes for the officers of the unit."))
    if not any(area.path.startswith(root) for root in roots_of(author, area.today())):
        raise NotPossible(_("%s does not serve in this place.") % author)
    return author, typist


def roots_of(officer: Officer, on: date) -> list[str]:
    """Where an officer serves on a day: the areas of each term, or all that its unit covers."""
    found: list[str] = []
    for term in Assignment.objects.valid(on).filter(officer=officer).select_related("unit").prefetch_related("areas"):
        found += [root.path for root in term.areas.all()] or Area.objects.covered_by(term.unit, on).values_list("path", flat=True)
    return found


def same_or_other(earlier: Visit | Report, same: bool) -> None:
    if not same:
        raise OtherContent(_("This was sent before, with other words. Open the earlier one and correct it."))


def moved(before: datetime, after: datetime) -> bool:
    """Whether a correction gives another time; a form knows no seconds."""
    return abs(after - before) >= timedelta(minutes=1)


def held(report: Report) -> Report:
    """The report as it stands now, held until the act is done: what two chiefs do at once is done one after the other."""
    return Report.objects.select_for_update(of=("self",)).select_related("area", "officer", "unit").get(pk=report.pk)


def only_the_newest(record: Visit | Report) -> None:
    if type(record).objects.filter(corrects=record).exists():
        raise AlreadyCorrected(_("There is a newer version of this. Open that one."))


def codes(named: Iterable[Code | str]) -> list[Code]:
    return list(Code.objects.filter(pk__in=[key(code) for code in named]))


def key(code: Code | str | None) -> str | None:
    return code.pk if isinstance(code, Code) else (code or None)


def older_versions(record: R) -> list[R]:
    """All that a record corrects, the newest first."""
    versions = []
    while record.corrects is not None:
        record = record.corrects
        versions.append(record)
    return versions
