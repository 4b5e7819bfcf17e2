"""What the pages of units and of sub-units may send."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rukun.territory.models import Area
from rukun.territory.rules import SUBUNIT_KINDS, PublicKind, code_of, in_country

LARGEST = 200_000  # bytes: some 5,000 rows, more than any village has
LARGEST_TABLE = 1_000_000
KINDS = [(kind.value, kind.label) for kind in SUBUNIT_KINDS]


class SubunitForm(forms.Form):
    """A jorong, RW or what the people call it."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    name = forms.CharField(label=_("What do people call it?"), max_length=100)


class PlacedSubunitForm(SubunitForm):
    """The same, with the middle of it for whoever knows it."""

    latitude = forms.FloatField(label=_("Latitude"), required=False, help_text=_("Such as -0.4712"))
    longitude = forms.FloatField(label=_("Longitude"), required=False, help_text=_("Such as 100.3521"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude" if longitude is None else "latitude", _("Give both latitude and longitude, or neither."))
        elif latitude is not None and longitude is not None and not in_country(longitude, latitude):
            self.add_error("latitude", _("This point is not in Indonesia. Are latitude and longitude the wrong way round?"))
        return cleaned


class PlaceForm(forms.Form):
    """A public place, and in which part of the village it lies."""

    area = forms.ModelChoiceField(label=_("Where?"), queryset=Area.objects.none(), to_field_name="path", empty_label=None)
    kind = forms.ChoiceField(label=_("What is it?"), choices=PublicKind.choices)
    name = forms.CharField(
        label=_("What do people call it?"), max_length=80, help_text=_("Such as Pasar Pagi or Simpang Tugu. Never a home.")
    )

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # of a ModelChoiceField


class FileForm(forms.Form):
    """A CSV of sub-units."""

    file = forms.FileField(label=_("CSV file"), help_text=_("First line: kind,name. May be followed by latitude,longitude."))

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 200 kB. Split it."))
        return file


class TableForm(forms.Form):
    """A CSV of a whole Polda: of its units, or of its people."""

    file = forms.FileField(label=_("CSV file"), help_text=_("Commas or semicolons, UTF-8. At most 1 MB, some 8,000 rows."))

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TABLE:
            raise forms.ValidationError(_("The file is larger than 1 MB. Split it, or have it brought in at the command line."))
        return file


class UnitForm(forms.Form):
    """A unit's name and telephone."""

    name = forms.CharField(label=_("Name"), max_length=100)
    phone = forms.CharField(label=_("Duty telephone"), max_length=20, required=False)


class FoundForm(UnitForm):
    """A new unit under another."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("As your Polda writes it. It can't be changed later."))
    field_order = ("name", "code", "phone")


class CoverForm(forms.Form):
    """An area for which a unit answers, by its official code."""

    area = forms.CharField(
        label=_("Code of the area"), max_length=13, help_text=_("A district such as 13.06.05, or a village such as 13.06.05.2001")
    )
    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean_area(self) -> Area:
        text = self.cleaned_data["area"]
        try:
            return Area.objects.get(code=code_of(text), valid_until=None)
        except (ValueError, Area.DoesNotExist):
            raise forms.ValidationError(_t("There is no area with the code %s.") % text) from None
