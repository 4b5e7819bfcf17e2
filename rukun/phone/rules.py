"""What the phone and the server agree on: versions, hashes, clocks, and how two edits of one thing become one; pure, no query in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

WELCOME = (1,)  # versions of the schema that are still taken in; docs/reference/phone.md says until when
KINDS = ("visit", "report", "action", "problem")
MOST_ITEMS, MOST_BYTES = 50, 512 * 1024
MOST_PHOTO, MOST_CHUNK = 2 * 1024 * 1024, 256 * 1024
LEASE = timedelta(hours=72)
RENEWAL = timedelta(days=7)  # how long a second person may take to confirm, and the phone to come by
SEAL_FOR = timedelta(days=30)  # a seal key is handed out for a month, and opens for good
SAMPLES = 5
CLOSE = timedelta(minutes=5)  # so near, a phone's clock is left as it is
APART = timedelta(hours=12)  # so far, it says nothing of the time


class Malformed(ValueError):
    """What was sent can't be read at all; the word says in what respect."""


def canonical(body: Any) -> bytes:
    """The one way to write a body, so that two that say the same are the same."""
    try:
        return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (UnicodeEncodeError, ValueError, TypeError, RecursionError) as error:
        raise Malformed("text") from error


def digest(kind: str, practice: bool, body: Any) -> str:
    return hashlib.sha256(canonical([kind, practice, body])).hexdigest()


def known(earlier: str, sent: str, *, own: bool) -> str:
    """What comes under a name that was used before: the same again, or something else, which is never laid over it."""
    return "dup" if own and earlier == sent else "other_content"


# --- clocks -------------------------------------------------------------------------------------------------------------------------


def instant(text: Any) -> datetime | None:
    """A moment as a phone writes it; None where it can't be read, which is no reason to refuse anything."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def sampled(samples: Sequence[float], client: datetime | None, received: datetime) -> list[float]:
    """The last five differences between the server's clock and the phone's, in seconds, the newest last."""
    if client is None:
        return list(samples)
    return [*samples, (received - client).total_seconds()][-SAMPLES:]


def offset(samples: Sequence[float]) -> timedelta:
    """What to add to the phone's clock: the median, so that one slow way over the network changes nothing."""
    return timedelta(seconds=median(samples)) if samples else timedelta(0)


def happened(at: datetime | None, shift: timedelta, received: datetime) -> tuple[datetime, bool]:
    """When it was, and whether that is uncertain. Measured, never trusted, never a reason to refuse."""
    if at is None or abs(shift) >= APART:
        return received, True
    try:
        moment = at if abs(shift) <= CLOSE else at + shift
    except OverflowError:
        return received, True
    if moment > received:
        return received, moment - received > CLOSE
    return moment, moment.year < 2020


# --- two edits of one thing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be written, and where two people want different things of one field: what stands, and what came."""

    apply: dict[str, Any]
    disputed: dict[str, tuple[Any, Any]]


def merge(base: Mapping[str, Any], change: Mapping[str, Any], current: Mapping[str, Any]) -> Merged:
    """Three ways: what nobody else touched is written, what both wrote alike is there already, the rest is for a person to decide."""
    apply, disputed = {}, {}
    for name, wanted in change.items():
        stands = current.get(name)
        if wanted == stands:
            continue
        if name in base and base[name] == stands:
            apply[name] = wanted
        else:
            disputed[name] = (stands, wanted)
    return Merged(apply, disputed)
