"""What officers record: visits with what residents said, and reports with what became of them."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from rukun import guard
from rukun.access.scope import Actor, ScopedQuerySet, Where
from rukun.fieldwork.rules import AnswerKind, Basis, PlaceKind, Severity, Stage, VisitKind
from rukun.fieldwork.tallies import Tally as Tally  # tables of this room, kept apart
from rukun.fieldwork.tallies import VisitCount as VisitCount
from rukun.officers.models import Officer
from rukun.officers.rules import LADDER, Role
from rukun.territory.models import Area, Unit


def new_id() -> uuid.UUID:
    return uuid.UUID(str(uuid7()))


class Code(models.Model):
    """A kind of problem, of taxonomy v1 (52 codes in 8 groups); loaded by migration, never edited by hand."""

    code = models.CharField(max_length=6, primary_key=True)
    group = models.CharField(max_length=3)
    label_id = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    disturbance = models.CharField(max_length=1, blank=True)  # class of Perkap 7/2009: K, T, N, C
    mediation = models.CharField(max_length=1)  # Y allowed, C conditional, N never
    lead = models.CharField(max_length=20)  # whose work it is

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label_en if (get_language() or "id").startswith("en") else self.label_id


class VisitQuerySet(ScopedQuerySet):
    sees = "visit.view"
    author = "officer"

    def made_by(self, officer_id: int) -> "VisitQuerySet":
        return self.filter(officer=officer_id)


class Visit(models.Model):
    """One contact: at a door, in a meeting, at a watch post. Of residents it holds what they said, never who they are."""

    id = models.UUIDField(primary_key=True, default=new_id)  # given by whoever records: sent twice, kept once
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="visits")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # the operator, where it was not the officer
    area = models.ForeignKey(Area, models.PROTECT, related_name="visits")
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind, default=VisitKind.VISIT)
    place_kind = models.CharField(_("kind of place"), max_length=10, choices=PlaceKind, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("when"))
    time_uncertain = models.BooleanField(default=False, db_default=False)  # the clock of the phone it came from could not be set right
    received_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    topics = models.ManyToManyField(Code, blank=True, related_name="+")
    nothing_said = models.BooleanField(_("nothing was said"), default=False)
    narrative = models.TextField(_("notes"), blank=True)
    practice = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    identity_removed = models.BooleanField(default=False)  # this version was made unreadable

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["area", "-made_at"]), models.Index(fields=["officer", "-made_at"])]

    def where(self) -> Where:
        return Where((self.area.path,), author=self.officer_id)


class Concern(models.Model):
    """What residents said, in one sentence each; a meeting has many."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="concerns")
    text = models.TextField(_("what residents said"))
    code = models.ForeignKey(Code, models.PROTECT, null=True, blank=True)
    report = models.ForeignKey("Report", models.SET_NULL, null=True, related_name="concerns")  # made a report of its own

    objects = ScopedQuerySet.reached_through("visit", VisitQuerySet).as_manager()

    def where(self) -> Where:
        return self.visit.where()


class PromiseQuerySet(VisitQuerySet):
    area_path = "visit__area__path"
    author = "holder"

    def open(self) -> "PromiseQuerySet":
        return self.filter(kept_on=None)

    def overdue(self, on: date) -> "PromiseQuerySet":
        return self.open().filter(due__lt=on)


class Promise(models.Model):
    """What an officer promised residents, with a day; kept, or still open. Whoever holds it now need not be who gave it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="promises")
    holder = models.ForeignKey(Officer, models.PROTECT, related_name="promises")
    text = models.CharField(_("what was promised"), max_length=200)
    due = models.DateField(_("by when"))
    kept_on = models.DateField(null=True)
    outcome = models.CharField(_("what became of it"), max_length=200, blank=True)

    objects = PromiseQuerySet.as_manager()

    def where(self) -> Where:
        return Where((self.visit.area.path,), author=self.holder_id)


class ReportQuerySet(ScopedQuerySet):
    sees = "report.view"
    author = "officer"

    def current(self) -> "ReportQuerySet":
        """The newest version of each report, practice left out."""
        return self.filter(corrected_by=None, practice=False)

    def unread(self) -> "ReportQuerySet":
        return self.current().filter(readings=None, answers=None)

    def unanswered(self) -> "ReportQuerySet":
        return self.current().filter(answers=None)

    def of_code(self, code: str) -> "ReportQuerySet":
        return self.filter(code=code)


class Report(models.Model):
    """Laporan deteksi dini: something in a place that may become, or is, a disturbance. Facts apart from opinion."""

    id = models.UUIDField(primary_key=True, default=new_id)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="reports")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="reports")  # whose desk it lies on
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    happened_at = models.DateTimeField(_("when"))
    time_uncertain = models.BooleanField(default=False, db_default=False)  # the clock of the phone it came from could not be set right
    received_at = models.DateTimeField()
    title = models.CharField(_("in one line"), max_length=120)
    facts = models.TextField(_("what happened"))
    opinion = models.TextField(_("what you think of it"), blank=True)
    basis = models.CharField(_("how you know"), max_length=8, choices=Basis)
    code = models.ForeignKey(Code, models.PROTECT, null=True, blank=True, related_name="reports")
    other_codes = models.ManyToManyField(Code, blank=True, related_name="+")
    stage = models.CharField(_("stage"), max_length=2, choices=Stage, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity, null=True, blank=True)
    source_grade = models.CharField(max_length=1, blank=True)
    content_grade = models.CharField(max_length=1, blank=True)
    assessed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    practice = models.BooleanField(default=False)
    desk = models.CharField(max_length=20, choices=Role, default=Role.SECTOR_UNIT_HEAD)  # the rung of the ladder it lies on
    desk_since = models.DateTimeField()
    risen_from = models.CharField(max_length=20, choices=Role, blank=True)  # the rung where nobody read it in time
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    identity_removed = models.BooleanField(default=False)  # this version was made unreadable

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["area", "-happened_at"]),
            models.Index(fields=["officer", "-happened_at"]),
            models.Index(fields=["area", "desk", "desk_since"], name="report_on_a_desk"),
            models.Index(fields=["received_at"], name="report_by_arrival"),
            models.Index(fields=["area", "-received_at"], name="report_newest_here"),
            models.Index(fields=["officer", "received_at"], name="report_by_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(severity=None) | Q(severity__range=(1, 5)), name="report_severity"),
            models.CheckConstraint(condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False), name="report_point"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def where(self) -> Where:
        return Where((self.area.path,), author=self.officer_id)

    @property
    def sounds_dangerous(self) -> bool:
        """Whether it tells of danger that goes on now."""
        return guard.sounds_dangerous(f"{self.title}\n{self.facts}")

    @property
    def next_desk(self) -> Role | None:
        rung = LADDER.index(Role(self.desk))
        return LADDER[rung + 1] if rung + 1 < len(LADDER) else None


class Reading(models.Model):
    """Who has read a report, and when first."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="readings")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.reached_through("report", ReportQuerySet).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("report", "officer", name="reading_once")]

    def where(self) -> Where:
        return self.report.where()


class Answer(models.Model):
    """What a chief said to a report, in a sentence, and what kind of answer it is."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind)
    text = models.CharField(_("one sentence"), max_length=400)
    forwarded_to = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    objects = ScopedQuerySet.reached_through("report", ReportQuerySet).as_manager()

    def where(self) -> Where:
        return self.report.where()


class PhotoQuerySet(ScopedQuerySet):
    sees = "report.view"
    area_path = None

    def within(self, actor: Actor, permission: str | None = None) -> "PhotoQuerySet":
        """Whoever reaches the record reaches its photos."""
        reports, visits = Report.objects.within(actor, permission), Visit.objects.within(actor, permission)
        return self.filter(Q(report__in=reports.values("pk")) | Q(visit__in=visits.values("pk")))


class Photo(models.Model):
    """A picture of a place or a thing, made anew from its pixels; belongs to one visit or one report and goes with it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="photos")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="photos")
    sha256 = models.CharField(max_length=64, db_index=True)  # of the file, which is named by it
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    alt = models.CharField(_("what is to be seen"), max_length=200, blank=True)
    added_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, report=None) | Q(visit=None, report__isnull=False), name="photo_of_one_record"
            ),
            models.UniqueConstraint("report", "sha256", name="photo_once_in_report"),
            models.UniqueConstraint("visit", "sha256", name="photo_once_in_visit"),
        ]

    @property
    def record(self) -> Visit | Report:
        return self.report or self.visit  # type: ignore[return-value]  # one of the two, by constraint

    def where(self) -> Where:
        return self.record.where()
