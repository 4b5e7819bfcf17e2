"""Fields that the forms of the field share."""

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor, inside
from rukun.fieldwork.models import Code
from rukun.fieldwork.services.shared import roots_of
from rukun.officers.models import Officer
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

    def narrow(self, officer: Officer) -> None:
        """To the places where this officer serves: an operator is offered no other."""
        there = Q(pk__in=[])
        for root in roots_of(officer, officer.unit.today()):
            there |= inside("path", root)
        self.queryset = cast(QuerySet[Area], self.queryset).filter(there)
        self.error_messages = self.error_messages | {"invalid_choice": gettext("%s does not serve in this place.") % officer}


class CodeField(forms.ModelChoiceField):
    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(queryset=Code.objects.all(), empty_label=_("Not sure"), required=required, **kwargs)

    def label_from_instance(self, code: Code) -> str:
        return f"{code} ({code.pk})"


def a_day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def a_clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})
