"""What may be sent in reply to a record: an assessment, an answer, what became of a promise, why notes are read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.fields import CodeField
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import CONTENT_GRADES, SOURCE_GRADES, AnswerKind, Severity, Stage
from rukun.fieldwork.watched import Guarded, Words
from rukun.web.fields import Several


class KeepForm(Guarded):
    outcome = Words(kind="visit", label=_("What came of it?"), max_length=200)


class ReasonForm(Guarded):
    reason = Words(
        kind="visit",
        label=_("Why do you need to read these notes?"),
        max_length=200,
        help_text=_("The officer and the auditor can read your reason."),
    )


class AssessForm(forms.Form):
    """How far, how heavy, what."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, widget=forms.RadioSelect)
    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int, widget=forms.RadioSelect)
    code = CodeField(label=_("Kind"), required=True, error_messages={"required": _("Choose what kind it is.")})
    other_codes = Several(label=_("Also (two at most)"), queryset=Code.objects.all(), required=False)
    source_grade = forms.ChoiceField(
        label=_("The source, A to F"), choices=[("", "–"), *((grade, grade) for grade in SOURCE_GRADES)], required=False
    )
    content_grade = forms.ChoiceField(
        label=_("The content, 1 to 6"), choices=[("", "–"), *((grade, grade) for grade in CONTENT_GRADES)], required=False
    )

    def clean_other_codes(self) -> Any:
        if len(codes := self.cleaned_data["other_codes"]) > 2:
            raise forms.ValidationError(_("Two further kinds at most."))
        return codes


class AnswerForm(Guarded):
    kind = forms.ChoiceField(label=_("What was done?"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    forwarded_to = Words(
        label=_("Forwarded to"), max_length=80, required=False, help_text=_("Only where you forward it: which agency or unit.")
    )
    text = Words(label=_("One sentence for whoever reported it"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == AnswerKind.FORWARDED and not data.get("forwarded_to", "").strip():
            self.add_error("forwarded_to", _("Say to whom it was forwarded."))
        return data
