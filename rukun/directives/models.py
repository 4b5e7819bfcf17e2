"""Atensi: what a chief asks everybody in an area to heed until a day, and who has acknowledged it."""

from collections.abc import Mapping
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.directives.rules import TEXT, in_force
from rukun.fieldwork.models import Code
from rukun.officers.models import Assignment, Officer
from rukun.territory.models import Area, Unit


class DirectiveQuerySet(ScopedQuerySet):
    sees = "directive.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "issued_by"
    many_areas = True

    def perhaps_in_force(self, earliest: date) -> "DirectiveQuerySet":
        """Not over on this day in any zone; a row says for itself whether it is in its own."""
        return self.filter(ended_at=None, withdrawn_at=None, last_day__gte=earliest)

    def in_force(self, today: Mapping[str, date]) -> "DirectiveQuerySet":
        return self.filter(standing(today))

    def over(self, today: Mapping[str, date]) -> "DirectiveQuerySet":
        return self.exclude(standing(today))


def standing(today: Mapping[str, date]) -> Q:
    """Not over in its unit's own zone, by the day it is in each: the twin of `rules.in_force` in the database's words."""
    days = Q()
    for zone, day in today.items():
        days |= Q(unit__time_zone=zone, last_day__gte=day)
    return days & Q(ended_at=None, withdrawn_at=None)


class Directive(models.Model):
    """One Atensi of a unit: for named areas, or for all that the unit covers; it stands until its last day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives")
    areas = models.ManyToManyField(Area, blank=True, related_name="directives")
    code = models.ForeignKey(Code, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(_("what is to be heeded"), max_length=TEXT)
    last_day = models.DateField(_("last day"))
    issued_by = models.ForeignKey(Officer, models.PROTECT, related_name="directives")
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=200, blank=True)  # why it ended sooner, or was withdrawn

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ended_at=None) | Q(withdrawn_at=None), name="directive_one_end")]
        indexes = [models.Index(fields=["unit", "-issued_at"], name="directive_newest")]

    def __str__(self) -> str:
        return self.text

    def where(self) -> Where:
        return Where(tuple(self.areas.values_list("path", flat=True)), unit=self.unit.path, author=self.issued_by_id)

    def get_absolute_url(self) -> str:
        return reverse("directives:directive", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.withdrawn_at is not None

    @property
    def is_in_force(self) -> bool:
        return in_force(self.last_day, self.unit.today(), over=self.is_over)

    @property
    def places(self) -> str:
        """Its areas by name; the unit, where it is for all of it."""
        return ", ".join(area.name for area in self.areas.all()) or self.unit.name


class AddresseeQuerySet(ScopedQuerySet):
    sees = "directive.view"
    area_path = "directive__areas__path"
    unit_path = "directive__unit__path"
    author = "officer"
    many_areas = True

    def serving(self, on: date) -> "AddresseeQuerySet":
        """Those who still serve under the unit that issued it: whoever was moved elsewhere need not heed it."""
        terms = Assignment.objects.valid(on).filter(officer=OuterRef("officer"), unit__path__startswith=OuterRef("directive__unit__path"))
        return self.filter(Exists(terms), officer__left_on=None)

    def waiting(self) -> "AddresseeQuerySet":
        return self.filter(acknowledged_at=None)


class Addressee(models.Model):
    """One officer whom a directive reaches, and when they said that they have read it; what was said stays."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="addressees")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("directive", "officer", name="addressee_once")]

    def where(self) -> Where:
        above = self.directive.where()
        return Where(above.paths, above.unit, self.officer_id)
