"""The doctor: one list of what a house needs before it may be real, for the command, for the page and for the permit."""

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rukun.care import machine, mode, proofs
from rukun.care.findings import MISSING, Finding

Check = Callable[[datetime], Finding]

# what a hand can change is looked at again whenever a real house starts
LASTING: tuple[Check, ...] = (
    proofs.assessment,
    machine.https,
    machine.sound_settings,
    machine.secrets,
    machine.database,
    machine.migrations,
)
PASSING: tuple[Check, ...] = (
    proofs.keeper, proofs.backup, proofs.rehearsal, machine.worker, proofs.retention, machine.disk, machine.sane_clock, machine.dead_jobs,
)  # fmt: skip


TITLES: dict[str, str | Promise] = {  # what a check is called where it can't answer
    "assessment": lazy("A signed data-protection assessment (DPIA)"), "migrations": lazy("The database fits the version"),
    "database": lazy("The database keeps what it is told"), "keeper": lazy("An outside keeper of checkpoints"), "backup": lazy("A backup within 24 hours"),
    "rehearsal": lazy("A restore rehearsed within 90 days"), "worker": lazy("The worker lives"), "retention": lazy("Old data is erased"),
    "sane_clock": lazy("The clock goes right"), "dead_jobs": lazy("No background job is dead"), "whole_book": lazy("The book is whole"),
}  # fmt: skip
BESIDES: list[Check] = []  # what rooms above ask of the house


def also(check: Check, title: str | Promise) -> None:
    """A room above has something to ask, too; told once, when it is ready, with what it is called where it can't answer."""
    if check not in BESIDES:
        BESIDES.append(check)
        TITLES[check.__name__] = title


def examine(now: datetime) -> list[Finding]:
    """Everything, the book itself included."""
    return [answered(check, now) for check in (*LASTING, *PASSING, *BESIDES, proofs.whole_book)]


def answered(check: Check, now: datetime) -> Finding:
    """What a check says; on a bare server, where the database has no tables yet or is not reached, that it can't be known."""
    try:
        with transaction.atomic():
            return check(now)
    except DatabaseError:
        name = check.__name__
        says, todo = _("It can't be known: the database has no tables yet, or is not reached."), _("Run “rukun migrate”, then ask again.")
        return Finding(name, TITLES.get(name, name.replace("_", " ")), MISSING, says, todo)


def glance(now: datetime) -> list[Finding]:
    """The same for a page, which waits for no verifier."""
    return [check(now) for check in (*LASTING, *PASSING, *BESIDES, proofs.book_as_last_examined)]


def hindrances(now: datetime) -> list[Finding]:
    """Why a real house may not start now: no permit that stands, or something changed by hand since."""
    found = [finding for check in LASTING if (finding := check(now)).hinders]
    if mode.permit() is None:
        found = [finding for finding in examine(now) if finding.hinders] or [ungranted()]
    return found


def ungranted() -> Finding:
    return Finding(
        "permit", _("The permit"), MISSING, _("Nothing is missing, but nobody has granted it."), _("Run “rukun doctor --grant --as NRP”.")
    )
