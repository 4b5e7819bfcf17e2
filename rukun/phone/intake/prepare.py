"""Each kind of item to the form and the act that are its own."""

from collections.abc import Callable
from typing import Any

from rukun.phone.intake.envelope import Envelope, Sender, read
from rukun.phone.intake.field import report, visit
from rukun.phone.intake.outcome import Intake, Outcome, refusal_of, unreadable
from rukun.phone.intake.work import action, problem
from rukun.phone.rules import WELCOME

READERS: dict[str, Callable[[Envelope, Sender], Intake | Outcome]] = {
    "visit": visit,
    "report": report,
    "action": action,
    "problem": problem,
}


def prepare(item: Any, sender: Sender) -> tuple[str, Envelope | None, Intake | Outcome]:
    """The name under which it is answered, what stands on it, and what is to be done with it. Writes nothing."""
    name = str(item.get("id", ""))[:64] if isinstance(item, dict) else ""
    try:
        envelope = read(item, sender)
    except Exception as error:
        return name, None, refusal_of(error)
    if envelope.schema not in WELCOME:
        return name, envelope, unreadable("schema_old")
    if envelope.kind not in READERS:
        return name, envelope, unreadable("kind_unknown")
    try:
        return name, envelope, READERS[envelope.kind](envelope, sender)
    except Exception as error:
        return name, envelope, refusal_of(error)
