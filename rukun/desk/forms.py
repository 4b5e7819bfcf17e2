"""What the pages of the desk may be asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import Stage

PERIODS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("one year")))
GROUPS = {
    "CRM": _("Crime"), "VUL": _("People at risk"), "ORD": _("Public order"), "CON": _("Disputes and conflict"), "ELC": _("Elections"),
    "CYB": _("Online"), "ENV": _("Nature, roads and environment"), "SVC": _("Services"),
}  # fmt: skip


REPORTED, PAST = "laporan", "riwayat"


class MapForm(forms.Form):
    """What the map shows: reports and problems of the last days, or what others recorded, year by year."""

    isi = forms.ChoiceField(label=_("What it shows"), required=False)
    hari = forms.TypedChoiceField(label=_("Period"), choices=PERIODS, coerce=int)
    tahun = forms.ChoiceField(label=_("Year"), required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    tahap = forms.ChoiceField(label=_("Stage"), choices=[("", _("All stages")), *Stage.choices], required=False)

    def __init__(self, *args: Any, years: Iterable[str] | None = None, past: bool = False, **kwargs: Any) -> None:
        """`years` of which others recorded something; none: this hat does not see it."""
        super().__init__(*args, **kwargs)
        del self.fields["hari" if past else "tahun"]
        if years is None:
            del self.fields["isi"]
        else:
            self.fields["isi"].choices = [(REPORTED, _("Reports and problems")), (PAST, _("What others recorded"))]  # type: ignore[attr-defined]
        if past:
            self.fields["tahun"].choices = [("", _("All years")), *((year, year) for year in years or ())]  # type: ignore[attr-defined]
        codes: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for code in Code.objects.all():
            codes.setdefault(code.group, []).append((code.pk, f"{code} ({code.pk})"))
        each = [(GROUPS.get(group, group), [(group, _("All of: %s") % GROUPS.get(group, group)), *some]) for group, some in codes.items()]
        self.fields["jenis"].choices = [("", _("All kinds")), *each]  # type: ignore[attr-defined]  # a choice field
