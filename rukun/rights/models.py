"""Requests of people about their data, where it was found, and what was decided. The name asked for goes when the request is answered."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor, ScopedQuerySet, Where
from rukun.officers.models import Officer
from rukun.rights.rules import CLOCK, Decision, Kind, Outcome
from rukun.territory.models import Unit


class RequestQuerySet(ScopedQuerySet):
    sees = "request.view"
    area_path = None
    unit_path = "unit__path"

    def open(self) -> "RequestQuerySet":
        return self.filter(answered_at=None)


class Request(models.Model):
    """One request, with its clock."""

    number = models.CharField(max_length=24, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("what is asked"), max_length=8, choices=Kind)
    name = models.CharField(_("name, as it may stand in the records"), max_length=120, blank=True)  # gone when answered
    contact = models.CharField(_("how to answer"), max_length=200, blank=True)  # gone when answered
    words = models.TextField(_("what they ask, in their words"), blank=True)  # gone when answered
    received_at = models.DateTimeField(_("received"))
    due_at = models.DateTimeField()
    searched_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    article = models.CharField(_("on which article"), max_length=120, blank=True)
    answer = models.TextField(_("the answer"), blank=True)
    opened_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    export_asked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    export_asked_at = models.DateTimeField(null=True)
    export_approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    export_approved_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answered_at=None) | Q(name="", contact="", words=""), name="request_forgets_who_asked"),
            models.CheckConstraint(
                condition=Q(export_approved_by=None) | ~Q(export_approved_by=F("export_asked_by")), name="request_export_takes_two"
            ),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(article=""), name="request_refused_on_an_article"),
        ]

    def __str__(self) -> str:
        return self.number

    def where(self) -> Where:
        return Where((), unit=self.unit.path)

    def get_absolute_url(self) -> str:
        return reverse("rights:request", args=[self.pk])

    def may_leave(self, now: datetime) -> bool:
        """Whether the file may be taken: a second person has agreed, lately."""
        return self.export_approved_at is not None and now - self.export_approved_at <= CLOCK

    def is_late(self, now: datetime) -> bool:
        return (self.answered_at or now) > self.due_at


class Hit(models.Model):
    """A record in which it was found: which one, and what was decided. Never a word of it."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="hits")
    thing = models.CharField(max_length=40)  # fieldwork.report
    key = models.CharField(max_length=40)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.reached_through("request", RequestQuerySet).as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("request", "thing", "key", name="hit_once")]

    def where(self) -> Where:
        return self.request.where()


def waiting_count(actor: Actor) -> int:
    """What whoever answers has not answered yet; for an auditor nothing waits."""
    return Request.objects.within(actor, "request.answer").open().count() if actor.holds("request.answer") else 0
