"""The book's second memory: a file beside the database that says which entries have been committed, so that a missing one is missed.

One line an entry, written after its commit, each bound to the line before by a keyed tag. Sealing empties it down to the
newest checkpoint and whatever is not sealed yet. It needs no fsync: what a power cut takes from it is an entry not vouched for,
never a false alarm.
"""

import fcntl
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hmac import digest
from pathlib import Path

START = "0" * 32


@dataclass
class Memory:
    """What the journal remembers: the newest checkpoint, the leaves after it, and the lines that don't hold."""

    size: int = 0
    root: bytes | None = None
    leaves: dict[int, bytes] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)


class Journal:
    def __init__(self, path: Path, key: bytes) -> None:
        self.path, self.key = path, key

    def append(self, leaves: Iterable[tuple[int, bytes]]) -> None:
        with self._alone():
            self._write([f"entry {pk} {leaf.hex()}" for pk, leaf in leaves], self._last_tag(), "ab")

    def seal(self, size: int, root: bytes, sealed_among: Callable[[list[int]], set[int]]) -> None:
        """Forgets what a checkpoint now vouches for; keeps what was written and has not come to be sealed."""
        with self._alone():
            memory = self.read()
            if memory.broken:
                return  # a journal that someone has touched is kept as it is, for whoever looks into it
            sealed = sealed_among(list(memory.leaves))
            left = [f"entry {pk} {leaf.hex()}" for pk, leaf in memory.leaves.items() if pk not in sealed]
            draft = self.path.with_suffix(".new")
            Journal(draft, self.key)._write([f"checkpoint {size} {b64encode(root).decode()}", *left], START, "wb")
            draft.replace(self.path)

    def read(self) -> Memory:
        memory, before = Memory(), START
        if not self.path.exists():
            return memory
        whole = self.path.read_text(errors="replace").rpartition("\n")[0]  # a line cut short was never written
        for number, line in enumerate(whole.splitlines(), 1):
            text, _, tag = line.rpartition(" ")
            words = text.split(" ")
            if tag != self._tag(before, text) or len(words) != 3:
                memory.broken.append(number)
            elif words[0] == "checkpoint":
                memory.size, memory.root = int(words[1]), b64decode(words[2])
            else:
                memory.leaves[int(words[1])] = bytes.fromhex(words[2])
            before = tag
        return memory

    def _write(self, texts: Iterable[str], before: str, mode: str) -> None:
        lines = []
        for text in texts:
            before = self._tag(before, text)
            lines.append(f"{text} {before}\n")
        with self.path.open(mode) as file:
            file.write("".join(lines).encode())

    def _tag(self, before: str, text: str) -> str:
        return digest(self.key, f"{before} {text}".encode(), "sha256")[:16].hex()

    def _last_tag(self) -> str:
        if not self.path.exists():
            return START
        with self.path.open("rb+") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 300))
            kept, newline, torn = file.read().rpartition(b"\n")
            if torn:
                file.truncate(end - len(torn))
            return kept.rpartition(b" ")[2].decode(errors="replace") if newline else START

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # the lock is a file of its own, because sealing replaces the journal itself
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
