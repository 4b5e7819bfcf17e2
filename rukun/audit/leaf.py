"""What of an entry is hashed, and how: the one definition, shared by the door that writes and the verifier that doubts."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from hmac import digest
from typing import Any

from rukun.audit.merkle import leaf_hash

NOTHING = bytes(32)  # the commitment of an entry that has no details
META = ("id", "at", "actor", "role", "purpose", "act", "object", "path", "unit", "simulated")
TAG_SIZE = 16
UNSEALED = b"\xff" * 8

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON as in RFC 8785, for what the book holds: text, whole numbers and truth values under plain ASCII names."""
    return _encode(value).encode()


def moment(at: datetime | str) -> str:
    """A time as it is hashed: UTC with microseconds, whichever way the database hands it out."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond:06}Z"


def commitment(salt: bytes, body: str) -> bytes:
    return sha256(salt + body.encode()).digest()


def leaf_of(meta: Mapping[str, Any], commitment: bytes) -> bytes:
    """The leaf of one entry. `meta` holds every name in META and nothing else; the details stand behind the commitment."""
    return leaf_hash(canonical({**meta, "at": moment(meta["at"]), "simulated": bool(meta["simulated"])}) + commitment)


def tag_of(key: bytes, leaf: bytes, idx: int | None) -> bytes:
    """Binds a leaf to its place in the book; who lacks the key can neither alter, add nor move an entry unseen."""
    place = UNSEALED if idx is None else idx.to_bytes(8, "big")
    return digest(key, place + leaf, "sha256")[:TAG_SIZE]
