"""How the sign-in library behaves in this house: nobody signs up, nothing is mailed, secrets are kept sealed."""

import base64
import hashlib
from functools import cache
from io import BytesIO
from ipaddress import ip_address
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rukun.officers.models import Account, Officer

SAID_BY_THE_PAGE = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


def client_ip(request: HttpRequest) -> str:
    """Who knocks. Behind HTTPS our own proxy stands before us and names the caller; without it, nobody's word is taken."""
    named = request.headers.get("X-Real-IP", "") if settings.HTTPS else ""
    try:
        return str(ip_address(named.strip()))
    except ValueError:
        return request.META.get("REMOTE_ADDR", "127.0.0.1")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("This NRP and this password do not belong together. Please check both."),
        "too_many_login_attempts": _("Too many tries in a short time. Please wait five minutes."),
        "rate_limited": _("Too many tries in a short time. Please wait five minutes."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it has run out. Take the one that is shown now."),
        "enter_current_password": _("This is not your present password."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        return username.strip()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("officers:me")

    def add_message(self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **kwargs: Any) -> None:
        if message_template not in SAID_BY_THE_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """This house sends no mail."""


class Factors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": Adapter.error_messages["incorrect_code"]}

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make(url).save(drawn, kind="svg", scale=5, border=4, light="white", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        return _now("This phone or computer")

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        officer = Officer.objects.filter(account=user).first()
        return super().get_public_key_credential_user_entity(user) | {"display_name": str(officer or user.nrp), "name": user.nrp}

    def encrypt(self, text: str) -> str:
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal().decrypt(encrypted_text.encode()).decode()


@cache
def seal() -> Fernet:
    """A key of its own, beside the database and not in it: who takes the one alone has no second factor of anybody."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.FACTORS_KEY.encode()).digest()))
