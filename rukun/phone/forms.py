"""What the pages of phones may send."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.forms import ReportForm, VisitForm
from rukun.fieldwork.watched import Guarded, Words
from rukun.phone.rules import Malformed
from rukun.phone.services import carrying


class WhyForm(Guarded):
    why = Words(
        kind="visit",
        label=_("Why must this phone be admitted again?"),
        max_length=200,
        help_text=_("For example: PIN forgotten; found again. The officer, the second person and the auditor can read it."),
    )


class TakenVisit(VisitForm):
    """The form of a visit, for what its officer handed over."""

    nothing = forms.BooleanField(label=_("Nothing was said"), required=False)


class TakenReport(ReportForm):
    """The form of a report, for what its officer handed over."""


class TakenWords(Guarded):
    """What was written to an action or a problem."""

    LABELS = {"note": _("What was done, or seen"), "title": _("In one line"), "analysis": _("Why it happens")}

    def __init__(self, data: Any = None, *, words: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(words))
        for name in words:
            self.fields[name] = Words(
                label=self.LABELS[name], required=name == "title", max_length=120 if name == "title" else 6000,
                widget=forms.TextInput() if name == "title" else forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip


class CarriedForm(forms.Form):
    file = forms.FileField(
        label=_("The file from the phone"), help_text=_("It is called rukun-….json. What is sealed in it is opened by the server alone.")
    )

    def clean_file(self) -> Any:
        """As it came, opened as far as its signature tells whose it is."""
        file = self.cleaned_data["file"]
        if file.size > carrying.MOST_FILE:
            raise forms.ValidationError(_("This file is too large."))
        try:
            return carrying.read(file.read())
        except Malformed as error:
            raise forms.ValidationError(_("This is no file of a phone of rukun, or it was altered on its way.")) from error


class SentenceForm(Guarded):
    sentence = Words(
        kind="visit",
        label=_("In a sentence, to the officer"),
        max_length=300,
        help_text=_("The officer reads it on the phone. For example: the meeting was on Tuesday; correct the day and send it again."),
    )
