"""The country as areas, and the police as units that cover them."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.lib import clock
from rukun.territory.rules import WIB, ZONE_NAMES, AreaKind, PublicKind, UnitKind, ancestors


class ValidQuerySet(ScopedQuerySet):
    def valid(self, on: date):
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gt=on))


class AreaQuerySet(ValidQuerySet):
    sees = "area.view"
    area_path = "path"

    def at_level(self, level: int) -> "AreaQuerySet":
        return self.filter(level=level)

    def below(self, path: str) -> "AreaQuerySet":
        return self.filter(self.inside(path)).exclude(path=path)

    def covered_by(self, unit: "Unit", on: date) -> "AreaQuerySet":
        """The roots that a unit covers on a day, not what lies below them."""
        return self.filter(jurisdictions__in=Jurisdiction.objects.filter(unit=unit).valid(on))


class Area(models.Model):
    """A piece of the country: province, regency or city, district, village, or a sub-unit that people call their own."""

    code = models.CharField(_("code"), max_length=24, blank=True, db_index=True)  # official, of the home ministry; blank for sub-units
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=AreaKind)
    level = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=13, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    area_km2 = models.FloatField(null=True)
    time_zone = models.CharField(max_length=32, default=WIB)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)  # the first day on which it is no more
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, path__regex=r"^\d{2}$") | Q(level=2, path__regex=r"^\d{4}$") | Q(level=3, path__regex=r"^\d{6}$")
                | Q(level=4, path__regex=r"^\d{10}$") | Q(level=5, path__regex=r"^\d{13}$"),
                name="area_path_fits_level",
            ),
            models.CheckConstraint(condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False), name="area_parent"),
            models.UniqueConstraint("code", condition=~Q(code="") & Q(valid_until=None), name="area_code_once"),
            models.UniqueConstraint(
                "parent", "kind", Lower("name"), condition=Q(level=5, valid_until=None), name="subunit_name_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def where(self) -> Where:
        return Where((self.path,))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_name(self) -> str:
        return ZONE_NAMES.get(self.time_zone, self.time_zone)

    def today(self) -> date:
        return clock.today(self.time_zone)


class Outline(models.Model):
    """The border of an area, simplified GeoJSON geometry in lon/lat; apart, so that lists of areas stay light."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="outline")
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    repaired = models.CharField(max_length=200, blank=True)  # what was mended at import, in words
    digest = models.CharField(max_length=64, blank=True)  # of the border as published: the same again needs no work

    objects = ScopedQuerySet.reached_through("area", AreaQuerySet).as_manager()

    def where(self) -> Where:
        return self.area.where()


class PublicPlaceQuerySet(ValidQuerySet):
    sees = "area.view"


class PublicPlace(models.Model):
    """Where people meet: a market, a surau, a school, a crossroads, a watch post. Never a home."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="public_places")  # a village, or a part of it
    kind = models.CharField(_("what it is"), max_length=10, choices=PublicKind)
    name = models.CharField(_("what people call it"), max_length=80)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)  # the first day on which it is off the list

    objects = PublicPlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("area", Lower("name"), condition=Q(valid_until=None), name="public_place_once")]

    def __str__(self) -> str:
        return self.name

    def where(self) -> Where:
        return self.area.where()


class ImportQuerySet(ScopedQuerySet):
    sees = "area.view"
    area_path = "path"


class Import(models.Model):
    """One bringing-in of territory data: from which files, and what it changed. The book refers to it."""

    at = models.DateTimeField()
    path = models.CharField(max_length=13, blank=True)  # "" the country: this belongs to no area
    files = models.JSONField(default=list)  # name, kind, rows, sha256 of each
    counts = models.JSONField(default=dict)  # per level: new, changed, unchanged, moved, ended
    skipped = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"import {self.pk}"

    def where(self) -> Where:
        return Where((self.path,))


class UnitQuerySet(ScopedQuerySet):
    sees = "unit.view"
    area_path = "jurisdictions__area__path"
    unit_path = "path"
    many_areas = True

    def below(self, path: str) -> "UnitQuerySet":
        """The unit at this path and all units under it."""
        return self.filter(path__gte=path, path__lt=path + "z")

    def serving(self) -> "UnitQuerySet":
        return self.filter(closed_on=None)

    def covering(self, area_path: str, on: date) -> "UnitQuerySet":
        """The units that answer for an area on a day, by a jurisdiction over it or over what lies above; the nearest kind first."""
        held = Jurisdiction.objects.valid(on).filter(area__path__in=ancestors(area_path))
        return self.serving().filter(pk__in=held.values("unit")).order_by(Length("path").desc(), "path")


class Unit(models.Model):
    """A police unit: Mabes, Polda, Polres, Polsek, in a tree of their own, never derived from government's."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=8, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=8, unique=True)
    phone = models.CharField(_("duty telephone"), max_length=20, blank=True)
    time_zone = models.CharField(max_length=32, default=WIB)
    closed_on = models.DateField(null=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="mabes", path__regex=r"^\d$") | Q(kind="polda", path__regex=r"^\d{3}$")
                | Q(kind="polres", path__regex=r"^\d{5}$") | Q(kind="polsek", path__regex=r"^\d{8}$"),
                name="unit_path_fits_kind",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def where(self) -> Where:
        return Where(tuple(self.jurisdictions.values_list("area__path", flat=True)), unit=self.path)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self) -> date:
        return clock.today(self.time_zone)


class JurisdictionQuerySet(ValidQuerySet):
    sees = "unit.view"
    unit_path = "unit__path"


class Jurisdiction(models.Model):
    """A unit covers an area, from a day until a day; many-to-many, since police and government borders differ."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="jurisdictions")
    area = models.ForeignKey(Area, models.PROTECT, related_name="jurisdictions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "area", condition=Q(valid_until=None), name="jurisdiction_once")]

    def where(self) -> Where:
        return Where((self.area.path,), unit=self.unit.path)
