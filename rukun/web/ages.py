"""How long ago and how soon, in the words people use; pure."""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR = 60, 3600


def ago(moment: datetime | date, now: datetime) -> str:
    """ "42 minutes ago", "yesterday", "12 days ago"; both in the same zone. A day alone is told in days."""
    days = (now.date() - day_of(moment)).days
    if isinstance(moment, datetime) and days <= 1:
        seconds = (now - moment).total_seconds()
        if seconds < MINUTE:
            return _("just now")
        if seconds < HOUR:
            return ngettext("%d minute ago", "%d minutes ago", int(seconds // MINUTE)) % int(seconds // MINUTE)
        if days == 0:
            return ngettext("%d hour ago", "%d hours ago", int(seconds // HOUR)) % int(seconds // HOUR)
        return _("last night") if moment.hour >= 18 > now.hour else _("yesterday")
    return past_days(days, moment)


def past_days(days: int, moment: datetime | date) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= 60:
        return ngettext("%d day ago", "%d days ago", days) % days
    return formats.date_format(moment, "j M Y")


def late(moment: datetime | date, now: datetime) -> str:
    """ "2 days late": how long a day by which something was to be done has been over."""
    days = (now.date() - day_of(moment)).days
    return ngettext("%d day late", "%d days late", days) % days if days else _("late today")


def ahead(moment: datetime | date, now: datetime) -> str:
    """ "today", "tomorrow", "in 14 days"."""
    days = (day_of(moment) - now.date()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %d day", "in %d days", days) % days


def day_of(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
