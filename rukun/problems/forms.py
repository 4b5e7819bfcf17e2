"""What the pages of a problem may send."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.models import Code, Report
from rukun.fieldwork.rules import Severity, Stage
from rukun.fieldwork.watched import Guarded, Words
from rukun.officers.models import Officer
from rukun.problems.models import Action, Problem
from rukun.problems.rules import Outcome
from rukun.problems.services import assignable
from rukun.territory.models import Area, AreaQuerySet, Unit
from rukun.web.fields import Several


class CodeField(forms.ModelChoiceField):
    def label_from_instance(self, code: Code) -> str:
        return f"{code} ({code.pk})"


def words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def choose(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Fills a field with what may be chosen here."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows


def a_day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class Kind(Guarded):
    """What kind of problem it is, how far it has come, how bad it is."""

    title = Words(label=_("The problem in one line"), max_length=120, help_text=_("What keeps happening, and where. No names of persons."))
    code = CodeField(label=_("Kind"), queryset=Code.objects.all(), empty_label=_("Choose"))
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, coerce=int, widget=forms.RadioSelect,
        help_text=_("It sets the day: 60 days for 1, 45 for 2, 30 for 3, 14 for 4, 7 for 5."),
    )  # fmt: skip


class OpenForm(Kind):
    """A problem from a report, with what tells of the same."""

    owner = forms.ModelChoiceField(label=_("Who holds it"), queryset=Officer.objects.none(), required=False, empty_label=_("Nobody yet"))
    reports = Several(
        label=_("Do these reports tell of the same?"), queryset=Report.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, report: Report, similar: QuerySet[Report], unit: Unit) -> None:
        guess = {"title": report.title, "code": report.code_id, "stage": report.stage, "severity": report.severity}
        super().__init__(data, initial=guess)
        choose(self, "owner", assignable(unit, unit.today()))
        choose(self, "reports", similar)
        if not similar:
            del self.fields["reports"]


class DescribeForm(Kind):
    """What the problem is, and why it happens here."""

    analysis = Words(
        label=_("Why here, why now?"), required=False, widget=words(7),
        help_text=_("The place, who gathers, who is disturbed, who can watch over it, what was tried. Roles, not names."),
    )  # fmt: skip
    areas = Several(label=_("Places"), queryset=Area.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, problem: Problem, areas: QuerySet[Area]) -> None:
        told = {name: getattr(problem, name) for name in ("title", "stage", "severity", "analysis")}
        super().__init__(data, initial=told | {"code": problem.code_id, "areas": problem.areas.all()})
        choose(self, "areas", areas)


class MoveForm(Guarded):
    """In a sentence, why the next step is taken."""

    note = Words(label=_("What did you find?"), widget=words(), help_text=_("One or two sentences for the story of this problem."))


class SolveForm(Guarded):
    """The last step: how it ended, what made it end, and how one knows."""

    outcome = forms.ChoiceField(label=_("How was it solved?"), choices=Outcome.choices, widget=forms.RadioSelect)
    outcome_text = Words(
        label=_("What solved it?"), widget=words(4), help_text=_("So that a colleague with the same problem can do the same.")
    )
    note = Words(
        label=_("How do you know that it has stopped?"), widget=words(), help_text=_("What residents say, what you saw, since when.")
    )


class ReopenForm(Guarded):
    note = Words(label=_("Why is it opened again?"), widget=words())


class NoteForm(Guarded):
    text = Words(
        label=_("What was done or found?"),
        widget=words(4),
        max_length=2000,
        help_text=_("It becomes a line of the story. No names of residents."),
    )


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(label=_("Who holds it from now on?"), queryset=Officer.objects.none(), empty_label=_("Choose"))

    def __init__(self, data: Any = None, *, problem: Problem) -> None:
        super().__init__(data, initial={"owner": problem.owner_id})
        choose(self, "owner", assignable(problem.unit, problem.unit.today()))


class ActionForm(Guarded):
    """Who does what, by when."""

    text = Words(label=_("What is to be done?"), max_length=200)
    officer = forms.ModelChoiceField(label=_("Who does it?"), queryset=Officer.objects.none(), empty_label=_("Choose"))
    due = forms.DateField(label=_("By when?"), widget=a_day())

    def __init__(self, data: Any = None, *, problem: Problem, action: Action | None = None) -> None:
        told = {"text": action.text, "officer": action.officer_id, "due": action.due} if action else {}
        super().__init__(data, initial=told)
        choose(self, "officer", assignable(problem.unit, problem.unit.today()))


class FinishForm(Guarded):
    result = Words(
        label=_("What came of it?"), widget=words(), max_length=2000, help_text=_("One or two sentences. No names of residents.")
    )


class WithdrawForm(Guarded):
    because = Words(label=_("Why is it withdrawn?"), max_length=200)


def places_near(problem: Problem, seen: AreaQuerySet) -> QuerySet[Area]:
    """The places that may be ticked: those of the problem, and those below the same village that the actor sees."""
    villages = {area.path[:10] for area in problem.areas.all()}
    near = Area.objects.none()
    for village in sorted(villages):
        near = near | seen.filter(path__gte=village, path__lt=village + "z")
    return (near | seen.filter(pk__in=problem.areas.values("pk"))).distinct().order_by("path")
