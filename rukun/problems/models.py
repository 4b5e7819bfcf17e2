"""Problems that several reports have in common, each owned until it is solved, and the actions given to people."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.rules import Severity, Stage
from rukun.officers.models import Officer
from rukun.problems.rules import NEXT, Outcome, Step
from rukun.territory.models import Area, Unit


class ProblemQuerySet(ScopedQuerySet):
    sees = "problem.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "opened_by"
    many_areas = True

    def unsolved(self) -> "ProblemQuerySet":
        return self.exclude(step=Step.SOLVED)

    def overdue(self, on: date) -> "ProblemQuerySet":
        return self.unsolved().filter(due__lt=on)

    def unowned(self) -> "ProblemQuerySet":
        return self.unsolved().filter(owner=None)


class Problem(models.Model):
    """Something that keeps happening in places; it has one owner unit, one owner, and a day by which it should be solved."""

    number = models.CharField(max_length=24, unique=True)  # for people: unit code / year / running number, given at opening
    title = models.CharField(_("in one line"), max_length=120)
    code = models.ForeignKey(Code, models.PROTECT, related_name="problems")
    stage = models.CharField(_("stage"), max_length=2, choices=Stage)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    step = models.CharField(max_length=10, choices=Step, default=Step.SCANNING)
    areas = models.ManyToManyField(Area, related_name="problems")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="problems")
    owner = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="problems")
    opened_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    reports = models.ManyToManyField(Report, related_name="problems")
    analysis = models.TextField(_("why here"), blank=True)
    opened_at = models.DateTimeField()
    due = models.DateField(_("to be solved by"))
    solved_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("how it was solved"), max_length=14, choices=Outcome, blank=True)
    outcome_text = models.TextField(_("what solved it"), blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step=Step.SOLVED, solved_at__isnull=False) & ~Q(outcome="") | ~Q(step=Step.SOLVED) & Q(solved_at=None),
                name="problem_solved_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def where(self) -> Where:
        return Where(tuple(self.areas.values_list("path", flat=True)), unit=self.unit.path, author=self.opened_by_id)

    @property
    def next_steps(self) -> tuple[Step, ...]:
        return NEXT[Step(self.step)]


class Entry(models.Model):
    """One line of a problem's story: what was done or found, in the words of whoever did it."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="story")
    step = models.CharField(max_length=10, choices=Step, blank=True)  # set where the problem took this step
    text = models.TextField(blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.reached_through("problem", ProblemQuerySet).as_manager()

    class Meta:
        verbose_name_plural = "entries"

    def where(self) -> Where:
        return self.problem.where()


class ActionQuerySet(ScopedQuerySet):
    sees = "problem.view"
    area_path = "problem__areas__path"
    unit_path = "problem__unit__path"
    author = "officer"  # "action.finish:own" means: given to me
    many_areas = True

    def open(self) -> "ActionQuerySet":
        return self.filter(finished_at=None, withdrawn_at=None)

    def overdue(self, on: date) -> "ActionQuerySet":
        return self.open().filter(due__lt=on)


class Action(models.Model):
    """A thing to do, given to a person with a day; finished with a result, or withdrawn with a reason."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="actions")
    text = models.CharField(_("what is to be done"), max_length=200)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="actions", verbose_name=_("who"))
    due = models.DateField(_("by when"))
    given_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    result = models.TextField(_("what came of it"), blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(finished_at=None) | Q(withdrawn_at=None), name="action_one_end")]

    def __str__(self) -> str:
        return self.text

    def where(self) -> Where:
        above = self.problem.where()
        return Where(above.paths, above.unit, self.officer_id)
