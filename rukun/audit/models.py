"""The book's tables: entries that stay, details that can be erased, and the seals over both."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Concat
from django.urls import reverse

from rukun.access.scope import Grant, ScopedQuerySet, Where, inside, is_sight
from rukun.audit.leaf import META


class EntryQuerySet(ScopedQuerySet):
    sees = "book.view"
    area_path = "path"
    unit_path = "unit"

    def _under(self, grant: Grant, permission: str) -> models.Q:
        """As elsewhere; but what no unit owns is reached by its area, whatever the permission."""
        by_area = self.inside(grant.root) if is_sight(permission) else self.inside(grant.root) & models.Q(unit="")
        if grant.unit is None:
            return by_area
        by_unit = inside("unit", grant.unit) & ~models.Q(unit="")
        if not grant.root:
            return by_area | by_unit
        # each from its own index: either of the two, asked of one row, goes through the whole book
        rows = self.model._base_manager.order_by()
        return models.Q(pk__in=rows.filter(by_area).values("pk").union(rows.filter(by_unit).values("pk"), all=True))

    def of(self, thing: models.Model | str) -> "EntryQuerySet":
        return self.filter(object=thing if isinstance(thing, str) else f"{thing._meta.label_lower}:{thing.pk}")

    def asked(self, act: str | None, thing: str | None, before: int | None, *, everywhere: bool) -> "EntryQuerySet":
        """Of one act (refused or not), about one thing, older than one entry; each only where it is asked."""
        found = self.of(thing) if thing else self
        if act:
            # in a part of the country the entries of its area are fewer than all of an act: the latter's index is kept out of it
            deed = models.F("act") if everywhere else Concat("act", models.Value(""))
            found = found.annotate(deed=deed).filter(deed__in=(act, f"{act}:refused"))
        return found.filter(pk__lt=before) if before else found

    def where(self) -> Where:
        """Where these entries stand, so that an act on several can be asked for; each is asked for again, one by one."""
        return Where(tuple(self.values_list("path", flat=True).distinct()))


class Entry(models.Model):
    """One act, as it was done. Written once, never changed; holds no key to a table, so that it outlives what it tells of."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)  # officer:42, system:watch, public
    role = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=80)
    object = models.CharField(max_length=120, blank=True)  # problems.problem:7
    path = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    simulated = models.BooleanField(default=False)
    commitment = models.BinaryField(max_length=32)
    leaf = models.BinaryField(max_length=32)
    tag = models.BinaryField(max_length=16)
    idx = models.BigIntegerField(null=True, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["act", "id"], name="audit_entry_act"),
            models.Index(fields=["object", "at"], name="audit_entry_object"),
            models.Index(fields=["path", "id"], name="audit_entry_path"),
            models.Index(
                fields=["unit", "id"], name="audit_entry_unit"
            ),  # a chief asks for a place or a unit: both from an index, or neither
            models.Index(fields=["id"], condition=models.Q(idx__isnull=True), name="audit_entry_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object}"

    def get_absolute_url(self) -> str:
        return reverse("audit:entry", args=[self.pk])

    def meta(self) -> Mapping[str, Any]:
        return {name: getattr(self, name) for name in META}

    @property
    def details(self) -> dict[str, str] | None:
        """What the act named to be kept; None once it has been erased."""
        if bytes(self.commitment) == bytes(32):
            return {}
        payload = getattr(self, "payload", None)
        return json.loads(payload.body) if payload else None

    @property
    def is_refusal(self) -> bool:
        return self.act.endswith(":refused")

    def where(self) -> Where:
        return Where((self.path,), unit=self.unit or None)


class PayloadQuerySet(ScopedQuerySet):
    sees = "book.view"
    area_path = "entry__path"
    unit_path = "entry__unit"


class Payload(models.Model):
    """An entry's details with the salt that hides them: erase both, and what the leaf commits to can't be guessed."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.BinaryField(max_length=32)
    body = models.TextField()  # canonical JSON, the very text that is committed to

    objects = PayloadQuerySet.as_manager()


class Checkpoint(models.Model):
    """The book sealed at one moment: so many entries, their root, and the signature over both."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    note = models.TextField()


class Tile(models.Model):
    """The root over 256 entries in a row, so that a proof need not read the whole book."""

    number = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
