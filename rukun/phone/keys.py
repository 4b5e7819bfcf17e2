"""The server's keys for phones: one signs receipts, one after another opens what was sealed. Files, readable by their owner alone."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from rukun.audit.keys import make
from rukun.phone.rules import SEAL_FOR, Malformed

RECEIPT, SEAL, RESCUE = "phone.key", "seal-{}.key", "rescue.key"
INFO = b"rukun-seal-1"


class SealUnknown(LookupError):
    """It was sealed to a key that this server doesn't have."""


class SealBroken(ValueError):
    """It can't be opened: altered on its way, or sealed for another item."""


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: Any) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, TypeError) as error:
        raise Malformed("base64") from error


def folder() -> Path:
    return Path(settings.DATA) / "keys"


# --- receipts -----------------------------------------------------------------------------------------------------------------------


def signing() -> Ed25519PrivateKey:
    path = folder() / RECEIPT
    if not path.exists():
        make(path, secrets.token_hex(32).encode())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def public_signing() -> dict[str, str]:
    raw = signing().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(raw)}


def signed(content: dict[str, Any]) -> dict[str, str]:
    """What is handed to the phone as a proof: the very bytes, and our name under them."""
    key = signing()
    body = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return {"body": b64(body), "sig": b64(key.sign(body)), "key": public_signing()["x"][:8]}


# --- rescues ------------------------------------------------------------------------------------------------------------------------


def rescue(device: str, name: str) -> str:
    """What opens a phone besides its PIN, one for each name: the phone locks with it and forgets it; it is told again where two agree."""
    path = folder() / RESCUE
    if not path.exists():
        make(path, secrets.token_hex(32).encode())
    return b64(hmac.digest(bytes.fromhex(path.read_text().strip()), f"{device}:{name}".encode(), "sha256"))


def new_rescue(device: str) -> dict[str, str]:
    name = secrets.token_urlsafe(12)
    return {"id": name, "secret": rescue(device, name)}


# --- seals --------------------------------------------------------------------------------------------------------------------------


def seal_path(name: str) -> Path:
    if not name.replace("-", "").isalnum() or len(name) > 24:
        raise SealUnknown(name)
    return folder() / SEAL.format(name)


def seal_names() -> list[str]:
    """Every seal key there is, the newest first."""
    return sorted((file.name[5:-4] for file in folder().glob(SEAL.format("*"))), reverse=True)


def current_seal(now: datetime) -> str:
    """The key that is handed out now; made anew after a month. The older ones stay, and open what was sealed to them."""
    names = seal_names()
    if names and names[0] >= f"{now - SEAL_FOR:%Y%m%d}":
        return names[0]
    name = f"{now:%Y%m%d}-{secrets.token_hex(3)}"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    make(seal_path(name), pem.strip())
    return name


def seal(name: str) -> ec.EllipticCurvePrivateKey:
    path = seal_path(name)
    if not path.exists():
        raise SealUnknown(name)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def public_seal(name: str) -> dict[str, str]:
    return jwk(seal(name).public_key())


def opened(sealed: Any, content: bytes, about: str) -> bytes:
    """What was sealed to us, for the thing it was sealed for."""
    if not isinstance(sealed, dict) or sealed.get("v") != 1 or not isinstance(sealed.get("key"), str):
        raise Malformed("sealed")
    private, theirs = seal(sealed["key"]), point(sealed.get("epk"))
    salt = theirs.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = HKDF(hashes.SHA256(), 32, salt, INFO).derive(private.exchange(ec.ECDH(), theirs))
    iv = unb64(sealed.get("iv"))
    if len(iv) != 12:
        raise Malformed("iv")
    try:
        return AESGCM(key).decrypt(iv, content, about.encode())
    except InvalidTag as error:
        raise SealBroken(about) from error


def sealed(content: bytes, about: str, now: datetime) -> dict[str, Any]:
    """The same, done here: for what is to lie closed in the database, and came open."""
    name, own, iv = current_seal(now), ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(12)
    salt = own.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = HKDF(hashes.SHA256(), 32, salt, INFO).derive(own.exchange(ec.ECDH(), seal(name).public_key()))
    return {"v": 1, "key": name, "epk": jwk(own.public_key()), "iv": b64(iv), "ct": b64(AESGCM(key).encrypt(iv, content, about.encode()))}


# --- points -------------------------------------------------------------------------------------------------------------------------


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": b64(numbers.x.to_bytes(32)), "y": b64(numbers.y.to_bytes(32))}


def point(found: Any) -> ec.EllipticCurvePublicKey:
    """A public key as a browser writes it; what is no point of the curve is none."""
    if not isinstance(found, dict) or found.get("crv") != "P-256":
        raise Malformed("key")
    x, y = unb64(found.get("x")), unb64(found.get("y"))
    try:
        return ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()).public_key()
    except ValueError as error:
        raise Malformed("key") from error


def compact(key: ec.EllipticCurvePublicKey) -> str:
    """The same key in one word, for a column."""
    found = jwk(key)
    return f"{found['x']}.{found['y']}"


def expanded(word: str) -> ec.EllipticCurvePublicKey:
    x, _dot, y = word.partition(".")
    return point({"crv": "P-256", "x": x, "y": y})
