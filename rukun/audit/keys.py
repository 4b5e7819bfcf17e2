"""The book's keys: files made on first use, readable by their owner alone."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from rukun.audit.seal import Signer, Verifier

SIGNING = "book.key"  # seals checkpoints: only the worker needs it
TAGGING = "entry.key"  # tags entries as they are written: every process that acts needs it
PUBLIC = "book.pub"  # given to everyone; one line a key, so that older seals stay readable after a change of keys


def signer(folder: Path, name: str) -> Signer:
    """The key that seals this book; `name` is taken up when it is made, and stays."""
    path = folder / SIGNING
    if not path.exists():
        make(path, str(Signer.new(name)).encode())
    found = Signer.parse(path.read_text())
    publish(folder, found.verifier)
    return found


def tagging(folder: Path) -> bytes:
    return _tagging(folder / TAGGING)


@lru_cache(maxsize=8)
def _tagging(path: Path) -> bytes:
    if not path.exists():
        make(path, secrets.token_hex(32).encode())
    return bytes.fromhex(path.read_text().strip())


def verifiers(folder: Path) -> list[Verifier]:
    path = folder / PUBLIC
    return read_public(path) if path.exists() else []


def read_public(path: Path) -> list[Verifier]:
    return [Verifier.parse(line) for line in path.read_text().splitlines() if line.strip()]


def publish(folder: Path, verifier: Verifier) -> None:
    if verifier not in verifiers(folder):
        with (folder / PUBLIC).open("a") as file:
            file.write(f"{verifier}\n")


def make(path: Path, content: bytes) -> None:
    """Writes a secret once: of two processes that start together, the second keeps what the first has made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
