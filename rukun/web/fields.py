"""Form fields that all rooms use where Django's own would stumble over what a browser, or a bad hand, may send."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet


class Several(forms.ModelMultipleChoiceField):
    """Some of many. A key no database can hold is a wrong choice like any other, not an error of the machine."""

    def clean(self, value: Any) -> QuerySet:
        try:
            return super().clean(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from None
