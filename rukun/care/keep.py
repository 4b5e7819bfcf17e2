"""From which moment on each kind of data is too old to be kept: the table, made shorter by the setting or longer by the DPO's word."""

from datetime import datetime, timedelta

from django.conf import settings

from rukun.care.models import Longer
from rukun.care.rules import KEEP, shortened


def days(rule: str, now: datetime) -> int:
    longer = Longer.objects.filter(rule=rule, withdrawn_at=None, until__gte=now.date()).values_list("days", flat=True).first()
    return longer or shortened(settings.KEEP).get(rule, KEEP[rule].days)


def before(rule: str, now: datetime) -> datetime:
    """What is older than this goes."""
    return now - timedelta(days=days(rule, now))
