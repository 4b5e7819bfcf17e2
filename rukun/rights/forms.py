"""What the pages of the request desk may send."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.rights.rules import Decision, Kind, Outcome


class ReceiveForm(forms.Form):
    kind = forms.ChoiceField(label=_("What do they ask?"), choices=Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Their name, as it may stand in the records"), min_length=3, max_length=120,
        help_text=_("Look at their identity card, and write no number down. The name is forgotten when you answer."),
    )  # fmt: skip
    contact = forms.CharField(label=_("How do you answer them?"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What they ask, in their words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    day = forms.DateField(label=_("Received on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    clock = forms.TimeField(label=_("About what time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def arguments(self, zone: ZoneInfo) -> dict[str, Any]:
        data = self.cleaned_data
        told = {name: data[name] for name in ("kind", "name", "contact", "words")}
        return told | {"received_at": datetime.combine(data["day"], data["clock"], zone)}


class DecideForm(forms.Form):
    decision = forms.ChoiceField(choices=Decision.choices)
    reason = forms.CharField(max_length=300, required=False)


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    article = forms.CharField(label=_("On which article, if it is refused"), max_length=120, required=False)
    answer = forms.CharField(
        label=_("The answer, as the letter says it. No name is needed."), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
