"""What is counted of records: reports and visits by place and day, and what is left of visits that are no longer kept."""

from datetime import date

from django.db import models

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.rules import Counted, VisitKind
from rukun.territory.models import Area


class VisitCountQuerySet(ScopedQuerySet):
    sees = "area.view"


class VisitCount(models.Model):
    """What is left of visits that are too old to be kept: how many contacts of a kind an area had on a day."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=VisitKind)
    contacts = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    silent = models.PositiveIntegerField(default=0)  # of these, how many in which nothing was said

    objects = VisitCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("area", "day", "kind", name="visit_count_once")]


class TallyQuerySet(ScopedQuerySet):
    sees = "report.view"
    area_path = "path"

    def in_areas(self, root: str, level: int) -> "TallyQuerySet":
        """One row set for each area of that level in `root`."""
        return self.filter(self.inside(root), level=level)

    def between(self, first: date, last: date) -> "TallyQuerySet":
        return self.filter(day__gte=first, day__lte=last)


class Tally(models.Model):
    """How many reports of one kind and stage, and how many visits, a place with all that lies in it had on a day; every area is kept."""

    pk = models.CompositePrimaryKey("path", "day", "code", "stage", "kind")
    path = models.CharField(max_length=13, blank=True)  # "" is the country
    day = models.DateField()
    code = models.CharField(max_length=6, blank=True)
    stage = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=8, choices=Counted)
    level = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["level", "day", "path", "code", "stage", "kind", "n"], name="tally_by_level")]

    def where(self) -> Where:
        return Where((self.path,))
