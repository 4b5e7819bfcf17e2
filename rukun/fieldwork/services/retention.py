"""What is too old to be kept: texts are erased, points forgotten, visits counted and deleted. Done by the machine, told in the book."""

from collections import Counter
from datetime import date, datetime

from django.db.models import DateTimeField, F, Max, Q
from django.db.models.functions import Coalesce

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.fieldwork import found
from rukun.fieldwork.models import Answer, Concern, Promise, Report, ReportQuerySet, Visit, VisitCount
from rukun.fieldwork.rules import REMOVED
from rukun.search import index

AT_ONCE = 2000


@act("visit.blank", records=("before",))
def blank_visits(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Old notes: place and day and kind stay, what was written goes."""
    said = Concern.objects.exclude(text=REMOVED).values("visit")
    written = Q(narrative__gt="") | Q(place__gt="") | Q(pk__in=said)
    rows = list(Visit.objects.filter(written, made_at__lt=before).select_related("area").order_by("pk")[:AT_ONCE])
    keys = [visit.pk for visit in rows]
    Visit.objects.filter(pk__in=keys).update(narrative="", place="")
    Concern.objects.filter(visit__in=keys).update(text=REMOVED)
    return Many(rows) if rows else None


@act("promise.blank", records=("before",))
def blank_promises(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Promises kept long ago, and what was only tried in practice; one that is open is owed, and keeps its words."""
    done = Q(kept_on__lt=before.date()) | Q(visit__practice=True, visit__made_at__lt=before)
    rows = list(Promise.objects.filter(done).exclude(text=REMOVED, outcome="").select_related("visit__area").order_by("pk")[:AT_ONCE])
    Promise.objects.filter(pk__in=[promise.pk for promise in rows]).update(text=REMOVED, outcome="")
    return Many(rows) if rows else None


@act("visit.expire", records=("before",))
def expire_visits(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Old visits become a number of their area, day and kind; with them go all their versions. What was promised is waited for."""
    owed = Promise.objects.exclude(text=REMOVED).values("visit")
    rows = list(
        Visit.objects.filter(made_at__lt=before).exclude(pk__in=owed).select_related("area", "corrected_by").order_by("made_at")[:AT_ONCE]
    )
    keys = {visit.pk for visit in rows}
    count([visit for visit in rows if not visit.practice and not hasattr(visit, "corrected_by")])  # a newer version counts in its stead
    Visit.objects.filter(Q(pk__in=keys) | Q(corrects__in=keys)).update(corrects=None)  # photos have gone long before
    Visit.objects.filter(pk__in=keys).delete()
    return Many(rows) if rows else None


def count(visits: list[Visit]) -> None:
    heaps: dict[tuple[int, date, str], Counter] = {}
    for visit in visits:
        heap = heaps.setdefault((visit.area_id, visit.made_at.astimezone(visit.area.zone).date(), visit.kind), Counter())
        heap.update(contacts=1, people=visit.people or 0, silent=int(visit.nothing_said))
    for (area, day, kind), heap in heaps.items():
        kept, _made = VisitCount.objects.get_or_create(area_id=area, day=day, kind=kind)
        VisitCount.objects.filter(pk=kept.pk).update(
            contacts=F("contacts") + heap["contacts"], people=F("people") + heap["people"], silent=F("silent") + heap["silent"]
        )


def settled(before: datetime) -> ReportQuerySet:
    """Reports done with since long: answered last, or received, before that day, and in no problem that is unsolved or newly solved."""
    busy = Report.objects.filter(Q(problems__isnull=False), Q(problems__solved_at=None) | Q(problems__solved_at__gte=before)).values("pk")
    since = Coalesce(Max("answers__at"), F("received_at"), output_field=DateTimeField())
    return Report.objects.annotate(since=since).filter(since__lt=before).exclude(pk__in=busy)


@act("report.blank", records=("before",))
def blank_reports(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Old reports: code, area and day stay, what was written goes."""
    answered = Answer.objects.exclude(text=REMOVED).values("report")
    written = ~Q(facts=REMOVED) | Q(opinion__gt="") | Q(place__gt="") | Q(pk__in=answered)
    rows = list(settled(before).filter(written).select_related("area").distinct().order_by("pk")[:AT_ONCE])
    keys = [report.pk for report in rows]
    Report.objects.filter(pk__in=keys).update(title=REMOVED, facts=REMOVED, opinion="", place="", latitude=None, longitude=None)
    index.forget(found.KIND, *map(str, keys))
    for report in rows:
        report.answers.update(text=REMOVED, forwarded_to="")
    return Many(rows) if rows else None


@act("report.unpin", records=("before",))
def unpin_reports(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """The exact point is forgotten; the area stays."""
    rows = list(settled(before).filter(latitude__isnull=False).select_related("area").order_by("pk")[:AT_ONCE])
    Report.objects.filter(pk__in=[report.pk for report in rows]).update(latitude=None, longitude=None)
    return Many(rows) if rows else None
