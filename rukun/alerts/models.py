"""What stood out, what was known when it did, who looked, and whether it was right."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor, ScopedQuerySet, Where
from rukun.alerts.rules import BUDGET, Kind, Method, Stage, Verdict
from rukun.fieldwork.models import Report
from rukun.officers.models import Officer
from rukun.problems.models import Problem
from rukun.territory.models import Area, Unit


class AlertQuerySet(ScopedQuerySet):
    sees = "alert.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "owner"
    many_areas = True

    def open(self) -> "AlertQuerySet":
        return self.filter(verdict="")

    def overdue(self, on: date) -> "AlertQuerySet":
        return self.open().filter(due__lt=on)

    def of_group(self, group: str) -> "AlertQuerySet":
        return self.filter(group=group)


class Alert(models.Model):
    """Something in places that stands out. Everything it says of its beginning is frozen; sightings tell how it went on."""

    kind = models.CharField(max_length=12, choices=Kind)
    stage = models.CharField(max_length=5, choices=Stage)
    method = models.CharField(max_length=6, choices=Method)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="alerts")
    number = models.PositiveIntegerField()  # the unit's own, in order
    areas = models.ManyToManyField(Area, related_name="alerts")
    group = models.CharField(max_length=3, blank=True)  # of the taxonomy; blank: all together
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="alerts")  # the one report of an urgent alert
    since = models.DateField()
    until = models.DateField()
    observed = models.PositiveIntegerField()
    sources = models.PositiveIntegerField()  # reporting accounts
    expected = models.FloatField(null=True)
    statistic = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    parameters = models.CharField(max_length=12, blank=True)  # digest of the settings it was raised with
    reason = models.CharField(max_length=12, blank=True)  # of a silence: no_officer, absent, unknown
    raised_at = models.DateTimeField()
    last_seen = models.DateField()
    owner = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="alerts")
    due = models.DateField()
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    verdict_reason = models.CharField(_("what was found"), max_length=300, blank=True)
    judged_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    problem = models.ForeignKey(Problem, models.SET_NULL, null=True, related_name="alerts")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("unit", "number", name="alert_number_once"),
            models.CheckConstraint(condition=Q(verdict="", judged_at=None) | ~Q(verdict="") & Q(judged_at__isnull=False), name="alert_judged"),
        ]
        indexes = [models.Index(fields=["unit", "-raised_at"])]

    def __str__(self) -> str:
        return f"{self.unit.code}/{self.number}"

    def where(self) -> Where:
        return Where(tuple(self.areas.values_list("path", flat=True)), unit=self.unit.path, author=self.owner_id)

    def get_absolute_url(self) -> str:
        return reverse("alerts:alert", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return not self.verdict

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < self.unit.today()


class Sighting(models.Model):
    """How an alert looked on one day after it was raised."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="sightings")
    on = models.DateField()
    observed = models.PositiveIntegerField()
    sources = models.PositiveIntegerField()
    expected = models.FloatField(null=True)
    statistic = models.FloatField(null=True)

    objects = ScopedQuerySet.reached_through("alert", AlertQuerySet).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("alert", "on", name="sighting_once_a_day")]

    def where(self) -> Where:
        return self.alert.where()


class WatchQuerySet(ScopedQuerySet):
    sees = "alert.view"
    area_path = None
    unit_path = "unit__path"


class Watch(models.Model):
    """How a unit is watched: its budget of alerts a year, and the threshold that the last replay chose for it."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="watch")
    budget = models.FloatField(default=BUDGET)
    frozen = models.BooleanField(default=False)
    threshold = models.FloatField(null=True)
    parameters = models.CharField(max_length=12, blank=True)
    calibrated_on = models.DateField(null=True)
    alarms = models.PositiveIntegerField(null=True)  # new ones on held-out days of the replay
    years = models.FloatField(null=True)  # how many years those days were
    weeks = models.PositiveIntegerField(default=0)  # of history
    looked_on = models.DateField(null=True)

    objects = WatchQuerySet.as_manager()

    def where(self) -> Where:
        return Where((), unit=self.unit.path)


class Rival(models.Model):
    """What a simple rule would have said that day; nobody is told, the ledger compares."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=9, choices=[("last_year", _("same week of last year")), ("ears_c2", "EARS C2")])
    group = models.CharField(max_length=3, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    on = models.DateField()

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "rule", "group", "area", "on", name="rival_once")]

    def where(self) -> Where:
        return Where((), unit=self.unit.path)


def waiting_count(actor: Actor) -> int:
    """What a chief has not judged yet; of others nothing waits for a verdict."""
    return Alert.objects.within(actor, "alert.judge").open().count() if actor.holds("alert.judge") else 0
