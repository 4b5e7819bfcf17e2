"""Who was told of what, and how each wants to be told."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.notices.rules import QUIET_FROM, QUIET_UNTIL
from rukun.officers.models import Officer


class NoticeQuerySet(ScopedQuerySet):
    sees = "notice.view"
    area_path = None
    author = "officer"  # nobody but the one who was told

    def of(self, officer_id: int | None) -> "NoticeQuerySet":
        return self.filter(officer=officer_id) if officer_id else self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def newest(self) -> "NoticeQuerySet":
        return self.order_by("-at", "-pk")


class Notice(models.Model):
    """One person, told once of one thing: a reference to it and no word of it."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=60)  # report:0190…: what it is of, found again whenever it is shown
    key = models.CharField(max_length=120)  # told under the same key, it is told once
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("officer", "key", name="notice_once")]
        indexes = [
            models.Index(fields=["officer", "-at"], name="notice_newest"),
            models.Index(fields=["officer"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def where(self) -> Where:
        return Where((), author=self.officer_id)


class ChoiceQuerySet(ScopedQuerySet):
    sees = "notice.view"
    area_path = None
    author = "officer"

    def reachable(self) -> "ChoiceQuerySet":
        """Those whose own address has been confirmed by themselves."""
        return self.exclude(email="").exclude(confirmed_at=None).filter(officer__left_on=None)


class Choice(models.Model):
    """How one person wants to be told: the hours in which no bell rings, and an address of their own if they like."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(_("quiet from"), default=QUIET_FROM)
    quiet_until = models.TimeField(_("quiet until"), default=QUIET_UNTIL)
    email = models.EmailField(_("e-mail address"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    digest_on = models.DateField(null=True)  # the day of the last digest

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(email="") | models.Q(confirmed_at=None), name="choice_confirms_an_address"),
        ]

    def where(self) -> Where:
        return Where((), author=self.officer_id)

    def local(self, now: datetime) -> datetime:
        return now.astimezone(self.officer.unit.zone)
