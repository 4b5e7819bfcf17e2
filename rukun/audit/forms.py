"""What the page of the book may be asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.audit import words


class SearchForm(forms.Form):
    """Which entries: of one act, about one thing, older than one entry."""

    act = forms.ChoiceField(label=_("What was done"), required=False)
    thing = forms.CharField(
        label=_("About what"), required=False, max_length=120, help_text=_("As an entry writes it, for example problems.problem:7")
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        acts = sorted(((act, str(word)) for act, word in words.DID.items()), key=lambda choice: choice[1])
        self.fields["act"].choices = [("", _("anything")), *((act, word[:1].upper() + word[1:]) for act, word in acts)]  # type: ignore[attr-defined]
