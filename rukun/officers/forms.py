"""Parses what people type at the door and about those who serve."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rukun.lib import clock
from rukun.officers.models import Absence, Invite
from rukun.officers.rules import FIELD_ROLES, RANKS, Role, fits, gives, is_nrp
from rukun.territory.models import Area, Unit
from rukun.web.fields import Several

DIGITS = {"inputmode": "numeric"}
PASSWORD_HINT = _("At least 12 characters. Three or four words that only you put together are easy to keep.")


class Plain(forms.Form):
    """Our words on a form that the sign-in library brings: a label above, nothing inside the field."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label, ""))


class SignIn(Plain, LoginForm):
    words = {"login": (_("NRP"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(DIGITS | {"autocomplete": "username", "maxlength": "8"})


class AgainByPassword(Plain, ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class NewPassword(Plain, ChangePasswordForm):
    words = {
        "oldpassword": (_("Your present password"), ""), "password1": (_("New password"), PASSWORD_HINT), "password2": (_("The new password once more"), ""),
    }  # fmt: skip


class Code(Plain, AuthenticateForm):
    words = {"code": (_("Code"), _("Six digits from the app, or one of your recovery codes."))}


class AgainByCode(Plain, ReauthenticateByCodeForm):
    words = Code.words


class FirstCode(Plain, ActivateTOTPForm):
    words = {"code": (_("Six digits that the app shows now"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(DIGITS)


class AddPasskey(Plain, AddWebAuthnForm):
    """Always a passkey: it asks for the finger, the face or the PIN of its phone, so it needs no password beside it."""

    words = {"name": (_("What do you call it?"), _("“My phone”, “the computer of the office”: so that you know it again in the list."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean() or {}


class NamePasskey(Plain, EditWebAuthnForm):
    words = {"name": (_("What do you call it?"), "")}


class UseSheet(forms.Form):
    """The first sign-in, with a sheet in hand."""

    nrp = forms.CharField(label=_("NRP"), max_length=8, widget=forms.TextInput(DIGITS | {"autocomplete": "username"}))
    code = forms.CharField(
        label=_("Code on the sheet"), help_text=_("Four groups of four. Capitals and spaces do not matter."), max_length=32,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    password1 = forms.CharField(
        label=_("Your new password"), help_text=PASSWORD_HINT, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("The new password once more"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    sheet: Invite

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sheet = Invite.objects.matching(given.get("nrp", ""), given.get("code", ""), clock.now())
        if "nrp" in given and "code" in given and sheet is None:
            self.add_error("code", _("This NRP and this code open nothing. A sheet works once, for 14 days; ask your unit for a new one."))
        if given.get("password1") and given["password1"] != given.get("password2"):
            self.add_error("password2", _("The two passwords differ. Please type it once more."))
        elif given.get("password1") and sheet is not None:
            self.sheet = sheet
            try:
                validate_password(given["password1"], sheet.account)
            except ValidationError as weak:
                self.add_error("password1", weak)
        return given


def day(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=hint, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class PersonForm(forms.Form):
    """Who serves: name, rank, function, home unit."""

    name = forms.CharField(label=_("Name"), max_length=100)
    rank = forms.ChoiceField(label=_("Rank"), choices=[("", _("Choose")), *((rank, rank) for rank in RANKS)])
    function = forms.CharField(
        label=_("Function"), max_length=40, required=False, help_text=_("Binmas, Satlantas, Samapta, Reskrim and so on.")
    )
    unit = forms.ModelChoiceField(label=_("Home unit"), queryset=Unit.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # of a ModelChoiceField


class EnrolForm(PersonForm):
    nrp = forms.CharField(label=_("NRP"), max_length=8, help_text=_("8 digits; a leading zero counts."), widget=forms.TextInput(DIGITS))
    field_order = ("nrp", "name", "rank", "function", "unit")

    def clean_nrp(self) -> str:
        nrp = self.cleaned_data["nrp"].strip()
        if not is_nrp(nrp):
            raise ValidationError(_("An NRP has 8 digits: year and month of birth, then four more. Please check it."))
        return nrp


class AreasField(Several):
    """Areas to tick, each with its kind: a district and a village often share a name."""

    def label_from_instance(self, area: Area) -> str:
        return f"{area}, {area.get_kind_display()}"


class AssignForm(forms.Form):
    """A role, in areas, from a day until a day, by an order."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    areas = AreasField(
        label=_("Areas"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Field officers need at least one. For others, none ticked means everything that the unit covers."),
    )  # fmt: skip
    valid_from = day(_("From"))
    valid_until = day(_("Until and including"), required=False, hint=_("Stays empty if no end is set."))
    basis = forms.CharField(label=_("Number of the order"), max_length=80, required=False)

    def __init__(self, *args: Any, giver: str, unit: Unit, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, role.label) for role in Role if gives(giver, role) and fits(role, unit.kind)]  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]  # of a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in FIELD_ROLES and not given.get("areas"):
            self.add_error("areas", _("An officer in the field serves named areas: please tick at least one."))
        return given


class EndForm(forms.Form):
    """The last day of a role, and why."""

    last = day(_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AbsenceForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why"), choices=Absence.Reason, widget=forms.RadioSelect, help_text=_("One word is enough; more is nobody's business.")
    )
    valid_from = day(_("First day away"))
    valid_until = day(_("First day back"), required=False, hint=_("Stays empty while it is not known."))


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("What happened?"), max_length=200, help_text=_("For example: phone lost on the way to Guguak. It is kept in the book.")
    )


class FindForm(forms.Form):
    """The list of people, narrowed."""

    q = forms.CharField(required=False)
    area = forms.IntegerField(required=False)
    term = forms.IntegerField(required=False)


def first_day_after(last: date) -> date:
    """People say the last day of a term; the table keeps the first day after it."""
    return last + timedelta(days=1)
