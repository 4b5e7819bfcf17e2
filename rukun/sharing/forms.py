"""What the pages of sharing may send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.sharing.rules import wording
from rukun.sharing.rules.reading import MOST
from rukun.sharing.rules.wording import LONGEST, Kind


class WordingForm(forms.Form):
    """How a unit words a visit or a report."""

    text = forms.CharField(
        label=_("Wording"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("*bold* and _slanted_ as in WhatsApp. A line of which every blank is empty is left out by itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := wording.faults(text.replace("\r\n", "\n"), self.kind):
            raise forms.ValidationError(found)
        return text


class PasteForm(forms.Form):
    """A text from WhatsApp; it fills a form, and is not kept."""

    text = forms.CharField(
        label=_("The text"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Hold a message in WhatsApp, choose Copy, and paste it here."),
    )  # fmt: skip
    jenis = forms.ChoiceField(choices=Kind.choices, required=False, widget=forms.HiddenInput)
    latihan = forms.BooleanField(label=_("This is practice: counted nowhere, sent to nobody"), required=False)

    def clean_jenis(self) -> str:
        return self.cleaned_data["jenis"] or Kind.VISIT
