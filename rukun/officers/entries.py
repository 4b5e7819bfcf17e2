"""Sign-ins, failures and lockouts come into the book; what was typed never does."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from rukun.access.scope import NOBODY, Actor, Where
from rukun.audit.door import Page, declare_note, note
from rukun.officers.models import Account, Officer

OPENED = declare_note("session.open")
CLOSED = declare_note("session.close")
FAILED = declare_note("session.fail")
LOCKED = declare_note("session.lock")
ENDED = declare_note("session.end")
PASSWORD = declare_note("password.change")
FACTOR_ADDED = declare_note("factor.add")
FACTOR_REMOVED = declare_note("factor.remove")
HAT = declare_note("hat.change")
DOOR = Page("sign-in")


def listen() -> None:
    user_logged_in.connect(opened, dispatch_uid="officers.opened")
    user_logged_out.connect(closed, dispatch_uid="officers.closed")
    user_login_failed.connect(failed, dispatch_uid="officers.failed")
    authentication_failed.connect(failed_proof, dispatch_uid="officers.failed_proof")
    user_locked_out.connect(locked, dispatch_uid="officers.locked")
    password_changed.connect(changed, dispatch_uid="officers.password")
    authenticator_added.connect(added, dispatch_uid="officers.factor_added")
    authenticator_reset.connect(added, dispatch_uid="officers.factor_reset")
    authenticator_removed.connect(removed, dispatch_uid="officers.factor_removed")


def opened(request: HttpRequest | None, user: Account, **_: Any) -> None:
    records = request.session.get("account_authentication_methods", []) if request else []
    say(user, OPENED, by=" + ".join(record.get("type") or record["method"] for record in records))


def closed(user: Account | None, **_: Any) -> None:
    if user is not None:
        say(user, CLOSED)


def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Each failed try at a known account; those at unknown ones once an hour: people type passwords into the wrong field."""
    if getattr(request, "axes_locked_out", False):
        return  # it is in the book that this door is shut; that someone goes on knocking need not be
    if officer := known(credentials.get("username", "")):
        note(NOBODY, FAILED, officer)
    else:
        note(NOBODY, FAILED, DOOR, once_per_hour=True)


def failed_proof(user: Account, **_: Any) -> None:
    note(NOBODY, FAILED, known(user.nrp) or DOOR, by="code")


def locked(username: str | None, **_: Any) -> None:
    note(NOBODY, LOCKED, known(username or "") or DOOR, once_per_hour=True)


def changed(user: Account, **_: Any) -> None:
    say(user, PASSWORD)


def added(user: Account, authenticator: Any, **_: Any) -> None:
    say(user, FACTOR_ADDED, kind=authenticator.type)


def removed(user: Account, authenticator: Any, **_: Any) -> None:
    say(user, FACTOR_REMOVED, kind=authenticator.type)


def say(account: Account, name: str, **details: Any) -> None:
    officer = Officer.objects.select_related("unit").filter(account=account).first()
    if officer is None:
        note(Actor(f"account:{account.pk}", account_id=account.pk), name, Page(f"account {account.pk}"), **details)
    else:
        note(Actor(f"officer:{officer.pk}", officer_id=officer.pk, account_id=account.pk), name, Page("sign-in", place(officer)), **details)


def place(officer: Officer) -> Where:
    return Where((), unit=officer.unit.path, author=officer.pk)


def known(nrp: str) -> Officer | None:
    return Officer.objects.select_related("unit").filter(account__nrp=nrp.strip()).first() if nrp else None
