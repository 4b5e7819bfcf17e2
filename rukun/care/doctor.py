"""The doctor: one list of what a house needs before it may be real, for the command, for the page and for the permit."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

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


BESIDES: list[Check] = []  # what rooms above ask of the house


def also(check: Check) -> None:
    """A room above has something to ask, too; told once, when it is ready."""
    if check not in BESIDES:
        BESIDES.append(check)


def examine(now: datetime) -> list[Finding]:
    """Everything, the book itself included."""
    return [check(now) for check in (*LASTING, *PASSING, *BESIDES, proofs.whole_book)]


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
