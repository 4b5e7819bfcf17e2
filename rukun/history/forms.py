"""What the pages of history may send: how the list is narrowed, and why a file is withdrawn."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.models import Code
from rukun.history.rules import Channel


class FindForm(forms.Form):
    """The list, narrowed by kind and channel."""

    kode = forms.ModelChoiceField(label=_("Kind"), queryset=Code.objects.none(), required=False, empty_label=_("all kinds"))
    saluran = forms.ChoiceField(label=_("Where it comes from"), required=False)

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kode"].queryset = Code.objects.filter(pk__in=codes)  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["saluran"].choices = [("", _("everything")), *Channel.choices]  # type: ignore[attr-defined]  # of a ChoiceField


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=200, help_text=_("For example: the dates were of another year. It is kept in the book.")
    )


def period_of(text: str) -> tuple[date, date] | None:
    """The days of "2021" or "2021-05", from the first to the first no longer in it."""
    year, _dash, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1900 < int(year) < 2200):
        return None
    if not month:
        return date(int(year), 1, 1), date(int(year) + 1, 1, 1)
    if not (month.isascii() and month.isdigit() and len(month) == 2 and 1 <= int(month) <= 12):
        return None
    first = date(int(year), int(month), 1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)
