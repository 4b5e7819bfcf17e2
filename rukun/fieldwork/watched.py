"""Fields for free text: read by the guard while one types, and before they are kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rukun import guard

TAKE = "pakai"  # the button that puts the offered text into its field: its value is the field's name


class Words(forms.CharField):
    """What somebody writes. Identities are replaced; where persons are the subject it is not taken, and other words are offered."""

    def __init__(self, *, kind: str = "report", **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind
        self.known: frozenset[str] = frozenset()  # what is listed by this name already is called so

    def read(self, text: Any) -> guard.Reading:
        if text in self.known:
            return guard.Reading(clean=str(text), offered=str(text))
        return guard.read(str(text or ""), kind=self.kind)

    def clean(self, value: Any) -> str:
        reading = self.read(super().clean(value))
        if reading.refused:
            raise forms.ValidationError([sentence for found, sentence in told(reading) if found == "refused"], code="persons")
        self.run_validators(reading.clean)  # a placeholder may be longer than what it stands for
        return reading.clean

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> "WordsBound":
        return WordsBound(form, self, field_name)


class WordsBound(BoundField):
    """Such a field on a page: what the guard says of it stands beneath."""

    field: Words

    @property
    def watch(self) -> dict[str, str]:
        """Asks the guard when one pauses; posted, so that no text stands in an address or a log."""
        return {
            "hx-post": f"{reverse('fieldwork:hint')}?jenis={self.field.kind}&nama={self.html_name}",
            "hx-trigger": "input changed delay:700ms",
            "hx-params": self.html_name,
            "hx-target": f"#{self.auto_id}-jaga",
            "hx-sync": "this:replace",
        }

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> SafeString:
        return super().as_widget(widget, {**self.watch, **(attrs or {})}, only_initial)

    @property
    def beneath(self) -> SafeString:
        """Shown under the control: the hint, and on a page that came back, what is offered."""
        shown = hint(self.field.read(self.value()), self.html_name) if self.form.is_bound else {}
        taken = TAKEN if getattr(self.form, "taken", "") == self.html_name else ""
        return render_to_string(
            "fieldwork/_watched.html", {"anchor": f"{self.auto_id}-jaga", "taken": taken, "said": bool(self.errors)} | shown
        )


def told(reading: guard.Reading) -> Iterable[tuple[str, Promise]]:
    """Each sentence of a reading once, with what it is: replaced, refused, or said."""
    for kind in dict.fromkeys(found.kind for found in reading.findings):
        one = next(found for found in reading.findings if found.kind == kind)
        yield ("replaced" if one.replaced else "refused" if one.refused else kind), one.sentence


def hint(reading: guard.Reading, name: str) -> dict[str, Any]:
    """What the fragment under a field says."""
    lines = list(told(reading))
    return {
        "name": name, "refused": [line for what, line in lines if what == "refused"], "offered": reading.offered if reading.refused else None,
        "replaced": [line for what, line in lines if what == "replaced"], "clean": reading.clean, "emergency": reading.emergency,
        "money": reading.election_money, "empty": reading.empty,
    }  # fmt: skip


class Guarded(forms.Form):
    """A form with such fields. Where the offered text was taken, it comes back with it, to be read once more and sent."""

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        self.taken = data.get(TAKE, "") if data else ""
        super().__init__(data, *args, **options)

    def full_clean(self) -> None:
        field = self.fields.get(self.taken)
        if self.is_bound and isinstance(field, Words) and isinstance(self.data, MultiValueDict):
            self.data = self.data.copy()
            self.data[self.taken] = field.read(self.data.get(self.taken)).offered
        super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.taken

    def readings(self) -> dict[str, guard.Reading]:
        """What the guard says of each text as it was typed."""
        return {name: field.read(self[name].data) for name, field in self.fields.items() if isinstance(field, Words)}

    def tell(self, request: HttpRequest) -> None:
        """After it was kept: says what was replaced."""
        for sentence in self.replaced():
            messages.info(request, str(sentence))

    def replaced(self) -> list[Promise]:
        """What will not be kept as it was typed, each kind once."""
        every = [line for reading in self.readings().values() for what, line in told(reading) if what == "replaced"]
        return list(dict.fromkeys(every))


TAKEN = _("The offered text stands in the field now. Read it once more, then send.")
