"""Who outside holds checkpoints: keepers whose keys are known here, and the acknowledgements that they signed.

A keeper is not under the command that runs the server. With a checkpoint they hold, a rewritten book can't agree.

    python -m rukun.audit.keepers new NAME             the keeper, once: makes NAME.key (stays with them) and NAME.pub (for the house)
    python -m rukun.audit.keepers sign CHECKPOINTS --key NAME.key --public book.pub
                                                       checks the whole file, prints the acknowledgement of its newest checkpoint
"""

import argparse
import os
import sys
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rukun.audit.held import read_held
from rukun.audit.keys import read_public
from rukun.audit.seal import BadCheckpoint, Checkpoint, Signer, Verifier

FILE = "keepers.pub"


@dataclass(frozen=True, slots=True)
class Held:
    """The newest checkpoint that somebody outside has acknowledged."""

    keeper: str
    size: int
    sealed_at: datetime


def folder() -> Path:
    from django.conf import settings  # the keeper's own commands run without Django

    return Path(settings.DATA) / "keys"


def known() -> list[Verifier]:
    path = folder() / FILE
    return read_public(path) if path.exists() else []


def add(text: str) -> Verifier:
    """Takes up a keeper by the line in their NAME.pub; the same one again changes nothing."""
    keeper = Verifier.parse(text)
    if any(other.name == keeper.name and other != keeper for other in known()):
        raise ValueError(f"another keeper is called {keeper.name}")
    if keeper not in known():
        with (folder() / FILE).open("a") as file:
            file.write(f"{keeper}\n")
    return keeper


def acknowledged(text: str) -> tuple[Verifier, Checkpoint]:
    """Which keeper acknowledged what, if one of ours has signed it and the book agrees."""
    from rukun.audit import models

    head, _, tail = text.strip().partition("\n\n")
    try:
        origin, size, root = head.split("\n")
        point = Checkpoint(origin, int(size), b64decode(root, validate=True))
        marks = dict(line.removeprefix("— ").rsplit(" ", 1) for line in tail.splitlines() if line.startswith("— "))
        signed = next((keeper for keeper in known() if keeper.name in marks and has_signed(keeper, point, marks[keeper.name])), None)
    except ValueError as wrong:
        raise BadCheckpoint("this is no acknowledgement") from wrong
    if signed is None:
        raise BadCheckpoint("no keeper known here has signed this")
    ours = models.Checkpoint.objects.filter(size=point.size).first()
    if ours is None or bytes(ours.root) != point.root:
        raise BadCheckpoint(
            f"{signed.name} holds a checkpoint of {point.size} entries that this book does not have. Run: rukun audit verify"
        )
    return signed, point


def has_signed(keeper: Verifier, point: Checkpoint, mark: str) -> bool:
    raw = b64decode(mark, validate=True)
    return raw[:4] == keeper.mark and keeper.signed(point.text(), raw[4:])


def newest_held() -> Held | None:
    """By the notes in the book, newest checkpoint first."""
    from rukun.audit.models import Checkpoint, Entry

    notes = Entry.objects.filter(act="checkpoint.keep").select_related("payload").order_by("-pk")[:20]
    said = [(int(entry.details["size"]), entry.details["keeper"]) for entry in notes if entry.details]
    for size, keeper in sorted(said, reverse=True):
        if (point := Checkpoint.objects.filter(size=size).first()) is not None:
            return Held(keeper, size, point.at)
    return None


def sign(file: Path, key: Path, public: Path) -> str:
    points = read_held(file.read_text(), read_public(public))
    if not points:
        raise BadCheckpoint("the file holds no checkpoint")
    return Signer.parse(key.read_text()).sign(points[-1])


def new(name: str) -> None:
    signer = Signer.new(name)
    with os.fdopen(os.open(f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{signer}\n")
    Path(f"{name}.pub").write_text(f"{signer.verifier}\n")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m rukun.audit.keepers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("new").add_argument("name")
    signing = parts.add_parser("sign")
    signing.add_argument("file", type=Path)
    signing.add_argument("--key", type=Path, required=True)
    signing.add_argument("--public", type=Path, required=True, help="the book's public keys (book.pub)")
    asked = parser.parse_args(arguments)
    try:
        if asked.part == "new":
            new(asked.name)
            print(f"{asked.name}.key stays with you. Give {asked.name}.pub to the house.")
        else:
            print(sign(asked.file, asked.key, asked.public), end="")
    except (OSError, ValueError) as wrong:
        print(f"Nothing was done: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
