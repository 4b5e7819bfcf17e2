"""The one door: whatever changes the world goes through an act, permitted, atomic, recorded and announced."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from rukun.access.scope import COUNTRY, Actor, Where, system, where_of
from rukun.audit import erasures, pen
from rukun.audit.guard import WriteOutsideAct, writing, writing_allowed
from rukun.audit.models import Entry, EntryQuerySet, Payload
from rukun.audit.pen import Told
from rukun.lib import clock, jobs

F = TypeVar("F", bound=Callable[..., Any])
NAME = re.compile(r"[a-z]+\.[a-z_]+")

ACTS: dict[str, Callable[..., Any]] = {}
NOTES: dict[str, str] = {}  # what is recorded without changing anything, and the module that declares it

_refused: ContextVar[list[tuple[Actor, str, Any]] | None] = ContextVar("refused", default=None)


class UnknownNote(LookupError):
    """A note that nobody has declared: most likely a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Many:
    """What an act returns that was done to many rows at once: an entry for each, one announcement for all."""

    rows: Sequence[models.Model]
    told: str = ""  # what the jobs that follow are given; the key of the act's subject, if nothing else is said


@dataclass(frozen=True, slots=True)
class Page:
    """Something that is no row of a table, and yet is opened or refused: a page, an export, a session."""

    name: str
    stands: Where = COUNTRY

    def where(self) -> Where:
        return self.stands


def act(name: str, *, records: tuple[str, ...] = ()) -> Callable[[F], F]:
    """Makes a service an act. Of what it is told, only the arguments named in `records` are kept in the book."""
    if not NAME.fullmatch(name):
        raise ValueError(f"an act is called noun.verb, not {name!r}")

    def declare(function: F) -> F:
        defaults = what_is_recorded(function, records)

        @wraps(function)
        def perform(actor: Actor, subject: Any = None, **details: Any) -> Any:
            subject = None if isinstance(subject, str) and not subject else subject
            with refusals_outlive_the_act():
                permit(actor, name, subject)
                before = thing(subject)
                with transaction.atomic(), writing_allowed(name):
                    result = function(actor, subject, **details)
                    if result is not None:  # None: there was nothing to do, so there is nothing to tell
                        tell(actor, name, before, result, {key: details.get(key, defaults[key]) for key in records})
            return result

        known = ACTS.setdefault(name, perform)
        if known is not perform and (known.__module__, known.__qualname__) != (perform.__module__, perform.__qualname__):
            raise ValueError(f"{name} is already an act of {known.__module__}")
        return cast(F, perform)

    return declare


def what_is_recorded(function: Callable[..., Any], records: tuple[str, ...]) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters
    if unknown := [key for key in records if key not in parameters]:
        raise ValueError(f"{function.__qualname__} has no argument {', '.join(unknown)} to record")
    return {key: None if (default := parameters[key].default) is inspect.Parameter.empty else default for key in records}


def permit(actor: Actor, name: str, subject: Any) -> None:
    try:
        actor.must(name, where_of(subject))
    except PermissionDenied:
        pending = _refused.get()
        assert pending is not None
        pending.append((actor, f"{name}:refused", subject))
        raise


@contextmanager
def refusals_outlive_the_act() -> Iterator[None]:
    """A refusal undoes the act that met it, but not its own line in the book: it is written when the outermost act has ended."""
    if _refused.get() is not None:
        yield
        return
    pending: list[tuple[Actor, str, Any]] = []
    token = _refused.set(pending)
    try:
        yield
    finally:
        _refused.reset(token)
        for actor, name, subject in pending:
            record(actor, name, subject, once_per_hour=True)


def tell(actor: Actor, name: str, before: Told, result: Any, details: dict[str, Any]) -> None:
    if isinstance(result, Many):
        if result.rows:
            pen.write_many(actor, name, [thing(row) for row in result.rows], details)
            jobs.announce(name, result.told or before.key)
    elif isinstance(result, models.Model):
        told = before if result.pk is None else thing(result)  # a row that the act has deleted is told of as it was
        pen.write(actor, name, told, details)
        jobs.announce(name, told.key)
    else:
        raise TypeError(f"{name} returned {type(result).__name__}; an act returns the row it changed, Many(rows) or None")


def thing(subject: Any) -> Told:
    """What the book says of a subject: a reference that outlives it, and where it stood."""
    if isinstance(subject, models.Model):
        return Told(f"{subject._meta.label_lower}:{subject.pk}", str(subject.pk), where_of(subject))
    if isinstance(subject, Page):
        return Told(f"page:{subject.name}", subject.name, subject.stands)
    return Told("", "", where_of(subject))


def declare_note(name: str) -> str:
    """A word for something that is recorded without changing anything. Kept by the room that says it."""
    if not NAME.fullmatch(name):
        raise ValueError(f"a note is called noun.verb, not {name!r}")
    frame = inspect.currentframe()
    NOTES[name] = frame.f_back.f_globals["__name__"] if frame and frame.f_back else ""
    return name


def note(actor: Actor, name: str, subject: Any = None, *, once_per_hour: bool = False, **details: Any) -> bool:
    """Records what changes nothing but should be known: a sign-in, a report opened. Says whether a line was written."""
    if name not in NOTES:
        raise UnknownNote(f"{name} is no note that any room has declared")
    return record(actor, name, subject, once_per_hour=once_per_hour, **details)


def record(actor: Actor, name: str, subject: Any, *, once_per_hour: bool = False, **details: Any) -> bool:
    told = thing(subject)
    if once_per_hour:
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        said = Entry.objects.of(told.object).filter(actor=actor.name, act=name, at__gte=hour, at__lt=hour + timedelta(hours=1))
        if said.exists():
            return False
    with transaction.atomic(), writing_allowed(name):
        pen.write(actor, name, told, details)
    return True


@contextmanager
def maintenance(name: str) -> Iterator[None]:
    """One entry for a backfill, which may then write what it must; all of it or nothing."""
    with transaction.atomic(), writing_allowed(f"maintenance:{name}"):
        yield
        pen.write(system("maintenance"), f"maintenance:{name}", thing(None), {})


def forget(actor: Actor, entries: Iterable[Entry] | EntryQuerySet, *, basis: str) -> list[Entry]:
    """Inside an act: erases the details of these entries for good, and writes for each that it was done and why."""
    if not writing():
        raise WriteOutsideAct("details are erased inside an act")
    gone = [entry for entry in entries if entry.act != "book.redact" and entry.details]
    pen.write_many(actor, "book.redact", [thing(entry) for entry in gone], {"basis": basis})
    for start in range(0, len(gone), 500):
        Payload.objects.filter(pk__in=[entry.pk for entry in gone[start : start + 500]]).delete()
    erasures.remember(*(erasures.Erased("audit.entry", str(entry.pk), bytes(entry.leaf).hex()) for entry in gone))
    return gone
