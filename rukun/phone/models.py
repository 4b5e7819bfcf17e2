"""Phones that may send, what came from them, photos on their way, and what a person must decide of it."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.models import new_id
from rukun.officers.models import Officer
from rukun.problems.models import Problem, ProblemQuerySet
from rukun.territory.models import Unit


class DeviceQuerySet(ScopedQuerySet):
    sees = "device.view"
    area_path = None
    unit_path = "officer__unit__path"
    author = "officer"

    def standing(self) -> "DeviceQuerySet":
        return self.filter(revoked_at=None)


class Device(models.Model):
    """A phone with a key of its own that never leaves it: good for sending what its officer recorded, and for nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="devices")
    label = models.CharField(_("name of the phone"), max_length=60)
    key = models.CharField(max_length=100, unique=True)  # the public point, x and y, as base64url
    pepper = models.CharField(max_length=64)  # of no use without the phone; the phone's PIN is of no use without it
    seal_key = models.CharField(max_length=24)  # the newest that was handed to it
    enrolled_at = models.DateTimeField()
    leased_until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    clock = models.JSONField(default=list)  # the last differences between our clock and the phone's, in seconds
    sent = models.PositiveIntegerField(default=0)  # items kept from it
    schema = models.PositiveSmallIntegerField(default=1)  # the newest that it spoke
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = DeviceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["officer", "revoked_at"], name="device_of_an_officer")]

    def __str__(self) -> str:
        return self.label

    def where(self) -> Where:
        return Where((), unit=self.officer.unit.path, author=self.officer_id)


class RenewalQuerySet(DeviceQuerySet):
    unit_path = "device__officer__unit__path"
    author = "device__officer"

    def open(self, now: datetime) -> "RenewalQuerySet":
        return self.filter(used_at=None, expires_at__gt=now)


class Renewal(models.Model):
    """A phone that is locked or was revoked gets back in by two people: one asks, another confirms; what it holds unsent survives."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="renewals")
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=200)
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(confirmed_by=None) | ~Q(asked_by=F("confirmed_by")), name="renewal_by_two")]

    def where(self) -> Where:
        return self.device.where()


class Item(models.Model):
    """That something was kept, by the name that the phone gave it: sent twice, it is answered twice and kept once."""

    id = models.UUIDField(primary_key=True)  # the phone's; no secret, and opens nothing
    device = models.ForeignKey(Device, models.PROTECT, related_name="items")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    schema = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)  # what was answered: status, code, and which record it became
    client_at = models.DateTimeField(null=True)  # by the phone's clock
    monotonic = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    uncertain = models.BooleanField(default=False)  # when it was can't be told from the phone's clock
    practice = models.BooleanField(default=False)

    objects = ScopedQuerySet.reached_through("device", DeviceQuerySet).as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], name="item_by_arrival"),
            models.Index(fields=["device", "-seq"], name="item_by_order"),
        ]

    def where(self) -> Where:
        return self.device.where()


class Upload(models.Model):
    """A photo on its way in pieces; once whole and its record there, it becomes a photo of it, and the pieces go."""

    class State(models.TextChoices):
        OPEN = "open", _("on its way")
        WHOLE = "whole", _("waits for its record")
        KEPT = "kept", _("kept")
        INVALID = "invalid", _("can't be kept")

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="uploads")
    item = models.UUIDField(db_index=True)
    length = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    alt = models.CharField(max_length=200, blank=True)
    sealed = models.JSONField(null=True)  # how to open it, where it was sealed
    offset = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.reached_through("device", DeviceQuerySet).as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(offset__lte=F("length")), name="upload_within_length")]

    def where(self) -> Where:
        return self.device.where()


class DisputeQuerySet(ScopedQuerySet):
    sees = ProblemQuerySet.sees
    area_path = "problem__areas__path"
    unit_path = "problem__unit__path"
    author = "problem__owner"
    many_areas = placed = True

    def open(self) -> "DisputeQuerySet":
        return self.filter(decided_at=None)


class Dispute(models.Model):
    """Two edits of one field of a problem, made apart: both are kept until whoever answers for it decides."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="disputes")
    field = models.CharField(max_length=10)
    stands = models.TextField()  # what the file said when the other edit came
    came = models.TextField()
    item = models.UUIDField()
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken = models.BooleanField(default=False)  # whether what came was taken

    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("item", "field", name="dispute_once")]

    def where(self) -> Where:
        return self.problem.where()


WHAT: dict[str, str | Promise] = {"visit": _("Visit"), "report": _("Report"), "action": _("Action"), "problem": _("Problem")}


class HandedQuerySet(ScopedQuerySet):
    sees = "handed.view"
    area_path = None
    unit_path = "unit__path"
    author = "officer"

    def open(self) -> "HandedQuerySet":
        return self.filter(state=Handed.State.OPEN)


class Handed(models.Model):
    """What the server could not keep as it stood, and its officer gave to the unit head: sealed until somebody reads it to decide."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for the unit head")
        TAKEN = "taken", _("taken in")
        RETURNED = "returned", _("sent back")
        RELEASED = "released", _("let go")
        MENDED = "mended", _("mended by its officer")

    id = models.UUIDField(primary_key=True)  # of the item, as the phone named it
    device = models.ForeignKey(Device, models.PROTECT, related_name="handed")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    schema = models.PositiveSmallIntegerField(default=1)
    seq = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)  # of what is inside; empty where it could not be opened
    code = models.CharField(max_length=20)  # why it was refused
    content = models.JSONField(null=True)  # sealed to a key of this server, as the phone sealed it; gone once it was taken in
    happened_at = models.DateTimeField()
    uncertain = models.BooleanField(default=False)
    client_at = models.DateTimeField(null=True)
    practice = models.BooleanField(default=False)
    handed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    said = models.CharField(_("in a sentence"), max_length=300, blank=True)
    record = models.JSONField(null=True)  # what it became
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = HandedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "handed_at"], name="handed_to_a_unit"),
            models.Index(fields=["officer", "state"], name="handed_by_an_officer"),
        ]

    def where(self) -> Where:
        return Where((), unit=self.unit.path, author=self.officer_id)

    def get_absolute_url(self) -> str:
        return reverse("phone:handed", args=[self.pk])

    @property
    def what(self) -> str | Promise:
        return WHAT.get(self.kind, self.kind)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
