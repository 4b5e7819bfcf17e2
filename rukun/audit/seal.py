"""Signed checkpoints, in the C2SP formats that outside witnesses already read: signed note and tlog-checkpoint."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

ED25519 = b"\x01"


class BadCheckpoint(ValueError):
    """A checkpoint that cannot be read, or that none of the known keys has signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The book at one moment: so many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half; its file is read by whoever seals, and by nobody else."""

    name: str
    key: SigningKey

    @classmethod
    def new(cls, name: str) -> "Signer":
        if not name or "+" in name or any(letter.isspace() for letter in name):
            raise ValueError(f"a book can't be called {name!r}: no spaces, no plus sign")
        return cls(name, SigningKey.generate())

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """From Go's `note` form: PRIVATE+KEY+name+hash+key."""
        private, word, name, _hash, key = text.strip().split("+", 4)
        if (private, word) != ("PRIVATE", "KEY"):
            raise ValueError("this is not the private key of a book")
        return cls(name, SigningKey(b64decode(key)[1:]))

    def __str__(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{self.verifier.mark.hex()}+{b64encode(ED25519 + bytes(self.key)).decode()}"

    @property
    def verifier(self) -> "Verifier":
        return Verifier(self.name, self.key.verify_key)

    def sign(self, checkpoint: Checkpoint) -> str:
        text = checkpoint.text()
        signature = self.verifier.mark + self.key.sign(text.encode()).signature
        return f"{text}\n— {self.name} {b64encode(signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half, which anyone may hold: name+hash+key."""

    name: str
    key: VerifyKey

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        try:
            name, mark, key = text.strip().split("+", 2)
            found = cls(name, VerifyKey(b64decode(key, validate=True)[1:]))
        except Exception as wrong:
            raise ValueError(f"this is not the public key of a book: {text.strip()[:60]!r}") from wrong
        if found.mark.hex() != mark:
            raise ValueError(f"the public key of {name} does not match its own mark")
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.mark.hex()}+{b64encode(ED25519 + bytes(self.key)).decode()}"

    @property
    def mark(self) -> bytes:
        return sha256(f"{self.name}\n".encode() + ED25519 + bytes(self.key)).digest()[:4]

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            self.key.verify(text.encode(), signature)
        except (BadSignatureError, ValueError):
            return False
        return True


def read(note: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint in a signed note, if one of these keys has signed it."""
    head, blank, tail = note.partition("\n\n")
    text = head + "\n"
    lines = text.split("\n")
    try:
        checkpoint = Checkpoint(lines[0], int(lines[1]), b64decode(lines[2], validate=True))
        signatures = [line.removeprefix("— ").rsplit(" ", 1) for line in tail.splitlines() if line.startswith("— ")]
        made = {(name, b64decode(value, validate=True)[:4]): b64decode(value, validate=True)[4:] for name, value in signatures}
    except (IndexError, ValueError) as wrong:
        raise BadCheckpoint("this is not a signed checkpoint") from wrong
    if not blank or len(checkpoint.root) != 32 or checkpoint.size < 0:
        raise BadCheckpoint("this is not a signed checkpoint")
    for verifier in verifiers:
        signature = made.get((verifier.name, verifier.mark))
        if signature is not None and verifier.signed(text, signature):
            if verifier.name != checkpoint.origin:
                raise BadCheckpoint(f"signed by {verifier.name} for a book called {checkpoint.origin}")
            return checkpoint
    raise BadCheckpoint(f"checkpoint {checkpoint.size} of {checkpoint.origin} bears no signature of a known key")
