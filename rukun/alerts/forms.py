"""What the pages of an alert may send."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rukun.alerts.rules import Kind, Verdict
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import Severity
from rukun.fieldwork.watched import Guarded, Words
from rukun.officers.models import Officer
from rukun.problems.models import Problem
from rukun.problems.services import assignable
from rukun.territory.models import Unit

NEW, NONE = "baru", "tidak"
HINTS = {
    Verdict.TRUE: _("something has to be done; it becomes a problem"),
    Verdict.PARTLY: _("there is something, but smaller or other"),
    Verdict.FALSE: _("chance, or miscounted"),
    Verdict.KNOWN: _("join it to the problem that stands"),
    Verdict.UNCLEAR: _("somebody looked, and it cannot be told"),
}
OF_SILENCE = {
    Verdict.TRUE: _("nobody came or nobody reported: a blind spot"),
    Verdict.PARTLY: _("quieter than it should be, for a reason"),
    Verdict.FALSE: _("people were there, and nothing was missing"),
    Verdict.KNOWN: _("it is known why, and somebody sees to it"),
    Verdict.UNCLEAR: _("somebody looked, and it cannot be told"),
}


def verdicts(kind: str) -> list[tuple[str, Any]]:
    hints = OF_SILENCE if kind == Kind.SILENCE else HINTS
    return [(verdict.value, format_html("{} <small>{}</small>", verdict.label, hints[verdict])) for verdict in Verdict]


class CodeField(forms.ModelChoiceField):
    def label_from_instance(self, code: Code) -> str:
        return f"{code} ({code.pk})"


class SecondForm(Guarded):
    """A verdict with its reason, by somebody who does not know the first."""

    verdict = forms.ChoiceField(label=_("Was it right?"), widget=forms.RadioSelect)
    reason = Words(
        label=_("What was found, in a sentence or two"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("What was there, or was not; the place and the matter, no names of persons."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, kind: str, **options: Any) -> None:
        super().__init__(data, **options)
        cast(forms.ChoiceField, self.fields["verdict"]).choices = verdicts(kind)


class VerdictForm(SecondForm):
    """What somebody found who looked; where something has to be done, with the problem in which it is done."""

    problem = forms.ChoiceField(label=_("In which problem does it go on?"), widget=forms.RadioSelect, required=False)
    title = Words(label=_("The new problem in one line"), max_length=120, required=False, help_text=_("What keeps happening, and where."))
    code = CodeField(label=_("Kind"), queryset=Code.objects.all(), required=False, empty_label=_("Choose"))
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any = None, *, kind: str, known: list[Problem], opens: bool, initial: dict[str, Any] | None = None) -> None:
        said = {"problem": str(known[0].pk) if known else NEW if opens else NONE, "severity": int(Severity.MODERATE)} | (initial or {})
        super().__init__(data, kind=kind, initial=said)
        self.known, self.opens = {str(problem.pk): problem for problem in known}, opens
        ways: list[tuple[str, Any]] = [
            (str(problem.pk), format_html("{} <small>{}</small>", problem.title, problem.number)) for problem in known
        ]
        ways += [(NEW, _("a new one"))] if opens else []
        cast(forms.ChoiceField, self.fields["problem"]).choices = [*ways, (NONE, _("in none"))]
        if not opens:
            for name in ("title", "code", "severity"):
                del self.fields[name]
        if not opens and not known:
            del self.fields["problem"]

    def clean(self) -> dict[str, Any]:
        said, way = super().clean() or self.cleaned_data, self.cleaned_data.get("problem") or NONE
        if "problem" in self.fields and said.get("verdict") == Verdict.TRUE and way == NONE:
            self.add_error("problem", gettext("It was right, so it goes on: choose a problem, or open a new one."))
        if self.opens_one and not said.get("title") and "title" not in self.errors:
            self.add_error("title", gettext("Say in one line what the problem is."))
        if self.opens_one and not said.get("code") and "code" not in self.errors:
            self.add_error("code", gettext("Choose a kind."))
        return said

    @property
    def opens_one(self) -> bool:
        return self.opens and self.cleaned_data.get("problem") == NEW and self.cleaned_data.get("verdict") in (Verdict.TRUE, Verdict.PARTLY)

    def deed(self) -> dict[str, Any]:
        """As the act wants it."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in ("verdict", "reason")}
        if said["verdict"] in (Verdict.TRUE, Verdict.PARTLY, Verdict.KNOWN):
            said["problem"] = self.known.get(self.cleaned_data.get("problem", ""))
        if self.opens_one:
            code = self.cleaned_data["code"]
            said |= {
                "title": self.cleaned_data["title"],
                "code": code.pk,
                "severity": self.cleaned_data.get("severity") or int(Severity.MODERATE),
            }
        return said


class LookForm(Guarded):
    text = Words(
        label=_("What did you see there?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Also that nothing was to be seen. The place and the matter, no names of persons."),
    )  # fmt: skip


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(label=_("Who goes and looks?"), queryset=Officer.objects.none(), empty_label=_("Choose"))

    def __init__(self, data: Any = None, *, unit: Unit, owner: Officer | None) -> None:
        super().__init__(data, initial={"owner": owner.pk if owner else None})
        rows: QuerySet[Officer] = assignable(unit, unit.today())
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = rows


class BudgetForm(forms.Form):
    budget = forms.IntegerField(
        label=_("Alerts a year that we can look into"), min_value=1, max_value=120,
        help_text=_("Of what is more than usual. Urgent reports and quiet places do not count. Twelve is one a month."),
    )  # fmt: skip


class LoadForm(forms.Form):
    """Whose load, over how many days."""

    satuan = forms.ChoiceField(label=_("Unit"))
    hari = forms.TypedChoiceField(label=_("Period"), choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days"))], coerce=int)

    def __init__(self, data: Any, *, units: list[Unit]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["satuan"]).choices = [(unit.path, str(unit)) for unit in units]
