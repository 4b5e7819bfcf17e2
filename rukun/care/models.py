"""What people decided about the house itself: that it may be real, that its data-protection assessment is signed, what is kept longer."""

from django.db import models
from django.db.models import Q

from rukun.access.scope import COUNTRY, Where


class Permit(models.Model):
    """That this house may be used for real work, from a moment on, until somebody takes it back."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)  # as the book names who acts: officer:42, system:console
    dpia = models.CharField(max_length=64)  # SHA-256 of the assessment under which it was granted
    found = models.JSONField(default=dict)  # what the doctor said of each thing on that day
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(models.Value(1), condition=Q(withdrawn_at=None), name="permit_one_at_a_time")]

    def where(self) -> Where:
        return COUNTRY


class Assessment(models.Model):
    """That the data-protection officer has signed the assessment (DPIA) with these very bytes."""

    at = models.DateTimeField()
    officer = models.BigIntegerField()  # officer id of who signed
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)

    def where(self) -> Where:
        return COUNTRY


class Longer(models.Model):
    """That one kind of data is kept longer than the table says, why, and until when; the data-protection officer's word."""

    rule = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateField()  # then the table holds again
    officer = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("rule", condition=Q(withdrawn_at=None), name="longer_once")]

    def where(self) -> Where:
        return COUNTRY
