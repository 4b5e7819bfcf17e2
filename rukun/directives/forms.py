"""What a chief may send."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.directives.rules import TEXT
from rukun.fieldwork.models import Code
from rukun.officers.coverage import to_choose_from
from rukun.officers.forms import AreasField
from rukun.territory.models import Area, Unit


class CodeField(forms.ModelChoiceField):
    def label_from_instance(self, code: Code) -> str:
        return f"{code} ({code.pk})"


class IssueForm(forms.Form):
    """What, where, until when."""

    text = forms.CharField(
        label=_("What is to be heeded?"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4, "maxlength": TEXT}),
        help_text=_("One thing, and where. A place and what may happen there; no names, no party, no candidate, no group of people."),
    )  # fmt: skip
    areas = AreasField(
        label=_("For whom?"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who serve in what you tick. Nothing ticked: everybody in the unit."),
    )  # fmt: skip
    code = CodeField(label=_("Kind"), queryset=Code.objects.all(), required=False, empty_label=_("None in particular"))
    last_day = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), help_text=_("90 days at most.")
    )

    def __init__(self, data: Any = None, *, unit: Unit, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        cast(forms.ModelMultipleChoiceField, self.fields["areas"]).queryset = to_choose_from(unit, unit.today())


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Why?"), max_length=200)


class MayBeForm(forms.Form):
    because = forms.CharField(label=_("Why?"), max_length=200, required=False)
