"""What a person chooses for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.notices.models import Choice


def an_hour() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class ChoiceForm(forms.Form):
    """The quiet hours, and an address where this server sends mail."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=an_hour())
    quiet_until = forms.TimeField(label=_("Quiet until"), widget=an_hour())
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=200,
        help_text=_("Your own choice. One letter a day at most, with counts and a link, no content. Leave it empty to remove it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, choice: Choice, mailed: bool) -> None:
        super().__init__(data, initial={name: getattr(choice, name) for name in ("quiet_from", "quiet_until", "email")})
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if not mailed:
            del self.fields["email"]
