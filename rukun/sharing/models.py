"""A unit's own wording of what is sent to WhatsApp, and what an officer has copied to BOS."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.officers.models import Officer
from rukun.sharing.rules.wording import LONGEST, Kind
from rukun.territory.models import Unit


class WordingQuerySet(ScopedQuerySet):
    sees = "unit.view"
    area_path = "unit__jurisdictions__area__path"
    unit_path = "unit__path"
    many_areas = True

    def used_by(self, unit: Unit, kind: str) -> "Wording | None":
        """The wording that holds for a unit: its own, else that of the nearest unit above which has one."""
        above = [unit.path[:length] for length in (8, 5, 3, 1) if length <= len(unit.path)]
        rows = Wording.objects.filter(kind=kind, unit__path__in=above).exclude(text="")
        return rows.select_related("unit").order_by("-unit__path").first()


class Wording(models.Model):
    """How a unit words a visit or a report for WhatsApp. Without a text of its own it holds what stood there before, so that it can be
    brought back, and the unit uses the wording of the unit above."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="wordings")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(_("wording"), blank=True, max_length=LONGEST)
    earlier = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = WordingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "kind", name="wording_once")]

    def where(self) -> Where:
        return self.unit.where()


class CopiedQuerySet(ScopedQuerySet):
    """An officer's own ticks: nobody else's business, whatever the rank."""

    sees = "bos.view"
    area_path = None
    author = "officer"


class Copied(models.Model):
    """An officer has typed this visit or report into BOS as well."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="copied")
    record = models.UUIDField(unique=True)  # of a visit or a report; their keys never meet
    at = models.DateTimeField()

    objects = CopiedQuerySet.as_manager()

    def where(self) -> Where:
        return Where(author=self.officer_id)
