"""Fields that the forms of the field share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.fieldwork.models import Code
from rukun.territory.models import Area


class AreaField(forms.ModelChoiceField):
    """One of my places: sub-units first, each under its village."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Area.objects.none(), to_field_name="path", empty_label=_("Choose"), **kwargs)

    def label_from_instance(self, area: Area) -> str:
        return f"{area.parent.name} · {area.name}" if area.level == 5 and area.parent else area.name

    def offer(self, actor: Actor, permission: str) -> None:
        self.queryset = (
            Area.objects.within(actor, permission)
            .filter(level__gte=4, valid_until=None)
            .select_related("parent")
            .order_by("-level", "path")
        )


class CodeField(forms.ModelChoiceField):
    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(queryset=Code.objects.all(), empty_label=_("Not sure"), required=required, **kwargs)

    def label_from_instance(self, code: Code) -> str:
        return f"{code} ({code.pk})"


def a_day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def a_clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})
