"""When a bell may ring, when a digest is due, how long a notice is kept; pure, no query in it."""

from datetime import date, datetime, time, timedelta

QUIET_FROM, QUIET_UNTIL = time(21), time(6)
KEPT_READ = timedelta(days=30)
LINK_LIFE = timedelta(days=3)  # within which an address is confirmed


def is_quiet(at: time, begins: time, ends: time) -> bool:
    """Whether a moment of the day lies in the quiet hours, which may pass midnight; none where both are the same."""
    if begins == ends:
        return False
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def digest_due(now: datetime, last: date | None, begins: time, ends: time) -> bool:
    """Whether the day's one digest should go out: in local time, once a day, once the quiet hours of the morning are over."""
    morning = ends if begins != ends else QUIET_UNTIL
    return now.time() >= morning and not is_quiet(now.time(), begins, ends) and (last is None or last < now.date())
