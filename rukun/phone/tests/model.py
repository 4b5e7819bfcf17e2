"""A phone as the server sees it, in Python: its key, its outbox, its seal; it lets go of an item only when it is told that it was kept."""

import gzip
import hashlib
import json
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from uuid6 import uuid7

from rukun.phone.keys import INFO, b64, jwk, point

Answer = tuple[int, dict[str, str], bytes]
Ask = Callable[[str, str, dict[str, str], bytes], Answer]  # method, path, headers, body
API = "/api/hp/v1/"
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)  # of the day on which the tests of the room take place


def new_key() -> str:
    return str(uuid7())


def sealed_to(server: dict[str, str], name: str, about: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """As the phone seals: to the server's key, for one thing alone."""
    own = ec.generate_private_key(ec.SECP256R1())
    shared = own.exchange(ec.ECDH(), point(server))
    salt = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    iv = os.urandom(12)
    ct = AESGCM(HKDF(hashes.SHA256(), 32, salt, INFO).derive(shared)).encrypt(iv, content, about.encode())
    return {"v": 1, "key": name, "epk": jwk(own.public_key()), "iv": b64(iv)}, ct


@dataclass
class Phone:
    """Remembers what it has not been told is kept."""

    ask: Ask
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    device: str = ""
    seal: dict[str, str] = field(default_factory=dict)
    seal_id: str = ""
    skew: timedelta = timedelta(0)
    queue: dict[str, dict[str, Any]] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    tray: dict[str, dict[str, Any]] = field(default_factory=dict)  # what needs attention, with the reason
    seq: int = 0

    @property
    def jwk(self) -> dict[str, str]:
        return jwk(self.private.public_key())

    def admitted(self, told: dict[str, Any]) -> "Phone":
        self.device, self.seal, self.seal_id = told["device"], told["seal_key"], told["seal_key_id"]
        return self

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skew

    def item(self, kind: str, body: dict[str, Any], *, sealed: bool = False, key: str = "", **more: Any) -> dict[str, Any]:
        """An item as it lies in the outbox: its bytes never change once it is queued."""
        self.seq += 1
        made = {"id": key or new_key(), "kind": kind, "schema": 1, "seq": self.seq, "client_ts": self.now().isoformat(), "practice": False}
        if sealed:
            envelope, ct = sealed_to(self.seal, self.seal_id, made["id"], json.dumps(body).encode())
            return made | {"sealed": envelope | {"ct": b64(ct)}} | more
        return made | {"body": body} | more

    def put(self, kind: str, body: dict[str, Any], **more: Any) -> str:
        made = self.item(kind, body, **more)
        self.queue[made["id"]] = made
        return str(made["id"])

    # --- over the wire --------------------------------------------------------------------------------------------------------------

    def signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        said = f"{method}\n{path}\n{hashlib.sha256(body).hexdigest()}".encode()
        r, s = decode_dss_signature(self.private.sign(said, ec.ECDSA(hashes.SHA256())))
        return {"X-Rukun-Device": self.device, "X-Rukun-Signature": b64(r.to_bytes(32) + s.to_bytes(32))}

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        path = API + path
        return self.ask(method, path, self.signed(method, path, body) | headers, body)

    def batch(self, items: list[dict[str, Any]], *, packed: bool = False, schema: int = 1) -> Answer:
        raw = json.dumps({"schema": schema, "sent": {"client_ts": self.now().isoformat()}, "items": items}).encode()
        more = {"Content-Type": "application/json"}
        return self.call("POST", "batch", gzip.compress(raw) if packed else raw, **more | ({"Content-Encoding": "gzip"} if packed else {}))

    def send(self, most: int = 50) -> dict[str, Any]:
        """Hands in what is queued, in its order, and lets go of what is kept."""
        status, headers, raw = self.batch(list(self.queue.values())[:most])
        if status != 200 or headers.get("x-rukun-api") != "1":
            return {"status": status}
        told = json.loads(raw)
        self.hear(told["results"])
        return dict(told)

    def hear(self, results: list[dict[str, Any]]) -> None:
        for result in results:
            item = self.queue.get(result["id"])
            if result["kept"]:
                self.acknowledged.add(result["id"])
                self.queue.pop(result["id"], None)
            elif item is not None:
                self.tray[result["id"]] = self.queue.pop(result["id"]) | {"said": result}

    # --- photos ---------------------------------------------------------------------------------------------------------------------

    def upload(self, key: str, record: str, content: bytes, **more: Any) -> Answer:
        asked = {
            "id": key,
            "item": record,
            "length": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "type": "image/jpeg",
        } | more
        return self.call("POST", "uploads", json.dumps(asked).encode(), **{"Content-Type": "application/json"})

    def piece(self, key: str, at: int, piece: bytes, *, claimed: bytes | None = None) -> Answer:
        more = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(at)}
        checksum = hashlib.sha256(piece if claimed is None else claimed).hexdigest()
        return self.call("PATCH", f"uploads/{key}", piece, **more | {"X-Chunk-SHA256": checksum})

    def whole(self, key: str, item: str, content: bytes, size: int = 65536, **more: Any) -> Answer:
        """Begun, or gone on with from where the server says it is."""
        answer = self.upload(key, item, content, **more)
        at = json.loads(answer[2])["offset"]
        while at < len(content):
            answer = self.piece(key, at, content[at : at + size])
            if "upload-offset" not in answer[1] or answer[0] == 460:
                break
            at = int(answer[1]["upload-offset"])
        return answer


def visit(area: str, at: datetime | str, **more: Any) -> dict[str, Any]:
    said = {"area": area, "at": at if isinstance(at, str) else at.isoformat(), "kind": "visit", "nothing_said": True}
    return said | ({"nothing_said": False} if "concerns" in more else {}) | more


def report(area: str, at: datetime | str, **more: Any) -> dict[str, Any]:
    told = {"title": "Motor hilang di parkiran surau", "facts": "Satu motor hilang saat magrib.", "basis": "told", "code": "CRM-03"}
    return {"area": area, "at": at if isinstance(at, str) else at.isoformat()} | told | more


def uuid_of(text: str) -> uuid.UUID:
    return uuid.UUID(text)
