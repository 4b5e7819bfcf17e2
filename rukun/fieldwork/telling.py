"""What people are told of reports and promises, and what a notice shows of them."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.fieldwork.models import Promise, Report
from rukun.notices import kinds
from rukun.notices.kinds import Subject
from rukun.notices.telling import numbers, uuids


def declare() -> None:
    kinds.declare("report.read", _("Your report has been read"))
    kinds.declare("report.answered", _("Your report has been answered"))
    kinds.declare("report.risen", _("A report that nobody read has come up to your desk"), while_open=True)
    kinds.declare("promise.given", _("A promise to residents was handed to you"), while_open=True)
    kinds.declare("promise.due", _("A promise of yours is due"), while_open=True)
    kinds.declare("promise.late", _("A promise of yours is past its day"), while_open=True)
    kinds.about("report", reports)
    kinds.about("promise", promises)


def reports(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Report.objects.within(actor).filter(pk__in=uuids(keys)).prefetch_related("answers")
    return {str(row.pk): Subject(row.title, reverse("fieldwork:report", args=[row.pk]), settled=bool(row.answers.all())) for row in rows}


def promises(actor: Actor, keys: Collection[str]) -> Mapping[str, Subject]:
    rows = Promise.objects.within(actor).filter(pk__in=numbers(keys))
    return {str(row.pk): Subject(row.text, reverse("fieldwork:promise", args=[row.pk]), settled=row.kept_on is not None) for row in rows}
