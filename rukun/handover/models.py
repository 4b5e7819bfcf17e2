"""Work that went from one officer to the next: nothing that was promised to residents ends because a person moves."""

from django.db import models
from django.db.models import Q

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.models import Promise
from rukun.officers.models import Officer
from rukun.problems.models import Action, Problem
from rukun.territory.models import Unit


class HandoverQuerySet(ScopedQuerySet):
    sees = "work.view"
    area_path = None
    unit_path = "unit__path"
    author = "taker"


class Handover(models.Model):
    """One passing-on: who gave, who took, when, and on whose word (nobody's, where a term simply ended)."""

    giver = models.ForeignKey(Officer, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Officer, models.PROTECT, related_name="taken")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)  # what the next one should know, without names

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    def where(self) -> Where:
        return Where((), unit=self.unit.path, author=self.taker_id)


class Item(models.Model):
    """One thing passed on: a promise, an action or a problem."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    promise = models.ForeignKey(Promise, models.CASCADE, null=True, related_name="+")
    action = models.ForeignKey(Action, models.CASCADE, null=True, related_name="+")
    problem = models.ForeignKey(Problem, models.CASCADE, null=True, related_name="+")

    objects = ScopedQuerySet.reached_through("handover", HandoverQuerySet).as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__isnull=False, action=None, problem=None)
                | Q(promise=None, action__isnull=False, problem=None)
                | Q(promise=None, action=None, problem__isnull=False),
                name="handover_item_is_one_thing",
            ),
        ]

    def where(self) -> Where:
        return self.handover.where()
