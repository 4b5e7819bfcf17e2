"""What happened before, as others recorded it: incidents, the files they came in, and what a later file changed."""

from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import Severity, Stage
from rukun.history.rules import Channel, Precision, Reason
from rukun.officers.models import Officer
from rukun.territory.models import Area


class BatchQuerySet(ScopedQuerySet):
    sees = "batch.view"
    area_path = "shares__path"
    unit_path = "owner"
    many_areas = True


class Batch(models.Model):
    """One file that was brought in: from where, by whom, what came of it; can be withdrawn as a whole."""

    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    source = models.CharField(_("source"), max_length=80)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    mapping = models.TextField(blank=True)  # as it was: how the columns were read
    owner = models.CharField(max_length=8, blank=True)  # path of the unit whose file it is; "" the country's
    brought_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # null: the console
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # null: cut short; the same file again brings the rest
    counts = models.JSONField(default=dict)  # read, new, unchanged, changed, rejected, coarser
    reasons = models.JSONField(default=dict)  # kinds of reason why rows were set aside, with how many
    withdrawn_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.source}, {self.pk}"

    def set_aside(self) -> list[tuple[str, int]]:
        """Why rows were set aside, in words, the most frequent first."""
        return sorted(((str(Reason(kind).label), count) for kind, count in self.reasons.items()), key=lambda pair: -pair[1])

    def where(self) -> Where:
        return Where(tuple(self.shares.values_list("path", flat=True)), unit=self.owner)


class Share(models.Model):
    """How many incidents of a batch lie in one regency: whoever serves there sees the batch."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="shares")
    path = models.CharField(max_length=4)  # of the regency or city; of the province, where no closer is known
    count = models.PositiveIntegerField()

    objects = ScopedQuerySet.reached_through("batch", BatchQuerySet).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("batch", "path", name="share_once")]

    def where(self) -> Where:
        return self.batch.where()


class IncidentQuerySet(ScopedQuerySet):
    sees = "history.view"
    area_path = "path"

    def of_channel(self, channel: str) -> "IncidentQuerySet":
        return self.filter(channel=channel)

    def of_code(self, code: str) -> "IncidentQuerySet":
        return self.filter(code=code)

    def in_area(self, path: str) -> "IncidentQuerySet":
        return self.filter(self.inside(path))

    def at_least(self, precision: str) -> "IncidentQuerySet":
        """Those whose place is known at least so closely."""
        closest = list(Precision)
        return self.filter(precision__in=closest[: closest.index(Precision(precision)) + 1])

    def daily(self) -> Iterable[dict[str, Any]]:
        """How many there were of each kind, area and day: {"area": pk, "path", "happened_on", "code", "count"}."""
        return self.order_by().values("area", "path", "happened_on", "code").annotate(count=Count("pk"))


class Incident(models.Model):
    """Something that happened, known from elsewhere: nobody of ours saw it, nobody waits for an answer, and it starts no alarm."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="incidents")  # the file that brought it first
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    source = models.CharField(_("source"), max_length=80)
    reference = models.CharField(_("reference"), max_length=100)  # the source's own number: brought again, known again
    area = models.ForeignKey(Area, models.PROTECT, related_name="incidents")
    path = models.CharField(max_length=13)  # the area's, which never changes: so that a million are counted without asking for areas
    precision = models.CharField(_("how exactly"), max_length=8, choices=Precision)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    happened_on = models.DateField(_("day"))
    happened_time = models.TimeField(_("time"), null=True)
    code = models.ForeignKey(Code, models.PROTECT, related_name="incidents")
    stage = models.CharField(_("stage"), max_length=2, choices=Stage, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity, null=True)
    text = models.TextField(_("what is told of it"), blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["path", "happened_on"]), models.Index(fields=["happened_on", "id"])]
        constraints = [
            models.UniqueConstraint("source", "reference", name="incident_once"),
            models.CheckConstraint(condition=~Q(channel="lp") | Q(text="", latitude=None, longitude=None), name="police_reports_bring_no_text"),
            models.CheckConstraint(condition=Q(severity=None) | Q(severity__range=(1, 5)), name="incident_severity"),
            models.CheckConstraint(
                condition=Q(precision="point", latitude__isnull=False, longitude__isnull=False)
                | (~Q(precision="point") & Q(latitude=None, longitude=None)),
                name="incident_point",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code}, {self.area}"

    def where(self) -> Where:
        return Where((self.path,))


class Change(models.Model):
    """A later file said something else of an incident: what it was before, so that the file can be withdrawn."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="changes")
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="changes")
    before = models.JSONField(encoder=DjangoJSONEncoder)

    objects = ScopedQuerySet.reached_through("incident", IncidentQuerySet).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("batch", "incident", name="change_once")]

    def where(self) -> Where:
        return self.incident.where()
