"""What is written on the outside of an item, and who sends it."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from rukun.access.scope import Actor
from rukun.officers.models import Officer
from rukun.phone import keys
from rukun.phone.models import Device
from rukun.phone.rules import Malformed, digest, happened, instant

T = TypeVar("T")
LARGEST = 2**63 - 1
AS_WRITTEN = frozenset({"action", "problem"})  # what they tell of happened when they were written


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose phone it is, how far its clock is off, and when all this arrived."""

    device: Device
    officer: Officer
    shift: timedelta
    received: datetime
    stand_in: Actor | None = None  # who takes in what the officer handed over
    found: dict[Any, Any] = field(default_factory=dict, repr=False)

    def once(self, key: Any, ask: Callable[[], T]) -> T:
        """What is asked for one item holds for the others that came with it."""
        if key not in self.found:
            self.found[key] = ask()
        return self.found[key]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One item, opened."""

    id: uuid.UUID
    kind: str
    schema: int
    seq: int
    practice: bool
    client_at: datetime | None
    monotonic: int | None
    sha256: str
    officer_id: int
    at: datetime
    uncertain: bool
    body: dict[str, Any] = field(repr=False)


def read(item: Any, sender: Sender) -> Envelope:
    """Raises Malformed, SealUnknown or SealBroken; whatever is wrong with a clock is no reason to."""
    if not isinstance(item, dict):
        raise Malformed("item")
    name = item.get("id")
    body = inside(item)
    if not isinstance(body, dict):
        raise Malformed("body")
    kind, practice = str(item.get("kind", ""))[:8], item.get("practice") is True
    said = item.get("client_ts") if kind in AS_WRITTEN else body.get("at")
    at, uncertain = happened(instant(said), sender.shift, sender.received)
    return Envelope(
        identity(name), kind, min(whole(item.get("schema"), 1), 9999), whole(item.get("seq"), 0) or 0, practice, instant(item.get("client_ts")),
        whole(item.get("monotonic"), None), digest(kind, practice, body), sender.officer.pk, at, uncertain,
        body,
    )  # fmt: skip


def identity(name: Any) -> uuid.UUID:
    try:
        return uuid.UUID(name)
    except (ValueError, TypeError, AttributeError) as error:
        raise Malformed("id") from error


def inside(item: dict[str, Any]) -> Any:
    if "sealed" not in item:
        return item.get("body")
    sealed = item["sealed"]
    raw = keys.opened(sealed, keys.unb64(sealed.get("ct") if isinstance(sealed, dict) else None), str(item.get("id")))
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("sealed") from error


def whole(value: Any, otherwise: Any) -> Any:
    """A number as a phone may send it; what is none, or beyond all bounds, counts as not given."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or not 0 <= value <= LARGEST:
        return otherwise
    return int(value)
