"""What is too old to be kept of those who sign in and serve: sheets, absences, sessions, attempts with their addresses."""

from datetime import date, datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import Q

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.officers.models import Absence, Invite

AT_ONCE = 2000


@act("sheet.expire", records=("before",))
def expire_sheets(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    """Sign-in sheets that were used, or ran out, long ago; the book has who asked for them."""
    done = Q(used_at__lt=before) | Q(used_at=None, expires_at__lt=before)
    rows = list(Invite.objects.filter(done).select_related("account__officer__unit").order_by("pk")[:AT_ONCE])
    Invite.objects.filter(pk__in=[sheet.pk for sheet in rows]).delete()
    return Many(rows) if rows else None


@act("absence.expire", records=("before",))
def expire_absences(actor: Actor, subject: None = None, *, before: date) -> Many | None:
    rows = list(Absence.objects.filter(valid_until__lt=before).select_related("officer__unit").order_by("pk")[:AT_ONCE])
    Absence.objects.filter(pk__in=[absence.pk for absence in rows]).delete()
    return Many(rows) if rows else None


def forget_sessions(now: datetime, before: datetime) -> None:
    """The libraries' own tables: sessions that ran out, and the addresses that allauth noted beside them."""
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.filter(last_seen_at__lt=before).delete()


def forget_attempts(before: datetime) -> None:
    for log in (AccessAttempt, AccessFailureLog, AccessLog):
        log.objects.filter(attempt_time__lt=before).delete()
