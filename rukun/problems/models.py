"""Problems that several reports have in common, each owned until it is solved, and the actions given to people."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import ScopedQuerySet, Where
from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.rules import Severity, Stage
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.problems.rules import NEXT, Happening, Outcome, Step, lacks
from rukun.territory.models import Area, Unit
from rukun.territory.rules import ZONE_NAMES


class ProblemQuerySet(ScopedQuerySet):
    sees = "problem.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "owner"  # whoever holds it sees it, wherever they serve
    many_areas = placed = True

    def unsolved(self) -> "ProblemQuerySet":
        return self.exclude(step=Step.SOLVED)

    def overdue(self, on: date) -> "ProblemQuerySet":
        return self.unsolved().filter(due__lt=on)

    def late(self) -> "ProblemQuerySet":
        """Unsolved, and its day has passed where its unit is."""
        passed = Q(pk__in=[])
        for zone in ZONE_NAMES:
            passed |= Q(unit__time_zone=zone, due__lt=clock.today(zone))
        return self.unsolved().filter(passed)

    def unowned(self) -> "ProblemQuerySet":
        return self.unsolved().filter(owner=None)

    def held_by(self, officer_id: int | None) -> "ProblemQuerySet":
        return self.filter(owner=officer_id) if officer_id else self.none()

    def in_area(self, path: str) -> "ProblemQuerySet":
        return self.filter(self.inside(path))

    def unreminded(self, on: date) -> "ProblemQuerySet":
        """Overdue, and its story does not say so yet."""
        return self.overdue(on).exclude(reminded_on__gt=F("due"))


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
    reminded_on = models.DateField(null=True)  # when its story last said that the day had passed
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
        indexes = [
            models.Index(fields=["step", "due"], name="problem_by_day"),
            models.Index(fields=["code", "step"], name="problem_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def where(self) -> Where:
        return Where(tuple(self.areas.values_list("path", flat=True)), unit=self.unit.path, author=self.owner_id)

    def get_absolute_url(self) -> str:
        return reverse("problems:problem", args=[self.pk])

    @property
    def is_solved(self) -> bool:
        return self.step == Step.SOLVED

    def is_late(self) -> bool:
        """Whether its day has passed where its unit is."""
        return not self.is_solved and self.due < self.unit.today()

    @property
    def opened_on(self) -> date:
        return self.opened_at.astimezone(self.unit.zone).date()

    @property
    def next_steps(self) -> tuple[Step, ...]:
        return NEXT[Step(self.step)]

    def lacks(self, to: Step) -> list[str]:
        """What it must still hold before it may go to that step, in sentences."""
        kept = self.actions.filter(withdrawn_at=None)
        return lacks(Step(self.step), analysis=self.analysis, actions=kept.count(), unfinished=kept.filter(finished_at=None).count(), to=to)


class ActionQuerySet(ScopedQuerySet):
    sees = "problem.view"
    area_path = "problem__areas__path"
    unit_path = "problem__unit__path"
    author = "officer"  # "action.finish:own" means: given to me
    many_areas = placed = True

    def given_to(self, officer_id: int | None) -> "ActionQuerySet":
        return self.filter(officer=officer_id) if officer_id else self.none()

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

    def get_absolute_url(self) -> str:
        return reverse("problems:action", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.withdrawn_at is None


class Entry(models.Model):
    """One line of a problem's story: what happened to it, and what whoever did it said of it."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="story")
    happening = models.CharField(max_length=10, choices=Happening)
    step = models.CharField(max_length=10, choices=Step, blank=True)  # set where the problem took this step
    text = models.TextField(_("in your words"), blank=True)
    day = models.DateField(null=True)  # the day that was set or passed
    person = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # who was asked to hold it or to act
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="+")
    action = models.ForeignKey(Action, models.SET_NULL, null=True, related_name="story")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.reached_through("problem", ProblemQuerySet).as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["problem", "-at"], name="problem_story_newest")]

    def where(self) -> Where:
        return self.problem.where()


class CounterQuerySet(ScopedQuerySet):
    sees = "unit.view"
    area_path = None
    unit_path = "unit__path"


class Counter(models.Model):
    """The last number that a unit gave to a problem in a year; counted up in the act that opens it, so without a gap."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = CounterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("unit", "year", name="counter_once")]

    def where(self) -> Where:
        return Where((), unit=self.unit.path)
