"""What stood out, what was known when it did, who looked, and whether it was right."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor, ScopedQuerySet, Where
from rukun.alerts.rules import BUDGET, Kind, Method, Quiet, Rule, Stage, Verdict, is_second_look
from rukun.fieldwork.models import Report
from rukun.officers.models import Officer
from rukun.problems.models import Problem
from rukun.territory.models import Area, Unit
from rukun.territory.rules import UNIT_WIDTHS, ancestors


class WatchQuerySet(ScopedQuerySet):
    sees = "alert.view"
    area_path = None
    unit_path = "unit__path"


class Calibration(models.Model):
    """What one replay of a unit's past chose, on which days, and how many alarms it gave on days that it was not chosen on; never changed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calibrations")
    on = models.DateField()
    at = models.DateTimeField()
    threshold = models.FloatField()
    budget = models.FloatField()  # alarms a year that it was chosen for
    parameters = models.JSONField(default=dict)
    digest = models.CharField(max_length=12)  # of the parameters: it stands with every alert, and in the book
    days = models.PositiveIntegerField()  # that were lived through
    weeks = models.PositiveIntegerField()  # of history
    alarms = models.PositiveIntegerField(null=True)  # new ones on held-out days; null: too few of them
    years = models.FloatField(null=True)  # how many years those days were
    rivals = models.JSONField(default=dict)  # the thresholds of the simple rules for the same budget

    objects = WatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"])]

    def where(self) -> Where:
        return Where((), unit=self.unit.path)


class Watch(models.Model):
    """How a unit is watched: its budget of alerts a year, and what the last replay chose for it."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="watch")
    budget = models.FloatField(default=BUDGET)
    version = models.PositiveIntegerField(default=1)  # counts the changes of what somebody set
    calibration = models.ForeignKey(Calibration, models.PROTECT, null=True, related_name="+")
    weeks = models.PositiveIntegerField(default=0)  # of history
    looked_on = models.DateField(null=True)

    objects = WatchQuerySet.as_manager()

    def where(self) -> Where:
        return Where((), unit=self.unit.path)

    @property
    def is_frozen(self) -> bool:
        return Freeze.objects.over(self.unit, self.unit.today()).exists()


class FreezeQuerySet(WatchQuerySet):
    def over(self, unit: Unit, on: date) -> "FreezeQuerySet":
        """What holds for a unit on a day: its own, or one of a unit above it."""
        return self.filter(unit__path__in=ancestors(unit.path, UNIT_WIDTHS), first__lte=on, last__gte=on, withdrawn_at=None)


class Freeze(models.Model):
    """Days on which nobody changes how a unit and those under it are watched: an election is near."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = FreezeQuerySet.as_manager()

    def where(self) -> Where:
        return Where((), unit=self.unit.path)


class AlertQuerySet(ScopedQuerySet):
    sees = "alert.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "owner"
    many_areas = placed = True

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
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="alerts")  # the nearest that covers all its places: whose people look
    watched = models.ForeignKey(Unit, models.PROTECT, related_name="raised")  # the one whose replay raised it, from whose budget
    number = models.PositiveIntegerField()  # the unit's own, in order
    areas = models.ManyToManyField(Area, related_name="alerts")
    group = models.CharField(max_length=3, blank=True)  # of the taxonomy; blank: all together
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="alerts")  # the one report of an urgent alert
    since = models.DateField()
    until = models.DateField()
    observed = models.PositiveIntegerField()
    sources = models.PositiveIntegerField()  # reporting accounts
    serving = models.PositiveIntegerField(null=True)  # of them those that serve or command there; null: nobody counted them yet
    expected = models.FloatField(null=True)
    statistic = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    calibration = models.ForeignKey(Calibration, models.PROTECT, null=True, related_name="alerts")
    parameters = models.CharField(max_length=12, blank=True)  # digest of the settings it was raised with
    reason = models.CharField(max_length=12, choices=Quiet, blank=True)  # why it is quiet, as far as is known
    provisional = models.BooleanField(default=False)  # by the quick check; the night has not seen it yet
    raised_at = models.DateTimeField()
    last_seen = models.DateField()
    owner = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="alerts")
    due = models.DateField()
    reminded = models.PositiveSmallIntegerField(default=0)  # 1: its owner was, 2: who stands above, too
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # who has seen it, too
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    verdict_reason = models.CharField(_("what was found"), max_length=300, blank=True)
    judged_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    problem = models.ForeignKey(Problem, models.SET_NULL, null=True, related_name="alerts")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("unit", "number", name="alert_number_once"),
            models.UniqueConstraint("report", name="alert_once_for_a_report"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_at=None) | ~Q(verdict="") & Q(judged_at__isnull=False), name="alert_judged"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-raised_at"]),
            models.Index(fields=["watched", "kind", "-last_seen"]),
            models.Index(fields=["verdict", "due"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit.code}/{self.number}"

    def where(self) -> Where:
        return Where(tuple(area.path for area in self.areas.all()), unit=self.unit.path, author=self.owner_id)

    def get_absolute_url(self) -> str:
        return reverse("alerts:alert", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return not self.verdict

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < self.unit.today()

    @property
    def wants_second(self) -> bool:
        """Whether its verdict is one of the fifth that somebody outside the unit repeats."""
        return bool(self.verdict) and self.kind != Kind.URGENT and is_second_look(self.pk)


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


class Look(models.Model):
    """What somebody saw who went there, before anybody judged."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="looks")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(_("what you saw"), max_length=300)

    objects = ScopedQuerySet.reached_through("alert", AlertQuerySet).as_manager()

    class Meta:
        indexes = [models.Index(fields=["alert", "at"])]

    def where(self) -> Where:
        return self.alert.where()


class Second(models.Model):
    """The verdict of somebody outside the unit, on one alert in five: how far verdicts can be trusted."""

    alert = models.OneToOneField(Alert, models.CASCADE, related_name="second")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    reason = models.CharField(_("what was found"), max_length=300)

    objects = ScopedQuerySet.reached_through("alert", AlertQuerySet).as_manager()

    def where(self) -> Where:
        return self.alert.where()


class Rival(models.Model):
    """What a simple rule would have said that day; nobody is told, the ledger compares."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=9, choices=Rule)
    group = models.CharField(max_length=3, blank=True)
    path = models.CharField(max_length=10)  # of the district or the village
    on = models.DateField()
    last_seen = models.DateField()
    observed = models.PositiveIntegerField()
    expected = models.FloatField()

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "rule", "group", "path", "on", name="rival_once")]

    def where(self) -> Where:
        return Where((), unit=self.unit.path)


def waiting_count(actor: Actor) -> int:
    """What a chief has not judged yet; of others nothing waits for a verdict."""
    return Alert.objects.within(actor, "alert.judge").open().count() if actor.holds("alert.judge") else 0
