"""What is signed in: the sessions of an account, ended all at once, and what it proves itself with."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from rukun.officers.models import Account


def end_all(account: Account, besides: str = "") -> int:
    """Ends every session but one; says how many."""
    rows = list(UserSession.objects.filter(user=account).exclude(session_key=besides))
    for row in rows:
        row.end()
    return len(rows)


def forget_factors(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()


def has_second_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
