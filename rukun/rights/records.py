"""What a record is to the request desk: what it is called, where it stands, whose it is to correct, and how it is erased."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.alerts.models import Alert
from rukun.alerts.retention import erase_alert
from rukun.desk.models import Wording
from rukun.desk.services import erase_wording
from rukun.directives.models import Directive
from rukun.directives.services import erase_directive
from rukun.fieldwork.models import Report, Visit
from rukun.fieldwork.services import erase_report, erase_visit
from rukun.handover.models import Handover
from rukun.handover.services import erase_note
from rukun.history.models import Incident
from rukun.history.services import erase_incident
from rukun.phone.models import Handed, Upload
from rukun.phone.services.retention import erase_disputes, erase_handed, erase_upload
from rukun.problems.models import Problem
from rukun.problems.retention import erase_problem
from rukun.rights.erasing import erase_request
from rukun.rights.models import Request

DAY = "j F Y"
Erase = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of record in which somebody may be found."""

    table: type[models.Model]
    called: Words
    erase: Erase
    where: Callable[[Any], str]
    author: str = ""  # whose it is to correct
    page: Callable[[Any], str] | None = None  # where they do


def on_day(place: object, unit_or_area: Any, moment: Any) -> str:
    return f"{place}, {formats.date_format(moment.astimezone(unit_or_area.zone), DAY)}"


def erase_problem_and_edits(actor: Actor, problem: Problem, *, basis: str) -> object:
    """The versions that two phones sent apart are words of the problem, too."""
    erase_disputes(actor, problem, basis=basis)
    return erase_problem(actor, problem, basis=basis)


KINDS: tuple[Kept, ...] = (
    Kept(Report, _("A report"), erase_report, lambda one: on_day(one.area, one.area, one.happened_at), "officer_id",
         lambda one: reverse("fieldwork:report", args=[one.pk])),
    Kept(Visit, _("A visit"), erase_visit, lambda one: on_day(one.area, one.area, one.made_at), "officer_id",
         lambda one: reverse("fieldwork:visit", args=[one.pk])),
    Kept(Problem, _("A problem"), erase_problem_and_edits, lambda one: one.number, "owner_id", lambda one: one.get_absolute_url()),
    Kept(Incident, _("An incident that others recorded"), erase_incident, lambda one: f"{one.area}, {formats.date_format(one.happened_on, DAY)}"),
    Kept(Directive, _("An Atensi"), erase_directive, lambda one: on_day(one.unit, one.unit, one.issued_at), "issued_by_id",
         lambda one: one.get_absolute_url()),
    Kept(Handover, _("A note to a successor"), erase_note, lambda one: on_day(one.unit, one.unit, one.at)),
    Kept(Alert, _("An alert"), erase_alert, lambda one: f"{one}, {formats.date_format(one.until, DAY)}", "judged_by_id", lambda one: one.get_absolute_url()),
    Kept(Wording, _("Decisions that a sheet asks for"), erase_wording, lambda one: f"{one.unit}, {formats.date_format(one.first, DAY)}", "by_id",
         lambda one: f"{reverse('desk:sheet')}?satuan={one.unit.path}&rentang={one.span}&pada={one.first:%Y-%m-%d}"),
    Kept(Upload, _("A photo on its way from a phone"), erase_upload, lambda one: on_day(one.device.officer.unit, one.device.officer.unit, one.begun_at)),
    Kept(Handed, _("What an officer handed to the unit head"), erase_handed, lambda one: on_day(one.unit, one.unit, one.happened_at)),
    Kept(Request, _("The answer to another request"), erase_request, lambda one: one.number),
)  # fmt: skip
RECORDS: dict[str, Kept] = {kept.table._meta.label_lower: kept for kept in KINDS}


def found(actor: Actor, thing: str, key: str, permission: str | None = None) -> Any:
    """The record, if this person may see it; None where it has gone meanwhile."""
    rows = RECORDS[thing].table.objects.within(actor, permission)  # type: ignore[attr-defined]  # every one of them is scoped
    return rows.filter(pk=key).first()
