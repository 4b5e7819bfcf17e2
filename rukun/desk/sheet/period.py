"""A day, a week or a month of a unit, and the one before it to compare with; pure, no query in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

DAY, WEEK, MONTH = "hari", "minggu", "bulan"
SPANS = (DAY, WEEK, MONTH)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included, on the clock of a unit."""

    span: str
    first: date
    last: date
    zone: str

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), ZoneInfo(self.zone))

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.zone))

    def until(self, now: datetime) -> datetime:
        """As far as anything is known: its end, or this moment while it runs."""
        return min(self.ends, max(now, self.begins))

    def runs(self, now: datetime) -> bool:
        return now < self.ends

    @property
    def before(self) -> "Period":
        return of(self.span, self.first - timedelta(days=1), self.zone)

    @property
    def after(self) -> "Period":
        return of(self.span, self.last + timedelta(days=1), self.zone)

    def same_share(self, now: datetime) -> datetime:
        """The moment of the period before up to which it is compared: as much of it as has passed of this one."""
        before = self.before
        return min(before.ends, before.begins + (self.until(now) - self.begins)) if self.runs(now) else before.ends

    def words(self) -> str:
        """ "Rabu, 25 November 2026", "Minggu ke-48, 23–29 November 2026", "November 2026"."""
        if self.span == DAY:
            return str(formats.date_format(self.first, "l, j F Y"))
        if self.span == MONTH:
            return str(formats.date_format(self.first, "F Y"))
        start = formats.date_format(self.first, "j" if self.first.month == self.last.month else "j F")
        days = f"{start}–{formats.date_format(self.last, 'j F Y')}"
        return str(capfirst(_("week %(n)d, %(days)s") % {"n": self.first.isocalendar().week, "days": days}))


def of(span: str, on: date, zone: str) -> Period:
    """The period of this kind that holds a day; weeks begin on Monday (ISO 8601)."""
    if span == DAY:
        return Period(DAY, on, on, zone)
    if span == MONTH:
        return Period(MONTH, on.replace(day=1), (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1), zone)
    monday = on - timedelta(days=on.weekday())
    return Period(WEEK, monday, monday + timedelta(days=6), zone)


def asked(span: str, on: str, today: date, zone: str) -> Period:
    """What an address asks for: a week that holds today, where it says nothing or nonsense; never one that has not begun."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = today
    earliest = date(2000, 1, 1)
    return of(span if span in SPANS else WEEK, min(max(day, earliest), today), zone)
