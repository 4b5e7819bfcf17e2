"""Seals backups to a key whose private half is not on this machine: whoever takes the backups can't read them, and neither can we.

A file begins with eight letters, then the file's own key sealed to the public key (X25519), then XChaCha20-Poly1305 in
chunks of one megabyte (libsodium's secretstream, by PyNaCl). A file cut short, or with chunks moved, does not open.
"""

import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

MAGIC = b"rukun-1\n"
CHUNK = 1024 * 1024
WRAPPED = sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES + sodium.crypto_box_SEALBYTES
HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
TAG = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
PRIVATE, PUBLIC = "RUKUN-BACKUP-KEY ", "rukun-backup-key "


class NotOpened(ValueError):
    """This is no sealed file, or not for this key, or it was damaged."""


def new_key(path: Path) -> str:
    """Writes the private half to a file that only its owner reads; returns the public line."""
    key = PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{PRIVATE}{b64encode(bytes(key)).decode()}\n")
    return public_line(key.public_key)


def public_line(key: PublicKey) -> str:
    return f"{PUBLIC}{b64encode(bytes(key)).decode()}\n"


def read_public(path: Path) -> PublicKey:
    return PublicKey(_read(path, PUBLIC))


def read_private(path: Path) -> PrivateKey:
    return PrivateKey(_read(path, PRIVATE))


def _read(path: Path, word: str) -> bytes:
    text = path.read_text().strip()
    try:
        if not text.startswith(word.strip()):
            raise ValueError
        return b64decode(text.split(" ", 1)[1], validate=True)
    except (ValueError, IndexError) as wrong:
        raise NotOpened(f"{path} is not a {word.strip()}") from wrong


def mark(key: PublicKey) -> str:
    """A key's short name, to tell which one opens a backup."""
    return hashlib.sha256(bytes(key)).hexdigest()[:16]


def seal(source: BinaryIO, target: Path, key: PublicKey) -> tuple[bytes, str, int]:
    """Seals a stream into a file that is on the disk when this returns: the file's own key, and hash and size of what went in."""
    own = sodium.crypto_secretstream_xchacha20poly1305_keygen()
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    plain, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        file.write(MAGIC + SealedBox(key).encrypt(own) + sodium.crypto_secretstream_xchacha20poly1305_init_push(state, own))
        chunk = source.read(CHUNK)
        while True:
            further = source.read(CHUNK) if len(chunk) == CHUNK else b""
            plain.update(chunk)
            size += len(chunk)
            file.write(sodium.crypto_secretstream_xchacha20poly1305_push(state, chunk, None, 0 if further else LAST))
            if not further:
                break
            chunk = further
        file.flush()
        os.fsync(file.fileno())
    return own, plain.hexdigest(), size


def chunks(file: BinaryIO, own: bytes | None = None, key: PrivateKey | None = None) -> Iterator[bytes]:
    """What was sealed, with the file's own key or with the private key that it was sealed to."""
    if file.read(len(MAGIC)) != MAGIC:
        raise NotOpened("this is not a sealed file of a backup")
    wrapped, header = file.read(WRAPPED), file.read(HEADER)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    try:
        if own is None:
            assert key is not None
            own = SealedBox(key).decrypt(wrapped)
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, own)
        last = None
        while sealed := file.read(CHUNK + TAG):
            if last == LAST:
                raise NotOpened("something was added to this file")
            chunk, last = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed)
            yield chunk
    except (CryptoError, ValueError, RuntimeError) as wrong:
        raise NotOpened("this file does not open: another key, or it was damaged") from wrong
    if last != LAST:
        raise NotOpened("this file was cut short")


def unseal(source: Path, target: Path, key: PrivateKey) -> str:
    """Opens a sealed file into another; returns the hash of what came out."""
    plain = hashlib.sha256()
    with source.open("rb") as sealed, target.open("xb") as file:
        for chunk in chunks(sealed, key=key):
            plain.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return plain.hexdigest()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
