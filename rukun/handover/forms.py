"""What is passed on, and to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.models import Promise
from rukun.fieldwork.watched import Guarded, Words
from rukun.handover.held import Held
from rukun.officers.models import Officer
from rukun.problems.models import Action, Problem
from rukun.web.fields import Several


class PromisesField(Several):
    def label_from_instance(self, promise: Promise) -> str:
        return f"{promise.text} ({promise.visit.place or promise.visit.area})"


class ActionsField(Several):
    def label_from_instance(self, action: Action) -> str:
        return f"{action.text} ({action.problem.title})"


class ProblemsField(Several):
    def label_from_instance(self, problem: Problem) -> str:
        return problem.title


class GiveForm(Guarded):
    """Everything is ticked: what is left out stays where it is."""

    taker = forms.ModelChoiceField(label=_("Who takes it over?"), queryset=Officer.objects.none(), empty_label=_("Choose"))
    promises = PromisesField(
        label=_("Promises to residents"), queryset=Promise.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = ActionsField(label=_("Actions"), queryset=Action.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    problems = ProblemsField(label=_("Problems"), queryset=Problem.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    note = Words(
        kind="visit", label=_("What should the next one know?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Places, habits, who to call at the nagari office. No names of residents."),
    )  # fmt: skip

    def __init__(self, *args: Any, held: Held, takers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers  # type: ignore[attr-defined]  # of a ModelChoiceField
        for name, model, rows in (
            ("promises", Promise, held.promises),
            ("actions", Action, held.actions),
            ("problems", Problem, held.problems),
        ):
            keys = [row.pk for row in rows]
            self.initial[name] = keys
            if keys:
                related = {"promises": ("visit__area",), "actions": ("problem__unit",), "problems": ("unit",)}[name]
                self.fields[name].queryset = model.objects.filter(pk__in=keys).select_related(*related)  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def things(self) -> Held:
        return Held(*(list(self.cleaned_data.get(name) or ()) for name in ("promises", "actions", "problems")))
