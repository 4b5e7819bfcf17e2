"""What is answered to one item, and how a refusal of the house becomes such an answer."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, DataError, IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork.guarded import AboutPersons, NotPossible
from rukun.fieldwork.services import OtherContent
from rukun.phone.keys import SealBroken, SealUnknown
from rukun.phone.rules import Malformed
from rukun.problems.refusals import AlreadyEnded, AlreadySolved, Refused

REASONS: dict[str, str | Promise] = {
    "ok": "",
    "dup": "",
    "replaced": _("Kept. Something that says who a person is was replaced."),
    "guard": _("The text tells of persons. Other words are offered."),
    "fields": _("Something is missing or doesn't fit."),
    "other_content": _("This was sent before, with other words. Open the earlier one and correct it."),
    "already_ended": _("This action has been finished or withdrawn already."),
    "solved": _("This problem has been solved. Open it again first."),
    "needs_decision": _("A colleague changed the same. Both versions are kept; whoever answers for the problem decides."),
    "area_unknown": _("This place isn't known. Choose another."),
    "not_yours": _("That day you did not serve in this place. Hand it to your unit head."),
    "not_found": _("This isn't there, or isn't yours any more. Hand it to your unit head."),
    "kind_unknown": _("The server doesn't know this kind yet. It stays on the phone."),
    "schema_old": _("This app is too old for the server. Open it with a network once, it renews itself; nothing is lost."),
    "seal_unknown": _("The server can't open this: its key is missing. It stays on the phone; tell the administrator."),
    "seal_broken": _("The server can't open this: it was altered on its way. It stays on the phone."),
    "broken": _("The server can't read this. It stays on the phone; hand it to your unit head."),
    "handed": _("It lies with your unit head. The phone keeps its copy until there is an answer."),
    "brought": _("It came as a file, from a phone that may not send itself."),
    "too_many": _("Too much of yours waits with the unit head already. This stays on the phone; speak to them."),
}
log = logging.getLogger(__name__)

KEPT = frozenset({"ok", "dup"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item's answer. `kept`: the phone may let go of it."""

    status: str
    code: str
    reason: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    offer: dict[str, str] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    record: dict[str, Any] | None = None
    version: int | None = None

    @property
    def kept(self) -> bool:
        return self.status in KEPT or self.code == "needs_decision"

    def as_answer(self) -> dict[str, Any]:
        """What is stored: nothing that somebody has written."""
        return {"status": self.status, "code": self.code, "record": self.record, "version": self.version}

    @classmethod
    def of(cls, answer: dict[str, Any]) -> "Outcome":
        return cls(**answer)

    def again(self) -> "Outcome":
        return replace(self, status="dup", code="dup")

    def told(self) -> dict[str, Any]:
        """As it is sent, with the sentence in the officer's language."""
        told = asdict(self) | {"kept": self.kept, "reason": self.reason or str(REASONS.get(self.code, ""))}
        return told if self.version is not None else {name: value for name, value in told.items() if name != "version"}


@dataclass(frozen=True, slots=True)
class Intake:
    """An item that was read and may be kept: calling `keep` inside an act keeps it."""

    keep: Callable[[], Outcome]


def unreadable(code: str, **fields: str) -> Outcome:
    return Outcome("invalid", code, fields=fields)


def refusal_of(error: Exception) -> Outcome:
    """What the officer is told of it. Where the fault is ours and lies in this one item, it may not hold up the others; where the
    database or the disk can't now, nothing is answered, and the phone comes again."""
    match error:
        case AboutPersons():
            return Outcome("invalid", "guard", str(error), offer={"text": error.reading.offered})
        case OtherContent():
            return Outcome("conflict", "other_content", str(error))
        case AlreadyEnded():
            return Outcome("conflict", "already_ended")
        case AlreadySolved():
            return Outcome("conflict", "solved")
        case Refused():
            return Outcome("invalid", "fields", sentences(error.sentences))
        case NotPossible():
            return Outcome("invalid", "fields", str(error))
        case PermissionDenied():
            return unreadable("not_yours")
        case SealUnknown():
            return unreadable("seal_unknown")
        case SealBroken():
            return unreadable("seal_broken")
        case Malformed():
            return unreadable("broken")
        case IntegrityError() | DataError():
            log.warning("an item that no table takes: %s", error.__class__.__name__)
            return unreadable("broken")
        case DatabaseError() | OSError():
            raise error
    log.error("an item that breaks the reading of it", exc_info=error)
    return unreadable("broken")


def sentences(found: Iterable[Any]) -> str:
    return " ".join(map(str, found))
