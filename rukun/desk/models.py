"""What a unit head asks of the chief on a sheet: worded anew for a period, version upon version."""

from typing import ClassVar

from django.db import models

from rukun.access.scope import ScopedQuerySet, Where
from rukun.officers.models import Officer
from rukun.territory.models import Unit


class WordingQuerySet(ScopedQuerySet):
    sees = "summary.view"
    area_path = None
    unit_path = "unit__path"

    def standing(self) -> "WordingQuerySet":
        return self.filter(undone_at=None).order_by("-pk")


class Wording(models.Model):
    """The decisions asked for, as one sheet words them. The newest that was not taken back stands; with none, the rule proposes."""

    SPANS: ClassVar[list[tuple[str, str]]] = [("hari", "hari"), ("minggu", "minggu"), ("bulan", "bulan")]

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    span = models.CharField(max_length=6, choices=SPANS)
    first = models.DateField()
    texts = models.JSONField(default=list)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "span", "first"], name="wording_of_sheet")]

    def where(self) -> Where:
        return Where((), unit=self.unit.path)
