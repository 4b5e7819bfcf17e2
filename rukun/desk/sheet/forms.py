"""What a sheet may be sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.desk.services import LONGEST
from rukun.desk.sheet.rules import DECISIONS


class DecisionsForm(forms.Form):
    """Up to three decisions, in one's own words; what is left empty is left out."""

    def __init__(self, data: Any = None, *, texts: list[str]) -> None:
        super().__init__(data, initial={f"putusan{number}": text for number, text in enumerate(texts, 1)})
        for number in range(1, DECISIONS + 1):
            self.fields[f"putusan{number}"] = forms.CharField(
                label=_("Decision %d") % number,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
            )

    @property
    def texts(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]
