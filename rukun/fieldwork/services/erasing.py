"""Erasing on somebody's right: a record and its older versions become unreadable, in the tables, in the book and on the disk."""

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import act
from rukun.fieldwork.models import Answer, Concern, Promise, Report, Visit
from rukun.fieldwork.rules import REMOVED
from rukun.fieldwork.services.photos import discard
from rukun.fieldwork.services.reports import make_unreadable
from rukun.fieldwork.services.shared import older_versions
from rukun.fieldwork.services.visits import make_visit_unreadable


@act("report.erase", records=("basis",))
def erase_report(actor: Actor, report: Report, *, basis: str) -> Report | None:
    """Its words and those of its answers go, here and in every older version; code, area and day stay: nothing counted changes."""
    versions = [report, *older_versions(report)]
    told = Answer.objects.filter(report__in=versions).exclude(text=REMOVED, forwarded_to="").update(text=REMOVED, forwarded_to="")
    readable = [version for version in versions if not version.identity_removed]
    for version in readable:
        make_unreadable(actor, version, basis)
        discard(version.photos.all())
    if told and not readable:
        erasures.remember(erasures.Erased("fieldwork.report", str(report.pk)))
    return report if told or readable else None


@act("visit.erase", records=("basis",))
def erase_visit(actor: Actor, visit: Visit, *, basis: str) -> Visit | None:
    """Its words go with what was said and promised, here and in every older version; that there was a contact stays."""
    versions = [visit, *older_versions(visit)]
    told = Promise.objects.filter(visit__in=versions).exclude(text=REMOVED, outcome="").update(text=REMOVED, outcome="")
    told += Concern.objects.filter(visit__in=versions).exclude(text=REMOVED).update(text=REMOVED)
    readable = [version for version in versions if not version.identity_removed]
    for version in readable:
        make_visit_unreadable(actor, version, basis)
        discard(version.photos.all())
    if told and not readable:
        erasures.remember(erasures.Erased("fieldwork.visit", str(visit.pk)))
    return visit if told or readable else None


@erasures.replays("fieldwork.report", tables=("fieldwork_report", "fieldwork_answer"))
def erase_reports_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for report in Report.objects.filter(pk__in=[one.key for one in erased]).select_related("area"):
        erase_report(actor, report, basis=erasures.AGAIN)


@erasures.replays("fieldwork.visit", tables=("fieldwork_visit", "fieldwork_concern", "fieldwork_promise"))
def erase_visits_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for visit in Visit.objects.filter(pk__in=[one.key for one in erased]).select_related("area"):
        erase_visit(actor, visit, basis=erasures.AGAIN)
