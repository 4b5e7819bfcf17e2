"""The one clock. Edges read it and pass the moment on; the demo and the tests set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This moment in UTC, aware."""
    return _set.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The local day in a time zone such as "Asia/Jakarta"."""
    return now().astimezone(ZoneInfo(zone)).date()


def is_simulated() -> bool:
    return _set.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within this block it is `moment`; what is written then says that it was simulated."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone; say which, for example datetime(..., tzinfo=UTC)")
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
