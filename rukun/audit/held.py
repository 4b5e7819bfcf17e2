"""What an outside keeper holds: checkpoints one after another, each with the proof that the book only grew since the last."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence

from rukun.audit.merkle import is_consistent
from rukun.audit.seal import BadCheckpoint, Checkpoint, Verifier, read


def line(note: str, at: str, after: int, proof: Sequence[bytes]) -> str:
    return json.dumps(
        {"checkpoint": note, "at": at, "after": after, "proof": [b64encode(node).decode() for node in proof]}, ensure_ascii=False
    )


def read_held(text: str, verifiers: Sequence[Verifier]) -> list[Checkpoint]:
    """Every checkpoint in a keeper's file, or the one in a bare signed note; a file that contradicts itself is refused."""
    if not text.lstrip().startswith("{"):
        return [read(text, verifiers)]
    points: list[Checkpoint] = []
    for number, entry in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            said = json.loads(entry)
            note, after = said["checkpoint"], int(said["after"])
            proof = [b64decode(node, validate=True) for node in said["proof"]]
        except (ValueError, KeyError, TypeError) as wrong:
            raise BadCheckpoint(f"line {number} of the kept checkpoints can't be read") from wrong
        points.append(read(note, verifiers))
        if number > 1:
            follow(points[-2], points[-1], after, proof, number)
    return points


def follow(before: Checkpoint, point: Checkpoint, after: int, proof: Sequence[bytes], number: int) -> None:
    if after != before.size or not is_consistent(before.size, point.size, before.root, point.root, proof):
        raise BadCheckpoint(f"line {number}: the checkpoint of {point.size} entries does not continue the one of {before.size}")
