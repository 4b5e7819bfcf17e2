"""Keeps the files of others that we ship: `check` compares each with vendor.lock, `fetch` gets each again by npm, `add` takes one in.

python tools/vendor.py add axe-core 4.14.1 MPL-2.0 axe.min.js e2e/vendor/axe-core-4.14.1/axe.min.js
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "vendor.lock"
HEAD = "# name version licence sha256 path"


class Piece(NamedTuple):
    name: str
    version: str
    licence: str
    sha256: str
    path: str


class Broken(Exception):
    """What we ship, or what was sent to us, is not what the lock names."""


def locked() -> list[Piece]:
    return [Piece(*line.split()) for line in LOCK.read_text().splitlines() if line and not line.startswith("#")]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check() -> None:
    pieces = locked()
    for piece in pieces:
        file = ROOT / piece.path
        if not file.exists():
            raise Broken(f"{piece.path} is missing; `make vendor` fetches it")
        if digest(file.read_bytes()) != piece.sha256:
            raise Broken(f"{piece.path} is not {piece.name} {piece.version} as vendor.lock names it")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--", ":(glob)**/vendor/**", ":(glob)**/fonts/**"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    strays = set(filter(None, tracked.stdout.split("\0"))) - {piece.path for piece in pieces}
    if strays:
        raise Broken(f"not in vendor.lock: {', '.join(sorted(strays))}")
    print(f"{len(pieces)} vendored files are what vendor.lock names")


def members(name: str, version: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, f"{name}@{version}"]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            files = [(member, archive.extractfile(member)) for member in archive if member.isfile()]
            return {member.name.partition("/")[2]: file.read() for member, file in files if file}


def keep(path: str, content: bytes) -> None:
    (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
    (ROOT / path).write_bytes(content)


def fetch() -> None:
    for piece in locked():
        sent = [content for content in members(piece.name, piece.version).values() if digest(content) == piece.sha256]
        if not sent:
            raise Broken(f"npm's {piece.name} {piece.version} holds no file with the locked hash")
        keep(piece.path, sent[0])
    check()


def add(name: str, version: str, licence: str, member: str, path: str) -> None:
    content = members(name, version)[member]
    keep(path, content)
    pieces = [piece for piece in locked() if piece.path != path] + [Piece(name, version, licence, digest(content), path)]
    LOCK.write_text("\n".join([HEAD, *(" ".join(piece) for piece in sorted(pieces))]) + "\n")


def main(verb: str = "check", *arguments: str) -> int:
    try:
        {"check": check, "fetch": fetch, "add": add}[verb](*arguments)
    except Broken as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
