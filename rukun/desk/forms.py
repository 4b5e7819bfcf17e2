"""What the pages of the desk may be asked."""

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


class MapForm(forms.Form):
    """Which reports and problems the map shows."""

    hari = forms.TypedChoiceField(label=_("Period"), choices=PERIODS, coerce=int)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    tahap = forms.ChoiceField(label=_("Stage"), choices=[("", _("All stages")), *Stage.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for code in Code.objects.all():
            codes.setdefault(code.group, []).append((code.pk, f"{code} ({code.pk})"))
        each = [(GROUPS.get(group, group), [(group, _("All of: %s") % GROUPS.get(group, group)), *some]) for group, some in codes.items()]
        self.fields["jenis"].choices = [("", _("All kinds")), *each]  # type: ignore[attr-defined]  # a choice field
